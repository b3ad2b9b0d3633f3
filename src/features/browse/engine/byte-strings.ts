/**
 * Many short texts as one run of UTF-8 bytes with the places where each begins. They sort by bytes, which is the order of
 * code points, as both databases sort text in the C collation.
 */

export interface ByteStrings {
  bytes: Uint8Array;
  /** One more than there are texts. */
  starts: Uint32Array;
}

const ENCODER = new TextEncoder();

/** Collects texts. */
export class ByteStringsWriter {
  #bytes = new Uint8Array(256);
  #starts = new Uint32Array(64);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(text: string): void {
    const start = this.#starts[this.#count] as number;
    if (start + text.length * 3 > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#bytes.length * 2, start + text.length * 3));
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    if (this.#count + 2 > this.#starts.length) {
      const grown = new Uint32Array(this.#starts.length * 2);
      grown.set(this.#starts);
      this.#starts = grown;
    }
    const { written } = ENCODER.encodeInto(text, this.#bytes.subarray(start));
    this.#count += 1;
    this.#starts[this.#count] = start + written;
  }

  strings(): ByteStrings {
    const starts = this.#starts.subarray(0, this.#count + 1);
    return { bytes: this.#bytes.subarray(0, starts[this.#count]), starts };
  }
}

/** @returns less than 0 when the text at `left` sorts before that at `right`, 0 when they are the same. */
export function compareStrings(one: ByteStrings, left: number, other: ByteStrings, right: number): number {
  const from = one.starts[left] as number;
  const against = other.starts[right] as number;
  const length = (one.starts[left + 1] as number) - from;
  const otherLength = (other.starts[right + 1] as number) - against;
  const common = Math.min(length, otherLength);
  for (let index = 0; index < common; index += 1) {
    const difference = (one.bytes[from + index] as number) - (other.bytes[against + index] as number);
    if (difference !== 0) return difference;
  }
  return length - otherLength;
}

/** Bytes that are compared at once: as a number they leave room for a place beside them (number-sort.ts). */
export const PREFIX_BYTES = 5;

/** The next bytes from `depth` on as one number, shorter texts filled up with zeros: where equal, the rest must decide. */
export function prefixNumber({ bytes, starts }: ByteStrings, index: number, depth: number): number {
  const from = (starts[index] as number) + depth;
  const end = Math.min(starts[index + 1] as number, from + PREFIX_BYTES);
  let number = 0;
  for (let place = from; place < from + PREFIX_BYTES; place += 1) {
    number = number * 256 + (place < end ? (bytes[place] as number) : 0);
  }
  return number;
}

/** @returns the text itself. */
export function readString({ bytes, starts }: ByteStrings, index: number): string {
  // A decoder takes no shared memory: the few bytes are copied first.
  return new TextDecoder().decode(bytes.slice(starts[index], starts[index + 1]));
}
