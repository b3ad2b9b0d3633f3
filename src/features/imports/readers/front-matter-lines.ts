/** Front matter that YAML refuses (`title: Bees: A Study`, a lone quote, tabs), read the way its writer meant it. */
import type { FrontMatterPairs, FrontMatterValue } from './front-matter-value.ts';

const KEY_LINE = /^["']?([\p{L}_][\p{L}\p{N}_'’/ -]{0,40}?)["']?[ \t]*:(?:[ \t]+(.*))?$/u;

/**
 * `key: value` a line; what is indented, dashed or wrapped below it belongs to the key. A block in, its pairs out. Null
 * when something stands before the first key, or when more lines than keys are loose: that is prose.
 */
export function readLineByLine(block: string): FrontMatterPairs | null {
  const entries: { key: string; first: string; more: string[] }[] = [];
  let loose = 0;
  for (const line of block.split('\n')) {
    const key = KEY_LINE.exec(line.trimEnd());
    const last = entries.at(-1);
    if (key) entries.push({ key: key[1] ?? '', first: (key[2] ?? '').trim(), more: [] });
    else if (last) {
      last.more.push(line);
      if (/^[^\s#-]/.test(line)) loose++;
    } else if (line.trim() !== '' && !line.startsWith('#')) return null;
  }
  if (entries.length === 0 || loose > entries.length) return null;
  return { pairs: entries.map(({ key, first, more }) => [key, valueOf(first, more)]) };
}

function valueOf(first: string, more: string[]): FrontMatterValue {
  const following = more.filter((line) => line.trim() !== '');
  if (first === '' && following.length > 0 && following.every((line) => /^\s*-\s/.test(line))) {
    return following.map((line) => unquoted(line.trim().slice(1).trim()));
  }
  if (following.length > 0) {
    const head = /^(?:[|>][+-]?\d?)?$/.test(first) ? [] : [first];
    return [...head, ...more.map((line) => line.trim())].join('\n').trim();
  }
  const list = /^\[(.*)\]$/.exec(first)?.[1];
  if (list !== undefined) {
    return list
      .split(',')
      .map((item) => unquoted(item.trim()))
      .filter((item) => item !== '');
  }
  return /^(?:null|~|)$/i.test(first) ? null : unquoted(first);
}

function unquoted(value: string): string {
  return /^(["'])(.*)\1$/.exec(value)?.[2] ?? value;
}
