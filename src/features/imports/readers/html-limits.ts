/** How deep and how wide HTML is, counted in one pass before a parser sees it: the parser's tree overflows the stack. */

/** Real works nest a few dozen levels; the tree's own walks overflow between 2,000 and 5,000. */
const MAX_DEPTH = 1000;
/** About a gigabyte of tree. The longest works have a third of it. */
const MAX_ELEMENTS = 200_000;
/** Parsers compare each attribute of a tag with all before it. */
const MAX_ATTRIBUTES = 500;

/** Elements that never hold anything, or that the next of their kind closes: unclosed, they do not nest. */
const FLAT = new Set(
  (
    'area base br col embed hr img input link meta param source track wbr ' +
    'p li dt dd tr td th thead tbody tfoot colgroup caption option optgroup rt rp'
  ).split(' '),
);
/** What these open, their flat parts included. */
const WEIGHT: Record<string, number> = { table: 4, ul: 2, ol: 2, dl: 2, ruby: 2, select: 2 };
const RAW_TEXT = /^(?:script|style|textarea|title|xmp|iframe|noembed|noframes)$/;

/**
 * HTML in; null when it can be parsed in bounded stack and time, else the sentence that refuses it. Unclosed elements
 * count as nesting, since that is what the parser makes of them.
 */
export function htmlOverLimits(html: string): string | null {
  const open = new Map<string, number>();
  let depth = 0;
  let elements = 0;
  let at = html.indexOf('<');
  while (at >= 0) {
    const tag = readTag(html, at);
    if (tag.name !== '' && !FLAT.has(tag.name)) {
      const weight = WEIGHT[tag.name] ?? 1;
      const count = open.get(tag.name) ?? 0;
      if (tag.closing ? count > 0 : true) {
        open.set(tag.name, count + (tag.closing ? -1 : 1));
        depth += tag.closing ? -weight : weight;
      }
    }
    if (tag.name !== '' && !tag.closing) elements++;
    if (depth > MAX_DEPTH)
      return 'The HTML in this file is nested too deeply to be read. Save the work again from where it lives.';
    if (elements > MAX_ELEMENTS)
      return 'This HTML file has too many elements to be read as one work. Split it into smaller files.';
    if (tag.attributes > MAX_ATTRIBUTES)
      return 'A tag in this HTML file has more attributes than can be read. Save the work again from where it lives.';
    at = html.indexOf('<', tag.end);
  }
  return null;
}

interface Tag {
  /** Empty for comments, declarations and a `<` that opens nothing. */
  name: string;
  closing: boolean;
  attributes: number;
  /** One past its last character; for raw text (a style sheet, a title) past its content. */
  end: number;
}

function readTag(html: string, at: number): Tag {
  const nothing = (end: number): Tag => ({ name: '', closing: false, attributes: 0, end: end < 0 ? html.length : end });
  const next = html[at + 1] ?? '';
  if (next === '!') {
    if (!html.startsWith('<!--', at)) return nothing(after(html, '>', at));
    if (html.startsWith('>', at + 4) || html.startsWith('->', at + 4)) return nothing(after(html, '>', at + 4));
    return nothing(endOfComment(html, at + 4));
  }
  if (next === '?') return nothing(after(html, '>', at));
  const closing = next === '/';
  const start = at + (closing ? 2 : 1);
  if (!/[a-z]/i.test(html[start] ?? '')) return nothing(closing ? after(html, '>', at) : at + 1);
  let end = start;
  while (end < html.length && !/[\s/>]/.test(html[end] ?? '')) end++;
  const name = html.slice(start, Math.min(end, start + 40)).toLowerCase();
  const rest = readAttributes(html, end);
  const raw = !closing && RAW_TEXT.test(name) ? endOfRawText(html, name, rest.end) : rest.end;
  return { name: RAW_TEXT.test(name) ? '' : name, closing, attributes: rest.attributes, end: raw };
}

/** From after a tag's name to after its `>`: quotes count only after an equals sign, as in the standard. */
function readAttributes(html: string, from: number): { attributes: number; end: number } {
  let attributes = 0;
  let inName = false;
  for (let i = from; i < html.length; i++) {
    const sign = html[i] ?? '';
    if (sign === '>') return { attributes, end: i + 1 };
    if (/[\s/]/.test(sign)) inName = false;
    else if (sign === '=' && inName) {
      do i++;
      while (i < html.length && /\s/.test(html[i] ?? ''));
      const quote = html[i] ?? '';
      if (quote === '"' || quote === "'") {
        i = html.indexOf(quote, i + 1);
        if (i < 0) break;
      } else {
        while (i < html.length && !/[\s>]/.test(html[i] ?? '')) i++;
        i--;
      }
      inName = false;
    } else if (!inName) {
      inName = true;
      attributes++;
    }
  }
  return { attributes, end: html.length };
}

function endOfComment(html: string, from: number): number {
  const close = /--!?>/g;
  close.lastIndex = from;
  return close.exec(html) ? close.lastIndex : -1;
}

function endOfRawText(html: string, name: string, from: number): number {
  const close = new RegExp(`</${name}(?=[\\s/>])`, 'gi');
  close.lastIndex = from;
  return close.exec(html)?.index ?? html.length;
}

function after(html: string, sign: string, from: number): number {
  const at = html.indexOf(sign, from);
  return at < 0 ? -1 : at + 1;
}
