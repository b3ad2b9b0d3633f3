/** A condition as people type it among words: `words>5000`, `kudos:1,000-5,000`, `posted<2026`, `fandom:"A,B"`. */
import { isDateField, isListField, isRangeField, type ParameterField } from './fields.ts';
import { neighbour } from './dates.ts';
import { type LeafReading, readLeaf } from './leaves.ts';
import { quoted } from './mistakes.ts';
import { readDateEnd, readNumber } from './ranges.ts';
import type { DateEnd, DateField, RangeField } from './work-filter.ts';

/**
 * Reads what follows a name and a sign (`:` and `=` mean the same). Beyond what an address takes: comparisons, ranges with
 * a hyphen as on AO3, and commas between thousands.
 * @returns a leaf, never null: a name without a value is told as a mistake.
 */
export function readTypedLeaf(field: ParameterField, sign: string, value: string): LeafReading {
  if (value.trim() === '') return { sentence: `${field}: needs a value right after it, without a space.` };
  const numbers = isRangeField(field);
  const [, doubled, rest = value] = numbers || isDateField(field) ? (/^([<>]=?)(.*)$/s.exec(value) ?? []) : [];
  const compares = /[<>]/.test(sign) ? sign : doubled;
  const plain = numbers ? rest.trim().replace(/(?<=\d),(?=\d{3}(?!\d))/g, '') : rest;
  if (compares !== undefined) return readComparison(field, compares, plain);
  return readLeaf(field, numbers ? plain.replace(/^(\d+)-(\d+)$/, '$1..$2') : plain);
}

function readComparison(field: ParameterField, sign: string, value: string): LeafReading {
  if (isRangeField(field)) return compareNumber(field, sign, value);
  if (isDateField(field)) return compareDate(field, sign, value);
  const like = isListField(field) ? `${field}:"a name"` : `${field}:yes`;
  return { sentence: `${field} cannot be more or less than something: write ${like}.` };
}

function compareNumber(field: RangeField, sign: string, value: string): LeafReading {
  const number = readNumber(value);
  if (number === null) return { sentence: `${field}${sign} takes a whole number, not ${quoted(value)}.` };
  if (sign === '<' && number === 0) return { sentence: `${field}<0 holds for no work: write ${field}:0.` };
  if (sign.startsWith('>')) return { leaf: { field, from: sign === '>' ? number + 1 : number, to: null } };
  return { leaf: { field, from: null, to: sign === '<' ? number - 1 : number } };
}

function compareDate(field: DateField, sign: string, value: string): LeafReading {
  const end = readDateEnd(value);
  if (end === null || 'daysAgo' in end) {
    return {
      sentence: `${field}${sign} takes a date like 2026-01-31, not ${quoted(value)}; the last 30 days are ${field}:30d..`,
    };
  }
  const step = sign === '>' ? 1 : -1;
  const date = sign.endsWith('=') ? end.date : neighbour(end.date, step);
  if (date === null) return { sentence: `${field}${sign}${value} holds for no work.` };
  const edge: DateEnd = { date };
  return { leaf: sign.startsWith('>') ? { field, from: edge, to: null } : { field, from: null, to: edge } };
}
