/**
 * How a backup is laid out: a tar with one folder, whose files have names of these forms and come in this order. Any other
 * name is refused, so no name that was read is ever used as a path.
 *
 *     README.txt                            what this is, for whoever finds it
 *     beside/erased.jsonl                   files that lie beside the database
 *     tables/works/000001.jsonl.gz          the rows, some megabytes a part
 *     files/3f/3f4c…                        the files, named by their SHA-256
 *     manifest.json, manifest.sha256        what all of it is, and the checksum of that
 */

export const FORMAT = 1;
const FOLDER = 'fanfold-backup-';

export type EntryPlace =
  | { kind: 'readme' | 'manifest' | 'manifest-sum' }
  | { kind: 'beside'; name: string }
  | { kind: 'table'; table: string; part: number }
  | { kind: 'file'; hash: string };

/** Bytes of rows in a part before it is closed. */
export const PART_BYTES = 1 << 20;
/** A part holds one row more than that; no row comes near this. */
export const LARGEST_PART = 256 << 20;
export const LARGEST_MANIFEST = 256 << 20;
export const LARGEST_BESIDE = 64 << 20;

export function entryName(place: EntryPlace): string {
  return `${FOLDER}${FORMAT}/${pathOf(place)}`;
}

function pathOf(place: EntryPlace): string {
  switch (place.kind) {
    case 'readme':
      return 'README.txt';
    case 'manifest':
      return 'manifest.json';
    case 'manifest-sum':
      return 'manifest.sha256';
    case 'beside':
      return `beside/${place.name}`;
    case 'table':
      return `tables/${place.table}/${String(place.part).padStart(6, '0')}.jsonl.gz`;
    case 'file':
      return `files/${place.hash.slice(0, 2)}/${place.hash}`;
  }
}

/** @returns what an entry is, 'newer' when a later format names it, or null for a name that has no place in a backup. */
export function placeOf(name: string): EntryPlace | 'newer' | null {
  const format = /^fanfold-backup-(\d{1,6})\//.exec(name);
  if (format === null) return null;
  if (Number(format[1]) > FORMAT) return 'newer';
  const place = guess(name.slice(format[0].length));
  return place !== null && entryName(place) === name ? place : null;
}

function guess(path: string): EntryPlace | null {
  if (path === 'README.txt') return { kind: 'readme' };
  if (path === 'manifest.json') return { kind: 'manifest' };
  if (path === 'manifest.sha256') return { kind: 'manifest-sum' };
  const beside = /^beside\/([a-z][a-z0-9-]{0,40}(?:\.[a-z]{1,8})?)$/.exec(path);
  if (beside) return { kind: 'beside', name: beside[1] ?? '' };
  const table = /^tables\/([a-z][a-z0-9_]{0,60})\/(\d{6,9})\.jsonl\.gz$/.exec(path);
  if (table) return { kind: 'table', table: table[1] ?? '', part: Number(table[2]) };
  const file = /^files\/[0-9a-f]{2}\/([0-9a-f]{64})$/.exec(path);
  if (file) return { kind: 'file', hash: file[1] ?? '' };
  return null;
}

export const README = `This is a backup of a Fanfold archive: all of its works, drafts and accounts, and the files they were
read from. Whoever has it can read everything in it. Keep it as secret as the archive.

To restore it, into an empty data folder:   ./fanfold restore FILE
To see that it is whole:                    ./fanfold backup --verify FILE

tables/   the rows of the database, one JSON list a line, the first line of a part naming the columns
files/    files, named by their SHA-256
beside/   what lies beside the database in the data folder
manifest.json says what all of it is; manifest.sha256 is the checksum of that.
`;
