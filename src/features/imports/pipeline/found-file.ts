/** A file to import, wherever it lies: on the disk, in a zip, among originals. Pure types and a few words about them. */

export interface FoundFile {
  /** How the report names it: its path, and behind a zip's path its place inside. */
  path: string;
  /** Its own name, without folders. */
  name: string;
  /** Where it lies, for files that belong together: the path of its folder. */
  folder: string;
  /** How large it is said to be. */
  bytes: number;
  /** Size and time of change: what tells a file that was read before from one that has changed since. */
  stamp: string;
  /** Reads it whole. What goes wrong is one sentence. */
  read(): Promise<Uint8Array | { problem: string }>;
}

/** A path at which there is nothing to read, and why. */
export interface NotFound {
  path: string;
  problem: string;
}

export type Found = FoundFile | NotFound;

/** A file beyond this is refused unread. The longest chapter AO3 takes is a hundredth of it. */
export const FILE_BYTES = 48 * 1024 * 1024;

/** @returns why a file of this size is not read, or null. */
export function tooLarge(bytes: number): string | null {
  if (bytes <= FILE_BYTES) return null;
  return `This file has ${Math.round(bytes / 1_048_576)} MB; at most ${FILE_BYTES / 1_048_576} MB can be read. Split it.`;
}

/** What a file costs besides its bytes, in bytes: the writing of a work. */
const EACH = 6_000;
/** A byte of a packed book is several of text. */
const PACKED = 3;

/** How much of an import a file is, for its progress: about proportional to the time it takes. */
export function weightOf(found: Found): number {
  if ('problem' in found) return EACH;
  return EACH + found.bytes * (/\.(?:epub|docx|odt|zip)$/i.test(found.name) ? PACKED : 1);
}
