/**
 * HTML from a clipboard as a tree, with the styles that the cleaner never looks at: word processors say with them what is
 * italic, what is a list, and what a heading. Nothing here is shown to anybody; what is made of it is cleaned. Linear.
 */
import { allowedName, BLOCK_ELEMENTS, REMOVED_WITH_CONTENT } from '../allow-list.ts';
import { resolveReferences } from '../text.ts';
import { readAttributes, readTokens } from '../tokens.ts';
import { declarations, sheetFrom, type Sheet, type Style } from './styles.ts';

export interface LooseElement {
  /** As the allow-list names it, or as it was written. */
  name: string;
  attributes: ReadonlyMap<string, string>;
  /** Of the sheet in the head and of the element itself. */
  style: Style;
  children: LooseNode[];
}
export type LooseNode = LooseElement | string;

/** Elements open at once; deeper ones are left out and their text stays. */
const MAX_OPEN = 200;
const VOID = new Set(['br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'wbr']);
/** Removed with what is in them; `head` has nothing that is text. */
const LEFT_OUT = new Set([...REMOVED_WITH_CONTENT, 'head', 'xml']);
const READ = new Set(
  'align alt class cite colspan dir height href id lang name rowspan src start style title type value width'.split(' '),
);
const NAMED: Record<string, string> = {
  hellip: '…',
  ldquo: '“',
  lsquo: '‘',
  mdash: '—',
  ndash: '–',
  rdquo: '”',
  rsquo: '’',
  laquo: '«',
  raquo: '»',
  shy: '\u00ad',
  emsp: '\u2003',
  ensp: '\u2002',
  copy: '©',
};

/** Takes HTML as a clipboard has it; returns what stands in its body. */
export function looseTree(source: string): LooseNode[] {
  const sheet = sheetFrom(source);
  const html = fragmentOf(source);
  const root: LooseNode[] = [];
  const open: LooseElement[] = [];
  const here = () => open.at(-1)?.children ?? root;
  const closeTo = (name: string, until: ReadonlySet<string>) => {
    for (let at = open.length - 1; at >= 0; at -= 1) {
      const other = open[at]?.name ?? '';
      if (other === name) {
        open.length = at;
        return;
      }
      if (until.has(other)) return;
    }
  };
  readTokens(html, {
    text: (raw) => void here().push(resolved(raw)),
    literal: (text) => void here().push(text),
    open: (written, raw, end) => {
      if (LEFT_OUT.has(written)) return contentEnd(html, written, end);
      const name = allowedName(written) ?? written;
      if (name === 'li') closeTo('li', LISTS);
      else if (BLOCK_ELEMENTS.has(name)) closeTo('p', HOLDERS);
      if (open.length >= MAX_OPEN) return undefined;
      const attributes = readAttributes(raw, READ);
      for (const [attribute, value] of attributes) attributes.set(attribute, resolved(value));
      const own = declarations(attributes.get('style') ?? '');
      const classes = (attributes.get('class') ?? '').split(/\s+/).filter(Boolean);
      const element = { name, attributes, style: styleOf(sheet, written, classes, own), children: [] };
      here().push(element);
      if (!VOID.has(name) && !raw.endsWith('/')) open.push(element);
      return undefined;
    },
    close: (written) => {
      const name = allowedName(written) ?? written;
      if (!VOID.has(name)) closeTo(name, BLOCK_ELEMENTS.has(name) ? CELLS : HOLDERS);
    },
  });
  return root;
}

const LISTS = new Set(['ul', 'ol', 'td', 'th']);
const CELLS = new Set(['td', 'th']);
/** An end tag of something small does not reach out of these. */
const HOLDERS = new Set(['blockquote', 'dd', 'div', 'dt', 'li', 'td', 'th', 'table']);

function styleOf(sheet: Sheet, name: string, classes: readonly string[], own: Style): Style {
  const found = new Map(sheet.get(name));
  for (const one of classes) {
    for (const selector of [`.${one}`, `${name}.${one}`])
      for (const [key, value] of sheet.get(selector) ?? []) found.set(key, value);
  }
  for (const [key, value] of own) found.set(key, value);
  return found;
}

/** What was copied, without the page around it. */
function fragmentOf(source: string): string {
  const from = source.indexOf('<!--StartFragment');
  if (from === -1) return source;
  const begin = source.indexOf('>', from) + 1;
  const end = source.lastIndexOf('<!--EndFragment');
  return source.slice(begin, end > begin ? end : source.length);
}

function contentEnd(html: string, name: string, from: number): number {
  const pattern = new RegExp(`</${name}(?=[\\s/>])`, 'gi');
  pattern.lastIndex = from;
  return pattern.exec(html)?.index ?? from;
}

function resolved(raw: string): string {
  return resolveReferences(raw).replace(/&([a-z]{3,6});/g, (whole, name: string) => NAMED[name] ?? whole);
}
