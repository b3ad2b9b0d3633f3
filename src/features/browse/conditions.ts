/** From what a filter says to what the index is asked, once it is known what its names stand for. Pure. */
import {
  EVERYTHING,
  FACET_KINDS,
  LENGTHS,
  TRAITS,
  type FacetAsk,
  type FacetKind,
  type Term,
  type Where,
} from './browse-query.ts';
import { dayRange } from './filter/dates.ts';
import { isDateField, isRangeLeaf, type DateLeaf } from './filter/fields.ts';
import type { Expression, FlagField, Leaf, TextLeaf, WorkFilter } from './filter/work-filter.ts';

/** What a name in a filter stands for; null when nothing here is known to the viewer by it. */
export type Named = (field: Leaf['field'], name: string) => { term: Term } | null;

/** What conditions are made with: names, what words were found in, and the day. */
export interface Known {
  named: Named;
  /** The works in which the words of all text leaves of a group stand (see `textGroups`), ascending. */
  found: (group: readonly TextLeaf[]) => Uint32Array;
  /** The UTC day since 1970 from which "the last 30 days" count. */
  today: number;
  /** What was made so far: what is asked for again is the same object, which an index works out once for a question. */
  made: Map<Expression, Where>;
}

const NOTHING: Where = { any: [] };

/** All that a filter asks for. `without`: leaves that are left out of the condition. */
export function conditionOf(filter: WorkFilter, known: Known, without: ReadonlySet<Leaf> = new Set()): Where {
  const kept = (leaves: readonly Leaf[]) => leaves.filter((leaf) => !without.has(leaf));
  const parts: Where[] = [
    ...kept(filter.include).map((leaf) => expressionCondition(leaf, known)),
    ...kept(filter.exclude).map((leaf): Where => ({ not: expressionCondition(leaf, known) })),
    ...(filter.q === null ? [] : [expressionCondition(filter.q, known)]),
  ];
  return parts.length === 0 ? EVERYTHING : { all: parts };
}

function expressionCondition(expression: Expression, known: Known): Where {
  const there = known.made.get(expression);
  if (there !== undefined) return there;
  const condition = newCondition(expression, known);
  known.made.set(expression, condition);
  return condition;
}

function newCondition(expression: Expression, known: Known): Where {
  if ('all' in expression) {
    const [text, others] = textApart(expression.all);
    const words: Where[] = text.length > 0 ? [{ works: known.found(text) }] : [];
    return { all: [...words, ...others.map((part) => expressionCondition(part, known))] };
  }
  if ('any' in expression) return { any: expression.any.map((part) => expressionCondition(part, known)) };
  if ('not' in expression) return { not: expressionCondition(expression.not, known) };
  return leafCondition(expression, known);
}

/**
 * The text leaves of an expression, those together of which all are wanted: they are looked for in one go. `positive`:
 * without what stands under a "not".
 */
export function textGroups(expression: Expression | null, positive = false): TextLeaf[][] {
  if (expression === null) return [];
  if ('any' in expression) return expression.any.flatMap((part) => textGroups(part, positive));
  if ('not' in expression) return positive ? [] : textGroups(expression.not);
  const [text, others] = textApart('all' in expression ? expression.all : [expression]);
  const below = 'all' in expression ? others.flatMap((part) => textGroups(part, positive)) : [];
  return text.length > 0 ? [text, ...below] : below;
}

function textApart(parts: readonly Expression[]): [text: TextLeaf[], others: Expression[]] {
  const text = parts.filter((part): part is TextLeaf => 'field' in part && part.field === 'text');
  return [text, parts.filter((part) => !('field' in part && part.field === 'text'))];
}

const TRAIT_OF: Record<FlagField, number> = {
  complete: TRAITS.complete,
  oneshot: TRAITS.oneshot,
  crossover: TRAITS.crossover,
};

