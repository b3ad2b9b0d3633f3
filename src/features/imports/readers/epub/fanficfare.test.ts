import { describe, expect, test } from 'vitest';
import type { ImportedWork } from '../../imported-work.ts';
import { epubReader } from '../epub.ts';
import { bytesFile, fanFicFareBook, makeEpub } from './epub.fixture.ts';
import type { MadeBook } from './epub.fixture.ts';

async function read(book: MadeBook): Promise<ImportedWork> {
  const result = await epubReader.read(bytesFile(makeEpub(book)));
  if (!result.ok) throw new Error(result.reason);
  return result.work;
}

const html = (source: string) => ({ format: 'html', source });

const EXPECTED: ImportedWork = {
  title: 'The Kettle',
  sourceUrl: 'https://archiveofourown.org/works/4242',
  creators: [
    { name: 'Wren', url: 'https://archiveofourown.org/users/wren/pseuds/Wren' },
    { name: 'Oona', url: 'https://archiveofourown.org/users/oona' },
  ],
  fandoms: ['Port Ellory'],
  categories: ['F/M', 'Gen'],
  freeforms: ['Tea', 'Slow'],
  characters: ['Ivo', 'Marta, the Elder'],
  relationships: ['Ivo/Marta'],
  warnings: ['Choose Not To Use Archive Warnings'],
  rating: 'Teen And Up Audiences',
  language: 'English',
  series: [{ title: 'Harbour', position: 2, url: 'https://archiveofourown.org/series/78' }],
  status: 'complete',
  plannedChapters: 2,
  published: '2024-03-04',
  updated: '2024-05-06',
  statedWords: 1234,
  summary: { format: 'html', source: '<p>It is <em>haunted</em>.</p><p><b>Really:</b> it is.</p>' },
  notes: { format: 'html', source: '<p>For Oona.</p>' },
  endNotes: { format: 'html', source: '<p>The end note.</p>' },
  chapters: [
    {
      title: 'The Lid',
      summary: { format: 'html', source: '<p>It starts.</p>' },
      notes: { format: 'html', source: '<p>First note.</p>' },
      text: { format: 'html', source: '<p>One <em>fish</em>.</p>' },
    },
    {
      title: 'The Sea',
      endNotes: { format: 'html', source: '<p>Thanks.</p>' },
      text: { format: 'html', source: '<p>Two.</p><hr><p>Three.</p>' },
    },
  ],
  unmapped: [
    '“Packaged” at the source: 2025-01-01 10:00:00.',
    '“Kudos” at the source: 12.',
    'FanFicFare’s log of updates was left out.',
    'One picture in the book was left out: “cover”.',
  ],
  repairs: [],
};

describe('a book by FanFicFare', () => {
  test.each<[string, Parameters<typeof fanFicFareBook>[0]]>([
    ['with a title page in lines', {}],
    ['with a table', { table: true }],
    ['of version 3', { version: '3.0' }],
  ])('%s', async (_, options) => {
    expect(await read(fanFicFareBook(options))).toEqual(EXPECTED);
  });

  test('after Calibre’s conversion, which takes the classes and metas away and renames files', async () => {
    const book = fanFicFareBook();
    const pages = book.pages.map(({ name, body = '' }) => ({
      name: name.replace('.xhtml', '_u3.xhtml'),
      bodyAttributes: 'class="calibre"',
      body: body
        .replace('class="fff_chapter_title"', 'class="calibre4"')
        .replace('(new) ', '')
        .replaceAll('<p>', '<p class="calibre1">'),
    }));
    const contents = book.contents?.map(([label, href]) => [label, href.replace('.xhtml', '_u3.xhtml')] as const) ?? [];
    const metadata = book.metadata
      ?.replace(/<dc:contributor>.*<\/dc:contributor>/, '<dc:contributor opf:role="bkp">calibre (7.1)</dc:contributor>')
      .replace(/<dc:identifier id="id">.*?<\/dc:identifier>/, '<dc:identifier id="id">1f</dc:identifier>');
    expect(await read({ ...book, pages, contents, metadata: metadata ?? '' })).toEqual(EXPECTED);
  });
});

