/**
 * What was erased for good, as a file beside the database: ids and times, a JSON line each, no word of what they were. It
 * grows at its end and outlives the database, so that what is restored from an older copy can be erased again.
 */
import { open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { hasCode } from './error-code.ts';
import { BackupRefused } from './refusal.ts';
import { syncFolder } from './stored-file.ts';

/**
 * `work`: its public id. `account`: its number, which an account made after `at` does not mean. `spent`: the SHA-256 of a
 * code or a link that was used or taken back, and must not be good again. `chapter`: its public id, of which one revision went.
 * `tie`: the mark of what tied a person to a work which they have given up; `name`: whether the work keeps their name; `others`:
 * whether others kept the work. `again`: the mark of one who has come back: what was said of it before counts no more.
 */
export type Erased =
  | { work: string; at: number }
  | { account: number; at: number }
  | { spent: string; at: number }
  | { tie: string; name: boolean; others: boolean; at: number }
  | { again: string; at: number }
  | { chapter: string; revision: number; at: number };

const at = z.number().int().nonnegative();
const mark = z.string().regex(/^[0-9a-f]{32}$/);
const erasedShape = z.union([
  z.strictObject({ work: z.string().regex(/^[0-9a-z]{1,40}$/), at }),
  z.strictObject({ account: z.number().int().positive(), at }),
  z.strictObject({ chapter: z.string().regex(/^[0-9a-z]{1,40}$/), revision: z.number().int().positive(), at }),
  z.strictObject({ tie: mark, name: z.boolean(), others: z.boolean().default(false), at }),
  z.strictObject({ again: mark, at }),
  z.strictObject({ spent: z.string().regex(/^[0-9a-f]{64}$/), at }),
]);

/** @returns what a list holds; a line that a crash cut short does not count. @throws BackupRefused naming a line that is none. */
export function parseErased(text: string, name: string): Erased[] {
  return text.split('\n').flatMap((line, index) => {
    const read = jsonOf(line);
    const entry = erasedShape.safeParse(read).data;
    if (entry) return [entry];
    if (line.trim() === '' || (read === undefined && line.startsWith('{'))) return [];
    throw new BackupRefused(`Line ${index + 1} of ${name} is not of a list of what was erased.`);
  });
}

/** @returns the list in a file, none where there is no file and `mayBeAbsent`. */
export async function readErased(path: string, mayBeAbsent: boolean): Promise<Erased[]> {
  try {
    return parseErased(await readFile(path, 'utf8'), path);
  } catch (error) {
    if (hasCode(error, 'ENOENT') && mayBeAbsent) return [];
    if (hasCode(error, 'ENOENT', 'EISDIR', 'EACCES')) throw new BackupRefused(`The list ${path} cannot be read.`);
    throw error;
  }
}

export interface ErasedList {
  /** Adds what the list does not have yet; safe on the disk afterwards. @returns how many were new. */
  add(entries: readonly Erased[]): Promise<number>;
  /** The time of its newest entry, 0 for none. */
  newest(): Promise<number>;
}

/** The list in a file, which is read once. Two processes that add the same leave it in there twice, which harms nothing. */
export function erasedList(path: string): ErasedList {
  let known: Promise<Map<string, number>> | null = null;
  let adding: Promise<unknown> = Promise.resolve();
  const read = () =>
    (known ??= readErased(path, true).then((entries) => new Map(entries.map((entry) => [keyOf(entry), entry.at]))));
  const add = async (entries: readonly Erased[]) => {
    const there = await read();
    const added = distinct(entries).filter((entry) => !there.has(keyOf(entry)));
    if (added.length > 0) await appendSafely(path, printErased(added));
    for (const entry of added) there.set(keyOf(entry), entry.at);
    return added.length;
  };
  return {
    add: (entries) => {
      const added = adding.then(() => add(entries));
      adding = added.catch(() => undefined);
      return added;
    },
    newest: async () => [...(await read()).values()].reduce((newest, at) => Math.max(newest, at), 0),
  };
}

async function appendSafely(path: string, text: string): Promise<void> {
  const file = await open(path, 'a+', 0o600);
  try {
    const { size } = await file.stat();
    const end = Buffer.alloc(1);
    if (size > 0) await file.read(end, 0, 1, size - 1);
    // A line that a crash cut short stays alone.
    await file.appendFile(size > 0 && end.toString() !== '\n' ? `\n${text}` : text);
    await file.sync();
  } finally {
    await file.close();
  }
  await syncFolder(dirname(path));
}

export function printErased(entries: readonly Erased[]): string {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}

/** Each once. */
export function distinct(entries: readonly Erased[]): Erased[] {
  return [...new Map(entries.map((entry) => [keyOf(entry), entry])).values()];
}

function keyOf(entry: Erased): string {
  if ('work' in entry) return `work ${entry.work}`;
  if ('tie' in entry) return `tie ${entry.tie} ${entry.at}`;
  if ('again' in entry) return `again ${entry.again} ${entry.at}`;
  if ('chapter' in entry) return `revision ${entry.revision} of ${entry.chapter}`;
  return 'spent' in entry ? `spent ${entry.spent}` : `account ${entry.account} ${entry.at}`;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
