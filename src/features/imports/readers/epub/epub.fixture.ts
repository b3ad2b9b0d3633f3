/** Small EPUBs for tests, made here: of any shape, and whole ones as Calibre, AO3 and FanFicFare make them. */
import { makeZip } from '../../../../platform/zip/zip.fixture.ts';
import type { MadeEntry } from '../../../../platform/zip/zip.fixture.ts';
import type { SourceFile } from '../reader.ts';

export interface MadePage {
  name: string;
  /** What stands in the body. */
  body?: string;
  /** The whole page, where a test is about its head or its root. */
  markup?: string;
  bodyAttributes?: string;
  head?: string;
  linear?: boolean;
  properties?: string;
}

export interface MadeBook {
  /** What stands in `<metadata>`. */
  metadata?: string;
  pages: readonly MadePage[];
  /** Label and address, for the NCX. */
  contents?: readonly (readonly [label: string, href: string])[];
  /** The folder of everything but the container; '' or ending in a slash. */
  folder?: string;
  version?: '2.0' | '3.0';
  guide?: string;
  /** The package's whole text instead of the one that is made. */
  package?: string;
  css?: string;
  files?: readonly MadeEntry[];
}

export const MIMETYPE: MadeEntry = { name: 'mimetype', content: 'application/epub+zip', stored: true };

export const CONTAINER = (path: string): MadeEntry => ({
  name: 'META-INF/container.xml',
  content: `<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="${path}" media-type="application/oebps-package+xml"/></rootfiles></container>`,
});

/** The entries of a book's zip, to be changed by tests that break it. */
export function entriesOf(book: MadeBook): MadeEntry[] {
  const folder = book.folder ?? 'OEBPS/';
  const items = book.pages.map(
    ({ name, properties }, i) =>
      `<item id="p${i}" href="${encodeURI(name)}" media-type="application/xhtml+xml"${properties ? ` properties="${properties}"` : ''}/>`,
  );
  const refs = book.pages.map(({ linear }, i) => `<itemref idref="p${i}"${linear === false ? ' linear="no"' : ''}/>`);
  const opf =
    book.package ??
    `<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="${book.version ?? '2.0'}" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">${book.metadata ?? ''}</metadata>
<manifest>${items.join('')}<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/><item id="css" href="style.css" media-type="text/css"/></manifest>
<spine toc="ncx">${refs.join('')}</spine>${book.guide ? `<guide>${book.guide}</guide>` : ''}</package>`;
  const points = (book.contents ?? []).map(
    ([label, href], i) =>
      `<navPoint id="n${i}" playOrder="${i}"><navLabel><text>${label}</text></navLabel><content src="${href}"/></navPoint>`,
  );
  return [
    MIMETYPE,
    CONTAINER(`${folder}content.opf`),
    { name: `${folder}content.opf`, content: opf },
    {
      name: `${folder}toc.ncx`,
      content: `<?xml version="1.0"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>${points.join('')}</navMap></ncx>`,
    },
    { name: `${folder}style.css`, content: book.css ?? '' },
    ...book.pages.map((page) => ({ name: folder + page.name, content: page.markup ?? pageMarkup(page) })),
    ...(book.files ?? []),
  ];
}

