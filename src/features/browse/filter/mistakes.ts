/** Mistakes as people are told them: the parameter, what was given, and one sentence; never too many, never too long. */
import { tidy } from './choices.ts';
import { MOST_MISTAKES } from './limits.ts';
import type { FilterMistake } from './work-filter.ts';

const MOST_SHOWN = 80;

/** At most 80 characters of a text, in one line. */
export function shortened(text: string): string {
  // Cut once before tidying, so that a text of any length costs the same.
  const shown = [...tidy(text.slice(0, MOST_SHOWN * 4))];
  if (shown.length <= MOST_SHOWN && text.length <= MOST_SHOWN * 4) return shown.join('');
  return `${shown.slice(0, MOST_SHOWN - 1).join('')}…`;
}

/** What was given, shortened, in quotation marks. */
export function quoted(text: string): string {
  return `"${shortened(text)}"`;
}

/** What was given, shortened, as a page shows it. */
export function quotedPlain(text: string): string {
  return `“${shortened(text)}”`;
}

/** Why something cannot be read: in the words of addresses, and, where those speak of parameters, in the words of pages. */
export interface Refusal {
  sentence: string;
  plain?: string;
}

/** Adds a mistake while there is room for one. The same sentence of a parameter is told once. */
export function note(mistakes: FilterMistake[], parameter: string, value: string, why: Refusal): void {
  const name = shortened(parameter);
  const { sentence, plain = sentence } = why;
  const isTold = mistakes.some((told) => told.parameter === name && told.sentence === sentence);
  if (mistakes.length >= MOST_MISTAKES || isTold) return;
  mistakes.push({ parameter: name, value: shortened(value), sentence, plain });
}
