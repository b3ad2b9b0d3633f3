import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ao3HtmlReader } from './ao3-html.ts';
import { recognise } from './index.ts';
import { fileOf, NEW_ERA, OLD_ERA, oneShot, page, readText } from './reading.fixture.ts';

const html = (source: string) => ({ format: 'html', source });

describe('a download of today', async () => {
  const { format, work } = await readText(NEW_ERA);

  test('gives up its tags by kind, in order, by their real names', () => {
    expect(format).toBe('ao3-html');
    expect(work).toMatchObject({
      rating: 'Teen And Up Audiences',
      warnings: ['Choose Not To Use Archive Warnings'],
      categories: ['F/M', 'Gen'],
      fandoms: ['Port Ellory - A. Nobody'],
      relationships: ['Ivo/Marta', 'Marta & Wren'],
      characters: ['Ivo'],
      freeforms: ['Kettles?', '#1 in the Harbour', '100% Tea'],
      language: 'English',
    });
  });

  test('gives its title, address, series, dates and counts', () => {
    expect(work).toMatchObject({
      title: 'The Kettle & the Sea',
      sourceUrl: 'https://archiveofourown.org/works/4242',
      series: [
        { title: 'Part 3 of Nothing', position: 2, url: 'https://archiveofourown.org/series/77' },
        { title: 'Harbour', position: 10, url: 'https://archiveofourown.org/series/78' },
      ],
      published: '2024-03-04',
      updated: '2024-05-06',
      statedWords: 1_234_567,
      plannedChapters: 2,
      status: 'complete',
    });
  });

  test('names creators by pseud, never by account', () => {
    expect(work.creators).toEqual([
      { name: 'Wren', url: 'https://archiveofourown.org/users/wren_login/pseuds/Wren' },
      { name: 'orphan_account', url: 'https://archiveofourown.org/users/orphan_account/pseuds/orphan_account' },
      { name: 'Old Tom', archivedBy: 'keeper' },
    ]);
  });

  test('puts every text in its place', () => {
    expect(work).toMatchObject({
      summary: html('<p>It is <em>haunted</em>.</p>'),
      notes: html('<p>For Oona.</p>'),
      endNotes: html('<p>The end note.</p>'),
    });
    expect(work.chapters).toEqual([
      {
        summary: html('<p>It starts.</p>'),
        endNotes: html('<p>Thanks, one.</p>'),
        text: html('<p>One <strong>fish</strong>.</p><hr><p>Two.</p>'),
      },
      { title: 'Chapter 9: The Lid', notes: html('<p>Second note.</p>'), text: html('<p>Three.</p>') },
    ]);
  });

  test('names what has no place, and nothing else', () => {
    expect(work.unmapped).toEqual([
      'Collections at the source: Tea, Fog.',
      'Related work: Inspired by The Pot by x (https://archiveofourown.org/works/7).',
      'Related work: A translation of [Restricted Work] by y.',
      'Chapter 2 has a byline of its own: Chapter by Ivo.',
      'Related work: Works inspired by this one: The Lid by z (https://archiveofourown.org/works/9).',
    ]);
  });
});

describe('a download from before 2019', async () => {
  const { format, work } = await readText(OLD_ERA);

  test('is read by labels and classes', () => {
    expect(format).toBe('ao3-html');
    expect(work).toMatchObject({
      title: 'The Kettle',
      rating: 'Explicit',
      warnings: ['No Archive Warnings Apply', 'Major Character Death'],
      categories: ['F/F'],
      fandoms: ['Port Ellory', 'Other Harbour'],
      relationships: ['Marta/Wren', 'Ivo & Pell'],
      series: [{ title: 'Harbour', position: 1, url: 'http://archiveofourown.org/series/5' }],
      published: '2012-01-02',
      updated: '2013-02-03',
      statedWords: 4567,
      plannedChapters: null,
      sourceUrl: 'https://archiveofourown.org/works/4242',
      endNotes: html('<p>Bye.</p>'),
    });
    expect(work.chapters).toEqual([
      { title: 'The First Thing', text: html('<p>Alpha.</p>') },
      { endNotes: html('<p>Late.</p>'), text: html('<p>Beta.</p>') },
    ]);
  });

  test('a work in progress has no status, since the file cannot tell a pause', () => {
    expect(work).not.toHaveProperty('status');
  });

  test('Anonymous is not a name', () => {
    expect(work.creators).toEqual([]);
    expect(work.unmapped).toEqual(['The source shows the creator as Anonymous, so no creator was taken over.']);
  });
});

describe('a one-shot', () => {
  test.each([
    ['without a chapter count', 'Published: 2015-01-01 Words: 100', ''],
    ['with one', 'Published: 2024-01-01 Words: 1,000 Chapters: 1/1', undefined],
  ])('%s is complete, of one chapter without a title', async (_, stats, heading) => {
    const { work } = await readText(oneShot(stats, heading));
    expect(work).toMatchObject({ title: 'Steam', status: 'complete', plannedChapters: 1, unmapped: [] });
    expect(work.chapters).toEqual([{ text: html('<p>Hiss.</p>') }]);
  });

  test('whose one chapter is the first of several is not complete', async () => {
    const { work } = await readText(oneShot('Published: 2024-01-01 Words: 10 Chapters: 1/12', ''));
    expect(work).toMatchObject({ plannedChapters: 12 });
    expect(work).not.toHaveProperty('status');
  });

  test('of February 2026 and later keeps its chapter’s heading and notes', async () => {
    const text = oneShot('Published: 2026-03-01 Words: 10 Chapters: 1/?', '').replace(
      '<div class="userstuff"><p>Hiss',
      '<div class="meta group"><h2 class="heading">Chapter 1: Steam Rising</h2><p>Chapter Notes</p><blockquote class="userstuff"><p>n</p></blockquote></div><div class="userstuff"><p>Hiss',
    );
    expect((await readText(text)).work.chapters).toEqual([
      { title: 'Steam Rising', notes: html('<p>n</p>'), text: html('<p>Hiss.</p>') },
    ]);
  });
});

