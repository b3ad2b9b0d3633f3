import { describe, expect, test } from 'vitest';
import { ao3PageReader } from './ao3-page.ts';
import { ao3HtmlReader } from './ao3-html.ts';
import { htmlPageReader } from './html-page.ts';
import { fileOf, NEW_ERA } from './reading.fixture.ts';

const TAG = 'https://archiveofourown.org/tags/';
const META = `<dl class="work meta group">
<dt class="rating tags">Rating:</dt><dd class="rating tags"><ul class="commas"><li><a class="tag" href="${TAG}Teen%20And%20Up%20Audiences/works">Teen And Up Audiences</a></li></ul></dd>
<dt class="warning tags"><a href="/tos">Archive Warning</a>:</dt><dd class="warning tags"><ul><li><a class="tag" href="${TAG}Choose%20Not%20To%20Use%20Archive%20Warnings/works">Creator Chose Not To Use Archive Warnings</a></li></ul></dd>
<dt class="fandom tags">Fandoms:</dt><dd class="fandom tags"><ul><li><a class="tag" href="${TAG}Port%20Ellory/works">Port Ellory</a></li></ul></dd>
<dt class="relationship tags">Relationship:</dt><dd class="relationship tags"><ul><li><a class="tag" href="${TAG}Ivo*s*Marta/works">Ivo/Marta</a></li></ul></dd>
<dt class="character tags">Characters:</dt><dd class="character tags"><ul><li><a class="tag" href="${TAG}Ivo/works">Ivo</a></li><li><a class="tag" href="${TAG}Marta/works">Marta</a></li></ul></dd>
<dt class="freeform tags">Additional Tags:</dt><dd class="freeform tags"><ul><li><a class="tag" href="${TAG}Kettles*q*/works">Kettles?</a></li></ul></dd>
<dt class="language">Language:</dt><dd class="language">English</dd>
<dt class="series">Series:</dt><dd class="series"><span class="series"><a class="previous" href="/works/1">← Previous Work</a> <span class="divider">|</span> <span class="position">Part 2 of <a href="/series/77">Harbour</a></span></span></dd>
<dt class="collections">Collections:</dt><dd class="collections"><a href="/collections/tea">Tea</a></dd>
<dt class="stats">Stats:</dt><dd class="stats"><dl class="stats"><dt class="published">Published:</dt><dd class="published">2024-03-04</dd><dt class="status">Completed:</dt><dd class="status">2024-05-06</dd><dt class="words">Words:</dt><dd class="words">1,234</dd><dt class="chapters">Chapters:</dt><dd class="chapters">2/2</dd><dt class="kudos">Kudos:</dt><dd class="kudos">42</dd></dl></dd></dl>`;

const page = (chapters: string): string => `<!DOCTYPE html>
<!-- saved from url=(0075)https://archiveofourown.org/works/4242/chapters/99?view_full_work=true -->
<html lang="en"><body><div id="header"><ul><li><a href="/">Home</a></li></ul></div><div id="main">${META}
<div id="workskin"><div class="preface group"><h2 class="title heading">The Kettle</h2>
<h3 class="byline heading"><a rel="author" href="/users/wren/pseuds/Wren">Wren (wrenlogin)</a>, <a rel="author" href="/users/tam/pseuds/Tam">Tam</a></h3>
<div class="summary module"><h3 class="heading">Summary:</h3><blockquote class="userstuff"><p>A kettle <i>sings</i>.</p></blockquote></div>
<div class="notes module"><h3 class="heading">Notes:</h3><ul class="associations"><li>For <a href="/users/x">Oona</a>.</li></ul><blockquote class="userstuff"><p>Hello.</p></blockquote></div></div>
${chapters}
<div class="afterword preface group"><div id="work_endnotes" class="end notes module"><h3 class="heading">Notes:</h3><blockquote class="userstuff"><p>Bye.</p></blockquote></div>
<div id="children"><ul class="associations"><li><a href="/works/5">Tea</a> by Pell</li></ul></div></div></div></div>
<div id="comments"><p>Lovely!</p></div></body></html>`;

