/**
 * Fandoms, characters and relationships a text may be about, told from the names that stand in it and the names the
 * archive knows. Suggestions for a person, never applied. Linear in the text and in the names; no side effects.
 */

export type SuggestedKind = 'fandom' | 'character' | 'relationship';

export interface KnownName {
  kind: SuggestedKind;
  name: string;
}

export interface SuggestedName extends KnownName {
  /** How often the text names it. */
  count: number;
  /** 0 to 1: a whole name is surer than a first name that only one character has. */
  certainty: number;
}

const MOST_PER_KIND = 10;
/** A first or last name alone must stand in the text as often. */
const PART_COUNT = 3;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:[’'-][\p{L}\p{N}\p{M}]+)*/gu;
const PARTICLES = new Set([
  'the',
  'of',
  'von',
  'van',
  'de',
  'la',
  'le',
  'du',
  'da',
  'di',
  'el',
  'al',
  'and',
  'mr',
  'mrs',
  'ms',
  'dr',
  'sir',
  'lady',
  'lord',
  'miss',
  'a',
  'an',
  'original',
  'character',
  'characters',
  'reader',
  'you',
  'i',
  'other',
  'female',
  'male',
  'work',
]);

interface Sought {
  known: KnownName;
  words: string[];
}

/** Makes the search for the names of an archive once; the result is asked for each text. */
export function nameSuggester(known: Iterable<KnownName>): (text: string) => SuggestedName[] {
  const fulls = new Map<string, Sought[]>();
  const partial = new Map<string, string | null>();
  const relationships: { known: KnownName; sides: string[] }[] = [];
  const bySide = new Map<string, number[]>();
  const seek = (sought: Sought): void => {
    const [first] = sought.words;
    if (first === undefined || (sought.words.length === 1 && (first.length < 3 || PARTICLES.has(first)))) return;
    const list = fulls.get(first);
    if (list === undefined) fulls.set(first, [sought]);
    else list.push(sought);
  };
  for (const name of known) {
    if (name.kind === 'relationship') {
      const sides = name.name.split(/\s?\/\s?|\s&\s|\s[x×]\s/iu).map((side) => keyOf(plainName(side)));
      if (sides.length < 2 || sides.includes('')) continue;
      for (const side of sides) (bySide.get(side) ?? setOf(bySide, side)).push(relationships.length);
      relationships.push({ known: name, sides });
      continue;
    }
    for (const form of name.name.split(/\s\|\s/u)) seek({ known: name, words: wordsOf(plainName(form)) });
    if (name.kind !== 'character') continue;
    const words = wordsOf(plainName(name.name.split(/\s\|\s/u)[0] ?? ''));
    if (words.length < 2 || words.length > 4) continue;
    for (const word of new Set([words[0], words.at(-1)])) {
      if (word === undefined || word.length < 3 || PARTICLES.has(word)) continue;
      const other = partial.get(word);
      partial.set(word, other === undefined || other === name.name ? name.name : null);
    }
  }
  return (text) => suggestIn(text, fulls, partial, relationships, bySide);
}

/** Suggestions for one text, at most ten a kind, the most certain first. */
export function suggestNames(text: string, known: Iterable<KnownName>): SuggestedName[] {
  return nameSuggester(known)(text);
}

function suggestIn(
  text: string,
  fulls: ReadonlyMap<string, Sought[]>,
  partial: ReadonlyMap<string, string | null>,
  relationships: readonly { known: KnownName; sides: string[] }[],
  bySide: ReadonlyMap<string, number[]>,
): SuggestedName[] {
  const { words, capital, small } = tokens(text);
  const whole = new Map<KnownName, number>();
  const parts = new Map<string, number>();
  let named = 0;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (capital[at] === 0) continue;
    for (const sought of fulls.get(word) ?? []) {
      if (!sought.words.every((one, i) => words[at + i] === one)) continue;
      if (sought.words.length === 1 && (small.get(word) ?? 0) > 0) continue;
      whole.set(sought.known, (whole.get(sought.known) ?? 0) + 1);
      named = Math.max(named, at + sought.words.length);
    }
    const owner = at < named ? null : partial.get(word);
    if (owner !== undefined && owner !== null && !small.has(word)) parts.set(owner, (parts.get(owner) ?? 0) + 1);
  }
  const found: SuggestedName[] = [];
  for (const [known, count] of whole) {
    const isOne = wordsOf(plainName(known.name)).length === 1;
    if (isOne && count < (known.kind === 'fandom' ? PART_COUNT : 2)) continue;
    if (known.kind === 'fandom') found.push({ ...known, count, certainty: isOne ? 0.35 : 0.6 });
    else found.push({ ...known, count: count + (parts.get(known.name) ?? 0), certainty: isOne ? 0.5 : 0.85 });
  }
  const wholeNames = new Set([...whole.keys()].map(({ name }) => name));
  for (const [name, count] of parts) {
    if (count >= PART_COUNT && !wholeNames.has(name)) found.push({ kind: 'character', name, count, certainty: 0.5 });
  }
  found.push(...pairsOf(found, relationships, bySide));
  return strongest(found);
}

