/** The one interface behind which every format stands. A new format is one new file here and one line in `index.ts`. */
import type { ImportedWork } from '../imported-work.ts';

/** A file as it was found: its name for the report, its bytes for keeping, its text (decoded once) for reading. */
export interface SourceFile {
  /** The file's own name, without folders. Never used to decide the format. */
  name: string;
  bytes: Uint8Array;
  /** The bytes decoded (UTF-8, UTF-16, else Windows-1252), without a byte order mark. */
  text: string;
}

/** What a reader answers: the work, or one sentence that says why this file cannot be read and what to do. */
export type ReadResult = { ok: true; work: ImportedWork } | { ok: false; reason: string };

export interface Reader {
  /** The name of the format in reports: `ao3-html`, `markdown`, `text`. */
  format: string;
  /** How sure this reader is that the file is of its format, from its content: 0 (no) to 1 (beyond doubt). Cheap: looks at the head of the file. */
  sniff(file: SourceFile): number;
  /** Reads the file whole. Pure: no clock, no database, no network. Never throws for anything a file can hold. */
  read(file: SourceFile): ReadResult;
}
