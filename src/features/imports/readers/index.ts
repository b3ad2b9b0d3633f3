/** The readers, and which of them takes a file. A new format is one new file beside this one and one line in `READERS`. */
import { fileKind } from '../file-kind.ts';
import type { FileKind } from '../file-kind.ts';
import { ao3HtmlReader } from './ao3-html.ts';
import { markdownReader } from './markdown.ts';
import { plainTextReader } from './plain-text.ts';
import type { Reader, SourceFile } from './reader.ts';

export type { Reader, ReadResult, SourceFile } from './reader.ts';
export { titleFromFileName } from './title.ts';

export const READERS: readonly Reader[] = [ao3HtmlReader, markdownReader, plainTextReader];

/** Below this a reader only recognises that it might; nobody is served by a work made of a guess. */
const SURE_ENOUGH = 0.2;

/** The reader that is surest of a file, by its content alone; null when none is sure enough (see `refusalFor`). */
export function recognise(file: SourceFile): Reader | null {
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
  html: 'This HTML file is not AO3’s own download; choose “Download”, then “HTML” on the work’s page and import that file.',
  epub: 'EPUB files cannot be read yet; import the work’s HTML download, Markdown or plain text instead.',
  mobi: 'Kindle files (MOBI, AZW3) cannot be read; import the work’s HTML download instead.',
  zip: 'This is an archive of files; unpack it and import the folder.',
  docx: 'Word files (DOCX) cannot be read yet; save the text as Markdown or plain text and import that.',
  doc: 'Old Word files (DOC) cannot be read; save the text as plain text and import that.',
  odt: 'OpenDocument files (ODT) cannot be read yet; save the text as plain text and import that.',
  rtf: 'RTF files cannot be read yet; save the text as plain text and import that.',
  pdf: 'PDF files cannot be read, because they do not keep paragraphs; import the work in another format.',
  picture: 'This is a picture, not a story.',
  xml: 'This is an XML file of a kind that cannot be read; import the work as HTML, Markdown or plain text.',
  binary: 'This is not a text file.',
  text: 'This text could not be recognised as a story.',
};

/** One sentence for a file no reader takes: what it is, and what to do instead. */
export function refusalFor(file: SourceFile): string {
  return REFUSALS[fileKind(file)];
}
