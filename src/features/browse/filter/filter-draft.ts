/** A filter while it is being read, one parameter after another, with the mistakes found so far. */
import { choicesOf, fieldOf, isListLeaf, isOtherParameter, type OtherParameter } from './fields.ts';
import { leavesOf } from './expressions.ts';
import { readLeaf, tooLongList } from './leaves.ts';
import { LAST_PAGE, MOST_CHARACTERS, MOST_IN_LIST, MOST_LEAVES, MOST_PARAMETERS, MOST_PER_PAGE } from './limits.ts';
import { FIELD_LABELS } from './describe-leaf.ts';
import { note, quoted, quotedPlain, type Refusal } from './mistakes.ts';
import { normalFilter } from './normal-filter.ts';
import { noWords, parseQ } from './parse-q.ts';
import { parametersOf } from './print-filter.ts';
import { type FilterSort, printSort, readSort, whyNoSort } from './sorts.ts';
import {
  type Expression,
  type FilterMistake,
  type FilterReading,
  type Leaf,
  NO_FILTER,
  type WorkFilter,
} from './work-filter.ts';

export interface FilterDraft {
  include: Leaf[];
  exclude: Leaf[];
  qs: Expression[];
  /** Characters of all of them: several `q` together are one, and as long as one may be. */
  qCharacters: number;
  inText: boolean;
  sort: FilterSort | null;
  page: number | null;
  per: number | null;
  mistakes: FilterMistake[];
}

export function emptyDraft(): FilterDraft {
  return {
    include: [],
    exclude: [],
    qs: [],
    qCharacters: 0,
    inText: false,
    sort: null,
    page: null,
    per: null,
    mistakes: [],
  };
}

/** Adds one parameter. An empty value of a known parameter asks for nothing: forms send them. */
export function takeParameter(draft: FilterDraft, name: string, value: string): void {
  const condition = fieldOf(name);
  const other = isOtherParameter(name) ? name : null;
  const refuse = (why: Refusal) => note(draft.mistakes, name, value, why);
  if (condition === null && other === null) {
    return refuse({
      sentence: `There is no parameter ${quoted(name)}.`,
      plain: `The address asks for ${quotedPlain(name)}, by which no list can be narrowed.`,
    });
  }
  if (value.length > MOST_CHARACTERS) return refuse(tooLong(name));
  if (condition !== null) return takeCondition(draft, name, condition.field, condition.side, value);
  if (other !== null && value.trim() !== '') takeOther(draft, other, value);
}

/** Adds a condition; mistakes name the parameter that it came by. */
export function takeCondition(
  draft: FilterDraft,
  parameter: string,
  field: Parameters<typeof readLeaf>[0],
  side: 'include' | 'exclude',
  value: string,
): void {
  const reading = readLeaf(field, value);
  if ('sentence' in reading) note(draft.mistakes, parameter, value, reading);
  else if (reading.leaf !== null) draft[side].push(reading.leaf);
}

/** The filter in normal form, or all mistakes: those of single parameters, and of what they come to together. */
export function finishDraft(draft: FilterDraft): FilterReading {
  if (draft.mistakes.length > 0) return { mistakes: draft.mistakes };
  const filter = normalFilter({
    include: draft.include,
    exclude: draft.exclude,
    q: draft.qs.length === 0 ? null : { all: draft.qs },
    inText: draft.inText,
    sort: draft.sort ?? NO_FILTER.sort,
    page: draft.page ?? 1,
    per: draft.per,
  });
  const mistakes = overLimits(filter);
  return mistakes.length > 0 ? { mistakes } : { filter };
}

/** What a filter in normal form holds too much of, so that what it prints could not be read again. */
export function overLimits(filter: WorkFilter): FilterMistake[] {
  const mistakes: FilterMistake[] = [];
  const parameters = parametersOf(filter);
  const leaves = filter.include.length + filter.exclude.length + leavesOf(filter.q).length;
  const [name, value] = parameters[MOST_PARAMETERS] ?? [];
  if (name !== undefined && value !== undefined) note(mistakes, name, value, TOO_MANY);
  if (leaves > MOST_LEAVES) {
    note(mistakes, 'q', String(leaves), { sentence: `A filter takes at most ${MOST_LEAVES} conditions.` });
  }
  for (const leaf of [...filter.include, ...filter.exclude]) {
    if (!isListLeaf(leaf) || choicesOf(leaf).length <= MOST_IN_LIST) continue;
    note(mistakes, leaf.field, choicesOf(leaf).join(','), tooLongList(leaf.field));
  }
  for (const [name, value] of parameters) {
    if (value.length > MOST_CHARACTERS) note(mistakes, name, value, tooLong(name));
  }
  return mistakes;
}

