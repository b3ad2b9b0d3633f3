import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FORBIDDEN_IN_TAGS, TAG_CHARACTERS } from '../site/index.ts';
import { admissibleTagName, isTagKind, nameFromSlug, tagNameProblem, tagPath, tagSlug } from './tag.ts';

const anyName = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.string({
    unit: fc.constantFrom('a', '/', '&', '.', '?', '#', 's', 'd', '*', '%', '+', ' ', '中', '😀'),
    minLength: 1,
  }),
);
const tagName = anyName.map(admissibleTagName).filter((name) => tagNameProblem(name) === null);

describe('names in addresses', () => {
  test('the name comes back from the piece of path it is written as', () => {
    fc.assert(
      fc.property(tagName, (name) => {
        const slug = tagSlug(name);
        expect(slug).not.toMatch(/[/?#&.\s]/);
        expect(nameFromSlug(decodeURIComponent(slug))).toBe(name);
      }),
      { numRuns: 500 },
    );
  });

  test('different names have different addresses', () => {
    fc.assert(
      fc.property(tagName, tagName, (one, other) => {
        expect(tagSlug(one) === tagSlug(other)).toBe(one === other);
      }),
    );
  });

  test('they look as they do on AO3', () => {
    expect(tagPath({ kind: 'relationship', name: 'Holmes/Watson' })).toBe('/tags/relationship/Holmes*s*Watson');
    expect(tagPath({ kind: 'freeform', name: 'Mr. & Mrs. #1?' })).toBe('/tags/freeform/Mr*d*%20*a*%20Mrs*d*%20*h*1*q*');
    expect(tagPath({ kind: 'fandom', name: '..' })).toBe('/tags/fandom/*d**d*');
  });
});

describe('names from outside', () => {
  test('whatever it was, it holds nothing forbidden, and is left alone the second time', () => {
    fc.assert(
      fc.property(fc.oneof(anyName, fc.string({ unit: 'binary' })), (name) => {
        const admissible = admissibleTagName(name);
        expect(admissible).not.toMatch(FORBIDDEN_IN_TAGS);
        expect(admissible).not.toMatch(/\p{Cc}/u);
        expect(admissible).toBe(admissible.trim());
        expect(admissibleTagName(admissible)).toBe(admissible);
        const fits = admissible !== '' && [...admissible].length <= TAG_CHARACTERS;
        expect(tagNameProblem(admissible) === null).toBe(fits);
      }),
      { numRuns: 500 },
    );
  });

  test('a name that is fine stays as it is', () => {
    for (const name of ['Sherlock Holmes/John Watson', 'Hurt/Comfort', '银河英雄传说', 'AU - Coffee Shops & Cafés']) {
      expect(admissibleTagName(name)).toBe(name);
    }
  });
});

describe('what is wrong with a name', () => {
  test.each([
    ['', 'needs a name'],
    ['   ', 'needs a name'],
    ['x'.repeat(151), 'longer than 150 characters'],
    ['one, two', 'holds ,'],
    ['<b>', 'holds <'],
    ['100%', 'holds %'],
  ])('%j', (name, problem) => {
    expect(tagNameProblem(name)).toContain(problem);
  });

  test('150 characters are counted as people count them', () => {
    expect(tagNameProblem('😀'.repeat(150))).toBeNull();
    expect(tagNameProblem('😀'.repeat(151))).not.toBeNull();
  });
});

test('a kind is one of eight', () => {
  expect(['fandom', 'freeform', 'media'].every(isTagKind)).toBe(true);
  expect(['Fandom', 'tag', '', 'toString'].some(isTagKind)).toBe(false);
});
