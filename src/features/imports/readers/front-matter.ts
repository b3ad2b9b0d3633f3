/**
 * The block between two `---` lines at the very start of a text file, read as a list of keys and values. YAML is read
 * with everything off that hostile input uses: no tags, no merge keys, few aliases, bounded size and depth; every scalar
 * is the string that was written, so that dates, numbers and `no` stay what they are. A broken block is read line by line.
 */
import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { readLineByLine } from './front-matter-lines.ts';
import type { FrontMatterPairs, FrontMatterValue } from './front-matter-value.ts';

export interface FrontMatterRead {
  /** The keys and values in their order; null when the file has no such block. */
  fields: FrontMatterPairs | null;
  /** The text after the block; the whole text when the block could not be read. */
  body: string;
  /** One sentence for each thing that was mended. */
  repairs: string[];
}

/** A front matter block longer than this is not read: no work is described in so many words. */
const MAX_BLOCK = 64 * 1024;
const MAX_DEPTH = 8;
const MAX_ALIASES = 20;
const MAX_VALUES = 10_000;

/** Finds the block without reading it: cheap enough for a sniff. Null when the text does not open with one. */
export function splitFrontMatter(text: string): { block: string; body: string } | null {
  const open = /^\uFEFF?(?:[ \t]*\n){0,20}---[ \t]*\n/.exec(text);
  if (!open) return null;
  const start = open[0].length;
  const close = /^(?:---|\.\.\.)[ \t]*$/m.exec(text.slice(start, start + MAX_BLOCK + 8));
  if (!close) return null;
  const block = text.slice(start, start + close.index);
  if (!looksLikeFields(block)) return null;
  return { block, body: text.slice(start + close.index + close[0].length).replace(/^\n/, '') };
}

/**
 * Reads a text's front matter. Nothing is ever lost: where the block cannot be read, or is two scene breaks with dialogue
 * between them, it stays at the head of `body`.
 */
export function readFrontMatter(text: string): FrontMatterRead {
  const whole: FrontMatterRead = { fields: null, body: text.replace(/^\uFEFF/, ''), repairs: [] };
  const split = splitFrontMatter(text);
  if (!split) {
    if (/^\uFEFF?\s{0,20}---[ \t]*\n[a-z][\w' -]{0,30}:[ \t]/i.test(text)) {
      whole.repairs.push(
        `The file opens like front matter, but no closing --- line follows within ${MAX_BLOCK / 1024} KB, so all of it was kept as text.`,
      );
    }
    return whole;
  }
  const { block, body } = split;
  if (block.trim() === '') return { fields: { pairs: [] }, body, repairs: [] };
  const yaml = readYaml(block);
  if (yaml) return { fields: yaml.fields, body, repairs: yaml.repairs };
  const fields = readLineByLine(block);
  if (fields) return { fields, body, repairs: ['The front matter is not valid YAML, so it was read line by line.'] };
  whole.repairs.push(
    'The block between --- lines at the start could not be read as front matter, so it was kept as text.',
  );
  return whole;
}

/** Keys are words in small letters, or one of them is a word every front matter has; `Marta: I told you.` is neither. */
function looksLikeFields(block: string): boolean {
  if (block.trim() === '') return true;
  const keys = [...block.matchAll(/^["']?([\p{L}_][\p{L}\p{N}_'’/ -]{0,40}?)["']?[ \t]*:(?=\s|$)/gmu)].map(
    (m) => m[1] ?? '',
  );
  if (keys.length === 0) return false;
  if (keys.some((key) => /^(?:title|creators?|authors?|by|fandoms?|rating|summary|language|tags?|series)$/i.test(key)))
    return true;
  return keys.every((key) => /^[a-z_][a-z0-9_-]*$/.test(key));
}

function readYaml(block: string): { fields: FrontMatterPairs; repairs: string[] } | null {
  try {
    const document = parseDocument(block, {
      schema: 'failsafe',
      uniqueKeys: false,
      merge: false,
      logLevel: 'silent',
      version: '1.2',
    });
    if (document.errors.length > 0 || !isMap(document.contents)) return null;
    const budget = { aliases: MAX_ALIASES, values: MAX_VALUES };

    const valueOf = (node: unknown, depth: number): FrontMatterValue => {
      if (depth > MAX_DEPTH || budget.values-- <= 0) throw new RangeError('too much front matter');
      if (isAlias(node)) {
        if (budget.aliases-- <= 0) throw new RangeError('too many aliases');
        return valueOf(node.resolve(document), depth + 1);
      }
      if (isScalar(node)) {
        const written = typeof node.value === 'string' ? node.value : '';
        return node.type === 'PLAIN' && /^(?:null|~|)$/i.test(written) ? null : written;
      }
      if (isSeq(node)) return node.items.map((item) => valueOf(item, depth + 1));
      if (isMap(node)) {
        return {
          pairs: node.items.map((pair) => [keyOf(valueOf(pair.key, depth + 1)), valueOf(pair.value, depth + 1)]),
        };
      }
      return null;
    };

    const fields = valueOf(document.contents, 0) as FrontMatterPairs;
    const tags = document.warnings.some((warning) => warning.code === 'TAG_RESOLVE_FAILED');
    return {
      fields,
      repairs: tags ? ['A YAML tag (!…) in the front matter was ignored; its value was read as text.'] : [],
    };
  } catch {
    // The parser runs out of stack on thousands of nested brackets, and the budget above throws: both mean "not readable".
    return null;
  }
}

function keyOf(value: FrontMatterValue): string {
  return typeof value === 'string' ? value : '';
}
