/** From what a source says to what the archive can hold: nothing is guessed but the language, nothing is lost in silence. */
import { describe, expect, test } from 'vitest';
import type { Term } from '../../tags/index.ts';
import { NO_OPTIONS, type ImportOptions } from '../import-options.ts';
import { emptyImportedWork, type ImportedWork } from '../imported-work.ts';
import { addressKey } from './source-keys.ts';
import { optionProblem, settle, settleDay, type Known } from './settle.ts';

const term = (code: string, label: string, name = label): Term => ({
  code,
  label,
  short: '',
  adult: false,
  tag: { id: 1, name },
});
const known: Known = {
  vocabulary: {
    ratings: [term('not-rated', 'Not Rated'), term('teen', 'Teen And Up Audiences')],
    warnings: [
      term('not-said', 'Creator Chose Not To Use Archive Warnings', 'Choose Not To Use Archive Warnings'),
      term('none', 'No Archive Warnings Apply'),
    ],
    categories: [term('f-f', 'F/F'), term('gen', 'Gen')],
    statuses: [],
  },
  languages: [
    { code: 'en', name: 'English', english: 'English', direction: 'ltr' },
    { code: 'es', name: 'Español', english: 'Spanish', direction: 'ltr' },
    { code: 'pt-BR', name: 'Português brasileiro', english: 'Portuguese (Brazil)', direction: 'ltr' },
    { code: 'zh', name: '中文', english: 'Chinese', direction: 'ltr' },
  ],
  now: Date.UTC(2026, 5, 15),
  guessLanguage: (text) => (text.includes('abeja') ? 'es' : null),
};
const LONG = 'The hive hummed in the garden at the end of the lane. '.repeat(4);

function settled(said: Partial<ImportedWork>, options: Partial<ImportOptions> = {}) {
  const text = { format: 'text' as const, source: LONG };
  return settle(
    { ...emptyImportedWork(), chapters: [{ text }], ...said },
    { ...NO_OPTIONS, ...options },
    known,
    'the file',
  );
}
const namesOf = (work: ReturnType<typeof settled>, kind: string) =>
  work.tags.filter((tag) => tag.kind === kind).map((tag) => tag.name);

describe('a source that says nothing', () => {
  test('has nothing guessed: no rating, no warning, no category, no creator, no date', () => {
    expect(settled({})).toMatchObject({
      title: 'the file',
      language: null,
      rating: null,
      tags: [],
      creators: [],
      postedAt: null,
      updatedAt: null,
      repairs: [],
      unmapped: [],
    });
  });

  test('may be filled by the person, who is not asked where the file speaks', () => {
    const options = {
      fandoms: ['Emma'],
      rating: 'teen',
      warnings: ['none'],
      categories: ['Gen'],
      creators: ['wren'],
      language: 'en',
      freeforms: ['From my shelf'],
    };
    const empty = settled({}, options);
    expect(empty).toMatchObject({ rating: { code: 'teen' }, language: 'en', creators: [{ name: 'wren' }] });
    expect(namesOf(empty, 'fandom')).toEqual(['Emma']);
    expect(namesOf(empty, 'warning')).toEqual(['No Archive Warnings Apply']);
    const speaking = settled(
      {
        fandoms: ['Dracula'],
        rating: 'Not Rated',
        warnings: ['Choose Not To Use Archive Warnings'],
        categories: ['F/F'],
        creators: [{ name: 'ada' }],
        language: 'Español',
        freeforms: ['Bees'],
      },
      options,
    );
    expect(speaking).toMatchObject({ rating: { code: 'not-rated' }, language: 'es', creators: [{ name: 'ada' }] });
    expect(namesOf(speaking, 'fandom')).toEqual(['Dracula']);
    expect(namesOf(speaking, 'warning')).toEqual(['Choose Not To Use Archive Warnings']);
    expect(namesOf(speaking, 'category')).toEqual(['F/F']);
    expect(namesOf(speaking, 'freeform')).toEqual(['Bees', 'From my shelf']);
  });
});

