/** The readers, and which of them takes a file. A new format is one new file beside this one and one line in `READERS`. */
import { fileKind } from '../file-kind.ts';
import type { FileKind } from '../file-kind.ts';
import { ao3HtmlReader } from './ao3-html.ts';
import { ao3PageReader } from './ao3-page.ts';
import { bbcodeReader } from './bbcode.ts';
import { docxReader } from './docx.ts';
import { efictionReader } from './efiction.ts';
import { epubReader } from './epub.ts';
import { htmlPageReader } from './html-page.ts';
import { markdownReader } from './markdown.ts';
import { odtReader } from './odt.ts';
import { plainTextReader } from './plain-text.ts';
import { rtfReader } from './rtf.ts';
import type { Reader, SourceFile } from './reader.ts';

export type { Reader, ReadResult, SourceFile } from './reader.ts';
export { titleFromFileName } from './title.ts';

/** In no order that matters: the surest takes a file; of two that are as sure the first. */
export const READERS: readonly Reader[] = [
  epubReader,
  ao3HtmlReader,
  ao3PageReader,
  docxReader,
  odtReader,
  rtfReader,
  efictionReader,
  bbcodeReader,
  htmlPageReader,
  markdownReader,
  plainTextReader,
];

/** Below this a reader only recognises that it might; nobody is served by a work made of a guess. */
const SURE_ENOUGH = 0.2;

/** The reader that is surest of a file, by its content alone; null when none is sure enough (see `refusalFor`). */
export function recognise(file: SourceFile): Reader | null {
  if (isBookInName(file)) return null;
  let best: Reader | null = null;
  let surest = SURE_ENOUGH;
  for (const reader of READERS) {
    const certainty = reader.sniff(file);
    if (certainty > surest) [best, surest] = [reader, certainty];
  }
  return best;
}

const REFUSALS: Record<FileKind, string> = {
  empty: 'This file is empty.',
  html: 'This HTML file could not be recognised as a story.',
  epub: 'This EPUB could not be recognised as a book.',
  mobi: 'Kindle files (MOBI, AZW3) cannot be read; import the work as EPUB or HTML instead.',
  zip: 'This is an archive of files that cannot be opened here; unpack it and import the folder.',
  docx: 'This Word file could not be recognised.',
  doc: 'Old Word files (DOC), and new ones that a password protects, cannot be read; save the text as DOCX without a password.',
  odt: 'This OpenDocument file could not be recognised.',
  rtf: 'This RTF file could not be recognised.',
  pdf: 'PDF files cannot be read, because they do not keep paragraphs; import the work in another format.',
  picture: 'This is a picture, not a story.',
  xml: 'This is an XML file of a kind that cannot be read; import the work as EPUB, HTML, Markdown or plain text.',
  binary: 'This is not a text file.',
  text: 'This text could not be recognised as a story.',
};

/**
 * A zip that is called an EPUB and holds an office document: of a broken book nobody can say which of the two its owner
 * means, so they are asked. The one place where a name has a say, and only to refuse.
 */
function isBookInName(file: SourceFile): boolean {
  return /\.epub$/i.test(file.name) && ['docx', 'odt'].includes(fileKind(file));
}

/** One sentence for a file no reader takes: what it is, and what to do instead. */
export function refusalFor(file: SourceFile): string {
  if (isBookInName(file))
    return 'This file is called an EPUB, but it is no book: it holds an office document. Rename it to .docx or .odt and import it again.';
  return REFUSALS[fileKind(file)];
}
