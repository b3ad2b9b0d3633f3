/**
 * The header block at the head of HTML whose structure says nothing of it: `<p>Title: …<br>Author: …</p>`. The head is
 * read as the lines a person sees, each character with its place in the source, so that a block found there can be cut
 * out of the source exactly.
 */
import { findHeaderBlock } from './header-block.ts';
import type { HeaderBlock } from './header-block.ts';

/** A head as it is seen. The character `text[i]` stands in the source from `places[i]` to `ends[i]`. */
export interface SeenText {
  text: string;
  places: number[];
  ends: number[];
}

const HEAD_CHARACTERS = 60_000;
const BREAKS = /^(?:br|p|div|h[1-6]|tr|li|ul|ol|dl|dt|dd|table|blockquote|center|hr|article|section|header|body|pre)$/;
const HIDDEN = /^(?:script|style|head|title|textarea|noscript)$/;
const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  ndash: '–',
  mdash: '—',
  hellip: '…',
};

/**
 * HTML in, the block it opens with out, its offsets those of the HTML; null when there is none. `rest` is the HTML without
 * the block: what stood before it, and what follows from the end of its last line on.
 */
export function findHtmlHeaderBlock(html: string): { block: HeaderBlock; rest: string } | null {
  const { text, places, ends } = seenText(html);
  const found = findHeaderBlock(text);
  if (!found) return null;
  const at = (offset: number): number => places[offset] ?? ends.at(-1) ?? 0;
  /** Behind the last character, whatever it takes in the source. */
  const behind = (from: number, to: number): number => (to > from ? (ends[to - 1] ?? html.length) : at(to));
  const fields = found.fields.map((field) => ({
    ...field,
    labelFrom: at(field.labelFrom),
    labelTo: behind(field.labelFrom, field.labelTo),
    valueFrom: at(field.valueFrom),
    valueTo: behind(field.valueFrom, field.valueTo),
  }));
  const last = found.fields.at(-1);
  const to = last ? afterTags(html, behind(last.labelFrom, Math.max(last.labelTo, last.valueTo))) : 0;
  const block = { ...found, fields, from: beforeTags(html, at(found.from)), to };
  return { block, rest: html.slice(0, block.from) + html.slice(block.to) };
}

/** The head of a page or fragment, as lines of text. Linear. */
export function seenText(html: string): SeenText {
  const head = html.slice(0, HEAD_CHARACTERS);
  const places: number[] = [];
  const ends: number[] = [];
  let text = '';
  const put = (sign: string, place: number, end = place + 1): void => {
    places.push(place);
    ends.push(end);
    text += sign;
  };
  for (let i = 0; i < head.length;) {
    const sign = head[i] ?? '';
    if (sign === '<') {
      const tag = /^<(\/?)([a-z][a-z0-9]{0,15})(?=[\s/>])|^<!--/i.exec(head.slice(i, i + 20));
      if (!tag) {
        put('<', i++);
        continue;
      }
      const name = tag[2]?.toLowerCase() ?? '';
      let end = tag[2] === undefined ? after(head, '-->', i) : after(head, '>', i);
      if (HIDDEN.test(name) && tag[1] === '') {
        const close = head.indexOf(`</${tag[2]}`, end);
        end = close < 0 ? head.length : close;
      }
      if (BREAKS.test(name)) put('\n', i);
      i = Math.max(end, i + 1);
    } else if (sign === '&') {
      const entity = /^&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|([a-z]{2,8}));?/i.exec(head.slice(i, i + 12));
      const meant = entity ? entityText(entity) : null;
      const end = i + (meant === null || !entity ? 1 : entity[0].length);
      put(meant ?? '&', i, end);
      i = end;
    } else {
      // White space of the source is one space to the eye, and none at the start of a line.
      if (!/[ \r\n\t\f]/.test(sign)) put(sign, i);
      else if (!/[ \n]$/.test(text.slice(-1) || '\n')) put(' ', i);
      i++;
    }
  }
  return { text, places, ends };
}

function entityText(match: RegExpExecArray): string | null {
  const code = match[1] ? Number(match[1]) : match[2] ? Number.parseInt(match[2], 16) : 0;
  if (code > 0x1f && code < 0x10000 && (code < 0xd800 || code > 0xdfff)) return String.fromCharCode(code);
  return ENTITIES[match[3]?.toLowerCase() ?? ''] ?? null;
}

function after(text: string, sign: string, from: number): number {
  const at = text.indexOf(sign, from);
  return at < 0 ? text.length : at + sign.length;
}

const OPENED = /<(?:p|b|i|u|em|strong|span|font|div|center|big|small|h[1-6])(?:\s[^<>]{0,300})?>\s{0,50}$/i;

/** Before the tags that open at the block's first character: left behind, they would make the whole story bold. */
function beforeTags(html: string, at: number): number {
  let from = at;
  for (let i = 0; i < 20; i++) {
    const tag = OPENED.exec(html.slice(Math.max(0, from - 400), from));
    if (!tag) break;
    from -= tag[0].length;
  }
  return from;
}

/** Behind the end tags, line breaks, rules and white space that follow the block's last line. */
function afterTags(html: string, from: number): number {
  return (
    from +
    (/^(?:\s|&nbsp;|<\/[a-z][a-z0-9]{0,15}\s{0,5}>|<[bh]r\b[^<>]{0,100}>){0,200}/i.exec(
      html.slice(from, from + 5000),
    )?.[0].length ?? 0)
  );
}
