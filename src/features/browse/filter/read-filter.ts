/**
 * Reads a filter from the parameters of an address. Nothing is passed over in silence: what is unknown or cannot be read is
 * a mistake that names its parameter, since a list that is wider than was asked for shows what somebody excluded.
 */
import { emptyDraft, finishDraft, type FilterDraft, takeParameter, TOO_MANY } from './filter-draft.ts';
import { MOST_PARAMETERS } from './limits.ts';
import { note } from './mistakes.ts';
import type { FilterReading } from './work-filter.ts';

export type Parameters = URLSearchParams | Iterable<readonly [string, string]>;

/**
 * @param options.ignore parameters that belong to somebody else and are passed over.
 * @returns the filter in normal form, or at most 20 mistakes. At most 200 parameters are looked at, each at most 2,000
 * characters long, so that the work is bounded whatever is sent.
 */
export function readFilter(params: Parameters, options: { ignore?: readonly string[] } = {}): FilterReading {
  const draft = emptyDraft();
  for (const [name, value] of parametersToRead(draft, params, options.ignore)) takeParameter(draft, name, value);
  return finishDraft(draft);
}

/** Those that count: not ignored, and not empty ones of a form beyond the limit. The first beyond it ends the reading. */
export function* parametersToRead(
  draft: FilterDraft,
  params: Parameters,
  ignore: readonly string[] = [],
): Generator<readonly [string, string]> {
  let read = 0;
  for (const [name, value] of params) {
    if (ignore.includes(name)) continue;
    read += 1;
    if (read > MOST_PARAMETERS) return note(draft.mistakes, name, value, TOO_MANY);
    yield [name, value];
  }
}
