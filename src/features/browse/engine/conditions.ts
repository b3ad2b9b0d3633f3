/** A question's condition, made ready once for all parts: terms as slots, days as milliseconds, nothing nested for nothing. */
import { termKey } from './term-key.ts';
import type { NumberField, Where } from '../browse-query.ts';
import { NO_SLOT, type Terms } from './terms.ts';

export type Condition =
  | { is: 'term'; slot: number }
  /** Both ends belong to it; dates in milliseconds. */
  | { is: 'range'; field: NumberField; least: number; most: number }
  | { is: 'works'; ids: Uint32Array }
  | { is: 'all'; of: readonly Condition[] }
  | { is: 'any'; of: readonly Condition[] }
  | { is: 'not'; what: Condition };

const DAY = 86_400_000;
const ALL: Condition = { is: 'all', of: [] };
const NONE: Condition = { is: 'any', of: [] };

/** Conditions by what they were made from: what is asked for several times is one object, and is worked out once. */
export type Made = Map<Where, Condition>;

export function conditionOf(where: Where, terms: Terms, made: Made): Condition {
  const there = made.get(where);
  if (there !== undefined) return there;
  const condition = newConditionOf(where, terms, made);
  made.set(where, condition);
  return condition;
}

function newConditionOf(where: Where, terms: Terms, made: Made): Condition {
  if ('term' in where) {
    const slot = terms.find(termKey(where.term));
    return slot === NO_SLOT ? NONE : { is: 'term', slot };
  }
  if ('number' in where) return rangeOf(where);
  if ('works' in where) return { is: 'works', ids: where.works };
  if ('not' in where) return negated(conditionOf(where.not, terms, made));
  const isAll = 'all' in where;
  const parts = (isAll ? where.all : where.any).map((part) => conditionOf(part, terms, made));
  return isAll ? allOf(parts) : anyOf(parts);
}

function rangeOf({ number, from, to }: { number: NumberField; from: number | null; to: number | null }): Condition {
  const isDate = number === 'posted' || number === 'updated';
  const least = from === null ? -Infinity : isDate ? Math.ceil(from) * DAY : from;
  const most = to === null ? Infinity : isDate ? (Math.floor(to) + 1) * DAY - 1 : to;
  if (least === -Infinity && most === Infinity) return ALL;
  return { is: 'range', field: number, least, most };
}

function isNone(condition: Condition): boolean {
  return condition.is === 'any' && condition.of.length === 0;
}

function isAll(condition: Condition): boolean {
  return condition.is === 'all' && condition.of.length === 0;
}

function allOf(parts: readonly Condition[]): Condition {
  if (parts.some(isNone)) return NONE;
  const of = parts.flatMap((part) => (part.is === 'all' ? part.of : [part]));
  return of.length === 1 && of[0] !== undefined ? of[0] : { is: 'all', of };
}

function anyOf(parts: readonly Condition[]): Condition {
  if (parts.some(isAll)) return ALL;
  const of = parts.flatMap((part) => (part.is === 'any' ? part.of : [part]));
  return of.length === 1 && of[0] !== undefined ? of[0] : { is: 'any', of };
}

/** Alternatives from which on they are put together once, as a set, rather than looked at one by one. */
export const MANY = 9;

/** None of a few is not this one, and not that one: each is then left out by itself. */
function negated(condition: Condition): Condition {
  if (condition.is === 'not') return condition.what;
  if (condition.is === 'any' && condition.of.length < MANY) return allOf(condition.of.map(negated));
  if (isAll(condition)) return NONE;
  return { is: 'not', what: condition };
}
