/** Zips for tests, made byte by byte, so that any header can lie. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface MadeEntry {
  /** Bytes where the name is to be something other than UTF-8. */
  name: string | Uint8Array;
  content?: string | Uint8Array;
  /** Not packed. `mimetype` of an EPUB must be. */
  stored?: boolean;
  lies?: EntryLies;
}

/** What an entry's headers say instead of the truth. All but the `local…` ones stand in the list of files. */
export interface EntryLies {
  flags?: number;
  method?: number;
  crc?: number;
  packedSize?: number;
  size?: number;
  offset?: number;
  /** The Unix mode: 0o120777 for a link. */
  mode?: number;
  extra?: Uint8Array;
  localExtra?: Uint8Array;
  localSignature?: number;
  /** The entry shares the bytes of the one at this place instead of having its own. */
  sameBytesAs?: number;
}

export interface ZipLies {
  /** How many entries the end of the zip speaks of. */
  count?: number;
  /** Where it says the list of files begins. */
  listOffset?: number;
  comment?: string;
  /** Nothing after the entries: as a download that broke off. */
  withoutEnd?: boolean;
}

const UTF8_NAMES = 0x800;

/** A zip of these entries, in this order. */
export function makeZip(entries: readonly MadeEntry[], lies: ZipLies = {}): Uint8Array<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  const places: { offset: number; packed: Uint8Array }[] = [];
  let at = 0;
  for (const entry of entries) {
    const entryLies = entry.lies ?? {};
    const name = bytesOf(entry.name);
    const content = bytesOf(entry.content ?? '');
    const method = entry.stored ? 0 : 8;
    const packed = entry.stored ? content : deflateRawSync(content);
    const shared = entryLies.sameBytesAs === undefined ? undefined : places[entryLies.sameBytesAs];
    const offset = shared?.offset ?? at;
    const common = [
      [2, entryLies.flags ?? UTF8_NAMES],
      [2, entryLies.method ?? method],
      [4, 0x21_00_00],
      [4, entryLies.crc ?? crc32(content)],
      [4, entryLies.packedSize ?? (shared?.packed ?? packed).length],
      [4, entryLies.size ?? content.length],
      [2, name.length],
    ] as const;
    places.push({ offset, packed: shared?.packed ?? packed });
    if (!shared) {
      const extra = entryLies.localExtra ?? new Uint8Array();
      const local = [
        header([[4, entryLies.localSignature ?? 0x04034b50], [2, 20], ...common, [2, extra.length]]),
        name,
        extra,
        packed,
      ];
      pieces.push(...local);
      at += local.reduce((sum, piece) => sum + piece.length, 0);
    }
    const extra = entryLies.extra ?? new Uint8Array();
    const mode = ((entryLies.mode ?? 0o100644) << 16) >>> 0;
    directory.push(
      header([
        [4, 0x02014b50],
        [2, 0x0314],
        [2, 20],
        ...common,
        [2, extra.length],
        [2, 0],
        [2, 0],
        [2, 0],
        [4, mode],
        [4, entryLies.offset ?? offset],
      ]),
      name,
      extra,
    );
  }
  if (lies.withoutEnd) return joined(pieces);
  const comment = bytesOf(lies.comment ?? '');
  const count = lies.count ?? entries.length;
  const end = header([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, directory.reduce((sum, piece) => sum + piece.length, 0)],
    [4, lies.listOffset ?? at],
    [2, comment.length],
  ]);
  return joined([...pieces, ...directory, end, comment]);
}

/** Numbers of two or four bytes, one after another, least byte first. */
function header(fields: readonly (readonly [width: 2 | 4, value: number])[]): Uint8Array {
  const bytes = Buffer.alloc(fields.reduce((sum, [width]) => sum + width, 0));
  let at = 0;
  for (const [width, value] of fields) at = bytes.writeUIntLE(value, at, width);
  return bytes;
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
