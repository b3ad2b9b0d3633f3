/**
 * Reads HTML source into text, start tags and end tags, once from left to right, in linear time whatever the source.
 *
 * Where the HTML standard would lose what was typed, the text is kept: `<3`, `</3`, `<_<`, a `<b` that never ends,
 * a comment that is never closed. Comments, doctypes and processing instructions are left out.
 */

/** Receives what is read, in order. */
export interface TokenReader {
  /** Text as it stands in the source, character references included; it may hold a bare `<`. */
  text(raw: string): void;
  /** Text without character references: the inside of a CDATA section. */
  literal(text: string): void;
  /** Name in lower case; `attributes` is the raw source between the name and `>`. May return where to go on reading. */
  open(name: string, attributes: string, end: number): number | undefined;
  close(name: string): void;
}

const GREATER = 62;
const SLASH = 47;

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 9 || code === 13 || code === 12;
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

/** Letters, digits and `:._-`: anything else in the name (`<name@x>`) means that no tag was meant. */
function isNameCharacter(code: number): boolean {
  return isLetter(code) || (code >= 48 && code <= 58) || code === 45 || code === 46 || code === 95;
}

/** Index of the `>` that ends a tag whose attributes begin at `from`, or -1 when it never ends. */
function tagEnd(source: string, from: number): number {
  let at = from;
  while (at < source.length) {
    const code = source.charCodeAt(at);
    if (code === GREATER) return at;
    if (isSpace(code) || code === SLASH) {
      at += 1;
      continue;
    }
    at = endOfName(source, at);
    at = skipSpace(source, at);
    if (source[at] !== '=') continue;
    at = skipSpace(source, at + 1);
    const quote = source[at];
    if (quote === '"' || quote === "'") {
      at = source.indexOf(quote, at + 1);
      if (at === -1) return -1;
      at += 1;
    } else {
      at = endOfUnquoted(source, at);
    }
  }
  return -1;
}

function skipSpace(source: string, from: number): number {
  let at = from;
  while (at < source.length && isSpace(source.charCodeAt(at))) at += 1;
  return at;
}

/** An attribute's name may begin with `=`, as in the standard. */
function endOfName(source: string, from: number): number {
  let at = from + 1;
  while (at < source.length) {
    const code = source.charCodeAt(at);
    if (isSpace(code) || code === SLASH || code === GREATER || code === 61) break;
    at += 1;
  }
  return at;
}

function endOfUnquoted(source: string, from: number): number {
  let at = from;
  while (at < source.length) {
    const code = source.charCodeAt(at);
    if (isSpace(code) || code === GREATER) break;
    at += 1;
  }
  return at;
}

/**
 * Takes the raw source of a tag's attributes; returns those whose name is `wanted`, values raw, the first of each name.
 */
export function readAttributes(raw: string, wanted: ReadonlySet<string>): Map<string, string> {
  const found = new Map<string, string>();
  let at = 0;
  while (at < raw.length) {
    const code = raw.charCodeAt(at);
    if (isSpace(code) || code === SLASH) {
      at += 1;
      continue;
    }
    const start = at;
    at = endOfName(raw, at);
    // No wanted name is longer; an endless one is not worth a copy.
    const name = at - start > 20 ? '' : raw.slice(start, at).toLowerCase();
    at = skipSpace(raw, at);
    let value = '';
    if (raw[at] === '=') {
      at = skipSpace(raw, at + 1);
      const quote = raw[at];
      const from = at;
      if (quote === '"' || quote === "'") {
        const end = raw.indexOf(quote, from + 1);
        value = raw.slice(from + 1, end === -1 ? raw.length : end);
        at = end === -1 ? raw.length : end + 1;
      } else {
        at = endOfUnquoted(raw, from);
        value = raw.slice(from, at);
      }
    }
    if (wanted.has(name) && !found.has(name)) found.set(name, value);
  }
  return found;
}

/** Looks for `needle` after `from`, and remembers failure, so that a thousand failing searches cost one. */
function onceLost(source: string): (needle: string, from: number) => number {
  const lost = new Set<string>();
  return (needle, from) => {
    if (lost.has(needle)) return -1;
    const found = source.indexOf(needle, from);
    if (found === -1) lost.add(needle);
    return found;
  };
}

/** Reads all of `source`, telling `reader` what it finds. */
export function readTokens(source: string, reader: TokenReader): void {
  const find = onceLost(source);
  let quotesLost = false;
  let textFrom = 0;
  let at = source.indexOf('<');

  /** Where the thing that begins with `<` at `at` ends, having told the reader; -1 when it is text after all. */
  const readMarkup = (): number => {
    const next = source.charCodeAt(at + 1);
    if (next === 33) return readDeclaration();
    if (next === 63) return isLetter(source.charCodeAt(at + 2)) ? skipTo('>', 2) : -1;
    const closing = next === SLASH;
    const nameFrom = at + (closing ? 2 : 1);
    if (!isLetter(source.charCodeAt(nameFrom))) return -1;
    let nameTo = nameFrom + 1;
    while (isNameCharacter(source.charCodeAt(nameTo))) nameTo += 1;
    const after = source.charCodeAt(nameTo);
    if (after !== GREATER && after !== SLASH && !isSpace(after)) return -1;
    let end = quotesLost ? -1 : tagEnd(source, nameTo);
    if (end === -1) {
      // A quote is never closed. From here on a tag ends at its first `>` and its attributes are not read.
      quotesLost = true;
      end = find('>', nameTo);
      if (end === -1) return -1;
    }
    const name = source.slice(nameFrom, nameTo).toLowerCase();
    flushText();
    if (closing) reader.close(name);
    else {
      const attributes = quotesLost || end === nameTo ? '' : source.slice(nameTo, end);
      return reader.open(name, attributes, end + 1) ?? end + 1;
    }
    return end + 1;
  };

  const readDeclaration = (): number => {
    if (source.startsWith('<!--', at)) {
      if (source.startsWith('>', at + 4)) return skip(at + 5);
      if (source.startsWith('->', at + 4)) return skip(at + 6);
      const end = find('-->', at + 4);
      return skip(end === -1 ? at + 4 : end + 3);
    }
    if (source.startsWith('<![CDATA[', at)) {
      const end = find(']]>', at + 9);
      if (end !== -1) {
        flushText();
        reader.literal(source.slice(at + 9, end));
        return end + 3;
      }
    }
    const code = source.charCodeAt(at + 2);
    return isLetter(code) || code === 91 ? skipTo('>', 2) : -1;
  };

  const skipTo = (needle: string, past: number): number => {
    const end = find(needle, at + past);
    return end === -1 ? -1 : skip(end + 1);
  };

  const skip = (to: number): number => {
    flushText();
    return to;
  };

  const flushText = (): void => {
    if (textFrom < at) reader.text(source.slice(textFrom, at));
  };

  while (at !== -1) {
    const end = readMarkup();
    if (end === -1) {
      at = source.indexOf('<', at + 1);
    } else {
      textFrom = end;
      at = source.indexOf('<', end);
    }
  }
  at = source.length;
  flushText();
}
