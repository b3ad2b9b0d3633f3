/**
 * Reads what the filter panel sends as a plain HTML form. Beside everything that an address may hold:
 * `words-from`, `words-to`, `updated-from`, `updated-to` (an empty end is open), `fandom-any` (names with commas between,
 * any of which will do), `fandom-more` and `not-fandom-more` (names with commas between, each a condition of its own).
 */
import { choicesFrom } from './choices.ts';
import { fieldOf, isDateField, isListField, isRangeField, isValueField, type ListField } from './fields.ts';
import { emptyDraft, type FilterDraft, finishDraft, takeCondition, takeParameter, tooLong } from './filter-draft.ts';
import { tooLongList } from './leaves.ts';
import { MOST_CHARACTERS, MOST_IN_LIST } from './limits.ts';
import { note, quoted } from './mistakes.ts';
import { noDate, noNumber, readDateEnd, readNumber } from './ranges.ts';
import { type Parameters, parametersToRead } from './read-filter.ts';
import type { DateField, FilterReading, RangeField } from './work-filter.ts';

/** What the form says of itself. */
export const FORM_MARKER = 'form';

type Ends = Map<RangeField | DateField, { from: string; to: string }>;

/** Mistakes name the field of the form. The same limits as in an address; empty fields ask for nothing and are not counted. */
export function filterFromForm(params: Parameters, options: { ignore?: readonly string[] } = {}): FilterReading {
  const draft = emptyDraft();
  const ends: Ends = new Map();
  for (const [name, value] of parametersToRead(draft, filled(params), [FORM_MARKER, ...(options.ignore ?? [])])) {
    if (!takeFormField(draft, ends, name, value)) takeParameter(draft, name, value);
  }
  for (const [field, { from, to }] of ends) takeEnds(draft, field, from, to);
  return finishDraft(draft);
}

/** A panel of forty text fields of which one is filled sends forty. An unknown one is told, filled or not. */
function* filled(params: Parameters): Generator<readonly [string, string]> {
  for (const [name, value] of params) {
    const plain = name.replace(/-(?:from|to|any|more)$/, '');
    if (value.trim() !== '' || fieldOf(plain) === null) yield [name, value];
  }
}

/** @returns whether the name is one that only the form has. */
function takeFormField(draft: FilterDraft, ends: Ends, name: string, value: string): boolean {
  const [, parameter = '', ending] = /^(.*)-(from|to|any|more)$/.exec(name) ?? [];
  const known = fieldOf(parameter);
  if (known === null || ending === undefined) return false;
  const { field, side } = known;
  if ((ending === 'from' || ending === 'to') && side === 'include' && (isRangeField(field) || isDateField(field))) {
    const before = ends.get(field) ?? { from: '', to: '' };
    ends.set(field, { ...before, [ending]: value.trim() });
    return true;
  }
  if (!isListField(field) || (ending === 'any' && side === 'exclude') || ending === 'from' || ending === 'to')
    return false;
  if (value.length > MOST_CHARACTERS) {
    note(draft.mistakes, name, value, tooLong(name));
  } else if (ending === 'any' || isValueField(field)) takeCondition(draft, name, field, side, listText(value));
  else takeEach(draft, name, field, side, value);
  return true;
}

/** Commas of Chinese and Japanese keyboards, and lines, part names too. */
function listText(value: string): string {
  return value.replace(/[，、\n]/g, ',');
}

function takeEach(
  draft: FilterDraft,
  name: string,
  field: ListField,
  side: 'include' | 'exclude',
  value: string,
): void {
  const choices = choicesFrom(field, [listText(value)]);
  if (choices.length > MOST_IN_LIST) note(draft.mistakes, name, value, tooLongList(field));
  else for (const choice of choices) takeCondition(draft, name, field, side, choice);
}

function takeEnds(draft: FilterDraft, field: RangeField | DateField, from: string, to: string): void {
  const first = endOf(draft, field, 'from', from);
  const last = endOf(draft, field, 'to', to);
  if (first === null || last === null || (first === '' && last === '')) return;
  takeCondition(draft, `${field}-from`, field, 'include', `${first}..${last}`);
}

/** The end as `readLeaf` takes it; null when it cannot be read. Thousands may be parted by commas or spaces. */
function endOf(draft: FilterDraft, field: RangeField | DateField, end: 'from' | 'to', said: string): string | null {
  const plain = isRangeField(field) ? said.replace(/(?<=\d)[,\s](?=\d{3}(?!\d))/g, '') : said;
  const read = isRangeField(field) ? readNumber(plain) : readDateEnd(plain);
  if (plain === '' || read !== null) return plain;
  const like = isRangeField(field) ? 'a whole number' : 'a date like 2026-01-31 that the calendar has';
  note(draft.mistakes, `${field}-${end}`, said, {
    sentence: `${field}-${end} takes ${like}, not ${quoted(said)}.`,
    plain: isRangeField(field) ? noNumber(field, said) : noDate(field, said),
  });
  return null;
}