describe('books of other sites', () => {
  const book = (labels: string, chapter = '<h3 class="fff_chapter_title">Steam</h3><p>Text.</p>'): MadeBook => ({
    metadata:
      '<dc:identifier>fanficfare-uid:harbour.example-u1-s7</dc:identifier><dc:title>Steam</dc:title><dc:creator>Wren</dc:creator><dc:language>en</dc:language><dc:source>http://harbour.example/story.php?sid=7</dc:source>',
    pages: [
      {
        name: 'title_page.xhtml',
        bodyAttributes: 'class="fff_titlepage"',
        body: `<h3><a href="x">Steam</a> by Wren</h3><div>${labels}</div>`,
      },
      { name: 'file0001.xhtml', bodyAttributes: 'class="fff_chapter"', body: chapter },
    ],
  });

  test('category means fandom, genre means tags, and F/M is a tag where it is no category', async () => {
    const work = await read(
      book(
        '<b>Category:</b> Port Ellory, Other Harbour<br/><b>Genre:</b> Romance, Gen<br/><b>Pairing:</b> Ivo/Marta<br/><b>Status:</b> Hiatus<br/><b>Reviews:</b> 9<br/><b>Story URL:</b> http://harbour.example/story.php?sid=7',
      ),
    );
    expect(work).toMatchObject({
      fandoms: ['Port Ellory', 'Other Harbour'],
      freeforms: ['Romance', 'Gen'],
      categories: [],
      relationships: ['Ivo/Marta'],
      status: 'on-hiatus',
      sourceUrl: 'http://harbour.example/story.php?sid=7',
      creators: [{ name: 'Wren' }],
      unmapped: ['“Reviews” at the source: 9.'],
    });
    expect(work.chapters).toEqual([{ text: html('<p>Text.</p>') }]);
  });

  test('values that are not what they should be are named', async () => {
    const work = await read(book('<b>Published:</b> last spring<br/><b>Words:</b> many<br/><b>Status:</b> unclear'));
    expect(work.unmapped).toEqual([
      '“Published” at the source: last spring.',
      '“Words” at the source: many.',
      '“Status” at the source: unclear.',
    ]);
  });

  test('notes under labels of other languages are the chapter’s', async () => {
    const chapter =
      '<div class="fff_chapter_notes fff_head_notes"><b>Примечания:</b><blockquote>Привет.</blockquote></div><p>Text.</p>';
    expect((await read(book('', chapter))).chapters).toEqual([{ notes: html('Привет.'), text: html('<p>Text.</p>') }]);
  });

  test('without a title page the subjects count, of no known kind, without those FanFicFare adds', async () => {
    const made = book('');
    const work = await read({
      metadata: `${made.metadata}<dc:subject>FanFiction</dc:subject><dc:subject>Tea</dc:subject><dc:subject>In-Progress</dc:subject><dc:subject>Last Update Year/Month: 2020/01</dc:subject>`,
      pages: made.pages.slice(1),
    });
    expect(work).toMatchObject({ freeforms: ['Tea'], status: 'in-progress', title: 'Steam' });
    expect(work.unmapped).toEqual([expect.stringContaining('no title page')]);
  });

  test('a chapter that is there twice is taken once', async () => {
    const full = fanFicFareBook();
    const again = full.pages.find(({ name }) => name === 'file0002.xhtml');
    const work = await read({ ...full, pages: [...full.pages, { ...again, name: 'file0003.xhtml' }] });
    expect(work.chapters).toHaveLength(2);
    expect(work.unmapped).toContain(
      'A second copy of the chapter at https://archiveofourown.org/works/4242/chapters/2 was left out.',
    );
  });
});
