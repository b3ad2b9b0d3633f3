/**
 * The tags, references and line ends of a piece of HTML, with their places. What only looks like a tag (`<3`, `a < b`)
 * is text. Linear whatever the source, never throws, no side effects.
 */
import { fromHtml } from 'hast-util-from-html';

/**
 * `inline`: passed on. `nothing`: a comment, a script, a tag with no meaning here. `break`, `block` and `rule` end a line,
 * a paragraph and a scene. `line-end`: a raw one, which HTML reads as a space. `reference`: `&eacute;`.
 */
export interface Markup {
  kind: 'inline' | 'nothing' | 'break' | 'block' | 'rule' | 'line-end' | 'reference';
  from: number;
  to: number;
  /** Of a tag, in lower case; '' otherwise. */
  name: string;
  closes: boolean;
}

const INLINE = new Set(
  'em i b strong u s strike del ins sub sup small big tt code cite q abbr dfn mark kbd samp var a span font ruby rt rp bdo bdi img wbr'.split(
    ' ',
  ),
);
const BLOCK = new Set(
  'p div h1 h2 h3 h4 h5 h6 center blockquote ul ol li dl dt dd pre table tbody thead tfoot tr td th section article header footer main aside nav figure figcaption details summary address'.split(
    ' ',
  ),
);
const UNSEEN = new Set(['script', 'style', 'template', 'title']);
const MARKS = /[<&\r\n]/g;
const REFERENCE = /&(?:#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z][a-z0-9]{1,30});/iy;
const TAG_NAME = /<(\/?)([a-z][a-z0-9:-]{0,30})(?=[\s/>])/iy;

/** All markup of a source in order. */
export function readMarkup(source: string): Markup[] {
  const found: Markup[] = [];
  const ends = new Map<string, number>();
  MARKS.lastIndex = 0;
  for (let match = MARKS.exec(source); match !== null; match = MARKS.exec(source)) {
    const markup = markupAt(source, match.index, ends);
    if (markup === null) continue;
    found.push(markup);
    MARKS.lastIndex = markup.to;
  }
  return found;
}

function markupAt(source: string, from: number, ends: Map<string, number>): Markup | null {
  const character = source[from];
  if (character === '\n' || character === '\r')
    return { kind: 'line-end', from, to: from + 1, name: '', closes: false };
  if (character === '&') {
    REFERENCE.lastIndex = from;
    const to = from + (REFERENCE.exec(source)?.[0].length ?? 0);
    return to === from ? null : { kind: 'reference', from, to, name: '', closes: false };
  }
  if (source.startsWith('<!--', from)) return until(source, from, '-->', ends);
  if (source[from + 1] === '!' || source[from + 1] === '?') return until(source, from, '>', ends);
  TAG_NAME.lastIndex = from;
  const tag = TAG_NAME.exec(source);
  const to = tag === null ? -1 : tagEnd(source, from + tag[0].length);
  if (tag === null || to === -1) return null;
  const name = (tag[2] ?? '').toLowerCase();
  const closes = tag[1] === '/';
  if (UNSEEN.has(name) && !closes) {
    const closing = until(source, from, `</${name}`, ends);
    return {
      kind: 'nothing',
      from,
      to: Math.max(to, closing === null ? to : endAfter(source, closing.to)),
      name,
      closes,
    };
  }
  return { kind: kindOf(name), from, to, name, closes };
}

function kindOf(name: string): Markup['kind'] {
  if (INLINE.has(name)) return 'inline';
  if (BLOCK.has(name)) return 'block';
  if (name === 'br') return 'break';
  return name === 'hr' ? 'rule' : 'nothing';
}

/** Up to and with a mark; null, found once and remembered, where it never comes. */
function until(source: string, from: number, mark: string, ends: Map<string, number>): Markup | null {
  let at = ends.get(mark) ?? -2;
  if (at !== -1 && at < from) ends.set(mark, (at = source.indexOf(mark, from + 1)));
  return at === -1 ? null : { kind: 'nothing', from, to: at + mark.length, name: '', closes: false };
}

function endAfter(source: string, from: number): number {
  const end = tagEnd(source, from);
  return end === -1 ? from : end;
}

/** After the `>` that ends a tag, which may not hold another `<`; -1 when there is none. Quotes may hold `>`. */
function tagEnd(source: string, from: number): number {
  let quote = '';
  let bare = -1;
  for (let at = from; at < source.length; at += 1) {
    const character = source[at] ?? '';
    if (character === '<') break;
    if (character === '>') {
      if (quote === '') return at + 1;
      if (bare === -1) bare = at + 1;
    } else if (quote !== '') {
      if (character === quote) quote = '';
    } else if ((character === '"' || character === "'") && source[at - 1] === '=') quote = character;
  }
  return bare;
}

const REFERENCES = new Map<string, string | null>();
const MOST_REFERENCES = 3000;

/** What a character reference means, such as `&eacute;`; null when it means nothing or no character a text may hold. */
export function referenceIn(reference: string): string | null {
  const known = REFERENCES.get(reference);
  if (known !== undefined) return known;
  const tree = fromHtml(reference, { fragment: true });
  const [node] = tree.children;
  const said = node?.type === 'text' ? node.value : reference;
  const means = said === reference || said.includes('\ufffd') || /[\0-\x08\x0b\x0e-\x1f]/.test(said) ? null : said;
  if (REFERENCES.size < MOST_REFERENCES) REFERENCES.set(reference, means);
  return means;
}