function pageMarkup({ body = '', bodyAttributes = '', head = '<title>A page</title>' }: MadePage): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head>${head}</head><body${bodyAttributes && ` ${bodyAttributes}`}>${body}</body></html>`;
}

export function makeEpub(book: MadeBook): Uint8Array<ArrayBuffer> {
  return makeZip(entriesOf(book));
}

/** Bytes as the importer hands them to a reader. */
export function bytesFile(bytes: Uint8Array, name = 'book.epub'): SourceFile {
  return { name, bytes, text: '', raw: '', encoding: 'utf-8' };
}

/**
 * An otwarchive HTML download as Calibre makes an EPUB of it: cut at the preface's list, at each chapter and at the
 * afterword, every piece in boxes of the same ids, classes numbered and lost, ids and page breaks added.
 */
export function calibreFrom(html: string): MadeBook {
  const body = /<body>([^]*)<\/body>/.exec(html)?.[1] ?? '';
  const [preface = '', rest = ''] = body.split('<div id="chapters" class="userstuff">');
  const [chapters = '', after = ''] = rest.split('<div id="afterword">');
  const [tags = '', texts = ''] = preface.split('<h1>');
  const cut = chapters.replace(/<\/div>\s*$/, '').split('<div class="meta group">');
  const pieces = [
    `${tags}</div></div>`,
    `<div id="preface"><div class="meta"><h1>${texts}<div id="chapters" class="userstuff"><div class="meta group"><div class="calibre8" id="calibre_pb_2"></div></div></div>`,
    ...cut
      .filter((piece, i) => i > 0 || piece.includes('<p>'))
      .map((piece) => (cut.length > 1 ? `<div class="meta group">${piece}` : piece))
      .map((piece) => `<div id="chapters" class="userstuff">${piece}</div>`),
    `<div id="afterword">${after}`,
  ];
  return {
    folder: '',
    css: '.calibre7 { margin: 0 } .calibre9 { font-style: italic } .calibre3 { font-weight: bold }',
    metadata: `<dc:title>The Kettle</dc:title><dc:creator opf:role="aut" opf:file-as="x">Wren &amp; x</dc:creator>
<dc:publisher>Archive of Our Own</dc:publisher><dc:language>en</dc:language><dc:date>2024-05-06T00:00:00+00:00</dc:date>
<dc:identifier id="id" opf:scheme="uuid">0b1c</dc:identifier><dc:subject>Fanworks</dc:subject><dc:subject>Ivo</dc:subject>`,
    pages: pieces.map((piece, i) => ({
      name: `Kettle_split_${String(i).padStart(3, '0')}.xhtml`,
      bodyAttributes: 'class="calibre"',
      body: calibreClasses(`<div class="mbp_pagebreak" id="calibre_pb_${i}"></div>${piece}`),
    })),
  };
}

function calibreClasses(html: string): string {
  return html
    .replaceAll('<!--chapter content-->', '')
    .replaceAll('<!--/chapter content-->', '')
    .replaceAll('<div class="meta group">', '<div class="calibre1">')
    .replaceAll('<div class="meta">', '<div class="calibre1">')
    .replaceAll('<div class="meta" id=', '<div class="calibre1" id=')
    .replaceAll('<div class="userstuff">', '<div class="userstuff2">')
    .replaceAll('<div id="chapters" class="userstuff">', '<div id="chapters" class="userstuff1">')
    .replaceAll('<p>', '<p class="calibre7">')
    .replaceAll('<em>', '<em class="calibre9">')
    .replaceAll('<hr/>', '<hr class="calibre10"/>');
}

/** FanFicFare's book of a story at AO3, with a title page in lines (or in a table), a log, notes and two chapters. */
export function fanFicFareBook(options: { table?: boolean; version?: '2.0' | '3.0' } = {}): MadeBook {
  const labels: readonly (readonly [string, string])[] = [
    ['Series', '<a href="https://archiveofourown.org/series/78">Harbour</a> [2]'],
    ['Category', 'Port Ellory'],
    ['Genre', 'Tea, F/M, Slow, Gen'],
    ['Language', 'English'],
    [
      'Characters',
      '<a href="https://archiveofourown.org/tags/Ivo">Ivo</a>, <a href="https://archiveofourown.org/tags/Marta">Marta, the Elder</a>',
    ],
    ['Relationships', 'Ivo/Marta'],
    ['Status', 'Completed'],
    ['Published', '2024-03-04'],
    ['Updated', '2024-05-06'],
    ['Packaged', '2025-01-01 10:00:00'],
    ['Rating', 'Teen And Up Audiences'],
    ['Warnings', 'Choose Not To Use Archive Warnings'],
    ['Chapters', '2'],
    ['Words', '1,234'],
    ['Kudos', '12'],
    ['Publisher', 'archiveofourown.org'],
    ['Summary', '<p>It is <em>haunted</em>.</p><p><b>Really:</b> it is.</p>'],
  ];
  const lines = labels.map(([label, value]) =>
    options.table ? `<tr><td><b>${label}:</b></td><td>${value}</td></tr>` : `<b>${label}:</b> ${value}<br />`,
  );
  const title =
    '<h3><a href="https://archiveofourown.org/works/4242">The Kettle</a> by <a class="authorlink" href="https://archiveofourown.org/users/wren/pseuds/Wren">Wren (wren)</a>, <a href="https://archiveofourown.org/users/oona">Oona</a></h3>';
  const chapter = (n: number, name: string, body: string): MadePage => ({
    name: `file000${n}.xhtml`,
    bodyAttributes: 'class="fff_chapter"',
    head: `<title>${n}. ${name}</title><meta name="chapterurl" content="https://archiveofourown.org/works/4242/chapters/${n}"/><meta name="chapterorigtitle" content="${n}. ${name}"/><meta name="chaptertitle" content="(new) ${n}. ${name}"/>`,
    body: `<h3 class="fff_chapter_title">(new) ${n}. ${name}</h3>${body}`,
  });
  return {
    folder: 'OEBPS/',
    version: options.version ?? '2.0',
    metadata: `<dc:identifier id="id">fanficfare-uid:archiveofourown.org-uwren-s4242</dc:identifier><dc:title id="t">The Kettle</dc:title>
