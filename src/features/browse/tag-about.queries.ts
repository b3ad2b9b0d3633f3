/** What a page about a tag shows: how it stands to others, and what its works are, for the audience that looks. */
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { tagRelations, tagsById, type Tag, type TagKind, type TagRelations } from '../tags/index.ts';
import { audienceOf, tagsInUse, tagsOffered } from '../works/index.ts';
import { CONCEPT_KINDS, type BrowseIndex, type ConceptKind, type FacetValue, type Term } from './browse-query.ts';
import { tagFamily, type TagFamily } from './tag-family.queries.ts';

export interface TagAbout {
  tag: Tag;
  /** The tag that lists ask for: itself, or the canonical tag of a synonym. */
  concept: Tag;
  relations: TagRelations;
  /** Of the concept's synonyms, those that stand on works of the viewer's lists. */
  synonyms: readonly Tag[];
  family: TagFamily;
  total: number;
  /** Works under each tag of the family; null while nothing can be counted. */
  counts: ReadonlyMap<number, number> | null;
  /** Works posted in each year; null while nothing can be counted. */
  years: readonly { year: number; works: number }[] | null;
  /** Tags that stand with it, most often first. */
  related: readonly { kind: ConceptKind; tags: readonly { tag: Tag; works: number }[] }[];
}

export const RELATED_KINDS = ['fandom', 'relationship', 'character', 'freeform'] as const satisfies ConceptKind[];
const RELATED = 8;
/** Values asked for: years of a long-lived archive; tags with room for those that may not be shown. */
const ASKED = 60;

/** `tag`: one that the viewer may know. */
export async function tagAbout(handle: Handle, viewer: Viewer, index: BrowseIndex, tag: Tag): Promise<TagAbout> {
  const concept = tag.synonymOf === null ? tag : ((await tagsById(handle, [tag.synonymOf])).get(tag.synonymOf) ?? tag);
  const [relations, family] = await Promise.all([tagRelations(handle, concept), tagFamily(handle, concept)]);
  const audience = audienceOf(viewer);
  const term = termOf(concept);
  const ask = { audience, hide: null, sort: { by: 'updated', reversed: false }, offset: 0, limit: 0 } as const;
  const facets = { kinds: ['year', ...RELATED_KINDS] as const, top: ASKED, also: [], without: [] };
  const [answer, around, used] = await Promise.all([
    index.search({ ...ask, where: term ? { term } : { any: [] }, facets }),
    term && family.tags.size > 1 ? countsOf(index, audience, term.kind, [...family.tags.keys()]) : null,
    tagsInUse(
      handle,
      viewer,
      relations.synonyms.map((one) => one.id),
    ),
  ]);
  const own = new Map(answer.facets === null ? [] : [[concept.id, answer.total]]);
  return {
    tag,
    concept,
    relations,
    synonyms: relations.synonyms.filter((one) => used.has(one.id)),
    family,
    total: answer.total,
    counts: answer.facets === null ? null : new Map([...(around ?? []), ...own]),
    years: answer.facets === null ? null : yearsOf(answer.facets.year ?? []),
    related: await relatedTags(handle, viewer, answer.facets ?? {}, family, concept),
  };
}

/** Media are no terms: works stand under their fandoms, and being child of something is not inherited. */
export function termOf(tag: Tag): Term | null {
  return isConceptKind(tag.kind) ? { kind: tag.kind, id: tag.id } : null;
}

function isConceptKind(kind: TagKind): kind is ConceptKind {
  return (CONCEPT_KINDS as readonly string[]).includes(kind);
}

/** Works under each of some tags of one kind. */
async function countsOf(
  index: BrowseIndex,
  audience: ReturnType<typeof audienceOf>,
  kind: Term['kind'],
  ids: readonly number[],
): Promise<Map<number, number> | null> {
  const terms = ids.map((id) => ({ kind, id }));
  const { facets } = await index.search({
    audience,
    where: { any: terms.map((term) => ({ term })) },
    hide: null,
    sort: { by: 'updated', reversed: false },
    offset: 0,
    limit: 0,
    facets: { kinds: [kind as ConceptKind], top: 0, also: terms, without: [] },
  });
  const values = facets?.[kind as ConceptKind];
  return values ? new Map(values.map(({ id, works }) => [id, works])) : null;
}

/** Each year from the first to the last in which a work was posted. A wrong date far back draws no thousand empty years. */
function yearsOf(values: readonly FacetValue[]): { year: number; works: number }[] {
  const counts = new Map(values.filter(({ works }) => works > 0).map(({ id, works }) => [id, works]));
  if (counts.size === 0) return [];
  const last = Math.max(...counts.keys());
  const first = Math.max(Math.min(...counts.keys()), last - ASKED + 1);
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    year: first + index,
    works: counts.get(first + index) ?? 0,
  }));
}

async function relatedTags(
  handle: Handle,
  viewer: Viewer,
  facets: Partial<Record<string, FacetValue[]>>,
  family: TagFamily,
  concept: Tag,
): Promise<TagAbout['related']> {
  // Metatags stand with it always, subtags by being it: neither says anything.
  const own = new Set([concept.id, ...family.tags.keys()]);
  const candidates = RELATED_KINDS.map((kind) => ({
    kind,
    values: (facets[kind] ?? []).filter(({ id, works }) => works > 0 && !own.has(id)).slice(0, 2 * RELATED),
  }));
  const offered = await tagsOffered(
    handle,
    viewer,
    candidates.flatMap(({ values }) => values.map(({ id }) => id)),
  );
  return candidates
    .map(({ kind, values }) => ({
      kind,
      tags: values
        .flatMap(({ id, works }) => {
          const tag = offered.get(id);
          return tag?.kind === kind ? [{ tag, works }] : [];
        })
        .slice(0, RELATED),
    }))
    .filter(({ tags }) => tags.length > 0);
}
