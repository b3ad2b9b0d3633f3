/** Filters and expressions of every shape, for the properties that hold of all of them. */
import fc from 'fast-check';
import { DATE_FIELDS, FLAG_FIELDS, RANGE_FIELDS, TEXT_PLACES } from './work-filter.ts';
import type { Expression, Leaf, TextLeaf, WorkFilter } from './work-filter.ts';
import { FIELDS, isListField, type ListField, listLeaf, type ParameterLeaf } from './fields.ts';
import { normalFilter } from './normal-filter.ts';
import { SORT_NAMES } from './sorts.ts';

/** Words that the grammar could take for something else. */
const TRICKY = [
  'OR',
  'AND',
  'NOT',
  'NEAR',
  'NEAR(a b, 3)',
  '||',
  '&&',
  '-',
  '--a',
  '-angst',
  'a*',
  '**',
  'm/m',
  'Rape/Non-Con',
  'Re:Zero',
  'words',
  'words:5',
  'kudos>100',
  'kudo>1',
  '>5',
  ':',
  'tags:5',
  '5',
  '1..5',
  '10-20',
  '"',
  'say "hi"',
  '\\',
  '\\"',
  'a\\',
  '(',
  ')',
  'Sherlock (TV)',
  '“curly”',
  '&',
  'Holmes & Watson',
  '=',
  '+',
  '%2C',
  'a+b',
  'not-fandom:x',
  'title:x',
  'in:text',
  'sort:kudos',
  '#',
  '?',
  "d'Artagnan",
  'ﬁ',
  'ß',
  'İ',
  '蜂の歌',
  'क्षि',
  '👩‍👩‍👧',
  '\u202e',
  '\u0000x',
  'é',
  'e\u0301',
  '\ud800',
];

const codeUnit = fc.oneof(fc.nat(0x7f), fc.nat(0xffff)).map((code) => String.fromCharCode(code));
/** Any UTF-16 units at all, halves of characters too. (fast-check's own `binary` takes a second to set up.) */
export const anyUnits = (maxLength: number): fc.Arbitrary<string> => fc.string({ unit: codeUnit, maxLength });

const word = fc.oneof(
  fc.constantFrom(...TRICKY),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  anyUnits(8).filter((units) => units !== ''),
  fc.stringMatching(/^[a-z ]{1,12}$/),
);
const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
const whole = fc.oneof(fc.nat(30), fc.nat(2_000_000), fc.constant(999_999_999_999_999));
const span = fc
  .tuple(fc.option(whole), fc.option(whole))
  .map(([one, other]) =>
    one !== null && other !== null && one > other ? { from: other, to: one } : { from: one, to: other },
  )
  .filter(({ from, to }) => from !== null || to !== null);

const days = fc.date({ min: new Date('1001-01-01'), max: new Date('9998-12-31'), noInvalidDate: true });
const date = fc.tuple(days, fc.constantFrom(4, 7, 10)).map(([day, length]) => day.toISOString().slice(0, length));
const ago = fc.nat(36_500);
const dates = fc.oneof(
  date.map((one) => ({ from: { date: one }, to: { date: one } })),
  fc.tuple(date, date).map(([one, other]) => {
    const [from = one, to = other] = [one, other].map((text) => text.slice(0, 4)).sort();
    return { from: { date: from }, to: { date: to } };
  }),
  date.map((one) => ({ from: { date: one }, to: null })),
  date.map((one) => ({ from: null, to: { date: one } })),
  ago.map((daysAgo) => ({ from: { daysAgo }, to: null })),
  ago.map((daysAgo) => ({ from: null, to: { daysAgo } })),
  ago.map((daysAgo) => ({ from: { daysAgo }, to: { daysAgo } })),
  fc.tuple(date, ago).map(([one, daysAgo]) => ({ from: { date: one }, to: { daysAgo } })),
);

const list = fc
  .tuple(
    fc.constantFrom(...FIELDS.filter((field): field is ListField => isListField(field))),
    fc.array(name, { minLength: 1, maxLength: 3 }),
  )
  .map(([field, choices]) => listLeaf(field, choices));

export const anyParameterLeaf: fc.Arbitrary<ParameterLeaf> = fc.oneof(
  list,
  fc.tuple(fc.constantFrom(...RANGE_FIELDS), span).map(([field, ends]) => ({ field, ...ends })),
  fc.tuple(fc.constantFrom(...DATE_FIELDS), dates).map(([field, ends]) => ({ field, ...ends })),
  fc.tuple(fc.constantFrom(...FLAG_FIELDS), fc.boolean()).map(([field, is]) => ({ field, is })),
);

export const anyTextLeaf: fc.Arbitrary<TextLeaf> = fc.record({
  field: fc.constant('text' as const),
  place: fc.option(fc.constantFrom(...TEXT_PLACES)),
  words: fc.oneof(word, name),
  phrase: fc.boolean(),
  prefix: fc.boolean(),
  near: fc.option(fc.integer({ min: 1, max: 100 }), { freq: 4 }),
});

export const anyLeaf: fc.Arbitrary<Leaf> = fc.oneof(anyParameterLeaf, anyTextLeaf);

/** Not in normal form: empty groups, groups of one, groups within groups of the same kind, things denied twice. */
export const anyExpression: fc.Arbitrary<Expression> = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    { arbitrary: anyLeaf, weight: 4 },
    { arbitrary: fc.array(tie('expression'), { maxLength: 3 }).map((all) => ({ all })), weight: 2 },
    { arbitrary: fc.array(tie('expression'), { maxLength: 3 }).map((any) => ({ any })), weight: 2 },
    { arbitrary: tie('expression').map((not) => ({ not })), weight: 1 },
  ),
})).expression;

const anySort: fc.Arbitrary<WorkFilter['sort']> = fc
  .tuple(fc.constantFrom(...SORT_NAMES), fc.boolean(), fc.nat(2 ** 26 - 1))
  .map(([by, reversed, seed]) => ({ by, reversed, seed: by === 'random' ? seed : null }));

/** As code may put one together: in any order, with doubles. */
export const anyRawFilter: fc.Arbitrary<WorkFilter> = fc.record({
  include: fc.array(anyParameterLeaf, { maxLength: 6 }),
  exclude: fc.array(anyParameterLeaf, { maxLength: 6 }),
  q: fc.option(anyExpression),
  inText: fc.boolean(),
  sort: anySort,
  page: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 1_000_000_000 })),
  per: fc.option(fc.integer({ min: 1, max: 100 })),
});

export const anyFilter: fc.Arbitrary<WorkFilter> = anyRawFilter.map(normalFilter);
