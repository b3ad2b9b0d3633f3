/** UTF-8 with a few bytes of Windows-1252 in it: a page whose quotes were pasted from elsewhere, or a file that was cut. */

/** What a walk over the bytes finds. */
interface Walk {
  /** Characters of two bytes, and of three or four. */
  pairs: number;
  longer: number;
  strays: number;
}

/** A file that is not UTF-8 in; true when it is UTF-8 but for a few bytes. Windows-1252 makes a pair by chance at times. */
export function isMixed(bytes: Uint8Array): boolean {
  const { pairs, longer, strays } = walk(bytes, () => {});
  return longer > 0 ? longer * 3 + pairs >= strays : pairs >= 2 * strays && pairs > 0;
}

/** The places of the bytes that belong to no UTF-8 character, rising. */
export function findStrays(bytes: Uint8Array): number[] {
  const strays: number[] = [];
  walk(bytes, (at) => strays.push(at));
  return strays;
}

/** Reads bytes as UTF-8 but for those at `places`, which are Windows-1252. @returns with the places of these in the text. */
export function decodeAround(bytes: Uint8Array, places: readonly number[]): { raw: string; strays: number[] } {
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  const old = new TextDecoder('windows-1252');
  const pieces: string[] = [];
  const strays: number[] = [];
  let from = 0;
  let length = 0;
  const add = (piece: string): void => {
    length += piece.length;
    pieces.push(piece);
  };
  for (const at of places) {
    if (at > from) add(utf8.decode(bytes.subarray(from, at)));
    strays.push(length);
    add(old.decode(bytes.subarray(at, at + 1)));
    from = at + 1;
  }
  add(utf8.decode(bytes.subarray(from)));
  return { raw: pieces.join(''), strays };
}

function walk(bytes: Uint8Array, onStray: (at: number) => unknown): Walk {
  const found: Walk = { pairs: 0, longer: 0, strays: 0 };
  for (let i = 0; i < bytes.length;) {
    if ((bytes[i] ?? 0) < 0x80) {
      i++;
      continue;
    }
    const length = lengthAt(bytes, i);
    if (length === 0) {
      found.strays++;
      onStray(i);
    } else if (length === 2) found.pairs++;
    else found.longer++;
    i += length || 1;
  }
  return found;
}

/** How many bytes the character at a place has, by Unicode's table 3-7; 0 where none is well-formed. */
export function lengthAt(bytes: ArrayLike<number>, at: number): number {
  const first = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4) return 0;
  const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < least || second > most) return 0;
  for (let i = 2; i < length; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}