describe('other ways a file can differ', () => {
  test('unknown labels and statistics are named', async () => {
    const text = oneShot('Published: 2024-01-01 Kudos: 5').replace(
      '<dt>Stats',
      '<dt>Gifts:</dt><dd>For Oona</dd><dt>Stats',
    );
    expect((await readText(text)).work.unmapped).toEqual([
      '“Gifts” at the source: For Oona.',
      'The source’s statistics also say: Kudos: 5.',
    ]);
  });

  test('another archive on the same software is read the same way', async () => {
    const text = oneShot('Published: 2024-01-01')
      .replaceAll('archiveofourown.org', 'harbour.example')
      .replace('Archive of Our Own', 'Harbour');
    expect(await readText(text)).toMatchObject({
      format: 'ao3-html',
      work: { sourceUrl: 'https://harbour.example/works/4242' },
    });
  });

  test('text outside any box of its own stays in the chapter', async () => {
    const text = oneShot('Published: 2024-01-01', '').replace(
      '<div class="userstuff"><p>Hiss.</p></div>',
      'Bare <i>words</i>.<p>More.</p>',
    );
    expect((await readText(text)).work.chapters).toEqual([{ text: html('Bare <i>words</i>.<p>More.</p>') }]);
  });

  test('a stray percent sign in a tag’s address is kept as written', async () => {
    const text = oneShot('Published: 2024-01-01').replace('Not%20Rated', 'Not%Rated');
    expect((await readText(text)).work.rating).toBe('Not%Rated');
  });
});

describe('sniffing', () => {
  test('other HTML is left to the reader of pages', () => {
    const other = fileOf(page('<h1>A story</h1><p>Posted originally on my blog.</p>'), 'ao3.html');
    expect(recognise(other)?.format).toBe('html');
  });

  test('plain text that talks of downloads is plain text', () => {
    const text = `Posted originally on the Archive at https://archiveofourown.org/works/1. <dl class="tags">`;
    expect(recognise(fileOf(text))?.format).toBe('text');
  });

  test('a page without a story is refused', () => {
    const result = ao3HtmlReader.read(fileOf(page('<dl class="tags"></dl>')));
    expect(result).toEqual({ ok: false, reason: expect.stringContaining('no story') });
  });
});

describe('hostile pages', () => {
  const inText = (inner: string) => oneShot('Published: 2024-01-01').replace('<p>Hiss.</p>', () => inner);

  test.each([
    ['100,000 nested boxes', '<div>'.repeat(100_000)],
    ['nesting whose ends are only in comments', '<div><!--</div>-->'.repeat(20_000)],
    ['nesting whose ends are only in attributes', '<div><br title="</div>">'.repeat(20_000)],
    ['unclosed emphasis of every kind', Array.from({ length: 5000 }, (_, i) => `<b id=x${i}><i>`).join('')],
    ['a tag of 100,000 attributes', `<p ${Array.from({ length: 100_000 }, (_, i) => `a${i}`).join(' ')}>`],
    ['nested tables', '<table><tr><td>'.repeat(3000)],
  ])('%s get a sentence in good time', (_, inner) => {
    const started = performance.now();
    expect(ao3HtmlReader.read(fileOf(inText(inner)))).toEqual({
      ok: false,
      reason: expect.stringMatching(/^[A-Z].*\.$/),
    });
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test.each([
    ['900 nested boxes', `${'<div>'.repeat(900)}x${'</div>'.repeat(900)}`],
    ['5 MB on one line', 'word '.repeat(1_000_000)],
    ['more paragraphs than a call has arguments', '<p>a</p>'.repeat(150_000)],
    ['everything unclosed', '<p>a<p>b<ul><li>c<li>d<blockquote><em>e'],
    ['raw text that never ends', '<p>a</p><!-- b <div>'],
  ])('%s are read', (_, inner) => {
    const result = ao3HtmlReader.read(fileOf(inText(inner)));
    expect(result.ok).toBe(true);
  });

  test('no page cut off or shuffled makes the reader throw', () => {
    const pieces = [...NEW_ERA.matchAll(/<[^>]*>|[^<]+/g)].map(([piece]) => piece);
    fc.assert(
      fc.property(fc.shuffledSubarray(pieces, { minLength: 1 }), fc.nat(NEW_ERA.length), (some, cut) => {
        expect(typeof ao3HtmlReader.read(fileOf(some.join(''))).ok).toBe('boolean');
        expect(typeof ao3HtmlReader.read(fileOf(NEW_ERA.slice(0, cut))).ok).toBe('boolean');
      }),
      { numRuns: 60 },
    );
  });
});
