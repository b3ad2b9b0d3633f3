/**
 * XHTML as pages have it, written so that an HTML parser reads it rightly: `<a id="x"/>` closes itself, `<br></br>` is one
 * break, CDATA is text. One pass, no tree: pages that are no good XML are read all the same.
 */

const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
const RAW = /^(?:script|style|title|textarea|xmp|iframe|noembed|noframes)$/;

/** XHTML in, the HTML that says the same out. Comments, the XML declaration and the DTD are gone. */
export function htmlFromXhtml(source: string): string {
  const pieces: string[] = [];
  let at = 0;
  for (;;) {
    const open = source.indexOf('<', at);
    if (open < 0) break;
    pieces.push(source.slice(at, open));
    const [html, end] = oneTag(source, open);
    pieces.push(html);
    at = end;
  }
  pieces.push(source.slice(at));
  return pieces.join('');
}

/** What stands for the markup that begins here, and where it ends. */
function oneTag(source: string, open: number): [html: string, end: number] {
  const next = source[open + 1] ?? '';
  if (source.startsWith('<!--', open)) return ['', after(source, '-->', open + 4)];
  if (source.startsWith('<![CDATA[', open)) {
    const end = after(source, ']]>', open + 9);
    const closed = source.startsWith(']]>', end - 3) ? end - 3 : end;
    return [
      source
        .slice(open + 9, closed)
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;'),
      end,
    ];
  }
  if (next === '?') return ['', after(source, '?>', open + 2)];
  if (next === '!') return ['', endOfDoctype(source, open)];
  const closing = next === '/';
  const start = open + (closing ? 2 : 1);
  const written = nameAt(source, start);
  if (written === '') return ['&lt;', open + 1];
  const name = written.replace(/^(?:html|xhtml|h):/i, '').toLowerCase();
  const end = endOfTag(source, start + written.length);
  if (end < 0) return ['', source.length];
  if (closing) return [VOID.has(name) ? '' : `</${name}>`, end];
  const itself = source[end - 2] === '/';
  const attributes = source.slice(start + written.length, itself ? end - 2 : end - 1);
  const tag = `<${name}${attributes}${attributes.endsWith('/') ? ' ' : ''}>`;
  if (VOID.has(name)) return [tag, end];
  if (itself) return [`${tag}</${name}>`, end];
  if (!RAW.test(name)) return [tag, end];
  const close = endOfRaw(source, name, end);
  return [tag + source.slice(end, close), close];
}

/** The longest name of any element is a third of this; what is longer is none. */
function nameAt(source: string, start: number): string {
  return /^[a-z][\w:.-]{0,60}/i.exec(source.slice(start, start + 64))?.[0] ?? '';
}

/** After the `>` of a tag whose quotes are closed; -1 where it never ends. */
function endOfTag(source: string, from: number): number {
  let at = from;
  while (at < source.length) {
    const sign = source[at];
    if (sign === '>') return at + 1;
    if (sign === '"' || sign === "'") {
      const quote = source.indexOf(sign, at + 1);
      if (quote < 0) return after(source, '>', at);
      at = quote;
    }
    at++;
  }
  return -1;
}

function endOfDoctype(source: string, open: number): number {
  const end = after(source, '>', open);
  const subset = source.indexOf('[', open);
  return subset >= 0 && subset < end ? after(source, ']>', subset) : end;
}

function endOfRaw(source: string, name: string, from: number): number {
  const close = new RegExp(`</(?:[a-z]{1,5}:)?${name}(?=[\\s/>])`, 'gi');
  close.lastIndex = from;
  return close.exec(source)?.index ?? source.length;
}

function after(source: string, sign: string, from: number): number {
  const at = source.indexOf(sign, from);
  return at < 0 ? source.length : at + sign.length;
}
