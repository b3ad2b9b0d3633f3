/** The one interface behind which every format stands. A new format is one new file here and one line in `index.ts`. */
import type { ImportedWork } from '../imported-work.ts';

/** A file as it was found: its name for the report, its bytes for keeping, its text (decoded once) for reading. */
export interface SourceFile {
  /** The file's own name, without folders. Never used to decide the format. */
  name: string;
  bytes: Uint8Array;
  /** The bytes decoded, without a byte order mark, every line end a single line feed; empty for what is not text. */
  text: string;
  /** The same with its line ends as they are: what a rescue reads, since nothing may be lost before evidence is taken. */
  raw: string;
  /** The encoding the bytes were read in, by its WHATWG name. */
  encoding: string;
}

/** What a reader answers: the work, or one sentence that says why this file cannot be read and what to do. */
export type ReadResult =
  /** `format`: where one reader knows several by their makers. */
  { ok: true; work: ImportedWork; format?: string } | { ok: false; reason: string };

export interface Reader {
  /** The name of the format in reports: `ao3-html`, `markdown`, `text`. */
  format: string;
  /** How sure this reader is that the file is of its format, from its content: 0 (no) to 1 (beyond doubt). Cheap: looks at the head of the file. */
  sniff(file: SourceFile): number;
  /**
   * Reads the file whole. Pure: no clock, no database, no network. Never throws for anything a file can hold. Runs in a
   * worker thread with limits of time and memory.
   */
  read(file: SourceFile): ReadResult | Promise<ReadResult>;
}

/** A reader that answers at once: all but those of formats whose libraries do not. */
export interface PromptReader extends Reader {
  read(file: SourceFile): ReadResult;
}
