/** What a backup says of itself: of which archive, when, by what, and the checksum of each of its parts. */
import { z } from 'zod';

const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const part = z.strictObject({ rows: count, bytes: count, sha256 });

export const manifestShape = z.strictObject({
  format: z.literal(1),
  /** The version of the program that made it. */
  program: z.string(),
  /** When the snapshot was taken, UTC milliseconds. */
  at: count,
  /** The archive's epoch then. */
  epoch: z.string(),
  database: z.enum(['sqlite', 'postgres']),
  /** Steps of the schema that had been taken, in order. */
  steps: z.array(z.string()).min(1),
  /** By table: its rows, the last id that it gave (0 for tables without), its parts. */
  tables: z.array(z.strictObject({ name: z.string(), rows: count, lastId: count, parts: z.array(part) })),
  beside: z.array(z.strictObject({ name: z.string(), bytes: count, sha256 })),
  /** The files: how many, how many bytes, and the checksum of their names in order. Each name is its file's checksum. */
  files: z.strictObject({ count, bytes: count, sha256 }),
  /** Files that were erased between the snapshot and the copying of files. No fault. */
  gone: z.array(sha256),
  /** Files that the archive names and that are not in its folder, or not what their name says. */
  missing: z.array(sha256),
  damaged: z.array(sha256),
});

export type Manifest = z.infer<typeof manifestShape>;
export type TableContents = Manifest['tables'][number];

/** What is found again by reading: the manifest must say just this. */
export type Contents = Pick<Manifest, 'tables' | 'beside' | 'files'>;
