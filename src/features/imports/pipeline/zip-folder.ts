/**
 * A zip as the folder it is: its files are listed at once and unpacked one by one as they are read, in memory, never to
 * the disk. Zips inside zips are folders too, a few deep.
 */
import { posix } from 'node:path';
import { openZip, type Zip, type ZipEntry, type ZipOpened } from '../../../platform/zip/zip.ts';
import { signatureKind } from '../file-kind.ts';
import { FILE_BYTES, tooLarge, type Found, type FoundFile } from './found-file.ts';

/** A zip of downloads in a zip of a year in a zip of everything; deeper ones are made to hold a program up. */
const MOST_NESTED = 3;
/** A zip that nothing is read from for so long is closed, in milliseconds. */
const IDLE_MS = 2_000;

export interface ZipPlace {
  /** How reports name it. */
  path: string;
  /** Size and time of change of the outermost zip. */
  stamp: string;
  open(): Promise<ZipOpened>;
  /** How many zips it lies in. */
  depth?: number;
}

/** @returns the files in a zip, in the order of their names; what is wrong with it, or with one of them, by its sentence. */
export async function* filesInZip(place: ZipPlace): AsyncGenerator<Found> {
  const { path, depth = 0 } = place;
  const opened = await place.open();
  if (!opened.ok) {
    yield { path, problem: opened.reason };
    return;
  }
  await opened.zip.close();
  const shared = sharedZip(() => place.open());
  const files = opened.zip.entries
    .filter((entry) => entry.kind === 'file' && !isHidden(entry.name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (files.length === 0) yield { path, problem: 'There are no files in this zip.' };
  const seen = new Set<string>();
  for (const entry of files) {
    // What has the name of another is refused, and must not stand in its place in the report.
    const again = seen.has(entry.name);
    seen.add(entry.name);
    if (again)
      yield { path: `${path}/${entry.name} (again)`, problem: entry.refusal ?? 'Another file has the same name.' };
    else yield* fileOrZip(place, entry, shared, depth);
  }
}

async function* fileOrZip(place: ZipPlace, entry: ZipEntry, shared: SharedZip, depth: number): AsyncGenerator<Found> {
  const path = `${place.path}/${entry.name}`;
  const refusal = entry.refusal ?? tooLarge(entry.size);
  if (refusal !== null) yield { path, problem: refusal };
  else if (!/\.zip$/i.test(entry.name)) yield fileIn(place, entry, path, shared);
  else if (!(await isZip(shared, entry))) yield fileIn(place, entry, path, shared);
  else if (depth + 1 >= MOST_NESTED)
    yield { path, problem: `This zip lies in ${depth + 1} others. Unpack it and import the folder.` };
  else {
    const open = async (): Promise<ZipOpened> => {
      const read = await shared.read(entry);
      return 'problem' in read ? { ok: false, reason: read.problem } : openZip({ bytes: read });
    };
    yield* filesInZip({ path, stamp: place.stamp, open, depth: depth + 1 });
  }
}

/** Whether what is called a zip is one: a book that was renamed is not. What cannot be read says so as a zip. */
async function isZip(shared: SharedZip, entry: ZipEntry): Promise<boolean> {
  const read = await shared.read(entry);
  return 'problem' in read || signatureKind(read) === 'zip';
}

function fileIn(place: ZipPlace, entry: ZipEntry, path: string, shared: SharedZip): FoundFile {
  return {
    path,
    name: posix.basename(entry.name),
    folder: posix.dirname(path),
    bytes: entry.size,
    stamp: `${place.stamp} ${entry.size}`,
    read: () => shared.read(entry),
  };
}

function isHidden(name: string): boolean {
  // A name that leads elsewhere is refused, not passed over.
  return name.split('/').some((part) => part.startsWith('.') && !/^\.+$/.test(part));
}

interface SharedZip {
  read(entry: ZipEntry): Promise<Uint8Array | { problem: string }>;
}

/** Opens a zip when something of it is read, and closes it when nothing has been for a while. */
function sharedZip(open: () => Promise<ZipOpened>): SharedZip {
  let opened: Promise<ZipOpened> | null = null;
  let readers = 0;
  let timer: NodeJS.Timeout | undefined;
  const closeWhenIdle = () => {
    timer = setTimeout(() => {
      const closing = opened;
      opened = null;
      void closing?.then((one) => (one.ok ? one.zip.close() : undefined)).catch(() => undefined);
    }, IDLE_MS);
    timer.unref();
  };
  return {
    async read(entry) {
      clearTimeout(timer);
      readers += 1;
      try {
        const one = await (opened ??= open());
        if (!one.ok) return { problem: one.reason };
        return await readEntry(one.zip, entry);
      } finally {
        readers -= 1;
        if (readers === 0) closeWhenIdle();
      }
    },
  };
}

async function readEntry(zip: Zip, entry: ZipEntry): Promise<Uint8Array | { problem: string }> {
  // The zip may be another by now; only what was listed is read.
  const same = zip.entries.find((one) => one.name === entry.name && one.offset === entry.offset);
  if (!same) return { problem: 'The zip changed while it was read. Import it again.' };
  const read = await zip.read(same, { entryBytes: FILE_BYTES });
  return read.ok ? read.bytes : { problem: read.reason };
}
