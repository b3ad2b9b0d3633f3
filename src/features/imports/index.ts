/** The front door of `imports`. */
export { NO_OPTIONS, type FileReport, type ImportOptions, type Outcome } from './import-options.ts';
export { collectFiles } from './pipeline/collect.ts';
export { runImport } from './pipeline/run.ts';
export { cameByImport, rememberRemoval } from './removals.actions.ts';
export { forgetOriginals, removeOriginal } from './actions.ts';
export { originalsOf } from './queries.ts';
export { importCommand } from './commands.ts';
export { namedOriginals } from './originals.queries.ts';
export { startParagraphFinder, type ParagraphFinder } from './pipeline/paragraph-finder.ts';
