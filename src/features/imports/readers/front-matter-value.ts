/** What front matter can hold, and the two ways a field asks for it: as one text or as a list. */

/** A value as written. Null is YAML's null (`null`, `~`, or nothing after the colon). */
export type FrontMatterValue = string | null | FrontMatterValue[] | FrontMatterPairs;

/** A mapping as a list of pairs: keys such as `__proto__` are names like any other, and a key may come twice. */
export interface FrontMatterPairs {
  pairs: [key: string, value: FrontMatterValue][];
}

export function isPairs(value: FrontMatterValue): value is FrontMatterPairs {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** "End_Notes", "end notes", "EndNotes:" and "author’s-note" in; "end notes", "endnotes", "authors note" out. */
export function plainKey(key: string): string {
  return key
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[\s_-]+/g, ' ')
    .trim();
}

/** A value as one text; the items of a list become paragraphs. Null where there is nothing, or only a mapping. */
export function asText(value: FrontMatterValue): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value.replace(/\s+$/, '');
  if (!Array.isArray(value)) return null;
  const parts = value.map(asText).filter((part) => part !== null);
  return parts.length > 0 ? parts.join('\n\n') : null;
}

/** A value as names: each entry of a list is one name whatever it holds; a single text is split at its commas. */
export function asNames(value: FrontMatterValue): string[] {
  const names =
    typeof value === 'string' ? splitNames(value) : Array.isArray(value) ? value.map((item) => asText(item) ?? '') : [];
  return names.map((name) => name.replace(/\s+/g, ' ').trim()).filter((name) => name !== '');
}

/** A value in a few words, for a sentence. */
export function shown(value: FrontMatterValue): string {
  const flat = flatten(value, 0).replace(/\s+/g, ' ').trim();
  return flat.length > 160 ? `${flat.slice(0, 158).replace(/[\uD800-\uDBFF]$/, '')}…` : flat;
}

function flatten(value: FrontMatterValue, depth: number): string {
  if (value === null || depth > 8) return '';
  if (typeof value === 'string') return value.slice(0, 400);
  const items = Array.isArray(value)
    ? value.slice(0, 20).map((item) => flatten(item, depth + 1))
    : value.pairs.slice(0, 20).map(([key, item]) => `${key}: ${flatten(item, depth + 1)}`);
  return items.join(', ');
}

/** Commas of the Latin, Chinese and Japanese scripts; a comma between digits ("1,000 words") does not part names. */
function splitNames(text: string): string[] {
  return text.split(/,(?!\d{3}(?!\d))|[，、\n]/);
}
