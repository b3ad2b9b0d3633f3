/** One condition: how its value is written in an address, read from it, and told from another. */
import { choiceKey, choicesFrom, tidy } from './choices.ts';
import { FIELD_LABELS } from './describe-leaf.ts';
import {
  choicesOf,
  isDateField,
  isDateLeaf,
  isFlagField,
  isListField,
  isListLeaf,
  listLeaf,
  type ListField,
  type ParameterField,
  type ParameterLeaf,
} from './fields.ts';
import { MOST_IN_LIST } from './limits.ts';
import { quoted, quotedPlain, type Refusal } from './mistakes.ts';
import { normalLeaf } from './normal-leaf.ts';
import { printDates, printNumbers, readDates, readNumbers } from './ranges.ts';
import type { Leaf } from './work-filter.ts';

/** The condition; null when the value is empty and asks for nothing; or why it cannot be read. */
export type LeafReading = { leaf: ParameterLeaf | null } | Refusal;

/** Reads the value of a parameter, of its `not-` twin, or of `field:value` in `q`: one rule for all three. */
export function readLeaf(field: ParameterField, value: string): LeafReading {
  // Spaces are an empty field of a form. What holds something, and nothing that can be read, must not widen the list.
  if (value.trim() === '') return { leaf: null };
  if (tidy(value) === '') {
    return {
      sentence: `${field} takes a value that can be read, not ${quoted(value)}.`,
      plain: `${FIELD_LABELS[field]}: only signs that nobody sees stand there.`,
    };
  }
  if (isListField(field)) return readList(field, value);
  if (isFlagField(field)) return readFlag(field, value);
  if (isDateField(field)) {
    const dates = readDates(field, value);
    return 'sentence' in dates ? dates : { leaf: { field, ...dates } };
  }
  const numbers = readNumbers(field, value);
  return 'sentence' in numbers ? numbers : { leaf: { field, ...numbers } };
}

/** The value that `readLeaf` reads as this condition. */
export function printLeaf(leaf: ParameterLeaf): string {
  if (isListLeaf(leaf)) return choicesOf(leaf).join(',');
  if ('is' in leaf) return leaf.is ? 'yes' : 'no';
  return isDateLeaf(leaf) ? printDates(leaf) : printNumbers(leaf);
}

/** Whether two conditions ask the same: spellings of a name, the order of a list and repeated names make no difference. */
export function sameLeaf(one: Leaf, other: Leaf): boolean {
  return one.field === other.field && leafKey(one) === leafKey(other);
}

function leafKey(leaf: Leaf): string {
  const normal = normalLeaf(leaf);
  if (normal === null) return '';
  if (normal.field === 'text')
    return JSON.stringify([normal.place, normal.words, normal.phrase, normal.prefix, normal.near]);
  return parameterKey(normal);
}

/** The same for conditions that ask the same, of one field and in normal form. */
export function parameterKey(leaf: ParameterLeaf): string {
  return isListLeaf(leaf)
    ? choicesOf(leaf)
        .map((choice) => choiceKey(leaf.field, choice))
        .join(',')
    : printLeaf(leaf);
}

function readList(field: ListField, value: string): LeafReading {
  const choices = choicesFrom(field, [value]);
  if (choices.length > MOST_IN_LIST) return tooLongList(field);
  return { leaf: choices.length === 0 ? null : listLeaf(field, choices) };
}

export function tooLongList(field: ListField): Refusal {
  return {
    sentence: `${field} takes at most ${MOST_IN_LIST} in one list.`,
    plain: `${FIELD_LABELS[field]}: at most ${MOST_IN_LIST} in one list.`,
  };
}

function readFlag(field: Extract<Leaf, { is: boolean }>['field'], value: string): LeafReading {
  const said = value.trim().toLowerCase();
  if (said === 'yes' || said === 'no') return { leaf: { field, is: said === 'yes' } };
  return {
    sentence: `${field} takes yes or no, not ${quoted(value)}.`,
    plain: `${FIELD_LABELS[field]}: choose one of the answers; ${quotedPlain(value)} is none.`,
  };
}
