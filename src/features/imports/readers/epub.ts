/**
 * Every EPUB, of version 2 and 3. By the rules of its container first, then by whoever made it: AO3's downloads and
 * FanFicFare's books have kinds of tags, notes and dates on pages of their own; any other is read by what the formats say.
 */
import { fileKind } from '../file-kind.ts';
import { isAo3Book, readAo3Book } from './epub/ao3.ts';
import { readAnyBook } from './epub/any-book.ts';
import { openBook } from './epub/book.ts';
import type { Book } from './epub/book.ts';
import { isFanFicFareBook, readFanFicFareBook } from './epub/fanficfare.ts';
import type { Reader, ReadResult } from './reader.ts';

export const epubReader: Reader = {
  format: 'epub',

  sniff(file) {
    return fileKind(file) === 'epub' ? 1 : 0;
  },

  async read(file) {
    const opened = await openBook(file.bytes);
    if (!opened.ok) return opened;
    try {
      return readByMaker(opened.book);
    } catch (error) {
      // Walking a tree deeper than was counted runs out of stack, and of nothing else.
      if (error instanceof RangeError) return { ok: false, reason: 'The HTML in this EPUB is too tangled to be read.' };
      throw error;
    }
  },
};

/** A book whose maker's own pages hold nothing is still a book. */
function readByMaker(book: Book): ReadResult {
  const [format, special] = isFanFicFareBook(book)
    ? ['fanficfare', readFanFicFareBook(book)]
    : isAo3Book(book)
      ? ['ao3-epub', readAo3Book(book)]
      : ['epub', null];
  return special?.ok ? { ...special, format } : readAnyBook(book);
}
