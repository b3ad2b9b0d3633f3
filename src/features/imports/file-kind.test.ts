import { describe, expect, test } from 'vitest';
import { makeZip } from '../../platform/zip/zip.fixture.ts';
import type { MadeEntry } from '../../platform/zip/zip.fixture.ts';
import { fileKind } from './file-kind.ts';

const MIMETYPE: MadeEntry = { name: 'mimetype', content: 'application/epub+zip', stored: true };
const CONTAINER: MadeEntry = { name: 'META-INF/container.xml', content: '<container/>' };
const book = makeZip([MIMETYPE, CONTAINER]);

describe('a zip is told by what it holds', () => {
  test.each<[string, Uint8Array, string]>([
    ['a book', book, 'epub'],
    ['a book that was cut off', makeZip([MIMETYPE, CONTAINER], { withoutEnd: true }), 'epub'],
    [
      'a book whose mimetype has an extra field',
      makeZip([{ ...MIMETYPE, lies: { localExtra: new Uint8Array(8) } }]),
      'epub',
    ],
    ['a book whose mimetype is packed', makeZip([{ ...MIMETYPE, stored: false }, CONTAINER]), 'epub'],
    ['a book without mimetype', makeZip([{ name: 'a.xhtml' }, CONTAINER]), 'epub'],
    ['a folder of books', makeZip([{ name: 'a.epub', content: book, stored: true }]), 'zip'],
    ['an unpacked book in a folder', makeZip([{ name: 'a/META-INF/container.xml' }]), 'zip'],
    ['a Word file', makeZip([{ name: 'word/document.xml' }, { name: '[Content_Types].xml' }]), 'docx'],
    ['a folder of Word files', makeZip([{ name: 'a.docx', content: '[Content_Types].xml', stored: true }]), 'zip'],
    ['an OpenDocument text', makeZip([{ ...MIMETYPE, content: 'application/vnd.oasis.opendocument.text' }]), 'odt'],
    [
      'an OpenDocument text without mimetype',
      makeZip([{ name: 'content.xml' }, { name: 'META-INF/manifest.xml' }]),
      'odt',
    ],
    ['nothing', makeZip([]), 'zip'],
    ['a list of files that lies', makeZip([CONTAINER], { listOffset: 0xffffff00, count: 60_000 }), 'zip'],
  ])('%s', (_, bytes, kind) => {
    expect(fileKind({ bytes, text: '' })).toBe(kind);
  });
});