const chapter = (number: number, title: string, text: string): string => `<div class="chapter" id="chapter-${number}">
<div class="chapter preface group"><h3 class="title"><a href="/works/4242/chapters/${number}">Chapter ${number}</a>${title}</h3>
<div id="summary" class="summary module"><h3 class="heading">Summary:</h3><blockquote class="userstuff"><p>About ${number}.</p></blockquote></div>
<div id="notes" class="notes module"><h3 class="heading">Notes:</h3><blockquote class="userstuff"><p>Before ${number}.</p></blockquote></div></div>
<div class="userstuff module" role="article"><h3 class="landmark heading" id="work">Chapter Text</h3>${text}</div>
<div class="chapter preface group"><div class="end notes module" id="chapter_${number}_endnotes"><h3 class="heading">Notes:</h3><blockquote class="userstuff"><p>After ${number}.</p></blockquote></div></div></div>`;

const WHOLE = page(
  `<div id="chapters" role="article">${chapter(1, '', '<p>One <i>two</i>.</p>')}${chapter(2, ': Tea', '<p>Three.</p><hr><p>Four.</p>')}</div>`,
);

test('everything the page of a work says has its place', () => {
  const result = ao3PageReader.read(fileOf(WHOLE));
  if (!('ok' in result) || !result.ok) throw new Error('not read');
  const { work } = result;
  expect(work).toMatchObject({
    title: 'The Kettle',
    creators: [{ name: 'Wren', url: 'https://archiveofourown.org/users/wren/pseuds/Wren' }, { name: 'Tam' }],
    sourceUrl: 'https://archiveofourown.org/works/4242',
    rating: 'Teen And Up Audiences',
    warnings: ['Choose Not To Use Archive Warnings'],
    fandoms: ['Port Ellory'],
    relationships: ['Ivo/Marta'],
    characters: ['Ivo', 'Marta'],
    freeforms: ['Kettles?'],
    language: 'English',
    series: [{ title: 'Harbour', position: 2, url: 'https://archiveofourown.org/series/77' }],
    published: '2024-03-04',
    updated: '2024-05-06',
    statedWords: 1234,
    plannedChapters: 2,
    status: 'complete',
    summary: { format: 'html', source: '<p>A kettle <i>sings</i>.</p>' },
    notes: { source: '<p>Hello.</p>' },
    endNotes: { source: '<p>Bye.</p>' },
  });
  expect(work.chapters).toEqual(
    [1, 2].map((number) => ({
      ...(number === 2 ? { title: 'Tea' } : {}),
      summary: { format: 'html', source: `<p>About ${number}.</p>` },
      notes: { format: 'html', source: `<p>Before ${number}.</p>` },
      endNotes: { format: 'html', source: `<p>After ${number}.</p>` },
      text: { format: 'html', source: number === 1 ? '<p>One <i>two</i>.</p>' : '<p>Three.</p><hr><p>Four.</p>' },
    })),
  );
  expect(work.unmapped).toEqual([
    'Collections at the source: Tea.',
    'The source’s statistics also say: Kudos 42.',
    'The preface also says: For Oona.',
    'Related work: Tea by Pell.',
  ]);
});

test('a one-shot and a single chapter of a longer work', () => {
  const oneShot = ao3PageReader.read(
    fileOf(
      page(
        '<div id="chapters"><h3 class="landmark heading">Work Text:</h3><div class="userstuff"><p>All.</p></div></div>',
      ),
    ),
  );
  expect(oneShot).toMatchObject({ ok: true, work: { chapters: [{ text: { source: '<p>All.</p>' } }] } });
  const single = ao3PageReader.read(fileOf(page(`<div id="chapters">${chapter(2, ': Tea', '<p>Three.</p>')}</div>`)));
  expect(single).toMatchObject({
    ok: true,
    work: {
      chapters: [{ title: 'Tea' }],
      unmapped: expect.arrayContaining([expect.stringContaining('one chapter of a longer work')]),
    },
  });
});

test('only such a page is taken, and surer than by any other', () => {
  expect(ao3PageReader.sniff(fileOf(WHOLE))).toBeGreaterThan(0.9);
  expect(ao3HtmlReader.sniff(fileOf(WHOLE))).toBe(0);
  expect(htmlPageReader.sniff(fileOf(WHOLE))).toBeLessThan(0.5);
  expect(ao3PageReader.sniff(fileOf(NEW_ERA))).toBe(0);
});

describe('hostile pages', () => {
  test.each([
    ['no text', page('<div id="chapters"></div>')],
    ['nesting beyond measure', page('<div>'.repeat(20_000))],
    ['a work that is cut off', WHOLE.slice(0, 900)],
  ])('%s: a sentence', (_, html) => {
    expect(ao3PageReader.read(fileOf(html))).toEqual({ ok: false, reason: expect.stringMatching(/\.$/) });
  });
});
