import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyImportedWork } from '../imported-work.ts';
import type { ImportedWork } from '../imported-work.ts';
import { applyFrontMatter } from './front-matter-fields.ts';
import { readFrontMatter } from './front-matter.ts';

/** A block's lines in, the work they describe out. */
function described(block: string): ImportedWork {
  const work = emptyImportedWork();
  const { fields, repairs } = readFrontMatter(`---\n${block}\n---\n\nText.`);
  work.repairs.push(...repairs);
  if (fields) applyFrontMatter(work, fields, 'markdown');
  return work;
}

describe('the fields', () => {
  test('are known in singular, plural and other words, in any case', () => {
    const work = described(`Title: "The Bees: A Study"
AUTHOR: Wren, Oona
fandoms: [Port Ellory, "Harbour, The"]
Rating: Mature
Archive-Warnings: No Archive Warnings Apply
category: Gen, F/F
Pairing: Ivo/Marta, Marta & Wren
characters:
  - Ivo
  - "Marta, of the Harbour"
Additional_Tags: Slow Burn, Bees
lang: en
source_url: http://www.archiveofourown.org/works/42/chapters/7?view_adult=true#main
words: 1,234
date: 2024-05-18
Updated: 18 June 2024
status: Complete`);
    expect(work).toMatchObject({
      title: 'The Bees: A Study',
      creators: [{ name: 'Wren' }, { name: 'Oona' }],
      fandoms: ['Port Ellory', 'Harbour, The'],
      rating: 'Mature',
      warnings: ['No Archive Warnings Apply'],
      categories: ['Gen', 'F/F'],
      relationships: ['Ivo/Marta', 'Marta & Wren'],
      characters: ['Ivo', 'Marta, of the Harbour'],
      freeforms: ['Slow Burn', 'Bees'],
      language: 'en',
      sourceUrl: 'https://archiveofourown.org/works/42',
      statedWords: 1234,
      published: '2024-05-18',
      updated: '2024-06-18',
      status: 'complete',
      unmapped: [],
      repairs: [],
    });
  });

  test('that are texts have the format of the body', () => {
    const work = described(`summary: |\n  One *bee*.\n\n  Two.\nAuthor’s Note: Hello\nend_notes: Bye`);
    expect(work).toMatchObject({
      summary: { format: 'markdown', source: 'One *bee*.\n\nTwo.' },
      notes: { format: 'markdown', source: 'Hello' },
      endNotes: { format: 'markdown', source: 'Bye' },
    });
  });

  test.each([
    ['12', 12, undefined],
    ['3/12', 12, undefined],
    ['3/3', 3, 'complete'],
    ['"?"', null, undefined],
    ['3/?', null, undefined],
    ['null', null, undefined],
  ])('chapters: %s', (written, planned, status) => {
    const work = described(`title: x\nchapters: ${written}`);
    expect(work.plannedChapters).toBe(planned);
    expect(work.status).toBe(status);
  });

  test.each([
    ['"Hive #2"', [{ title: 'Hive', position: 2 }]],
    ['Hive (2)', [{ title: 'Hive', position: 2 }]],
    ['Part 3 of Hive', [{ title: 'Hive', position: 3 }]],
    ['Hive', [{ title: 'Hive' }]],
    [
      '{title: Hive, position: 4, url: "https://a.example/s/1"}',
      [{ title: 'Hive', position: 4, url: 'https://a.example/s/1' }],
    ],
    ['["Hive #2", Other]', [{ title: 'Hive', position: 2 }, { title: 'Other' }]],
  ])('series: %s', (written, series) => {
    expect(described(`series: ${written}`).series).toEqual(series);
  });

  test.each([
    ['complete: yes', 'complete'],
    ['complete: false', 'in-progress'],
    ['status: on hiatus', 'on-hiatus'],
    ['status: abandoned', 'discontinued'],
    ['status: WIP', 'in-progress'],
  ])('%s', (line, status) => {
    expect(described(`title: x\n${line}`).status).toBe(status);
  });

  test('that have no place, or a value that cannot be one, are named', () => {
    const work = described(
      'title: x\nmood: blue\nrating: [Teen, Mature]\npublished: 05/04/2024\nstatus: perhaps\nsource: my drawer\n__proto__: {a: 1}',
    );
    expect(work.rating).toBe('Teen');
    expect(work.unmapped).toEqual([
      'Front matter “mood”: blue has no place in a work.',
      'A second rating, Mature, has no place in a work.',
      'Front matter “published”: 05/04/2024 has no place in a work.',
      'Front matter “status”: perhaps has no place in a work.',
      'Front matter “source”: my drawer has no place in a work.',
      'Front matter “__proto__”: a: 1 has no place in a work.',
    ]);
    expect(Object.getPrototypeOf(work)).toBe(Object.prototype);
  });

  test('of creators keep a name whole unless it is a pseud with its account', () => {
    const work = described(
      'creators:\n  - H. H. Munro (Saki)\n  - Wren (wren_1)\n  - {name: Oona, url: "https://a.example/oona"}\n  - Tom [archived by keeper]',
    );
    expect(work.creators).toEqual([
      { name: 'H. H. Munro (Saki)' },
      { name: 'Wren' },
      { name: 'Oona', url: 'https://a.example/oona' },
      { name: 'Tom', archivedBy: 'keeper' },
    ]);
    expect(work.unmapped).toHaveLength(1);
    expect(described('author: Anonymous').creators).toEqual([]);
  });

  test('of chapters come in their order', () => {
    const work = emptyImportedWork();
    const { fields } = readFrontMatter(
      '---\nchapter:\n  - title: One\n    notes: n\n    published: 2024-01-02\n  - Two\n  - {summary: s, mood: m}\n---\n',
    );
    expect(applyFrontMatter(work, fields ?? { pairs: [] }, 'text')).toEqual([
      { title: 'One', notes: { format: 'text', source: 'n' }, published: '2024-01-02' },
      { title: 'Two' },
      { summary: { format: 'text', source: 's' } },
    ]);
    expect(work.unmapped).toEqual(['Front matter “chapter 3, mood”: m has no place in a work.']);
  });
});

