/** A run of text with its looks, tidied and as HTML. Pure. */
import { escapeHtml } from '../text.ts';
import type { Leaf } from './block.ts';
import type { LooseElement } from './loose-tree.ts';
import type { Looks } from './styles.ts';

const TAGS: readonly [keyof Looks, string][] = [
  ['bold', 'strong'],
  ['italic', 'em'],
  ['underline', 'u'],
  ['strike', 's'],
  ['sup', 'sup'],
  ['sub', 'sub'],
];

/** Spaces that somebody filled a line with become one; a single unbreakable space stays what it is. */
export function tidied(run: readonly Leaf[]): Leaf[] {
  const result: Leaf[] = [];
  let inSpace = true;
  for (const leaf of run) {
    if (leaf.tag !== undefined) {
      inSpace = leaf.tag === '<br>';
      result.push(leaf);
      continue;
    }
    const joined = leaf.text.replace(/[ \t\u00a0\u2003]{2,}/g, ' ');
    const text = inSpace ? joined.replace(/^[ \t\u00a0\u2003]+/, '') : joined;
    if (text === '') continue;
    inSpace = /[ \t\u00a0]$/.test(text);
    result.push({ ...leaf, text });
  }
  for (let last = result.at(-1); last; last = result.at(-1)) {
    const text = last.tag === undefined ? last.text.replace(/[ \t\u00a0]+$/, '') : '';
    result.pop();
    if (last.tag !== undefined && last.tag !== '<br>') result.push(last);
    else if (text === '') continue;
    else result.push({ ...last, text });
    break;
  }
  return result;
}

/** The text of a run alone. */
export function textOfRun(run: readonly Leaf[]): string {
  return run.map(({ text, tag }) => (tag === '<br>' ? '\n' : text)).join('');
}

/** A run as HTML: links outside, looks inside, each as long as it goes on. */
export function runHtml(run: readonly Leaf[]): string {
  let html = '';
  let open: { key: LooseElement | string; end: string }[] = [];
  const closeTo = (depth: number) => {
    for (const { end } of open.slice(depth).toReversed()) html += end;
    open = open.slice(0, depth);
  };
  for (const leaf of withLooksOfSpace(run)) {
    const wanted = [...leaf.around, ...TAGS.flatMap(([look, tag]) => (leaf.looks[look] ? [tag] : []))];
    const differs = wanted.findIndex((key, at) => open[at]?.key !== key);
    const same = differs === -1 ? wanted.length : differs;
    closeTo(same);
    for (const key of wanted.slice(same)) {
      const name = typeof key === 'string' ? key : key.name;
      html += typeof key === 'string' ? `<${key}>` : `<${name}${attributesOf(key)}>`;
      open.push({ key, end: `</${name}>` });
    }
    html += leaf.tag ?? escapeHtml(leaf.text);
  }
  closeTo(0);
  return html;
}

/** A space or a line break looks as what goes before it, where that goes on behind it: programs set them apart by chance. */
function withLooksOfSpace(run: readonly Leaf[]): Leaf[] {
  return run.map((leaf, at) => {
    const [before, after] = [run[at - 1], run[at + 1]];
    if (leaf.text.trim() !== '' || !before || !after || JSON.stringify(before.looks) !== JSON.stringify(after.looks))
      return leaf;
    return { ...leaf, looks: before.looks };
  });
}

function attributesOf({ attributes }: LooseElement): string {
  return ['href', 'name', 'id', 'title', 'cite']
    .flatMap((name) => {
      const value = attributes.get(name);
      return value === undefined ? [] : [` ${name}="${escapeHtml(value)}"`];
    })
    .join('');
}
