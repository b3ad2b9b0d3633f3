/**
 * What passes through another feature's front door. `index.ts` names nouns, queries and actions side by side, so the
 * import rules cannot tell whether a page or a noun takes a rule or a read through it. Here each name is followed to
 * the file that it comes from. Beside it: what a noun may not ask, and that a route asks no database it was handed.
 */
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { type Breach, lineOf, parse, ROOT, type SourceFile, walk } from './source.ts';

const ROOMS = JSON.parse(readFileSync(`${ROOT}test/house/rooms.json`, 'utf8')) as string[];
const ROOM = new RegExp(`(?:^|[-.])(?:${ROOMS.join('|')})\\.tsx?$`);
const FEATURE_FILE = /^src\/features\/([^/]+)\/([^/]+)$/;
const PAGE = /^src\/features\/([^/]+)\/pages\/.+(?<!\.client)\.tsx?$/;
const WAY_IN = /^src\/features\/[^/]+\/(?:[^/]+[-.])?(?:routes|api|feed|fediverse)\.tsx?$/;
const ASKS = new Set([
  'selectFrom',
  'insertInto',
  'replaceInto',
  'updateTable',
  'deleteFrom',
  'mergeInto',
  'executeQuery',
]);

/** Whether a file directly in a feature's folder is a noun: no room, no test, no script for the browser. */
export function isNoun(path: string): boolean {
  const name = FEATURE_FILE.exec(path)?.[2];
  return name !== undefined && name.endsWith('.ts') && !/\.(?:test|client)\.ts$/.test(name) && !ROOM.test(name);
}

/** What each feature's `index.ts` hands out: feature → name → the file it stands in, like `./work.ts`; `*` for all of a file. */
export type Doors = ReadonlyMap<string, { named: ReadonlyMap<string, string>; whole: readonly string[] }>;

export function doorsOf(files: readonly SourceFile[]): Doors {
  const doors = new Map<string, { named: Map<string, string>; whole: string[] }>();
  for (const file of files) {
    const feature = /^src\/features\/([^/]+)\/index\.ts$/.exec(file.path)?.[1];
    if (feature !== undefined) doors.set(feature, doorOf(file));
  }
  return doors;
}

function doorOf(file: SourceFile): { named: Map<string, string>; whole: string[] } {
  const door = { named: new Map<string, string>(), whole: [] as string[] };
  for (const statement of parse(file).statements) {
    if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier === undefined) continue;
    const from = (statement.moduleSpecifier as ts.StringLiteral).text;
    if (statement.exportClause === undefined) door.whole.push(from);
    else if (ts.isNamedExports(statement.exportClause)) {
      for (const element of statement.exportClause.elements) door.named.set(element.name.text, from);
    }
  }
  return door;
}

/** Every value that a page or a noun takes through another feature's door and that is no noun's. */
export function impureEntries(file: SourceFile, doors: Doors): Breach[] {
  const page = PAGE.test(file.path);
  if (!page && !isNoun(file.path)) return [];
  const breaches: Breach[] = [];
  for (const statement of parse(file).statements) {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue;
    const feature =
      statement.moduleSpecifier &&
      /\/([^/]+)\/index\.ts$/.exec((statement.moduleSpecifier as ts.StringLiteral).text)?.[1];
    const door = feature ? doors.get(feature) : undefined;
    if (feature === undefined || door === undefined) continue;
    for (const name of valuesTaken(statement)) {
      if (comesFromNoun(door, name)) continue;
      const kind = page ? 'a page' : 'a noun';
      breaches.push({
        path: file.path,
        line: lineOf(statement),
        says: `takes ${name} from ${feature}, which is more than ${kind} may ask`,
      });
    }
  }
  return breaches;
}

function valuesTaken(statement: ts.ImportDeclaration | ts.ExportDeclaration): string[] {
  if (ts.isExportDeclaration(statement)) {
    if (statement.isTypeOnly) return [];
    const clause = statement.exportClause;
    if (clause === undefined || ts.isNamespaceExport(clause)) return ['everything'];
    return clause.elements
      .filter((element) => !element.isTypeOnly)
      .map((element) => (element.propertyName ?? element.name).text);
  }
  const clause = statement.importClause;
  if (clause === undefined) return ['everything'];
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
  const bindings = clause.namedBindings;
  if (bindings === undefined || ts.isNamespaceImport(bindings)) return ['everything'];
  return bindings.elements
    .filter((element) => !element.isTypeOnly)
    .map((element) => (element.propertyName ?? element.name).text);
}

function comesFromNoun(door: { named: ReadonlyMap<string, string>; whole: readonly string[] }, name: string): boolean {
  const from = door.named.get(name);
  const pure = (file: string) => /^\.\/[^/]+\.ts$/.test(file) && !ROOM.test(file.slice(2));
  return from === undefined ? name !== 'everything' && door.whole.length > 0 && door.whole.every(pure) : pure(from);
}

/** Every place where a noun asks the clock or chance: both are handed to it, so that a test can hand them too. */
export function impureQuestions(file: SourceFile): Breach[] {
  if (!isNoun(file.path)) return [];
  const breaches: Breach[] = [];
  walk(parse(file), (node) => {
    const now = ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0;
    const asks =
      ts.isPropertyAccessExpression(node) && /^(?:Date\.now|Math\.random|performance\.now)$/.test(node.getText());
    const fetches = ts.isCallExpression(node) && /^(?:globalThis\.)?fetch$/.test(node.expression.getText());
    if (now || asks || fetches) breaches.push({ path: file.path, line: lineOf(node), says: `asks ${node.getText()}` });
  });
  return breaches;
}

/** Every place where a way in builds a question to the database, with whatever handle it was given. */
export function questionsInRoutes(file: SourceFile): Breach[] {
  if (!WAY_IN.test(file.path)) return [];
  const breaches: Breach[] = [];
  walk(parse(file), (node) => {
    const call =
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      ASKS.has(node.expression.name.text);
    const tagged = ts.isTaggedTemplateExpression(node) && node.tag.getText().startsWith('sql');
    if (call || tagged) breaches.push({ path: file.path, line: lineOf(node), says: 'asks the database' });
  });
  return breaches;
}
