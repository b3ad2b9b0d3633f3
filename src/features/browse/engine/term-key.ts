/**
 * A term as one number: id * 32 + place of its kind in TERM_KINDS. Ids stay below 2^47, so keys stay below 2^52 and are
 * exact in a Float64. Keys of one kind sort by id.
 */
import { CONCEPT_KINDS, FACET_KINDS, TERM_KINDS, type Term, type TermKind } from '../browse-query.ts';

const KIND_BITS = 32;

/** Kinds as numbers: their places in TERM_KINDS. */
export const KIND_NUMBERS = Object.fromEntries(TERM_KINDS.map((kind, place) => [kind, place])) as Record<
  TermKind,
  number
>;

/** Kinds with numbers below this one can be counted. */
export const FACET_KIND_COUNT = FACET_KINDS.length;
/** Kinds with numbers below this one are concepts: they are offered under a condition. */
export const CONCEPT_KIND_COUNT = CONCEPT_KINDS.length;
export const PSEUD = KIND_NUMBERS.pseud;
export const IMPORTED = KIND_NUMBERS.imported;
export const FANDOM = KIND_NUMBERS.fandom;

/** @returns the key of an id under the kind with this number. */
export function packedKey(kind: number, id: number): number {
  return id * KIND_BITS + kind;
}

export function termKey(term: Term): number {
  return term.id * KIND_BITS + KIND_NUMBERS[term.kind];
}

export function kindOfKey(key: number): number {
  return key % KIND_BITS;
}

export function idOfKey(key: number): number {
  return Math.floor(key / KIND_BITS);
}
