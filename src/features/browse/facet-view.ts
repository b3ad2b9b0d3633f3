/** Counted values as people and programs are shown them: with the names that the viewer may know now. */
import { formatNumber } from '../../ui/numbers.ts';
import type { Tag } from '../tags/index.ts';
import {
  codeTermId,
  CONCEPT_KINDS,
  FACET_KINDS,
  type BrowseAnswer,
  type ConceptKind,
  type FacetKind,
} from './browse-query.ts';
import { stepRange } from './conditions.ts';
import { COMPLETE } from './names-met.queries.ts';
import type { Words } from './queries.ts';

export interface CountedValue {
  id: number;
  /** What goes into the address. */
  value: string;
  label: string;
  /** Works that would be left if this were chosen. */
  works: number;
}

export type CountedValues = Partial<Record<FacetKind, CountedValue[]>>;

/**
 * The values of each kind, most works first, with their names. `tags`: those that may be named to the viewer; others are
 * passed over, whatever the index says of them. Null where nothing was counted.
 */
export function countedValues(
  facets: BrowseAnswer['facets'],
  tags: ReadonlyMap<number, Tag>,
  words: Words,
): CountedValues | null {
  if (facets === null) return null;
  const nameOf = valueNames(tags, words);
  const values: CountedValues = {};
  for (const kind of FACET_KINDS) {
    values[kind] = (facets[kind] ?? []).flatMap(({ id, works }) => {
      const name = nameOf(kind, id);
      return name ? [{ id, works, ...name }] : [];
    });
  }
  return values;
}

/** Ids of all tags among the values. */
export function tagIdsIn(facets: BrowseAnswer['facets']): number[] {
  return CONCEPT_KINDS.flatMap((kind) => (facets?.[kind] ?? []).map((value) => value.id));
}

function valueNames(tags: ReadonlyMap<number, Tag>, words: Words) {
  const { ratings, warnings, categories, statuses } = words.vocabulary;
  const labels = new Map([...ratings, ...warnings, ...categories].map((term) => [term.tag?.id, term.label]));
  const languages = new Map([...words.languages.values()].map((one) => [codeTermId(one.code), one]));
  const codes = new Map([...statuses, COMPLETE].map((one) => [codeTermId(one.code), one]));
  return (kind: FacetKind, id: number): { value: string; label: string } | null => {
    if (isConceptKind(kind)) {
      const tag = tags.get(id);
      return tag?.kind === kind ? { value: tag.name, label: labels.get(id) ?? tag.name } : null;
    }
    if (kind === 'language') {
      const language = languages.get(id);
      return language ? { value: language.code, label: language.name } : null;
    }
    if (kind === 'status') {
      const status = codes.get(id);
      return status ? { value: status.code, label: status.label } : null;
    }
    if (kind === 'trait') {
      const trait = TRAIT_NAMES[id];
      return trait === undefined ? null : { value: trait, label: trait };
    }
    return { value: String(id), label: kind === 'length' ? stepLabel(id) : String(id) };
  };
}

const TRAIT_NAMES: Readonly<Record<number, string>> = { 1: 'complete', 2: 'oneshot', 3: 'crossover' };

function isConceptKind(kind: FacetKind): kind is ConceptKind {
  return (CONCEPT_KINDS as readonly string[]).includes(kind);
}

/** "under 500 words", "1,000 to 1,999 words", "200,000 words and more" */
function stepLabel(step: number): string {
  const { from, to } = stepRange(step);
  if (from === null) return `under ${formatNumber((to ?? 0) + 1, 'en')} words`;
  if (to === null) return `${formatNumber(from, 'en')} words and more`;
  return `${formatNumber(from, 'en')} to ${formatNumber(to, 'en')} words`;
}
