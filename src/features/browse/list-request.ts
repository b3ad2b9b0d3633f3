/** What a request for a list asks, read from its query string; how much of one is read. Pure. */
import { leavesIn } from './conditions.ts';
import { filterFromForm, FORM_MARKER } from './filter/filter-form.ts';
import { shortened } from './filter/mistakes.ts';
import { readFilter } from './filter/read-filter.ts';
import { NO_FILTER, type FilterMistake, type FilterReading, type WorkFilter } from './filter/work-filter.ts';

/** Characters of a query string that are read. A filter with thirty tags takes about 2,000. */
export const QUERY_CHARACTERS = 8_192;
/** Words, phrases and the like that are looked for at once. */
export const MOST_LOOKED_FOR = 50;
/** Creators and series asked for at once: each is looked for by itself. */
export const MOST_IDS = 100;
/** Carried by addresses that the search box made: what was typed. It narrows nothing. */
export const ASKED = 'asked';
/** Characters of a search that are read. */
export const ASKED_CHARACTERS = 2_000;

export type ListRequest =
  | { filter: WorkFilter; asked: string | null }
  /** The filter panel sent it: it has another address. */
  | { form: WorkFilter }
  /** Something cannot be read; `rest` is what could be, and `typed` what the form held. */
  | { mistakes: readonly FilterMistake[]; rest: WorkFilter; typed: URLSearchParams };

/** `search`: the query string with its question mark, or ''. */
export function readListRequest(search: string): ListRequest {
  if (search.length > QUERY_CHARACTERS) {
    return { mistakes: [tooLong(search)], rest: NO_FILTER, typed: new URLSearchParams() };
  }
  const params = new URLSearchParams(search);
  const isForm = params.get(FORM_MARKER) === '1';
  const read = (given: URLSearchParams) =>
    isForm ? filterFromForm(given, { ignore: [ASKED] }) : readFilter(given, { ignore: [ASKED] });
  const reading = withFewWords(read(params));
  if ('mistakes' in reading) {
    return { mistakes: reading.mistakes, rest: readableRest(params, reading.mistakes, read), typed: params };
  }
  if (isForm) return { form: reading.filter };
  return { filter: reading.filter, asked: shortAsked(params.get(ASKED)) };
}

/** What was typed into the search box, as far as it is read; null for nothing. */
export function shortAsked(said: string | null): string | null {
  const asked = (said ?? '').slice(0, ASKED_CHARACTERS).toWellFormed().trim();
  return asked === '' ? null : asked;
}

/** Looking for a word is what costs most: a search for more of them than a person types is refused. */
export function withFewWords(reading: FilterReading): FilterReading {
  if ('mistakes' in reading) return reading;
  const { include, exclude, q } = reading.filter;
  const byId = [...include, ...exclude, ...leavesIn(q)].filter((leaf) => 'ids' in leaf);
  const ids = byId.reduce((sum, leaf) => sum + leaf.ids.length, 0);
  if (ids > MOST_IDS) {
    const sentence = `A filter takes at most ${MOST_IDS} creators, series and collections, not ${ids}.`;
    return { mistakes: [{ parameter: byId[0]?.field ?? 'creator', value: String(ids), sentence, plain: sentence }] };
  }
  const words = leavesIn(q).filter((leaf) => leaf.field === 'text').length;
  if (words <= MOST_LOOKED_FOR) return reading;
  const most = `at most ${MOST_LOOKED_FOR} words or phrases to look for, not ${words}.`;
  const [sentence, plain] = [`q takes ${most}`, `A search takes ${most}`];
  return { mistakes: [{ parameter: 'q', value: String(words), sentence, plain }] };
}

function tooLong(search: string): FilterMistake {
  const most = QUERY_CHARACTERS.toLocaleString('en');
  const sentence = `An address is read up to ${most} characters, and this one is longer.`;
  return { parameter: 'address', value: shortened(search), sentence, plain: sentence };
}

/** The filter without the parameters that a mistake names: what the panel can show again. */
function readableRest(
  params: URLSearchParams,
  mistakes: readonly FilterMistake[],
  read: (given: URLSearchParams) => FilterReading,
): WorkFilter {
  const wrong = new Set(mistakes.map((mistake) => mistake.parameter));
  const rest = [...params].filter(([name]) => !wrong.has(name) && !endOf(name, wrong));
  const reading = withFewWords(read(new URLSearchParams(rest)));
  return 'filter' in reading ? reading.filter : NO_FILTER;
}

/** A mistake in one end of a range spoils the other. */
function endOf(name: string, wrong: ReadonlySet<string>): boolean {
  const range = /^(.*)-(?:from|to)$/.exec(name)?.[1];
  return range !== undefined && (wrong.has(`${range}-from`) || wrong.has(`${range}-to`));
}
