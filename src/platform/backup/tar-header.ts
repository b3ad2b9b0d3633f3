/**
 * The 512 bytes before each file of a tar (POSIX ustar). One file has one possible header here, and a header is read by
 * making it again and comparing: so nothing but plain files under plain names is ever understood.
 */

export const BLOCK = 512;

export interface TarHead {
  name: string;
  size: number;
  /** Seconds since 1970. */
  at: number;
}

const NAME_BYTES = 100;
/** Eleven octal digits. A single file of 8 GB is none that an archive keeps. */
const LARGEST = 0o77777777777;

/** @returns the header. @throws for a name or size that does not fit. */
export function tarHeader({ name, size, at }: TarHead): Buffer {
  if (Buffer.byteLength(name) > NAME_BYTES || size > LARGEST) throw new Error(`${name} does not fit into a backup.`);
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0);
  header.write('0000600\0', 100);
  // Nobody's: whoever unpacks it owns it.
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${octal(size, 11)}\0`, 124);
  header.write(`${octal(at, 11)}\0`, 136);
  header.write('0', 156);
  header.write('ustar\x0000', 257, 'latin1');
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)}\0 `, 148);
  return header;
}

/** @returns what a header says, or null for every block that `tarHeader` would not have made: links, folders, damage. */
export function readTarHeader(block: Buffer): TarHead | null {
  const end = block.indexOf(0);
  const name = block.toString('latin1', 0, end < 0 ? NAME_BYTES : Math.min(end, NAME_BYTES));
  const size = numberAt(block, 124);
  const at = numberAt(block, 136);
  if (size === null || at === null || !/^[\x21-\x7e]+$/.test(name)) return null;
  const head = { name, size, at };
  return tarHeader(head).equals(block) ? head : null;
}

/** @returns how many zero bytes fill the last block of a file. */
export function paddingOf(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}

function numberAt(block: Buffer, from: number): number | null {
  const digits = block.toString('latin1', from, from + 11);
  return /^[0-7]{11}$/.test(digits) ? Number.parseInt(digits, 8) : null;
}
