/** Which files are one work: by metadata beside them, or, where a person wants it, by numbers in their names. */
import { METADATA_NAMES, readMetadata, type MetadataRow } from './metadata.ts';
import { type Found, type FoundFile, type NotFound } from './found-file.ts';
import { numberedGroups } from '../numbered-files.ts';

/** The files of one work in the order of its chapters, with what was said of each. */
export interface Bundle {
  /** How the report names it: by its first file. */
  path: string;
  parts: { file: FoundFile; said: MetadataRow | null }[];
}

/**
 * Files in the order they were found in; bundles in the order of their first files, and what cannot be read, out.
 * `joinNumbered`: files of one folder whose names differ by a number are chapters of one work.
 */
export async function bundle(
  found: readonly Found[],
  { joinNumbered }: { joinNumbered: boolean },
): Promise<(Bundle | NotFound)[]> {
  const { rows, problems } = await allMetadata(found);
  const files = found.filter(
    (one): one is FoundFile => 'read' in one && !METADATA_NAMES.includes(one.name.toLowerCase()),
  );
  const works = new Map<string, Bundle>();
  const alone: FoundFile[] = [];
  for (const file of files) {
    const row = rows.get(plainPath(file.path)) ?? null;
    if (row === null) alone.push(file);
    else {
      const key = row.row.work === null ? `file ${file.path}` : `work ${row.folder}\n${row.row.work}`;
      const one = works.get(key) ?? { path: file.path, parts: [] };
      one.parts.push({ file, said: row.row });
      works.set(key, one);
    }
  }
  const groups = joinNumbered ? numberedGroups(alone) : [];
  for (const group of groups) {
    const [first] = group;
    if (first)
      works.set(`group ${first.path}`, { path: first.path, parts: group.map((file) => ({ file, said: null })) });
  }
  const grouped = new Set(groups.flat());
  for (const file of alone) {
    if (!grouped.has(file)) works.set(`file ${file.path}`, { path: file.path, parts: [{ file, said: null }] });
  }
  for (const one of works.values()) {
    if (one.parts.length > 1) one.parts = inOrder(one.parts);
  }
  const order = new Map(found.map((one, i) => [one.path, i]));
  return [...works.values(), ...found.filter((one) => 'problem' in one), ...problems].toSorted(
    (a, b) => (order.get(a.path) ?? 0) - (order.get(b.path) ?? 0),
  );
}

/** By stated position; rows without one stay where they were found, after those that have one before them. */
function inOrder(parts: Bundle['parts']): Bundle['parts'] {
  return parts
    .map((part, i) => ({ part, at: part.said?.position ?? i + 1 }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ part }) => part);
}

/** A path by which a file and what is said of it meet, however a disk or a person writes its letters. */
function plainPath(path: string): string {
  return path.replaceAll('\\', '/').normalize('NFC');
}

/** Bytes of a description: one of 20,000 files has half of it. It is read beside answering, and so must not take long. */
const METADATA_BYTES = 4 * 1024 * 1024;
const TOO_LARGE = `A description of a folder has at most ${METADATA_BYTES / 1_048_576} MB. Split it.`;

type Described = Map<string, { folder: string; row: MetadataRow }>;

async function allMetadata(found: readonly Found[]): Promise<{ rows: Described; problems: NotFound[] }> {
  const rows: Described = new Map();
  const problems: NotFound[] = [];
  for (const one of found) {
    if (!('read' in one) || !METADATA_NAMES.includes(one.name.toLowerCase())) continue;
    const bytes = one.bytes > METADATA_BYTES ? { problem: TOO_LARGE } : await one.read();
    if ('problem' in bytes) {
      problems.push({ path: one.path, problem: bytes.problem });
      continue;
    }
    const read = readMetadata(one.name, bytes);
    if (!read.ok) {
      problems.push({ path: one.path, problem: read.reason });
      continue;
    }
    for (const sentence of read.problems) problems.push({ path: one.path, problem: sentence });
    const known = new Set(found.map((file) => plainPath(file.path)));
    for (const row of read.rows) {
      const path = plainPath(`${one.folder}/${row.file}`);
      if (!known.has(path)) problems.push({ path, problem: `${one.name} names this file, but it is not there.` });
      else if (rows.has(path))
        problems.push({ path: one.path, problem: `It names ${row.file} twice; the first row was taken.` });
      else rows.set(path, { folder: one.folder, row });
    }
  }
  return { rows, problems };
}