describe('the archive’s own words', () => {
  test.each(['Teen And Up Audiences', 'teen and up audiences', 'teen', ' TEEN '])(
    'the rating %j is found',
    (rating) => {
      expect(settled({ rating }).rating?.code).toBe('teen');
    },
  );

  test.each(['Teen-ish', 'NC-17', 'PG'])('the rating %j is not guessed at, and named', (rating) => {
    expect(settled({ rating })).toMatchObject({
      rating: null,
      unmapped: [`The rating "${rating}" is none of this archive's.`],
    });
  });

  test('warnings are found by label and by tag name, once each; others are named', () => {
    const work = settled({
      warnings: ['Creator Chose Not To Use Archive Warnings', 'Choose Not To Use Archive Warnings', 'Spiders'],
      categories: ['F/F', 'Sideways'],
    });
    expect(namesOf(work, 'warning')).toEqual(['Choose Not To Use Archive Warnings']);
    expect(work.unmapped).toEqual([
      'The archive warning "Spiders" is none of this archive\'s.',
      'The category "Sideways" is none of this archive\'s.',
    ]);
    expect(work.labels).toContain('Spiders');
  });
});

describe('languages', () => {
  test.each([
    ['en', 'en'],
    ['EN', 'en'],
    ['en-GB', 'en'],
    ['en_US', 'en'],
    ['pt-br', 'pt-BR'],
    ['zh-Hant-TW', 'zh'],
    ['español', 'es'],
    ['Spanish', 'es'],
    ['中文', 'zh'],
  ])('%s is found as %s', (said, code) => {
    expect(settled({ language: said })).toMatchObject({ language: code, repairs: [], unmapped: [] });
  });

  test('one that the archive does not know is named, and no other guessed for it', () => {
    const work = settled({
      language: 'Klingonese',
      chapters: [{ text: { format: 'text', source: 'La abeja. '.repeat(40) } }],
    });
    expect(work).toMatchObject({ language: null, unmapped: ['The language "Klingonese" is none of this archive\'s.'] });
  });

  test('is guessed from a text that says none, and the guess is told', () => {
    const chapters = [{ text: { format: 'html' as const, source: `<p>${'La abeja vuela. '.repeat(20)}</p>` } }];
    expect(settled({ chapters })).toMatchObject({
      language: 'es',
      repairs: ['The file names no language; it reads as Spanish.'],
    });
  });

  test('is not guessed from a few words', () => {
    expect(settled({ chapters: [{ text: { format: 'text', source: 'La abeja.' } }] }).language).toBeNull();
  });
});

describe('dates', () => {
  test.each([
    ['2012-02-29', Date.UTC(2012, 1, 29)],
    ['2026-06-15', Date.UTC(2026, 5, 15)],
    [' 1999-12-31 ', Date.UTC(1999, 11, 31)],
    ['2013-02-29', null],
    ['2026-06-16', null],
    ['1949-12-31', null],
    ['12-2-3', null],
    ['yesterday', null],
    [undefined, null],
  ])('%s is %s', (said, time) => {
    expect(settleDay(said, known.now)).toBe(time);
  });

  test('tomorrow is today already for somebody at UTC+14', () => {
    const tomorrow = Date.UTC(2026, 5, 16);
    const begun = tomorrow - 14 * 3_600_000;
    expect(settleDay('2026-06-16', begun)).toBe(tomorrow);
    expect(settleDay('2026-06-16', begun - 1)).toBeNull();
  });

  test('a work is dated by what its source says of either, and never updated before it was posted', () => {
    const [early, late] = [Date.UTC(2012, 0, 1), Date.UTC(2013, 0, 1)];
    expect(settled({ published: '2012-01-01', updated: '2013-01-01' })).toMatchObject({
      postedAt: early,
      updatedAt: late,
    });
    expect(settled({ published: '2013-01-01', updated: '2012-01-01' })).toMatchObject({
      postedAt: late,
      updatedAt: late,
    });
    expect(settled({ updated: '2012-01-01' })).toMatchObject({ postedAt: early, updatedAt: early });
  });

  test('a date that is none is named', () => {
    expect(settled({ published: '2030-01-01' })).toMatchObject({
      postedAt: null,
      unmapped: ['The date "2030-01-01" is no day between 1950 and today.'],
    });
  });
});

