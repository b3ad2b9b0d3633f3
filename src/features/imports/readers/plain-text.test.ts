import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText } from '../decode.ts';
import { READERS, recognise, refusalFor } from './index.ts';
import { plainTextReader } from './plain-text.ts';
import { fileOf, NEW_ERA, readText } from './reading.fixture.ts';

function chaptersOf(text: string): [string | undefined, string][] {
  const result = plainTextReader.read(fileOf(text));
  if (!result.ok) throw new Error(result.reason);
  return result.work.chapters.map((chapter) => [chapter.title, chapter.text.source]);
}

describe('chapters', () => {
  test.each<[name: string, text: string, chapters: [string | undefined, string][]]>([
    ['none', 'The Kettle\n\nOnce.\n', [[undefined, 'The Kettle\n\nOnce.']]],
    [
      'numbered',
      'Chapter 1\n\na\n\nChapter 2: Smoke\n\nb',
      [
        [undefined, 'a'],
        ['Smoke', 'b'],
      ],
    ],
    [
      'in words',
      'CHAPTER THE FIRST\n\na\n\nCHAPTER THE SECOND\n\nb',
      [
        [undefined, 'a'],
        [undefined, 'b'],
      ],
    ],
    [
      'Roman',
      'Глава I\n\na\n\nГлава II. Дым\n\nb',
      [
        [undefined, 'a'],
        ['Дым', 'b'],
      ],
    ],
    [
      'with prologue and epilogue',
      'Prologue\n\np\n\nChapter 1\n\na\n\nEpilogue\n\ne',
      [
        ['Prologue', 'p'],
        ['Chapter 1', 'a'],
        ['Epilogue', 'e'],
      ],
    ],
    ['one at the very start', 'Chapitre 1 : Fumée\n\na', [['Fumée', 'a']]],
    ['one in the middle is prose', 'a\n\nChapter 2\n\nb', [[undefined, 'a\n\nChapter 2\n\nb']]],
    ['numbers that fall', 'Chapter 2\n\na\n\nChapter 1\n\nb', [[undefined, 'Chapter 2\n\na\n\nChapter 1\n\nb']]],
    ['not standing alone', 'Chapter 1\nChapter 2\n\nChapter 3', [[undefined, 'Chapter 1\nChapter 2\n\nChapter 3']]],
    [
      'a sentence',
      'Chapter 1 was dull.\n\na\n\nChapter Mild\n\nb',
      [[undefined, 'Chapter 1 was dull.\n\na\n\nChapter Mild\n\nb']],
    ],
    ['indents stay', '    One.\n    Two.', [[undefined, '    One.\n    Two.']]],
  ])('%s', (_, text, chapters) => {
    expect(chaptersOf(text)).toEqual(chapters);
  });

  test('front matter describes the work, and its texts are plain', async () => {
    const { format, work } = await readText('---\ntitle: Bees\nsummary: S\nchapter: [Uno]\n---\n\nOnce.');
    expect(format).toBe('text');
    expect(work).toMatchObject({
      title: 'Bees',
      summary: { format: 'text', source: 'S' },
      chapters: [{ title: 'Uno', text: { format: 'text', source: 'Once.' } }],
    });
  });

  test('every word of a body is in the chapters, in order', () => {
    const paragraph = fc.constantFrom(
      'One.',
      'Chapter 1',
      'Chapter 2: Smoke',
      'Chapter 9',
      'Prologue',
      '***',
      'Title: x',
      '---',
      '  indented',
      '第三章',
      'a\nb\nc',
    );
    fc.assert(
      fc.property(fc.array(paragraph, { minLength: 1, maxLength: 15 }), (paragraphs) => {
        const text = `Start.\n\n${paragraphs.join('\n\n')}\n\nEnd.`;
        const kept = chaptersOf(text)
          .map(([title, source]) => `${title ?? ''} ${source}`)
          .join(' ');
        const prose = (from: string) =>
          from.replaceAll(/Chapter \d(?:: Smoke)?|Smoke|Prologue|第三章/g, '').match(/\S+/g);
        expect(prose(kept)).toEqual(prose(text));
      }),
      { numRuns: 300 },
    );
  });
});