/** One condition. A name that stands for nothing finds nothing. */
function leafCondition(leaf: Leaf, known: Known): Where {
  if (leaf.field === 'text') return { works: known.found([leaf]) };
  if ('is' in leaf) {
    const trait: Where = { term: { kind: 'trait', id: TRAIT_OF[leaf.field] } };
    return leaf.is ? trait : { not: trait };
  }
  if (isDateLeaf(leaf)) return { number: leaf.field, ...dayRange(leaf.from, leaf.to, known.today) };
  if (isRangeLeaf(leaf)) return { number: leaf.field, from: leaf.from, to: leaf.to };
  return anyOf(termsOf(leaf, known.named));
}

function isDateLeaf(leaf: Leaf): leaf is DateLeaf {
  return isDateField(leaf.field);
}

function anyOf(terms: readonly Term[]): Where {
  const [only, ...others] = terms;
  if (only === undefined) return NOTHING;
  return others.length === 0 ? { term: only } : { any: terms.map((term) => ({ term })) };
}

/** What a leaf says by name, code or id; nothing for other leaves. */
export function namesIn(leaf: Leaf): readonly string[] {
  if ('names' in leaf) return leaf.names;
  if ('values' in leaf) return leaf.values;
  return 'ids' in leaf ? leaf.ids : [];
}

export function termsOf(leaf: Leaf, named: Named): Term[] {
  return namesIn(leaf).flatMap((name) => named(leaf.field, name)?.term ?? []);
}

/** All leaves of an expression. `positive`: without what stands under a "not". */
export function leavesIn(expression: Expression | null, positive = false): Leaf[] {
  if (expression === null) return [];
  if ('all' in expression) return expression.all.flatMap((part) => leavesIn(part, positive));
  if ('any' in expression) return expression.any.flatMap((part) => leavesIn(part, positive));
  if ('not' in expression) return positive ? [] : leavesIn(expression.not);
  return [expression];
}

/** Values counted of each kind: more than are shown, so that what may not be shown leaves no gap. */
const COUNTED = 30;

/** The facet that a parameter narrows: choosing there takes the place of what was chosen before. */
const REPLACED_BY: Partial<Record<Leaf['field'], FacetKind>> = {
  rating: 'rating',
  language: 'language',
  status: 'status',
  words: 'length',
  posted: 'year',
};
const FACET_OF_NAMES: Partial<Record<Leaf['field'], FacetKind>> = {
  fandom: 'fandom',
  relationship: 'relationship',
  character: 'character',
  tag: 'freeform',
  category: 'category',
  warning: 'warning',
};

/**
 * The counts beside a list: of everything chosen too, and, where any-of values or a range were chosen of a kind, without
 * that choice. `within`: what the list is a list of.
 */
export function facetsOf(filter: WorkFilter, known: Known, within: readonly Where[]): FacetAsk {
  const replaced = new Map<FacetKind, Set<Leaf>>();
  for (const leaf of filter.include) {
    const anyOfNames = 'names' in leaf && leaf.names.length > 1;
    const kind = REPLACED_BY[leaf.field] ?? (anyOfNames ? FACET_OF_NAMES[leaf.field] : undefined);
    if (kind !== undefined) replaced.set(kind, (replaced.get(kind) ?? new Set()).add(leaf));
  }
  const chosen = filter.include.filter((leaf) => leaf.field !== 'main').flatMap((leaf) => termsOf(leaf, known.named));
  return {
    kinds: FACET_KINDS,
    top: COUNTED,
    also: distinct(chosen.filter((term) => (FACET_KINDS as readonly string[]).includes(term.kind))),
    without: [...replaced].map(([kind, leaves]) => ({
      kind,
      where: { all: [...within, conditionOf(filter, known, leaves)] },
    })),
  };
}

function distinct(terms: readonly Term[]): Term[] {
  return [...new Map(terms.map((term) => [`${term.kind} ${term.id}`, term])).values()];
}

/** The range of words of a step of length. */
export function stepRange(step: number): { from: number | null; to: number | null } {
  const end = LENGTHS[step - 1];
  return { from: LENGTHS[step - 2] ?? null, to: end === undefined ? null : end - 1 };
}