/** Relationships all of whose people were found. */
function pairsOf(
  found: readonly SuggestedName[],
  relationships: readonly { known: KnownName; sides: string[] }[],
  bySide: ReadonlyMap<string, number[]>,
): SuggestedName[] {
  const people = new Map<string, SuggestedName>();
  for (const one of found) if (one.kind === 'character') people.set(keyOf(plainName(one.name)), one);
  const asked = new Set<number>();
  for (const key of people.keys()) for (const i of bySide.get(key) ?? []) asked.add(i);
  return [...asked].flatMap((i) => {
    const relationship = relationships[i];
    const both = relationship?.sides.map((side) => people.get(side));
    if (relationship === undefined || both === undefined) return [];
    const count = Math.min(...both.map((one) => one?.count ?? 0));
    const certainty = Math.min(...both.map((one) => one?.certainty ?? 0)) * 0.6;
    return count === 0 ? [] : [{ ...relationship.known, count, certainty }];
  });
}

function strongest(found: readonly SuggestedName[]): SuggestedName[] {
  const sorted = found.toSorted((a, b) => b.certainty - a.certainty || b.count - a.count || (a.name < b.name ? -1 : 1));
  return (['fandom', 'character', 'relationship'] as const).flatMap((kind) =>
    sorted.filter((one) => one.kind === kind).slice(0, MOST_PER_KIND),
  );
}

/** The words of a text by their keys, whether each has a capital, and how often each has none. */
function tokens(text: string): { words: string[]; capital: Uint8Array; small: Map<string, number> } {
  const words: string[] = [];
  const capitals: number[] = [];
  const small = new Map<string, number>();
  for (const [raw] of text.matchAll(WORD)) {
    const key = wordKey(raw);
    const first = raw.charAt(0);
    const isCapital = first !== first.toLowerCase() || first.toUpperCase() === first.toLowerCase();
    words.push(key);
    capitals.push(isCapital ? 1 : 0);
    if (!isCapital) small.set(key, (small.get(key) ?? 0) + 1);
  }
  return { words, capital: Uint8Array.from(capitals), small };
}

/** `Marta’s` is Marta; case and marks of Latin letters do not matter. */
function wordKey(word: string): string {
  const plain = word.replace(/[’']s?$/u, '').toLowerCase();
  return /^[\0-\x7f]*$/.test(plain)
    ? plain
    : plain
        .normalize('NFD')
        .replace(/(?<=\p{sc=Latn}\p{M}*)\p{M}/gu, '')
        .normalize('NFC');
}

/** A tag's name without what tells it from others: `Merlin (TV)`, `Wren - Fandom`, `Tea - All Media Types`. */
function plainName(name: string): string {
  return name
    .replace(/\s\([^()]{0,100}\)/gu, '')
    .replace(/\s-\s.{0,200}$/u, '')
    .replace(/\s&\sRelated Fandoms$/u, '');
}

function wordsOf(name: string): string[] {
  return Array.from(name.matchAll(WORD), ([word]) => wordKey(word));
}

function keyOf(name: string): string {
  return wordsOf(name).join(' ');
}

function setOf(map: Map<string, number[]>, key: string): number[] {
  const list: number[] = [];
  map.set(key, list);
  return list;
}
