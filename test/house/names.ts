/** Files and folders are named for what is in them. A drawer for odds and ends says nothing and fills up. */

const DRAWERS = 'utils?|helpers?|common|misc|services?|managers?';
/** The whole name, or its last word: `utils.ts`, `string-utils.ts`, `WorkManager.tsx`; not `service-worker.ts`. */
const DRAWER = new RegExp(`^(?:${DRAWERS})$|[-_.](?:${DRAWERS})$|[a-z0-9](?:${capitals(DRAWERS)})$`);

/** The first part of a path that names a drawer, or null. */
export function drawerIn(path: string): string | null {
  return path.split('/').find((part) => DRAWER.test(withoutEndings(part))) ?? null;
}

function withoutEndings(name: string): string {
  return name.replace(/(?:\.(?:test|client|worker|d))?\.\w+$/, '');
}

function capitals(words: string): string {
  return words.replace(/(^|\|)([a-z])/g, (_match, bar: string, letter: string) => bar + letter.toUpperCase());
}