describe('tags', () => {
  test('that hold what no tag can hold are written another way, and that is told', () => {
    const work = settled({ freeforms: ['100% tea', '  Slow   Burn '], fandoms: ['Dracula, or the Count'] });
    expect(namesOf(work, 'freeform')).toEqual(['100٪ tea', 'Slow Burn']);
    expect(namesOf(work, 'fandom')).toEqual(['Dracula; or the Count']);
    expect(work.repairs).toEqual([
      'The tag "Dracula, or the Count" is written "Dracula; or the Count" here.',
      'The tag "100% tea" is written "100٪ tea" here.',
    ]);
  });

  test('that are too long have no place, and are named whole', () => {
    const name = 'x'.repeat(151);
    const work = settled({ freeforms: [name, ' '] });
    expect(namesOf(work, 'freeform')).toEqual([]);
    expect(work.unmapped).toEqual([`The tag "${name}" is longer than 150 characters.`]);
  });
});

describe('how far a work has come', () => {
  const text = { format: 'text' as const, source: LONG };
  const three = [{ text }, { text }, { text }];

  test.each([
    ['one text that says nothing of more', {}, 'in-progress', 1],
    ['several that say nothing', { chapters: three }, 'in-progress', null],
    ['complete', { chapters: three, status: 'complete' }, 'in-progress', 3],
    ['planned', { chapters: three, plannedChapters: 9 }, 'in-progress', 9],
    ['planned fewer than there are', { chapters: three, plannedChapters: 2 }, 'in-progress', 3],
    ['a question mark', { plannedChapters: null }, 'in-progress', null],
    ['on hiatus', { status: 'on-hiatus' }, 'on-hiatus', null],
  ] as [string, Partial<ImportedWork>, string, number | null][])('%s', (_, said, status, plannedChapters) => {
    expect(settled(said)).toMatchObject({ status, plannedChapters });
  });
});

describe('source addresses', () => {
  test('other than http are named and not kept', () => {
    for (const sourceUrl of ['javascript:alert(1)', 'file:///etc/passwd', 'works/7']) {
      expect(settled({ sourceUrl })).toMatchObject({
        sourceUrl: null,
        unmapped: [`The source address "${sourceUrl}" is no web address.`],
      });
    }
    expect(settled({ sourceUrl: 'http://elsewhere.example/works/7' }).sourceUrl).toBe(
      'http://elsewhere.example/works/7',
    );
  });

  test('are known again whatever stands around them', () => {
    const keys = [
      'https://archive.example/works/7',
      'http://archive.example/works/7/',
      'https://www.Archive.example/works/7',
      'https://archive.example/works/7#chapter-2',
    ].map(addressKey);
    expect(new Set(keys).size).toBe(1);
    expect(addressKey('https://archive.example/works?id=7')).not.toBe(addressKey('https://archive.example/works?id=8'));
  });
});

describe('options that name nothing', () => {
  test.each([
    [{ rating: 'nc-17' }, '--rating "nc-17"'],
    [{ warnings: ['none', 'spiders'] }, '--warning "spiders"'],
    [{ categories: ['sideways'] }, '--category "sideways"'],
    [{ language: 'xx' }, '--language "xx"'],
  ])('%j', (options, named) => {
    expect(optionProblem({ ...NO_OPTIONS, ...options }, known)).toContain(named);
  });

  test('those that can be used are fine', () => {
    const options = {
      rating: 'teen',
      warnings: ['No Archive Warnings Apply'],
      categories: ['f-f'],
      language: 'Español',
    };
    expect(optionProblem({ ...NO_OPTIONS, ...options }, known)).toBeNull();
  });
});
