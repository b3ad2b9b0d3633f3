import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chapterPath, creatorPath, isComplete, missingForPosting, overLimits, titleSlug, workPath } from './work.ts';
import { fieldFromNames, namesFromField } from './tag-fields.ts';

const whole = {
  title: 'The Bees',
  language: 'en',
  tags: [{ kind: 'rating' }, { kind: 'warning' }, { kind: 'fandom' }] as const,
  chapters: 1,
};

describe('what a work needs before it can be posted', () => {
  test('a title, a language, a rating, a warning, a fandom and a text', () => {
    expect(missingForPosting(whole)).toEqual([]);
    expect(missingForPosting({ title: '', language: null, tags: [], chapters: 0 })).toEqual([
      'title',
      'language',
      'rating',
      'warning',
      'fandom',
      'text',
    ]);
  });

  test('other tags do not stand in for them', () => {
    const tags = [{ kind: 'category' }, { kind: 'freeform' }, { kind: 'character' }] as const;
    expect(missingForPosting({ ...whole, tags })).toEqual(['rating', 'warning', 'fandom']);
    expect(missingForPosting({ ...whole, title: ' \n' })).toEqual(['title']);
  });
});

describe('the field’s limits', () => {
  const slim = { title: 'a', summary: '', notes: '', endNotes: '', tags: [], chapters: [{ html: '<p>a</p>' }] };

  test('at the limit nothing is said', () => {
    expect(
      overLimits({
        title: 'x'.repeat(255),
        summary: 'x'.repeat(1_250),
        notes: 'x'.repeat(5_000),
        endNotes: 'x'.repeat(5_000),
        tags: [
          ...Array.from({ length: 75 }, () => ({ kind: 'freeform' as const })),
          { kind: 'rating' },
          { kind: 'warning' },
        ],
        chapters: [{ html: 'x'.repeat(510_000) }],
      }),
    ).toEqual([]);
  });

  test.each([
    [{ title: 'x'.repeat(256) }, 'The title: 256 characters, over the limit of 255.'],
    [{ summary: 'x'.repeat(1_251) }, 'The summary: 1251 characters, over the limit of 1250.'],
    [{ notes: 'x'.repeat(5_001) }, 'The notes: 5001 characters, over the limit of 5000.'],
    [{ endNotes: 'x'.repeat(5_001) }, 'The end notes: 5001 characters, over the limit of 5000.'],
    [
      { chapters: [{ html: '' }, { html: 'x'.repeat(510_001) }] },
      'Chapter 2: 510001 characters, over the limit of 510000.',
    ],
    [
      { tags: Array.from({ length: 76 }, () => ({ kind: 'character' as const })) },
      'The work: 76 tags, over the limit of 75.',
    ],
  ])('one beyond is said in a sentence: $1', (plan, sentence) => {
    expect(overLimits({ ...slim, ...plan })).toEqual([sentence]);
  });
});

describe('titles in addresses', () => {
  test('any title makes a piece of path: never empty, never a word that means something there', () => {
    const title = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.constantFrom('Edit', 'DELETE!', '—'),
    );
    fc.assert(
      fc.property(title, (said) => {
        const slug = titleSlug(said);
        expect(slug).not.toBe('');
        expect(slug).not.toMatch(/[/?#\s&"'<>]/);
        expect(['chapters', 'edit', 'delete', 'original', 'review', '.', '..']).not.toContain(slug);
        expect([...decodeURIComponent(slug)].length).toBeLessThanOrEqual(61);
      }),
      { numRuns: 1_000 },
    );
  });

  test('a long title of rare characters is cut between them', () => {
    expect(titleSlug(`a${'𠀀'.repeat(100)}`)).toBe(encodeURIComponent(`a${'𠀀'.repeat(59)}`));
  });

  test.each([
    ['The Bees of Sussex', 'the-bees-of-sussex'],
    ['Don’t — Stop!', 'dont-stop'],
    ['Où est Ægir?', 'ou-est-%C3%A6gir'],
    ['  ', 'work'],
    ['***', 'work'],
    ['Edit', 'edit-'],
  ])('%j becomes %s', (title, slug) => {
    expect(titleSlug(title)).toBe(slug);
  });

  test('paths begin with the public id, which alone finds the work', () => {
    const work = { publicId: 'k3m9x2q4zt', title: 'The Bees' };
    expect(workPath(work)).toBe('/works/k3m9x2q4zt/the-bees');
    expect(chapterPath(work, { publicId: 'aaaaaaaaaa' })).toBe('/works/k3m9x2q4zt/the-bees/chapters/aaaaaaaaaa');
    expect(creatorPath({ publicId: 'bbbbbbbbbb', name: 'Ada L.' })).toBe('/creators/bbbbbbbbbb/ada-l');
  });
});

test('complete means as many chapters posted as planned', () => {
  expect(isComplete({ plannedChapters: 3, postedChapters: 3 })).toBe(true);
  expect(isComplete({ plannedChapters: 3, postedChapters: 2 })).toBe(false);
  expect(isComplete({ plannedChapters: null, postedChapters: 20 })).toBe(false);
});

describe('tags as people type them', () => {
  test('commas of any script separate, each name counts once, in order', () => {
    expect(namesFromField(' Dracula,  The   Odyssey，西游记、dracula,\nEmma,, ')).toEqual([
      'Dracula',
      'The Odyssey',
      '西游记',
      'Emma',
    ]);
  });

  test('the field shows what was read from it', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'B', 'é', '中', '/', '&', ' ') });
    fc.assert(
      fc.property(fc.array(name), (names) => {
        const read = namesFromField(fieldFromNames(names));
        expect(namesFromField(fieldFromNames(read))).toEqual(read);
      }),
    );
  });
});
