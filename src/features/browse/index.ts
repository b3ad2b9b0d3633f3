/** The front door of `browse`: lists of works, and works as pages show them. */
export { blurbView, creatorLinks, describeWork, languageView, type WorkDescription } from './blurb-view.ts';
export { archiveWords, archiveWordsNow, listedWithSeries, type ListedWork, type Words } from './queries.ts';
export type { BrowseIndex } from './browse-query.ts';
export { commonNames, namesOffered } from './names-offered.queries.ts';
export { cardToJson, htmlJson, isoTime, timeJson, workCardJson, type WorkCardJson } from './work-card-json.ts';
export { indexCommand } from './commands.ts';
export { keptFinder, type Finder } from './keeper/finder.ts';