export const TOO_MANY: Refusal = {
  sentence: `A filter takes at most ${MOST_PARAMETERS} parameters.`,
  plain: `A filter takes at most ${MOST_PARAMETERS} conditions.`,
};

/** For a value that is longer than any is read. `name`: the parameter, or the field of the form. */
export function tooLong(name: string): Refusal {
  const most = `at most ${MOST_CHARACTERS.toLocaleString('en')} characters.`;
  const field = fieldOf(name.replace(/-(?:any|more)$/, ''))?.field;
  const label = field === undefined ? (name === 'q' ? 'A search' : quotedPlain(name)) : FIELD_LABELS[field];
  return { sentence: `${quoted(name)} takes ${most}`, plain: `${label}: ${most}` };
}

/** What cannot be asked for twice. */
const TWICE: Readonly<Record<OtherParameter, string>> = {
  q: 'searches',
  in: 'places',
  sort: 'orders',
  page: 'pages',
  per: 'lengths of a page',
};

function takeOther(draft: FilterDraft, name: OtherParameter, value: string): void {
  const refuse = (sentence: string, plain?: string) =>
    note(draft.mistakes, name, value, { sentence, ...(plain === undefined ? {} : { plain }) });
  const once = <Value>(before: Value | null, now: Value, print: (value: Value) => string): Value => {
    if (before !== null && print(before) !== print(now))
      refuse(`${name} is given twice, with different values.`, `The address asks for two ${TWICE[name]} at once.`);
    return now;
  };
  switch (name) {
    case 'q':
      return takeQ(draft, value);
    case 'in':
      if (value.trim() !== 'text') {
        return refuse(
          `in takes text and nothing else, not ${quoted(value)}.`,
          `Words can be looked for inside the stories, not in ${quotedPlain(value)}.`,
        );
      }
      draft.inText = true;
      return;
    case 'sort': {
      const sort = readSort(value);
      if (sort === null) return refuse(whyNoSort(quoted(value)), `There is no order called ${quotedPlain(value)}.`);
      draft.sort = once(draft.sort, sort, printSort);
      return;
    }
    case 'page': {
      const page = wholeNumber(value, LAST_PAGE);
      if (page === null) {
        return refuse(
          `page takes a whole number from 1, not ${quoted(value)}.`,
          `The address asks for page ${quotedPlain(value)}; pages are numbered from 1.`,
        );
      }
      draft.page = once(draft.page, page, String);
      return;
    }
    case 'per': {
      const per = wholeNumber(value, MOST_PER_PAGE);
      if (per === null) {
        return refuse(
          `per takes a whole number from 1 to ${MOST_PER_PAGE}, not ${quoted(value)}.`,
          `The address asks for ${quotedPlain(value)} works a page; a page has 1 to ${MOST_PER_PAGE}.`,
        );
      }
      draft.per = once(draft.per, per, String);
    }
  }
}

function takeQ(draft: FilterDraft, value: string): void {
  draft.qCharacters += value.length;
  if (draft.qCharacters > MOST_CHARACTERS) return note(draft.mistakes, 'q', value, tooLong('q'));
  const reading = parseQ(value);
  if ('mistakes' in reading) for (const mistake of reading.mistakes) note(draft.mistakes, 'q', mistake.value, mistake);
  else if (reading.expression !== null) draft.qs.push(reading.expression);
  else note(draft.mistakes, 'q', value, noWords(value));
}

function wholeNumber(value: string, most: number): number | null {
  const number = /^[1-9]\d{0,9}$/.test(value.trim()) ? Number(value) : null;
  return number !== null && number <= most ? number : null;
}
