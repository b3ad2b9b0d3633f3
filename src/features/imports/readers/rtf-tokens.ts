/** RTF's notation, from left to right over the bytes, once: groups, control words and signs, bytes and plain text. */

export interface RtfListener {
  open(): void;
  close(): void;
  /** `\i0` → ('i', 0); `\par` → ('par', null); `\~` → ('~', null). */
  word(name: string, value: number | null): void;
  /** A byte beyond ASCII: written `\'e9`, or as it is (`raw`). */
  byte(byte: number, raw: boolean): void;
  text(text: string): void;
}

const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;
/** No control word of any version is longer, and no number. */
const MAX_WORD = 40;
const MAX_DIGITS = 10;

/** Reads all of a file; true when it ends inside a group. */
export function readRtfTokens(bytes: Buffer, listener: RtfListener): boolean {
  let depth = 0;
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte === OPEN) {
      depth++;
      listener.open();
      at++;
    } else if (byte === CLOSE) {
      depth--;
      listener.close();
      at++;
      // What follows the last group is padding.
      if (depth <= 0) break;
    } else if (byte === BACKSLASH) at = control(bytes, at + 1, listener);
    else if (byte > 127) {
      listener.byte(byte, true);
      at++;
    } else {
      let to = at;
      while (to < bytes.length && isPlain(bytes[to] ?? 0)) to++;
      if (to > at) listener.text(bytes.toString('latin1', at, to).replaceAll('\t', ' '));
      else to++;
      at = to;
    }
  }
  return depth > 0;
}

/** ASCII that means itself. Line ends and other controls mean nothing. */
function isPlain(byte: number): boolean {
  return (byte >= 32 || byte === 9) && byte < 127 && byte !== BACKSLASH && byte !== OPEN && byte !== CLOSE;
}

function isLetter(byte: number): boolean {
  return (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90);
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

/** What follows a backslash. @returns where reading goes on. */
function control(bytes: Buffer, from: number, listener: RtfListener): number {
  const first = bytes[from];
  if (first === undefined) return from;
  if (!isLetter(first)) return symbol(bytes, from, listener);
  let to = from;
  while (to - from < MAX_WORD && isLetter(bytes[to] ?? 0)) to++;
  const name = bytes.toString('latin1', from, to);
  const digits = to + (bytes[to] === 45 ? 1 : 0);
  let end = digits;
  while (end - digits < MAX_DIGITS && isDigit(bytes[end] ?? 0)) end++;
  const value = end > digits ? Number(bytes.toString('latin1', to, end)) : null;
  if (end === digits) end = to;
  if (bytes[end] === 32) end++;
  if (name === 'bin' && value !== null) return Math.min(bytes.length, end + Math.max(0, value));
  listener.word(name, value);
  return end;
}

function symbol(bytes: Buffer, from: number, listener: RtfListener): number {
  const first = bytes[from] ?? 0;
  if (first === 39) {
    const byte = hexDigit(bytes[from + 1]) * 16 + hexDigit(bytes[from + 2]);
    if (Number.isNaN(byte)) return from + 1;
    if (byte >= 32) listener.byte(byte, false);
    return from + 3;
  }
  // A backslash before a line end is a paragraph's end.
  if (first === 10 || first === 13) listener.word('par', null);
  else if (first > 127) return from;
  else listener.word(String.fromCharCode(first), null);
  return from + 1;
}

function hexDigit(byte = 0): number {
  if (isDigit(byte)) return byte - 48;
  if (byte >= 97 && byte <= 102) return byte - 87;
  return byte >= 65 && byte <= 70 ? byte - 55 : Number.NaN;
}
