import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyImportedWork } from '../imported-work.ts';
import type { ImportedWork } from '../imported-work.ts';
import { applyHeaderBlock, MAIL_SENTENCE, takeHeader } from './header-block-fields.ts';
import { findHtmlHeaderBlock } from './header-block-html.ts';
import { findHeaderBlock } from './header-block.ts';
import { plainTextReader } from './plain-text.ts';
import { fileOf } from './reading.fixture.ts';

const STORY = 'The kettle sang.\n\nNobody had lit the stove.';

function read(header: string, story = STORY): ImportedWork & { body: string } {
  const work = emptyImportedWork();
  const body = takeHeader(work, `${header}${story}`, 'text');
  return { ...work, body };
}

/** Names and values of the fields of a text's block. */
const fieldsOf = (text: string) => findHeaderBlock(text)?.fields.map(({ name, value }) => [name, value]) ?? null;

describe('a header of one label a line', () => {
  const WHOLE = `Title: The Kettle
Author: Wren <wren@harbour.example>
E-Mail: wren@harbour.example
Fandom: Port Ellory
Pairing: Ivo/Marta, Oona x Pell; Tam & Wren (past, mentioned)
Rating: PG-13
Category: slash, angst
Warnings: language, Major Character Death
Spoilers: up to the second tide
Summary: Marta buys a kettle.
   It is haunted.
Disclaimer: The sea is not mine.
Archive: ask me first, at wren@harbour.example
Feedback: wren@harbour.example
Series: Part 2 of Harbour Nights
Status: WIP
Word count: 3,245 words
Date: 2004-05-18

`;

  test('is read into fields, and the story begins behind it', () => {
    const work = read(WHOLE);
    expect(work.body).toBe(STORY);
    expect(work).toMatchObject({
      title: 'The Kettle',
      creators: [{ name: 'Wren' }],
      fandoms: ['Port Ellory'],
      relationships: ['Ivo/Marta', 'Oona x Pell', 'Tam & Wren (past, mentioned)'],
      rating: 'PG-13',
      warnings: ['Major Character Death'],
      freeforms: ['slash', 'angst', 'language'],
      categories: [],
      summary: { format: 'text', source: 'Marta buys a kettle.\nIt is haunted.' },
      notes: {
        format: 'text',
        source:
          'Spoilers: up to the second tide\n\nDisclaimer: The sea is not mine.\n\nArchive: ask me first, at (e-mail address)',
      },
      series: [{ title: 'Harbour Nights', position: 2 }],
      status: 'in-progress',
      statedWords: 3245,
      published: '2004-05-18',
    });
    expect(work.unmapped).toEqual([MAIL_SENTENCE]);
    expect(work.repairs).toEqual([expect.stringMatching(/^The lines at the head of the text \(Title, Author, /)]);
  });

  test('never shows an address in any field', () => {
    expect(JSON.stringify({ ...read(WHOLE), body: '' })).not.toContain('harbour.example');
  });

  test('is known in upper case, with marks, with blank lines and with rules', () => {
    for (const header of [
      'TITLE: The Kettle\nAUTHOR: Wren\nRATING: PG\n\n',
      '**Title:** The Kettle\n**Author:** Wren\n**Rating:** PG\n\n',
      '__Title__: The Kettle\n_Author_: Wren\n*Rating*: PG\n\n',
      '[b]Title:[/b] The Kettle\n[b]Author:[/b] Wren\n[b]Rating:[/b] PG\n\n',
      'Title : The Kettle\n\nAuthor : Wren\n\nRating : PG\n\n\n',
      '-----\nTitle: The Kettle\nAuthor: Wren\nRating: PG\n-----\n\n',
      '\uFEFFTitle: The Kettle\r\nAuthor: Wren\r\nRating: PG\r\n\r\n'.replace('\uFEFF', ''),
      'Title: The Kettle   Author: Wren | Rating: PG\n\n',
      'The Kettle\nby Wren\n\nRating: PG\nFandom: Port Ellory\n\n',
    ]) {
      expect(read(header), header).toMatchObject({ title: 'The Kettle', creators: [{ name: 'Wren' }], rating: 'PG' });
      expect(read(header).body.replace(/^-+\n/, ''), header).toBe(STORY);
    }
  });

  test.each([
    [
      'German',
      'Titel: Der Kessel\nAutorin: Wren\nPaarung: Ivo/Marta\nAltersfreigabe: P12\nZusammenfassung: Er spukt.\n',
    ],
    ['French', 'Titre : Der Kessel\nAuteur : Wren\nCouple : Ivo/Marta\nClassement : P12\nRésumé : Er spukt.\n'],
    ['Spanish', 'Título: Der Kessel\nAutora: Wren\nPareja: Ivo/Marta\nClasificación: P12\nResumen: Er spukt.\n'],
    ['Portuguese', 'Título: Der Kessel\nAutora: Wren\nCasal: Ivo/Marta\nClassificação: P12\nSinopse: Er spukt.\n'],
    ['Italian', 'Titolo: Der Kessel\nAutrice: Wren\nCoppia: Ivo/Marta\nRating: P12\nRiassunto: Er spukt.\n'],
    ['Russian', 'Название: Der Kessel\nАвтор: Wren\nПейринг: Ivo/Marta\nРейтинг: P12\nСаммари: Er spukt.\n'],
    ['Chinese', '标题：Der Kessel\n作者：Wren\n配对：Ivo/Marta\n分级：P12\n简介：Er spukt.\n'],
    ['Chinese in brackets', '【标题】Der Kessel\n【作者】Wren\n【配对】Ivo/Marta\n【分级】P12\n【简介】Er spukt.\n'],
  ])('in %s', (_, header) => {
    expect(read(`${header}\n`)).toMatchObject({
      title: 'Der Kessel',
      creators: [{ name: 'Wren' }],
      relationships: ['Ivo/Marta'],
      rating: 'P12',
      summary: { source: 'Er spukt.' },
      body: STORY,
    });
  });

  test('takes values of several lines: indented, up to the next label, wrapped, of several paragraphs', () => {
    expect(fieldsOf('Title: The\n  Kettle\nRating: PG\nSummary: One\ntwo\nthree\nAuthor: Wren\n\nOnce.')).toEqual([
      ['title', 'The\nKettle'],
      ['rating', 'PG'],
      ['summary', 'One\ntwo\nthree'],
      ['creators', 'Wren'],
    ]);
    const wrapped =
      'Title: T\nSummary: Marta buys a kettle and it turns out, after some\nweeks, to be haunted by a choir.\n\nOnce.';
    expect(fieldsOf(wrapped)?.[1]?.[1]).toBe(
      'Marta buys a kettle and it turns out, after some\nweeks, to be haunted by a choir.',
    );
    expect(fieldsOf('Title: T\nSummary: One.\n\nTwo.\n\nRating: PG\n\nOnce.')).toEqual([
      ['title', 'T'],
      ['summary', 'One.\n\nTwo.'],
      ['rating', 'PG'],
    ]);
    expect(fieldsOf('Title: T\nRating: PG\nSummary:\nMarta buys a kettle.\n\nOnce.')?.[2]).toEqual([
      'summary',
      'Marta buys a kettle.',
    ]);
  });

  test('leaves the story alone', () => {
    const noBlank = 'Title: T\nSummary: A kettle.\nThe kettle sang.\nNobody had lit the stove.\nThen it stopped.';
    expect(read('', noBlank).body).toBe('The kettle sang.\nNobody had lit the stove.\nThen it stopped.');
    expect(read('Title: T\nAuthor: W\n\n', 'Marta: I told you.\nIvo: You did not.').body).toMatch(/^Marta: I/);
    expect(read('Title: T\nSummary:\n\n', 'The kettle sang.\n\nNotes: none').body).toMatch(/^The kettle sang/);
    const second = read('Title: T\nRating: PG\n\n', 'Once.\n\nTitle: U\nRating: R\n\nTwice.');
    expect(second.body).toBe('Once.\n\nTitle: U\nRating: R\n\nTwice.');
  });

  test.each([
    ['one label', 'Summary: he died.\n\nThat was all.'],
    ['labels in prose', 'He wrote the report. Summary: he died. Rating: poor. It was late.'],
    ['a log', 'Date: 5 May\nStatus: critical\nLocation: the bridge\n\nThe kettle sang.'],
    ['a letter', 'From: Marta\nTo: Ivo\nDate: 5 May\n\nDear Ivo,'],
    ['a script', 'Marta: I told you.\nIvo: You did not.\n'],
    ['labels after the story began', 'The kettle sang.\n\nIt sang.\n\nAgain.\n\nAnd again.\n\nTitle: T\nRating: PG'],
    ['nothing', ''],
  ])('%s is no header', (_, text) => {
    expect(findHeaderBlock(text)).toBeNull();
    expect(takeHeader(emptyImportedWork(), text, 'text')).toBe(text);
  });

  test('lines before the first label stay in the text', () => {
    expect(read('A gift for Oona\n\nTitle: T\nRating: PG\n\n').body).toBe(`A gift for Oona\n\n${STORY}`);
  });

  test('a label nobody knows, between known ones, is named', () => {
    const work = read('Title: T\nMood: blue\nRating: PG\nSerie: Port Ellory TV\nPairing: none\nWords: many\n\n');
    expect(work.unmapped).toEqual([
      '“Mood” at the source: blue.',
      '“Serie” at the source: Port Ellory TV.',
      '“Pairing” at the source: none.',
      '“Words” at the source: many.',
    ]);
    expect(work.relationships).toEqual([]);
  });
});

test('a posting to a newsgroup: its own lines are fields too, and its address is nowhere', () => {
  const posting = `From: wren@harbour.example (Wren)
Newsgroups: alt.harbour.creative
Subject: NEW: The Kettle (1/1)

TITLE: The Kettle
AUTHOR: Wren
E-MAIL ADDRESS: wren@harbour.example
DISTRIBUTION STATEMENT: Anywhere, with my name.
MOOD RING: blue
WEATHER: fog
CLASSIFICATION: SA
AUTHOR'S NOTES: Thanks to Oona and Pell for
reading this while ill.

* * *

`;
  const work = read(posting);
  expect(work).toMatchObject({
    title: 'The Kettle',
    freeforms: ['SA'],
    notes: {
      source: 'DISTRIBUTION STATEMENT: Anywhere, with my name.\n\nThanks to Oona and Pell for\nreading this while ill.',
    },
    body: STORY,
    unmapped: [
      '“From” at the source: (Wren).',
      '“Newsgroups” at the source: alt.harbour.creative.',
      '“Subject” at the source: NEW: The Kettle (1/1).',
      '“MOOD RING” at the source: blue.',
      '“WEATHER” at the source: fog.',
      MAIL_SENTENCE,
    ],
  });
  expect(JSON.stringify(work)).not.toContain('harbour.example');
});

describe('single fields', () => {
  const field = (line: string) => read(`Title: T\n${line}\nFandom: F\n\n`);

  test.each([
    ['Author: by Wren and Oona', ['Wren', 'Oona']],
    ['Author: Wren, Oona & Pell', ['Wren', 'Oona', 'Pell']],
    ['Authors: Wren/Oona', ['Wren', 'Oona']],
    ['Autor: Wren und Oona', ['Wren', 'Oona']],
    ['Author: Andy Sandoval', ['Andy Sandoval']],
    ['Author: John Doe, Jr. and Wren', ['John Doe, Jr.', 'Wren']],
    ['Author: wren@harbour.example', []],
    ['Author: Wren (mailto:wren@harbour.example)', ['Wren']],
  ])('%s', (line, names) => {
    expect(field(line).creators.map(({ name }) => name)).toEqual(names);
  });

  test('an author’s own page, and Anonymous', () => {
    expect(field('Author: Wren (http://harbour.example/wren)').creators).toEqual([
      { name: 'Wren', url: 'http://harbour.example/wren' },
    ]);
    const hidden = field('Author: Anonymous');
    expect(hidden.creators).toEqual([]);
    expect(hidden.unmapped).toEqual([expect.stringContaining('Anonymous')]);
  });

  test.each([
    ['Rating: PG-13', 'PG-13', 0],
    ['Rating: Teen And Up Audiences', 'Teen And Up Audiences', 0],
    ['RATING: NC-17 for sex and language', 'NC-17', 1],
    ['Rating: R (violence)', 'R', 1],
    ['Rating: K+', 'K+', 0],
    ['Rating: suitable for all', 'suitable for all', 0],
  ])('%s', (line, rating, named) => {
    const work = field(line);
    expect(work.rating).toBe(rating);
    expect(work.unmapped).toHaveLength(named);
  });

  test('a warning is one of the archive’s only by its exact name', () => {
    expect(field('Warnings: Rape/Non-Con, character death, Violence').warnings).toEqual(['Rape/Non-Con']);
    expect(field('Warnings: Rape/Non-Con, character death').freeforms).toEqual(['character death']);
    expect(field('Warning: Underage').warnings).toEqual(['Underage']);
    expect(field('Warnings: none').warnings).toEqual([]);
    expect(field('Warnings: none').unmapped).toEqual(['“Warnings” at the source: none.']);
    const sentence = field('Warnings: This one has a good deal of swearing in it, so beware of that.');
    expect(sentence).toMatchObject({ freeforms: [], notes: { source: expect.stringMatching(/^Warnings: This one/) } });
  });

  test('categories', () => {
    expect(field('Category: F/F, Gen, slash')).toMatchObject({ categories: ['F/F', 'Gen'], freeforms: ['slash'] });
    expect(field('Category: gen')).toMatchObject({ categories: [], freeforms: ['gen'] });
    expect(field('Genre: Hurt/Comfort, Humor').freeforms).toEqual(['Hurt/Comfort', 'Humor']);
  });

  test('characters, pairs among them, a fandom with an article', () => {
    expect(field('Characters: Ivo, Marta.').characters).toEqual(['Ivo', 'Marta']);
    expect(field('Pairing/Characters: Ivo/Marta, Wren')).toMatchObject({
      relationships: ['Ivo/Marta'],
      characters: ['Wren'],
    });
    expect(read('Title: T\nFandom: Marta, the Kettle Slayer; Port Ellory\n\n').fandoms).toEqual([
      'Marta, the Kettle Slayer',
      'Port Ellory',
    ]);
  });

  test.each([
    ['Status: Complete', 'complete'],
    ['Complete: yes', 'complete'],
    ['Completed: no', 'in-progress'],
    ['Status: abgeschlossen', 'complete'],
    ['Статус: завершён', 'complete'],
    ['Statut : en cours', 'in-progress'],
  ])('%s', (line, status) => {
    expect(field(line).status).toBe(status);
  });

  test.each([
    ['Series: Harbour Nights #3', { title: 'Harbour Nights', position: 3 }],
    ['Reihe: Teil 2 von Hafennächte', { title: 'Hafennächte', position: 2 }],
    ['Serie: Hafennächte, Teil 2', { title: 'Hafennächte', position: 2 }],
    ['Series: Harbour', { title: 'Harbour' }],
  ])('%s', (line, series) => {
    expect(field(line).series).toEqual([series]);
  });

  test('in HTML, texts are escaped', () => {
    const work = emptyImportedWork();
    const block = findHeaderBlock('Title: A & B\nSummary: <3\n  of it\nNotes: x > y\n\nOnce.');
    if (block) applyHeaderBlock(work, block, 'html');
    expect(work).toMatchObject({
      title: 'A & B',
      summary: { format: 'html', source: '<p>&lt;3<br>of it</p>' },
      notes: { format: 'html', source: '<p>x &gt; y</p>' },
    });
  });
});

describe('a header on one line', () => {
  test('of its own', () => {
    const flat = 'Title: The Kettle Author: Wren Rating: PG-13 Summary: A kettle sings. Nobody knows why.\n\nOnce.';
    expect(fieldsOf(flat)).toEqual([
      ['title', 'The Kettle'],
      ['creators', 'Wren'],
      ['rating', 'PG-13'],
      ['summary', 'A kettle sings. Nobody knows why.'],
    ]);
    expect(read('', flat).body).toBe('Once.');
  });

  test('with the story behind it: the last value ends where its kind says, or is its first sentence and unsure', () => {
    const typed = 'Title: The Kettle Author: Wren Rating: PG-13 The kettle sang. Nobody knew why.';
    expect(fieldsOf(typed)?.at(-1)).toEqual(['rating', 'PG-13']);
    expect(read('', typed).body).toBe('The kettle sang. Nobody knew why.');
    const summary =
      'Title: The Kettle Author: Wren Rating: PG Summary: A kettle sings. The kettle sang. “Oh,” she said.';
    expect(read('', summary)).toMatchObject({
      summary: { source: 'A kettle sings.' },
      body: 'The kettle sang. “Oh,” she said.',
      repairs: [expect.stringContaining('labels'), expect.stringContaining('“Summary”')],
    });
    expect(findHeaderBlock(summary)?.fields.at(-1)?.certainty).toBeLessThan(0.8);
    const unknown = 'Rating: PG Title: The Kettle Words: 900 Author: Wren Once there was a kettle, and it sang.';
    expect(fieldsOf(unknown)?.map(([name]) => name)).toEqual(['rating', 'title', 'words']);
    expect(read('', unknown).body).toMatch(/^Author: Wren Once/);
  });

  test('in Chinese', () => {
    expect(fieldsOf('标题：茶壶 作者：小明 分级：PG 简介：茶壶会唱歌。\n\n从前。')).toEqual([
      ['title', '茶壶'],
      ['creators', '小明'],
      ['rating', 'PG'],
      ['summary', '茶壶会唱歌。'],
    ]);
  });

  test('two labels are not enough, nor labels in small letters', () => {
    expect(findHeaderBlock('Title: The Kettle Author: Wren Once there was a kettle.')).toBeNull();
    expect(findHeaderBlock('Her title: queen. Her author: me. The rating: poor. The summary: he died.')).toBeNull();
  });
});

describe('a header in HTML', () => {
  test.each([
    '<p><b>Title:</b> Tea &amp; Fog<br />\n<b>Author:</b> Wren<br />\n<b>Rating:</b> PG</p>\n<p>Once.</p>',
    '<p>Title: Tea &amp; Fog</p><p>Author: Wren</p><p>Rating: PG</p><hr><p>Once.</p>',
    '<div><b>Title: Tea &amp; Fog<br>Author: Wren<br>Rating: PG</b><br><br><p>Once.</p></div>',
    'Title: Tea &amp; Fog<br>Author: Wren<br>Rating: PG<br><br><p>Once.</p>',
    '<html><head><title>x</title><style>p{}</style></head><body><p>Title: Tea &amp; Fog<br>Author: Wren<br>Rating: PG</p><p>Once.</p>',
  ])('is cut out of %s', (html) => {
    const found = findHtmlHeaderBlock(html);
    expect(found?.block.fields.map(({ name, value }) => [name, value])).toEqual([
      ['title', 'Tea & Fog'],
      ['creators', 'Wren'],
      ['rating', 'PG'],
    ]);
    expect(found?.rest).toMatch(/(?:^|<body>)(?:<p>)?Once\.<\/p>/);
    const [title] = found?.block.fields ?? [];
    expect(html.slice(title?.valueFrom, title?.valueTo)).toBe('Tea &amp; Fog');
  });

  test('whatever the page, places are in order, and what is left is the page without the block', () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<br>',
      '<b>Title:</b> Tea &amp; Fog',
      'Author: Wren',
      '<i>Rating</i>: PG',
      'Summary: One&nbsp;kettle.',
      'Once.',
      '<!-- x',
      '<style>p',
      '&',
      '<',
      '\n',
      '\ud800',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 16 }), (pieces) => {
        const html = pieces.join('');
        const found = findHtmlHeaderBlock(html);
        const places = (found?.block.fields ?? []).flatMap((field) => [
          field.labelFrom,
          field.labelTo,
          field.valueFrom,
          field.valueTo,
        ]);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        const [from, to] = [found?.block.from ?? 0, found?.block.to ?? 0];
        expect(found?.rest ?? html).toBe(html.slice(0, from) + html.slice(to));
        expect(from <= (places[0] ?? 0) && (places.at(-1) ?? 0) <= to).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('ordinary HTML has none', () => {
    expect(findHtmlHeaderBlock('<p>Once.</p><p>Twice: never.</p>')).toBeNull();
  });
});

describe('whatever the text', () => {
  const piece = fc.constantFrom(
    'Title: The Kettle',
    '**Author:** Wren',
    'RATING: PG-13',
    'Summary: A kettle.',
    '  indented',
    'Notes:',
    'Mood: blue',
    'Marta: I told you.',
    'The kettle sang.',
    '',
    '***',
    'Title: A Author: B Rating: PG',
    '作者：小明',
    'E-mail: a@b.example',
    '\r',
  );

  test('places are in order, inside the block, and say what stands there', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), fc.constantFrom('\n', '\r\n', '\n\n', ' '), (pieces, end) => {
        const text = pieces.join(end);
        const block = findHeaderBlock(text);
        if (!block) return;
        let at = block.from;
        for (const field of block.fields) {
          expect(field.labelFrom).toBeGreaterThanOrEqual(at);
          expect(field.labelTo).toBeGreaterThanOrEqual(field.labelFrom);
          expect(field.valueFrom).toBeGreaterThanOrEqual(field.labelTo);
          expect(field.valueTo).toBeGreaterThanOrEqual(field.valueFrom);
          expect(text.slice(field.labelFrom, field.labelTo)).toContain(field.label);
          expect(text.slice(field.valueFrom, field.valueTo).match(/\S+/g)).toEqual(field.value.match(/\S+/g));
          at = field.valueTo;
        }
        expect(at).toBeLessThanOrEqual(block.to);
        expect(block.to).toBeLessThanOrEqual(text.length);
        // What stands between two fields, and after the last, is only what parts them.
        const between = block.fields.map((field, i) =>
          text.slice(field.valueTo, block.fields[i + 1]?.labelFrom ?? block.to),
        );
        for (const parting of between) expect(parting).toMatch(/^[\s|*;·•]*$/);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['labels', 'Title: x\n'.repeat(200_000)],
    ['labels on one line', 'Title: x Author: y Rating: z '.repeat(100_000)],
    ['colons', ':'.repeat(2_000_000)],
    ['capitals', 'Aa '.repeat(700_000)],
    ['capital colons', 'A: '.repeat(700_000)],
    ['marks', '*'.repeat(2_000_000)],
    ['blank lines', '\n'.repeat(2_000_000)],
    ['addresses', `Title: x\nAuthor: ${'a@'.repeat(1_000_000)}\nRating: PG\n`],
    ['dots', `Title: x\nSummary: ${'.'.repeat(2_000_000)}\nRating: PG\n`],
    ['tags', '<b'.repeat(1_000_000)],
  ])('two megabytes of %s take little time', (_, text) => {
    const started = performance.now();
    takeHeader(emptyImportedWork(), text, 'text');
    findHtmlHeaderBlock(text);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

test('plain text is read with its header; with front matter, a header stays text', () => {
  const result = plainTextReader.read(fileOf(`Title: T\nAuthor: Wren\n\nChapter 1\n\nOnce.\n\nChapter 2\n\nTwice.`));
  expect(result).toMatchObject({ ok: true, work: { title: 'T', creators: [{ name: 'Wren' }] } });
  expect(result.ok && result.work.chapters.map((chapter) => chapter.text.source)).toEqual([
    '<p>Once.</p>',
    '<p>Twice.</p>',
  ]);
  const front = plainTextReader.read(fileOf('---\ntitle: A\n---\nTitle: B\nAuthor: Wren\n\nOnce.'));
  expect(front).toMatchObject({ ok: true, work: { title: 'A', creators: [] } });
  expect(plainTextReader.read(fileOf('Title: T\nAuthor: Wren\n')).ok).toBe(false);
});
