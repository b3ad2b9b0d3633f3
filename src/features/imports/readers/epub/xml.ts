/**
 * The XML inside an EPUB (its container file, its package, its NCX) as a plain tree: no entities but XML's own five, no
 * DTD, nothing fetched, no recursion. A slip (a lone `&`, a prefix nobody declared) is borne; a ruin is refused.
 */
import { SaxesParser } from 'saxes';

export interface XmlElement {
  /** Its name without the prefix. */
  name: string;
  /** By name without prefix; `xml:lang` is `lang`, `opf:role` is `role`. */
  attributes: ReadonlyMap<string, string>;
  children: (XmlElement | string)[];
}

/** Real packages have some thousand elements, a dozen deep. */
const MAX_ELEMENTS = 200_000;
const MAX_DEPTH = 200;
const MAX_CHARACTERS = 16_000_000;
const MAX_SLIPS = 50;
/** "Salt & Tea": the parser would take everything up to the next semicolon for an entity's name. */
const LONE_AMPERSAND = /&(?!(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][\w.-]{0,40});)/gi;

/** Text in, the outermost element out, and whether slips were borne; null for what is no XML, cut off, or over a limit. */
export function parseXml(text: string): { root: XmlElement; slips: boolean } | null {
  if (text.length > MAX_CHARACTERS) return null;
  const mended = text.includes('<![CDATA[') ? text : text.replace(LONE_AMPERSAND, '&amp;');
  const top: XmlElement = { name: '', attributes: new Map(), children: [] };
  const open = [top];
  let elements = 0;
  let slips = mended === text ? 0 : 1;
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on('error', () => {
    slips++;
    if (slips > MAX_SLIPS) throw new TooMuch();
  });
  parser.on('opentag', (tag) => {
    elements++;
    if (elements > MAX_ELEMENTS || open.length > MAX_DEPTH) throw new TooMuch();
    const attributes = new Map(
      Object.values(tag.attributes)
        .filter(({ name }) => !name.startsWith('xmlns'))
        .map(({ local, value }) => [local, value]),
    );
    const element: XmlElement = { name: tag.local, attributes, children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => {
    if (open.length > 1) open.pop();
  });
  const addText = (said: string): void => void open.at(-1)?.children.push(said);
  parser.on('text', addText);
  parser.on('cdata', addText);
  try {
    parser.write(mended.replace(/^\s+(?=<)/, '')).close();
  } catch {
    return null;
  }
  const root = top.children.find((child) => typeof child !== 'string');
  return root ? { root, slips: slips > 0 } : null;
}

class TooMuch extends Error {}

export function childrenOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string');
}

/** All elements of a name below, in order. */
export function below(element: XmlElement, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  const waiting = [element];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next !== element && next.name === name) found.push(next);
    for (const child of childrenOf(next).toReversed()) waiting.push(child);
  }
  return found;
}

/** Its text and that of all below, with white space as single spaces. */
export function xmlText(element: XmlElement): string {
  const pieces: string[] = [];
  const waiting: (XmlElement | string)[] = [element];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') pieces.push(next);
    else for (const child of next.children.toReversed()) waiting.push(child);
  }
  return pieces.join('').replace(/\s+/g, ' ').trim();
}
