import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeZip } from '../../../platform/zip/zip.fixture.ts';
import type { EntryLies, MadeEntry } from '../../../platform/zip/zip.fixture.ts';
import type { ImportedWork } from '../imported-work.ts';
import { bytesFile, calibreFrom, CONTAINER, entriesOf, fanFicFareBook, makeEpub } from './epub/epub.fixture.ts';
import type { MadeBook } from './epub/epub.fixture.ts';
import { epubReader } from './epub.ts';
import { NEW_ERA } from './reading.fixture.ts';

const BOOKS = join(process.env['FANFOLD_CORPORA'] ?? '../shared/corpora', 'epub');

async function read(book: MadeBook | Uint8Array): Promise<ImportedWork> {
  const result = await epubReader.read(bytesFile(book instanceof Uint8Array ? book : makeEpub(book)));
  if (!result.ok) throw new Error(result.reason);
  return result.work;
}

async function refusal(book: MadeBook | Uint8Array): Promise<string> {
  const result = await epubReader.read(bytesFile(book instanceof Uint8Array ? book : makeEpub(book)));
  return result.ok ? 'read' : result.reason;
}

const story = { name: 'one.xhtml', body: '<p>Once.</p>' };
const html = (source: string) => ({ format: 'html', source });

describe('published books and broken ones', () => {
  beforeAll(() => {
    if (!existsSync(BOOKS))
      throw new Error(`There are no books at ${BOOKS}. Set FANFOLD_CORPORA to the folder of corpora.`);
  });

  /** By the end of the name: what is wrong with it, in the sentence that a person reads. */
  const FAULTS: Record<string, RegExp> = {
    'container-not-ocf-error': /Office file/,
    'filename-character-forbidden-error': /forbidden character \(\|/,
    'filename-character-forbidden-non-publication-resource-error': /forbidden character \(</,
    'filename-duplicate-after-canonical-normalization-error': /names count as the same/,
    'filename-duplicate-after-common-case-folding-error': /names count as the same/,
    'filename-duplicate-after-full-case-folding-error': /content_ss.*names?.*ß|names count as the same/,
    'filename-duplicate-zip-entry-error': /two files of the same name/,
    'filename-not-utf8-error': /name of a file is not UTF-8/,
    'filepath-not-utf8-error': /name of a file is not UTF-8/,
    'mimetype-file-missing-error': /lacks its file “mimetype”/,
    'zip-mimetype-entry-extra-field-error': /extra field/,
    'zip-unreadable-empty-fatal': /empty/,
    'zip-unreadable-image-with-epub-extension-fatal': /picture/,
    'zip-unreadable-no-end-header-fatal': /cut off/,
  };

  const names = existsSync(BOOKS) ? readdirSync(BOOKS) : [];

  test('all are here', () => {
    expect(names.filter((name) => /-(?:error|fatal)\.epub$/.test(name))).toHaveLength(Object.keys(FAULTS).length);
  });

  test.each(names.filter((name) => /^idpf-|-valid\.epub$/.test(name)))('%s is read', async (name) => {
    const bytes = readFileSync(join(BOOKS, name));
    expect(epubReader.sniff(bytesFile(bytes))).toBe(1);
    const work = await read(bytes);
    expect(work.title).toMatch(/\S/);
    expect(work.chapters.every(({ text }) => text.source.length > 20)).toBe(true);
  });

  test.each(Object.entries(FAULTS))('%s is refused by its fault', async (name, sentence) => {
    expect(await refusal(readFileSync(join(BOOKS, `epubcheck-ocf-${name}.epub`)))).toMatch(sentence);
  });

  test('a book without its mimetype is still seen to be one; a Word file and a picture are not', () => {
    const certainty = (name: string) =>
      epubReader.sniff(bytesFile(readFileSync(join(BOOKS, `epubcheck-ocf-${name}.epub`))));
    expect(certainty('mimetype-file-missing-error')).toBe(1);
    expect(certainty('zip-mimetype-entry-extra-field-error')).toBe(1);
    expect(certainty('zip-unreadable-no-end-header-fatal')).toBe(1);
    expect(certainty('container-not-ocf-error')).toBe(0);
    expect(certainty('zip-unreadable-image-with-epub-extension-fatal')).toBe(0);
  });
});

describe('what a book says of itself', () => {
  test('version 2: roles, events, Calibre’s series, an address', async () => {
    const work = await read({
      pages: [story],
      metadata: `<dc:title>The Kettle</dc:title><dc:creator opf:role="aut" opf:file-as="Ash, Wren">Wren Ash</dc:creator>
<dc:creator opf:role="ill">Pell</dc:creator><dc:contributor opf:role="bkp">a program</dc:contributor>
<dc:language>de</dc:language><dc:description>&lt;p&gt;It is &lt;i&gt;haunted&lt;/i&gt;.&lt;/p&gt;</dc:description>
<dc:subject>FanFiction</dc:subject><dc:subject>Tea</dc:subject><dc:publisher>Harbour Press</dc:publisher>
<dc:date opf:event="publication">2011-02-03</dc:date><dc:date opf:event="modification">2012-03-04</dc:date>
<dc:identifier opf:scheme="ISBN">123</dc:identifier><dc:source>http://harbour.example/story.php?sid=7</dc:source>
<meta name="calibre:series" content="Harbour"/><meta name="calibre:series_index" content="2.0"/><meta name="mood" content="wet"/>`,
    });
    expect(work).toMatchObject({
      title: 'The Kettle',
      creators: [{ name: 'Wren Ash' }],
      language: 'de',
      summary: html('<p>It is <i>haunted</i>.</p>'),
      freeforms: ['Tea'],
      published: '2011-02-03',
      updated: '2012-03-04',
      sourceUrl: 'http://harbour.example/story.php?sid=7',
      series: [{ title: 'Harbour', position: 2 }],
    });
    expect(work.unmapped).toEqual([
      'Illustrator, as the book says: Pell.',
      'Made with, as the book says: a program.',
      'Publisher, as the book says: Harbour Press.',
      'Identifier, as the book says: 123.',
      '“mood”, as the book says: wet.',
    ]);
  });

  test('version 3: refinements, collections, titles of several kinds', async () => {
    const work = await read({
      version: '3.0',
      pages: [story],
      metadata: `<dc:title id="t2">A Tale</dc:title><meta refines="#t2" property="title-type">subtitle</meta>
<dc:title id="t1">The Kettle</dc:title><meta refines="#t1" property="title-type">main</meta>
<dc:creator id="c1">Wren</dc:creator><dc:creator id="c2">Oona</dc:creator><meta refines="#c2" property="role">trl</meta>
<meta property="belongs-to-collection" id="s">Harbour</meta><meta refines="#s" property="collection-type">series</meta><meta refines="#s" property="group-position">1.5</meta>
<dc:identifier>URL:https://archiveofourown.org/works/9/chapters/3</dc:identifier><dc:date>0101-01-01T00:00:00+00:00</dc:date>`,
    });
    expect(work).toMatchObject({
      title: 'The Kettle',
      creators: [{ name: 'Wren' }],
      series: [{ title: 'Harbour' }],
      sourceUrl: 'https://archiveofourown.org/works/9',
    });
    expect(work).not.toHaveProperty('published');
    expect(work.unmapped).toEqual([
      'Its place in the series “Harbour” is given as 1.5, which is no whole number.',
      'Title (subtitle), as the book says: A Tale.',
      'Translator, as the book says: Oona.',
    ]);
  });

  test('a slip in the XML is borne and said; entities of a DTD are not expanded', async () => {
    const slip = await read({ pages: [story], metadata: '<dc:title>Salt & Tea</dc:title>' });
    expect(slip).toMatchObject({ title: 'Salt & Tea', repairs: [expect.stringContaining('not well-formed')] });
    const [, , opf] = entriesOf({ pages: [story], metadata: '<dc:title>&lots;</dc:title>' });
    const entity = `<!DOCTYPE package [<!ENTITY a "aaaaaaaaaa"><!ENTITY lots "&a;&a;"><!ENTITY file SYSTEM "/etc/hostname">]>`;
    const text = String(opf?.content).replace('<package', `${entity}<package`);
    expect((await read({ pages: [story], package: text })).title).toBe('&lots;');
  });
});

describe('chapters', () => {
  test('titles come from headings, and from the contents where there is none', async () => {
    const work = await read({
      metadata: '<dc:title>The Kettle</dc:title>',
      pages: [
        { name: 'a.xhtml', body: '<div class="calibre"><h2>Chapter 1: Steam</h2><p>One.</p></div>' },
        { name: 'b.xhtml', body: '<header><h1>Chapter 2</h1><h2>Lid</h2></header><p>Two.</p>' },
        { name: 'c.xhtml', body: '<p>Three.</p>' },
        { name: 'd.xhtml', body: '<h1>The Kettle</h1><h2>Sea</h2><p>Four.</p>' },
        { name: 'e.xhtml', body: '<p><b>Fog!</b></p><p>Five.</p>' },
        { name: 'part.xhtml', body: '<h1>Part Two</h1>' },
        { name: 'f.xhtml', body: '<h2>Chapter 6</h2><p>Six.</p>' },
      ],
      contents: [
        ['Third', 'c.xhtml'],
        ['Fog', 'e.xhtml#top'],
      ],
    });
    expect(work.chapters).toEqual([
      { title: 'Steam', text: html('<p>One.</p>') },
      { title: 'Lid', text: html('<header></header><p>Two.</p>') },
      { title: 'Third', text: html('<p>Three.</p>') },
      { title: 'Sea', text: html('<p>Four.</p>') },
      { title: 'Fog', text: html('<p>Five.</p>') },
      { text: html('<h1>Part Two</h1><p>Six.</p>') },
    ]);
  });

  test('a page of several chapters is cut where the contents point, a chapter of several files is joined', async () => {
    const work = await read({
      pages: [
        {
          name: 'all.xhtml',
          body: '<div><div id="i"><h2>I</h2><p>One.</p></div><p id="x">Still.</p><div><a id="ii"/><h2>II</h2><p>Two.</p></div></div>',
        },
        { name: 'b_split_000.xhtml', body: '<h2>Long</h2><p>Three.</p>' },
        { name: 'b_split_001.xhtml', body: '<p>Four.</p>' },
      ],
      contents: [
        ['I', 'all.xhtml#i'],
        ['II', 'all.xhtml#ii'],
        ['Long', 'b_split_000.xhtml'],
      ],
    });
    expect(work.chapters.map(({ title, text }) => [title, text.source])).toEqual([
      ['I', '<div><p>One.</p></div><p>Still.</p>'],
      ['II', '<p>Two.</p>'],
      ['Long', '<p>Three.</p>\n<p>Four.</p>'],
    ]);
  });

  test('XHTML is read as XHTML', async () => {
    const body = `<a id="x"/><p>One<br/>two<br></br>three &amp; <![CDATA[4 < 5]]></p><script src="a.js"/><p/><p>After<!-- no --> all.</p>`;
    const markup = `<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html [<!ENTITY x "y">]><html xmlns="http://www.w3.org/1999/xhtml"><head><title/><style>p > a { color: red }</style></head><body>${body}</body></html>`;
    const work = await read({ pages: [{ name: 'a.xhtml', markup }] });
    expect(work.chapters).toEqual([
      { text: html('<p>One<br>two<br>three &#x26; 4 &#x3C; 5</p><p></p><p>After all.</p>') },
    ]);
  });

  test('an old page says its encoding itself', async () => {
    const markup = Buffer.from(
      '<?xml version="1.0" encoding="windows-1252"?><html><body><p>It\x92s caf\xe9.</p></body></html>',
      'latin1',
    );
    const entries = entriesOf({ pages: [story] });
    const changed = entries.map((entry) => (entry.name === 'OEBPS/one.xhtml' ? { ...entry, content: markup } : entry));
    expect((await read(makeZip(changed))).chapters[0]?.text.source).toBe('<p>It’s café.</p>');
  });

  test('what a style sheet says of italics and alignment is kept; wrappers of machines go', async () => {
    const work = await read({
      css: '.it { font-style: italic } .mid { text-align: center }',
      pages: [
        {
          name: 'a.xhtml',
          body: '<p class="mid calibre3"><span class="koboSpan" id="kobo.1.1">So <span class="it">very</span> late.</span></p>',
        },
      ],
    });
    expect(work.chapters[0]?.text.source).toBe(
      '<p class="mid" align="center">So <span class="it"><i>very</i></span> late.</p>',
    );
  });

  test('links stay within the chapter or leave the book; footnotes and pictures’ words stay', async () => {
    const work = await read({
      pages: [
        {
          name: 'a.xhtml',
          body: `<p id="p">See<a epub:type="noteref" href="a.xhtml#n1">1</a>, <a href="b.xhtml">there</a>, <a href="https://harbour.example/">out</a>.</p><img src="map.png" alt="A map"/>
<aside epub:type="footnote" id="n1">A note.</aside><span epub:type="pagebreak" title="9">9</span>`,
        },
        { name: 'b.xhtml', body: '<p>There.</p>' },
      ],
    });
    expect(work.chapters[0]?.text.source).toBe(
      `<p>See<a epub:type="noteref" href="#n1">1</a>, there, <a href="https://harbour.example/">out</a>.</p><img alt="A map">
<aside epub:type="footnote" id="n1">A note.</aside>`,
    );
    expect(work.unmapped).toEqual([
      'One picture in the book was left out: “A map”.',
      'Page numbers of the printed book were left out: 1.',
    ]);
  });

  test('cover, title page, contents and imprint are left out by name, story never', async () => {
    const work = await read({
      metadata: '<dc:title>The Kettle</dc:title><dc:creator>Wren</dc:creator>',
      guide: '<reference type="title-page" href="long.xhtml"/>',
      pages: [
        { name: 'cover.xhtml', body: '<svg><image href="c.jpg"/></svg>' },
        { name: 'title.xhtml', body: '<h1>The Kettle</h1><p>by Wren</p>' },
        {
          name: 'toc.xhtml',
          body: '<h2>Contents</h2><a href="a.xhtml">One</a><a href="b.xhtml">Two words</a><a href="long.xhtml">Three</a>',
        },
        { name: 'c.xhtml', body: '<p>Copyright © 2020 Wren. All rights reserved.</p>' },
        { name: 'a.xhtml', body: '<p>Copyright is theft, said Oona.</p>' },
        { name: 'long.xhtml', body: `<p>${'word '.repeat(200)}</p>` },
        { name: 'notes.xhtml', body: '<p>A note.</p>', linear: false },
        { name: 'b.xhtml', body: '<p>Two.</p>' },
      ],
    });
    expect(work.chapters.map(({ text }) => text.source.slice(0, 24))).toEqual([
      '<p>Copyright is theft, s',
      '<p>word word word word w',
      '<p>Two.</p>',
      '<p>A note.</p>',
    ]);
    expect(work.unmapped).toEqual([
      'The cover was left out.',
      'The title page was left out; it says: The Kettle by Wren.',
      'The page with the table of contents was left out.',
      'The copyright page was left out; it says: Copyright © 2020 Wren. All rights reserved.',
      'One picture in the book was left out.',
    ]);
    expect(work.repairs).toEqual([
      'What the book keeps outside its order of reading was put at the end: “notes.xhtml”.'.replace(
        'notes',
        'OEBPS/notes',
      ),
    ]);
  });

  test('a page that is missing or damaged is named, and the others are read', async () => {
    const entries = entriesOf({ pages: [story, { name: 'two.xhtml', body: '<p>Twice.</p>' }] });
    const broken = entries.map((entry) => (entry.name === 'OEBPS/one.xhtml' ? { ...entry, lies: { crc: 1 } } : entry));
    const work = await read(makeZip(broken));
    expect(work.chapters).toEqual([{ text: html('<p>Twice.</p>') }]);
    expect(work.unmapped).toEqual([expect.stringContaining('“OEBPS/one.xhtml” cannot be unpacked (it is damaged)')]);
  });
});

describe('no word of a book is lost', () => {
  let counter = 0;
  const word = (): string => `word${counter++}x`;
  const inline = fc.constantFrom<(inner: string) => string>(
    (inner) => inner,
    (inner) => `<em>${inner}</em>`,
    (inner) => `<span class="it">${inner}</span>`,
    (inner) => `<a href="p1.xhtml">${inner}</a>`,
    (inner) => `<a id="${inner}"/>${inner}<br/>`,
    (inner) => `<![CDATA[${inner}]]>`,
  );
  const leaf = fc.tuple(
    inline,
    fc.constantFrom('p', 'h1', 'h2', 'h3', 'div', 'li', 'td', 'aside', 'pre', 'blockquote', 'math', 'canvas'),
  );
  const block: fc.Memo<string> = fc.memo((depth) =>
    depth <= 1
      ? leaf.map(([around, name]) => `<${name}>${around(word())}</${name}>`)
      : fc.oneof(
          leaf.map(([around, name]) => `<${name}>${around(word())}</${name}>`),
          inline.map((around) => around(word())),
          fc
            .tuple(
              fc.constantFrom('div', 'section', 'article', 'header', 'center', 'ul', 'table'),
              fc.array(block(depth - 1), { maxLength: 4 }),
              fc.nat(5),
            )
            .map(([name, inner, id]) => `<${name} id="i${id}">${inner.join('')}</${name}>`),
        ),
  );
  const pages = fc.array(
    fc.record({
      blocks: fc.array(block(4), { minLength: 1, maxLength: 6 }),
      linear: fc.boolean(),
      split: fc.boolean(),
      type: fc.constantFrom('', 'titlepage', 'chapter', 'toc', 'copyright-page', 'footnotes'),
    }),
    { minLength: 1, maxLength: 5 },
  );
  const contents = fc.array(fc.tuple(fc.nat(4), fc.nat(5), fc.boolean()), { maxLength: 8 });

  const ALWAYS = { blocks: ['<p>Once.</p>'], linear: true, split: false, type: '' };

  test('every one is in a chapter, a title, or the report', async () => {
    await fc.assert(
      fc.asyncProperty(pages, contents, async (made, entries) => {
        const book = {
          metadata: '<dc:title>The Kettle</dc:title>',
          css: '.it { font-style: italic }',
          pages: [...made, ALWAYS].map(({ blocks, linear, split, type }, i) => ({
            name: split ? `p_split_${i}.xhtml` : `p${i}.xhtml`,
            body: blocks.join(''),
            linear,
            bodyAttributes: type && `epub:type="${type}"`,
          })),
          contents: entries.map(
            ([page, id, whole], i) => [`Label ${i}`, `p${page}.xhtml${whole ? '' : `#i${id}`}`] as const,
          ),
        };
        const said = JSON.stringify(await read(book));
        const words = made.flatMap(({ blocks }) => blocks.join('').match(/word\d+x/g) ?? []);
        expect(words.filter((one) => !said.includes(one))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

describe('refused', () => {
  const entries = entriesOf({ pages: [story] });
  const without = (name: string): Uint8Array => makeZip(entries.filter((entry) => entry.name !== name));
  const withChange = (name: string, change: Partial<MadeEntry>): Uint8Array =>
    makeZip(entries.map((entry) => (entry.name === name ? { ...entry, ...change } : entry)));
  const encrypted = (algorithm: string): MadeEntry => ({
    name: 'META-INF/encryption.xml',
    content: `<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod Algorithm="${algorithm}"/></enc:EncryptedData></encryption>`,
  });

  test.each<[string, Uint8Array, RegExp]>([
    ['no container file', without('META-INF/container.xml'), /lacks META-INF\/container\.xml/],
    [
      'a container that names nothing',
      withChange('META-INF/container.xml', { content: '<container/>' }),
      /names no book/,
    ],
    [
      'a package that is elsewhere',
      withChange('META-INF/container.xml', CONTAINER('no.opf')),
      /“no\.opf” of this EPUB is missing/,
    ],
    [
      'a package that is cut off',
      withChange('OEBPS/content.opf', { content: '<package><manifest><item id="a"' }),
      /names no pages/,
    ],
    ['a package that is no XML', withChange('OEBPS/content.opf', { content: 'Once upon a time' }), /is no XML/],
    ['another type', withChange('mimetype', { content: 'text/plain' }), /does not say/],
    ['a name that ends in a full stop', makeZip([...entries, { name: 'OEBPS/a.' }]), /ends in a full stop/],
    [
      'copy protection',
      makeZip([...entries, encrypted('http://www.w3.org/2001/04/xmlenc#aes128-cbc')]),
      /copy protection/,
    ],
    ['pictures only', makeEpub({ pages: [{ name: 'a.xhtml', body: '<img src="a.png"/>' }] }), /book of pictures/],
    ['nothing', makeEpub({ pages: [{ name: 'a.xhtml', body: ' ' }] }), /holds no text/],
    ['all pages missing', without('OEBPS/one.xhtml'), /is missing/],
    ['no EPUB at all', new TextEncoder().encode('A story.'), /^This is not an? EPUB/],
  ])('%s', async (_, bytes, sentence) => {
    expect(await refusal(bytes)).toMatch(sentence);
  });

  test('scrambled fonts lock no text; a packed mimetype is only said', async () => {
    expect((await read(makeZip([...entries, encrypted('http://www.idpf.org/2008/embedding')]))).chapters).toHaveLength(
      1,
    );
    const packed = await read(withChange('mimetype', { stored: false }));
    expect(packed.repairs).toEqual([expect.stringContaining('packed')]);
  });
});

describe('hostile books', () => {
  test.each<[string, string]>([
    ['20,000 nested boxes', '<div>'.repeat(20_000)],
    ['quotes that never end', '<p a="'.repeat(20_000)],
    ['a tag of 100,000 attributes', `<p ${Array.from({ length: 100_000 }, (_, i) => `a${i}=""`).join(' ')}>x</p>`],
    ['declarations that never end', '<![CDATA[<!--<?'.repeat(100_000)],
    ['signs that open nothing', '<'.repeat(500_000)],
    ['NULs and lone surrogates', '<p>a\0b\ud800c</p>'.repeat(1000)],
    ['5 MB on one line', `<p>${'word '.repeat(1_000_000)}</p>`],
    [
      '50 MB on one line',
      `<p>${Array.from({ length: 1_000_000 }, (_, i) => `${i * 7919} and so on, and on; it never ends`).join(' ')}</p>`,
    ],
    ['100,000 links to themselves', '<a href="#a" id="a">a</a>'.repeat(50_000)],
    ['100,000 paragraphs', '<p>a</p>'.repeat(100_000)],
  ])('%s end in a work or a sentence, in good time', async (_, body) => {
    const started = performance.now();
    const result = await epubReader.read(bytesFile(makeEpub({ pages: [{ name: 'a.xhtml', body }] })));
    expect(result.ok || result.reason).toSatisfy((said: unknown) => said === true || /^[A-Z].*\.$/.test(String(said)));
    expect(performance.now() - started).toBeLessThan(15_000);
  });

  test.each<[string, Partial<MadeBook>]>([
    ['a package nested 100,000 deep', { metadata: '<meta>'.repeat(100_000) }],
    ['100,000 statements', { metadata: '<dc:subject>a</dc:subject>'.repeat(100_000) }],
    ['contents nested 5,000 deep', { contents: [['</text></navLabel>' + '<navPoint>'.repeat(5000), 'one.xhtml']] }],
    [
      '100,000 entries in the contents',
      { contents: Array.from({ length: 100_000 }, (_, i) => [`${i}`, `one.xhtml#${i}`] as const) },
    ],
    ['a style sheet of braces', { css: '{}.a{'.repeat(50_000) }],
  ])('%s end in a work or a sentence, in good time', async (_, book) => {
    const started = performance.now();
    const result = await epubReader.read(bytesFile(makeEpub({ pages: [story], ...book })));
    expect(result.ok || result.reason).toSatisfy((said: unknown) => said === true || /^[A-Z].*\.$/.test(String(said)));
    expect(performance.now() - started).toBeLessThan(15_000);
  });

  test('cut anywhere, changed anywhere, with headers that lie: a work or a sentence', async () => {
    const books = [makeEpub(calibreFrom(NEW_ERA)), makeEpub(fanFicFareBook()), makeEpub({ pages: [story] })];
    const lies: fc.Arbitrary<EntryLies> = fc.record(
      {
        size: fc.nat(5000),
        crc: fc.nat(),
        method: fc.constantFrom(0, 8, 12),
        flags: fc.nat(0xffff),
        offset: fc.nat(3000),
      },
      { requiredKeys: [] },
    );
    const survives = async (bytes: Uint8Array): Promise<void> => {
      const result = await epubReader.read(bytesFile(bytes));
      expect(result.ok || result.reason).toSatisfy(
        (said: unknown) => said === true || /^[A-Z].*\.$/.test(String(said)),
      );
    };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...books),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), { maxLength: 6 }),
        fc.nat(8),
        lies,
        async (book, cut, changes, which, lie) => {
          await survives(book.slice(0, Math.floor(book.length * cut)));
          const changed = book.slice();
          for (const [at, value] of changes) changed[Math.floor(at * changed.length)] = value;
          await survives(changed);
          const entries = entriesOf(fanFicFareBook());
          await survives(makeZip(entries.map((entry, i) => (i === which ? { ...entry, lies: lie } : entry))));
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  test('pages whose markup is cut or shuffled: a work or a sentence', async () => {
    const pieces = [...NEW_ERA.matchAll(/<[^>]*>|[^<]+/g)].map(([piece]) => piece);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(pieces, { minLength: 1 }), fc.nat(NEW_ERA.length), async (some, cut) => {
        for (const body of [some.join(''), NEW_ERA.slice(cut)]) {
          const result = await epubReader.read(bytesFile(makeEpub({ pages: [{ name: 'a.xhtml', body }] })));
          expect(typeof result.ok).toBe('boolean');
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
