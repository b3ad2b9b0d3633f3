/** Names, ids and codes as they stand in a list: tidy, each once, in an order that does not hang on how they were typed. */
import { nameKey } from '../../../platform/db/name-key.ts';
import { isIdField, type ListField } from './fields.ts';

/** Well-formed text in one line: white space and control characters as single spaces. */
export function tidy(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** The quotation marks and apostrophes of a typewriter in place of those that phones write. */
export function typewritten(name: string): string {
  return name.replace(/[‘’‚]/g, "'").replace(/[“”„]/g, '"');
}

/** What two spellings of one choice share. Public ids are compared as they stand. */
export function choiceKey(field: ListField, choice: string): string {
  return isIdField(field) ? choice : nameKey(choice);
}

/** By UTF-16 units: the same on every machine and in every locale. */
export function byText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/**
 * A list's texts, each of which may hold commas, as single choices: tidy, none empty, sorted by key and then by spelling.
 * Of two spellings of one choice the first so sorted stays.
 */
export function choicesFrom(field: ListField, texts: readonly string[]): string[] {
  const keyed = texts
    .flatMap((text) => text.split(','))
    .map(tidy)
    .filter((choice) => choice !== '')
    .map((choice) => ({ choice, key: choiceKey(field, choice) }))
    .sort((one, other) => byText(one.key, other.key) || byText(one.choice, other.choice));
  return keyed.filter(({ key }, at) => key !== keyed[at - 1]?.key).map(({ choice }) => choice);
}