describe('which reader takes a file', () => {
  test.each([
    ['an empty file', '', 'This file is empty.'],
    ['blank lines', ' \n\n', 'This file is empty.'],
    ['other XML', '<?xml version="1.0"?><FictionBook/>', /^This is an XML file/],
  ])('%s is refused', (_, text, sentence) => {
    expect(recognise(fileOf(text))).toBeNull();
    expect(refusalFor(fileOf(text))).toMatch(sentence);
  });

  test.each([
    ['a zip', 'PK\x03\x04', /^This is an archive/],
    ['a PDF', '%PDF-1.4', /^PDF/],
    ['a picture', '\x89PNG\r\n\x1a\n', /^This is a picture/],
    ['something else', '\0\x01\x02\x03\x04\x05', /^This is not a text file/],
  ])('%s is refused', (_, latin1, sentence) => {
    const bytes = new Uint8Array(Buffer.from(latin1, 'latin1'));
    const { text, raw, encoding } = decodeText(bytes);
    const file = { name: 'story.txt', bytes, text, raw, encoding };
    expect(recognise(file)).toBeNull();
    expect(refusalFor(file)).toMatch(sentence);
  });

  test.each([
    ['RTF', '{\\rtf1\\ansi Hello}', 'rtf'],
    ['HTML', '<!-- saved --><!DOCTYPE html><html><p>Once.</p>', 'html'],
    ['an HTML fragment', '<p>Once.</p><p>Twice.</p>', 'html'],
    ['an EPUB', `PK\x03\x04${'\0'.repeat(26)}mimetypeapplication/epub+zip`, 'epub'],
    ['an ODT', `PK\x03\x04${'\0'.repeat(26)}mimetypeapplication/vnd.oasis.opendocument.text`, 'odt'],
    ['a DOCX', `PK\x03\x04${'\0'.repeat(26)}[Content_Types].xml`, 'docx'],
  ])('%s is read as that', (_, latin1, format) => {
    const bytes = new Uint8Array(Buffer.from(latin1, 'latin1'));
    const { text, raw, encoding } = decodeText(bytes);
    expect(recognise({ name: 'story.txt', bytes, text, raw, encoding })?.format).toBe(format);
  });

  test('an office document that is called an EPUB is asked about', () => {
    const bytes = new Uint8Array(Buffer.from(`PK\x03\x04${'\0'.repeat(26)}[Content_Types].xml`, 'latin1'));
    const file = { name: 'book.EPUB', bytes, text: '', raw: '', encoding: 'utf-8' };
    expect(recognise(file)).toBeNull();
    expect(refusalFor(file)).toMatch(/^This file is called an EPUB/);
  });

  test('a file’s name is never asked', () => {
    for (const text of [NEW_ERA, '# One\n\n**a**', 'Once.', '---\ntitle: x\n---\nOnce.']) {
      const formats = ['a.txt', 'a.md', 'a.html', 'a.epub', ''].map((name) => recognise(fileOf(text, name))?.format);
      expect(new Set(formats).size).toBe(1);
    }
  });

  test('no bytes make any reader throw', async () => {
    const scrap = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc
        .constantFrom(
          '---\n',
          'title: x\n',
          '# ',
          '<div>',
          '<dl class="tags">',
          '<p class="message">',
          '&',
          'Chapter 1\n\n',
          '\n\n',
          '\uFEFF',
        )
        .map((text) => new TextEncoder().encode(text)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(scrap, { maxLength: 12 }), async (scraps) => {
        const bytes = new Uint8Array(Buffer.concat(scraps));
        const { text, raw, encoding } = decodeText(bytes);
        const file = { name: 'x', bytes, text, raw, encoding };
        for (const reader of READERS) {
          const certainty = reader.sniff(file);
          expect(certainty >= 0 && certainty <= 1).toBe(true);
          expect(typeof (await reader.read(file)).ok).toBe('boolean');
        }
        expect(refusalFor(file)).toMatch(/\.$/);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['one line of words', 'word '.repeat(300_000)],
    ['stars', '*a '.repeat(300_000)],
    ['brackets', '[a'.repeat(300_000)],
    ['a heading', `# ${'# '.repeat(300_000)}`],
    ['underscores', `${'_a'.repeat(300_000)}`],
    ['rules', '-'.repeat(1_000_000)],
    ['backticks', '`'.repeat(1_000_000)],
    ['angles', '<dl '.repeat(200_000)],
  ])('a megabyte of %s on one line is sniffed and read in good time', async (_, text) => {
    const file = fileOf(text);
    const started = performance.now();
    for (const reader of READERS) {
      reader.sniff(file);
      await reader.read(file);
    }
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