describe('the block', () => {
  test('may follow a mark and blank lines, and may end in dots', () => {
    expect(readFrontMatter('\uFEFF\n\n---\ntitle: x\n...\nBody')).toMatchObject({
      body: 'Body',
      fields: { pairs: [['title', 'x']] },
    });
  });

  test.each([
    ['a text without one', 'Once upon a time.'],
    ['two scene breaks with dialogue between them', '---\nMarta: I told you.\nIvo: No.\n---\nThey left.'],
    ['a scene break', '---\n\nOnce.\n\n---\n\nTwice.'],
    ['prose that mentions a title', '---\nHe read it out.\nTitle: none.\nShe laughed.\nThey left.\n---\nEnd.'],
  ])('is not seen in %s', (_, text) => {
    expect(readFrontMatter(text)).toMatchObject({ fields: null, body: text });
  });

  test('that never closes stays in the text, and is spoken of', () => {
    const text = '---\ntitle: x\n\nBody';
    expect(readFrontMatter(text)).toEqual({
      fields: null,
      body: text,
      repairs: [expect.stringContaining('no closing ---')],
    });
  });

  test('that is broken is read line by line', () => {
    const work = described(
      'title: Bees: A Study\nsummary: "He said" and left\ntags: [One, Two\nfandom:\n\t- Port Ellory\n\t- Harbour',
    );
    expect(work).toMatchObject({
      title: 'Bees: A Study',
      summary: { source: '"He said" and left' },
      fandoms: ['Port Ellory', 'Harbour'],
      repairs: ['The front matter is not valid YAML, so it was read line by line.'],
    });
  });
});

describe('hostile blocks', () => {
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...[...'bcdefghi'].map(
      (key, i) => `${key}: &${key} [${Array.from({ length: 9 }, () => `*${'abcdefgh'[i]}`).join(', ')}]`,
    ),
  ].join('\n');
  test.each([
    ['an alias bomb', `title: x\n${bomb}`],
    ['an alias that holds itself', 'title: x\ntags: &a [*a]'],
    ['deep brackets', `title: x\ntags: ${'['.repeat(20_000)}`],
    ['deep mappings', `title: x\n${Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')}`],
    ['deep lists', `title: x\ntags: ${'- '.repeat(20_000)}`],
    ['100 KB', `title: x\nsummary: ${'word '.repeat(20_000)}`],
  ])('%s: no throw, in good time, the text whole', (_, block) => {
    const started = performance.now();
    const { fields, body } = readFrontMatter(`---\n${block}\n---\nThe text.`);
    if (fields) applyFrontMatter(emptyImportedWork(), fields, 'text');
    expect(body.endsWith('The text.')).toBe(true);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test('a tag runs nothing: its value is text', () => {
    const work = described('title: !!js/function "function () { throw 1 }"\nnotes: !!python/object x');
    expect(work).toMatchObject({ title: 'function () { throw 1 }', notes: { source: 'x' } });
    expect(work.repairs).toHaveLength(1);
  });

  test('no text makes it throw or lose a word of the body', () => {
    const scrap = fc.constantFrom(
      '---\n',
      'title: x\n',
      '- a\n',
      ': ',
      '"',
      '[',
      '{',
      '&a ',
      '*a',
      '!!x ',
      '|\n',
      '\t',
      'word ',
      '\n',
      '...\n',
      '? ',
      '#',
    );
    fc.assert(
      fc.property(fc.array(scrap, { maxLength: 30 }), (scraps) => {
        const { fields, body } = readFrontMatter(`${scraps.join('')}\nlast words`);
        if (fields) applyFrontMatter(emptyImportedWork(), fields, 'text');
        expect(body.endsWith('last words')).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});