<dc:creator opf:role="aut">Wren</dc:creator><dc:contributor>FanFicFare [https://example.org]</dc:contributor><dc:language>en</dc:language>
<dc:date opf:event="publication">2024-03-04</dc:date><dc:date opf:event="modification">2024-05-06</dc:date><dc:description>It is haunted.</dc:description>
<dc:subject>FanFiction</dc:subject><dc:subject>Tea</dc:subject><dc:subject>Port Ellory</dc:subject><dc:subject>Last Update: 2024/05/06</dc:subject><dc:subject>Completed</dc:subject>
<dc:publisher>archiveofourown.org</dc:publisher><dc:identifier opf:scheme="URL">https://archiveofourown.org/works/4242</dc:identifier><dc:source>https://archiveofourown.org/works/4242</dc:source>`,
    pages: [
      {
        name: 'cover.xhtml',
        bodyAttributes: 'class="fff_coverpage"',
        body: '<div><img src="images/cover.jpg" alt="cover"/></div>',
      },
      {
        name: 'title_page.xhtml',
        bodyAttributes: 'class="fff_titlepage"',
        body: options.table
          ? `${title}<table class="full">${lines.join('\n')}</table>`
          : `${title}<div>${lines.join('\n')}</div>`,
      },
      {
        name: 'toc_page.xhtml',
        bodyAttributes: 'class="fff_tocpage"',
        body: '<div><h3>Table of Contents</h3><a href="file0001.xhtml">One</a></div>',
      },
      {
        name: 'log_page.xhtml',
        bodyAttributes: 'class="fff_logpage"',
        body: '<h3>Update Log</h3><p class="log_entry"><b>Words:</b> <span id="numWords">1</span></p>',
      },
      chapter(
        1,
        'The Lid',
        `<div class="story"><div class="fff_chapter_notes fff_head_notes"><b>Author's Note:</b><blockquote class="userstuff"><p>For Oona.</p></blockquote><b>Summary for the Chapter:</b><blockquote><p>It starts.</p></blockquote><b>Notes for the Chapter:</b><blockquote><p>First note.</p></blockquote></div>
<div class="userstuff module" role="article"><h3 class="landmark heading" id="work">Chapter Text</h3><p>One <em>fish</em>.</p></div></div>`,
      ),
      chapter(
        2,
        'The Sea',
        `<div class="story"><div class="userstuff module"><p>Two.</p><hr/><p>Three.</p></div><div class="fff_chapter_notes fff_foot_notes"><hr/><b>Notes for the Chapter:</b><blockquote><p>Thanks.</p></blockquote><b>Author's Note:</b><blockquote><p>The end note.</p></blockquote></div></div>`,
      ),
    ],
    contents: [
      ['Title Page', 'title_page.xhtml'],
      ['1. The Lid', 'file0001.xhtml'],
      ['2. The Sea', 'file0002.xhtml'],
    ],
  };
}
