/**
 * The normal form of a filter: the same choices, in whatever order they were made, are the same value. Conditions stand in
 * the order of FIELDS, then by what they name; doubles are one; a work has one rating, language, status and main relationship,
 * so these are one any-of condition each; ranges of one number that overlap are what they share.
 */
import { byText } from './choices.ts';
import {
  choicesOf,
  FIELDS,
  isListLeaf,
  isRangeLeaf,
  isValueField,
  listLeaf,
  type ParameterLeaf,
  type RangeLeaf,
} from './fields.ts';
import { normalExpression } from './expressions.ts';
import { parameterKey, printLeaf } from './leaves.ts';
import { normalParameter } from './normal-leaf.ts';
import type { Leaf, WorkFilter } from './work-filter.ts';

/** Leaves of the field `text`, which only `q` holds, are not taken. */
export function normalFilter(filter: WorkFilter): WorkFilter {
  return {
    ...filter,
    include: normalLeaves(filter.include, 'include'),
    exclude: normalLeaves(filter.exclude, 'exclude'),
    q: filter.q && normalExpression(filter.q),
  };
}

/** Numbers in `exclude` are not joined: to be in neither of two ranges is not to be outside what they share. */
export function normalLeaves(leaves: readonly Leaf[], side: 'include' | 'exclude'): ParameterLeaf[] {
  const parameters = leaves.filter((leaf) => leaf.field !== 'text');
  const isUnited = (leaf: ParameterLeaf) => isValueField(leaf.field) || (side === 'include' && leaf.field === 'main');
  const single = parameters.filter((leaf) => !isUnited(leaf) && !(side === 'include' && isRangeLeaf(leaf)));
  const numbers = side === 'include' ? shared(parameters.filter(isRangeLeaf)) : [];
  return inOrder(
    [...single, ...united(parameters.filter(isUnited)), ...numbers]
      .map(normalParameter)
      .filter((leaf) => leaf !== null),
  );
}

function united(leaves: readonly ParameterLeaf[]): ParameterLeaf[] {
  const byField = Map.groupBy(leaves.filter(isListLeaf), (leaf) => leaf.field);
  return [...byField].map(([field, all]) => listLeaf(field, all.flatMap(choicesOf)));
}

/** Where ranges of one field share nothing they stay as they are, and no work is found. */
function shared(ranges: readonly RangeLeaf[]): RangeLeaf[] {
  const byField = Map.groupBy(ranges, (range) => range.field);
  return [...byField].flatMap(([field, all]) => {
    const from = all.reduce((most, range) => Math.max(most, range.from ?? -Infinity), -Infinity);
    const to = all.reduce((least, range) => Math.min(least, range.to ?? Infinity), Infinity);
    if (from > to) return all;
    return [{ field, from: from === -Infinity ? null : from, to: to === Infinity ? null : to }];
  });
}

function inOrder(leaves: readonly ParameterLeaf[]): ParameterLeaf[] {
  const keyed = leaves
    .map((leaf) => ({ leaf, place: FIELDS.indexOf(leaf.field), key: parameterKey(leaf), text: printLeaf(leaf) }))
    .sort((one, other) => one.place - other.place || byText(one.key, other.key) || byText(one.text, other.text));
  return keyed
    .filter(({ place, key }, at) => place !== keyed[at - 1]?.place || key !== keyed[at - 1]?.key)
    .map(({ leaf }) => leaf);
}
