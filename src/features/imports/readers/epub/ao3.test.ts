import { describe, expect, test } from 'vitest';
import type { ImportedWork } from '../../imported-work.ts';
import { ao3HtmlReader } from '../ao3-html.ts';
import { epubReader } from '../epub.ts';
import { fileOf, MESSAGE_LINKS, NEW_ERA, oneShot } from '../reading.fixture.ts';
import { bytesFile, calibreFrom, makeEpub } from './epub.fixture.ts';
import type { MadeBook, MadePage } from './epub.fixture.ts';

async function read(book: MadeBook): Promise<ImportedWork> {
  const result = await epubReader.read(bytesFile(makeEpub(book)));
  if (!result.ok) throw new Error(result.reason);
  return result.work;
}

function readHtml(html: string): ImportedWork {
  const result = ao3HtmlReader.read(fileOf(html));
  if (!result.ok) throw new Error(result.reason);
  return result.work;
}

describe('Calibre’s EPUB of a download', () => {
  test('says what the HTML download of the same work says, all of it', async () => {
    expect(await read(calibreFrom(NEW_ERA))).toEqual(readHtml(NEW_ERA));
  });

  test('so does a one-shot’s, but for the language, which only the EPUB has before 2022', async () => {
    const html = oneShot('Published: 2024-01-01 Words: 1,000 Chapters: 1/1');
    expect(await read(calibreFrom(html))).toEqual({ ...readHtml(html), language: 'en' });
  });

  test('carries none of Calibre’s classes and ids', async () => {
    expect(JSON.stringify(await read(calibreFrom(NEW_ERA)))).not.toMatch(/calibre|userstuff|mbp_/);
  });

  test('a long chapter that was cut in two files is one', async () => {
    const book = calibreFrom(NEW_ERA);
    const more: MadePage = {
      name: 'Kettle_split_003b.xhtml',
      body: '<div id="chapters" class="userstuff1"><div class="userstuff2"><p class="calibre7">And four.</p></div></div>',
    };
    const at = book.pages.findIndex(({ body }) => body?.includes('Three.')) + 1;
    const work = await read({ ...book, pages: [...book.pages.slice(0, at), more, ...book.pages.slice(at)] });
    expect(work.chapters).toHaveLength(2);
    expect(work.chapters[1]?.text.source).toBe('<p>Three.</p><p>And four.</p>');
    expect(work.endNotes?.source).toBe('<p>The end note.</p>');
  });

  test('pictures in it are named', async () => {
    const html = NEW_ERA.replace('<p>Two.</p>', '<p><img src="images/1.png" alt="A pot"/></p>');
    const work = await read(calibreFrom(html));
    expect(work.chapters[0]?.text.source).toContain('<img alt="A pot">');
    expect(work.unmapped.at(-1)).toBe('One picture in the book was left out: “A pot”.');
  });
});

/** The archive's own files from before 2019: a preface, chapters in parts, an afterword; no ids but those of notes. */
function oldBook(chapters: readonly MadePage[]): MadeBook {
  return {
    folder: 'OEBPS/',
    metadata: `<dc:title>The Kettle</dc:title><dc:creator>wren</dc:creator><dc:language>de</dc:language><dc:publisher>Archive of Our Own</dc:publisher>
<dc:identifier id="id" opf:scheme="URI">http://archiveofourown.org/works/4242</dc:identifier><dc:date>2012-01-02</dc:date>`,
    pages: [
      {
        name: 'preface.xhtml',
        body: `<p class="message"><b>The Kettle</b><br/>${MESSAGE_LINKS}</p><div class="meta"><dl class="tags"><dt>Rating:</dt><dd>Explicit</dd>
<dt>Relationship:</dt><dd><a href="http://archiveofourown.org/tags/Ivo*s*Marta">Ivo/Marta</a></dd><dt>Stats:</dt><dd>Published: 2012-01-02 Updated: 2013-02-03 Chapters: 2/? Words: 4567</dd></dl>
<h1>The Kettle</h1><div class="byline">by <a rel="author" href="http://archiveofourown.org/users/wren">wren</a></div><p>Summary</p><blockquote class="userstuff"><p>Sum.</p></blockquote></div>`,
      },
      ...chapters,
      {
        name: 'afterword.xhtml',
        body: '<div class="meta"><div id="endnotes"><p>End Notes</p><blockquote class="userstuff"><p>Bye.</p></blockquote></div></div><p class="message">Please comment!</p>',
      },
    ],
  };
}

describe('the archive’s own EPUB, before 2019', () => {
  const expected = {
    title: 'The Kettle',
    sourceUrl: 'https://archiveofourown.org/works/4242',
    rating: 'Explicit',
    relationships: ['Ivo/Marta'],
    language: 'de',
    published: '2012-01-02',
    updated: '2013-02-03',
    plannedChapters: null,
    endNotes: { format: 'html', source: '<p>Bye.</p>' },
    summary: { format: 'html', source: '<p>Sum.</p>' },
    creators: [{ name: 'wren', url: 'http://archiveofourown.org/users/wren' }],
  };

  test('chapters in parts, with heads in the first', async () => {
    const head = (title: string) => `<div class="meta group"><h2 class="heading">${title}</h2></div>`;
    const work = await read(
      oldBook([
        { name: 'chapter1_1.xhtml', body: `${head('The First Thing')}<div class="userstuff"><p>Alpha.</p></div>` },
        { name: 'chapter1_2.xhtml', body: '<div class="userstuff"><p>More.</p></div>' },
        { name: 'chapter2_1.xhtml', body: `${head('Chapter 2')}<div class="userstuff"><p>Beta.</p></div>` },
      ]),
    );
    expect(work).toMatchObject(expected);
    expect(work.chapters.map(({ title, text }) => [title, text.source])).toEqual([
      ['The First Thing', '<p>Alpha.</p><p>More.</p>'],
      [undefined, '<p>Beta.</p>'],
    ]);
    expect(work.unmapped).toEqual([expect.stringContaining('lack the end notes of chapters')]);
  });

  test('chapters whose text stands bare, in boxes, or under a bare heading', async () => {
    const work = await read(
      oldBook([
        { name: 'chapter1_1.xhtml', body: '<h2>The First Thing</h2><p>Alpha.</p>' },
        {
          name: 'chapter2_1.xhtml',
          body: '<div id="chapters" class="userstuff"><div><div class="userstuff"><p>Beta.</p></div></div></div>',
        },
        { name: 'chapter3_1.xhtml', body: '<p>Gamma.</p>' },
      ]),
    );
    expect(work).toMatchObject(expected);
    expect(work.chapters.map(({ title, text }) => [title, text.source])).toEqual([
      ['The First Thing', '<p>Alpha.</p>'],
      [undefined, '<p>Beta.</p>'],
      [undefined, '<p>Gamma.</p>'],
    ]);
  });
});

test('a story that only talks of downloads is any book', async () => {
  const work = await read({
    pages: [{ name: 'a.xhtml', body: '<p>“Posted originally on the Archive,” said Oona.</p>' }],
  });
  expect(work.chapters).toHaveLength(1);
});
