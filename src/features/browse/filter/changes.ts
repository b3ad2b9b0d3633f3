/** Edits of a filter that pages link to. Whatever changes the list goes back to its first page. */
import { choiceKey } from './choices.ts';
import { conjunction, conjuncts, normalExpression } from './expressions.ts';
import { choicesOf, isListLeaf, type ListField, listLeaf } from './fields.ts';
import { sameLeaf } from './leaves.ts';
import { normalFilter } from './normal-filter.ts';
import type { FilterSort } from './sorts.ts';
import type { Leaf, WorkFilter } from './work-filter.ts';

export { sameLeaf } from './leaves.ts';

export type Side = 'include' | 'exclude';

/**
 * Adds a condition; one that is there already changes nothing but the page. It leaves the other side, where it would
 * contradict itself. Words join `q`. A rating, language, status or main relationship joins those chosen already as one of
 * any.
 */
export function withLeaf(filter: WorkFilter, leaf: Leaf, side: Side): WorkFilter {
  if (leaf.field === 'text') {
    const added = normalExpression(side === 'include' ? leaf : { not: leaf });
    return onlyFirstPage({ ...filter, q: conjunction([...conjuncts(filter.q), ...conjuncts(added)]) });
  }
  const other = side === 'include' ? 'exclude' : 'include';
  const changed = { ...filter, [side]: [...filter[side], leaf], [other]: without(filter[other], leaf) };
  return normalFilter(onlyFirstPage(changed));
}

/** Puts a range of numbers or dates in place of those of its field that are included. */
export function withRange(filter: WorkFilter, range: Leaf): WorkFilter {
  const others = filter.include.filter((leaf) => leaf.field !== range.field);
  return normalFilter(onlyFirstPage({ ...filter, include: [...others, range] }));
}

/** Takes a condition out, from both sides or from one. Words are taken out of the top of `q`. */
export function withoutLeaf(filter: WorkFilter, leaf: Leaf, side?: Side): WorkFilter {
  const changed = onlyFirstPage(filter);
  if (side !== 'exclude') changed.include = without(filter.include, leaf);
  if (side !== 'include') changed.exclude = without(filter.exclude, leaf);
  if (leaf.field !== 'text') return changed;
  const says = (one: Leaf, wanted: Side) =>
    side !== (wanted === 'include' ? 'exclude' : 'include') && sameLeaf(one, leaf);
  const rest = conjuncts(filter.q).filter((part) => {
    if ('field' in part) return !says(part, 'include');
    return !('not' in part && 'field' in part.not && says(part.not, 'exclude'));
  });
  return { ...changed, q: conjunction(rest) };
}

/** Takes a name, id or code, however spelled, out of every condition of a field on one side; what is then empty goes too. */
export function withoutName(filter: WorkFilter, field: ListField, name: string, side: Side): WorkFilter {
  const key = choiceKey(field, name.trim());
  const leaves = filter[side].map((leaf) => {
    if (!isListLeaf(leaf) || leaf.field !== field) return leaf;
    return listLeaf(
      field,
      choicesOf(leaf).filter((choice) => choiceKey(field, choice) !== key),
    );
  });
  return normalFilter(onlyFirstPage({ ...filter, [side]: leaves }));
}

export function withSort(filter: WorkFilter, sort: FilterSort): WorkFilter {
  return onlyFirstPage({ ...filter, sort });
}

export function withPage(filter: WorkFilter, page: number): WorkFilter {
  return { ...filter, page };
}

export function onlyFirstPage(filter: WorkFilter): WorkFilter {
  return { ...filter, page: 1 };
}

function without(leaves: readonly Leaf[], leaf: Leaf): Leaf[] {
  return leaves.filter((one) => !sameLeaf(one, leaf));
}
