/** Names of tags that forms and texts are helped with: those that may be offered to everyone of the viewer's audience. */
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { audienceOf, tagsOffered } from '../works/index.ts';
import { EVERYTHING, type BrowseIndex, type ConceptKind } from './browse-query.ts';
import { currentIndex } from './current-index.queries.ts';
import { suggestedTags } from './suggestions.queries.ts';

/** Names of a kind for what is typed: those that begin with it first, each most used first. None for a text without a letter. */
export async function namesOffered(
  handle: Handle,
  viewer: Viewer,
  index: BrowseIndex,
  ask: { kind: ConceptKind; typed: string },
): Promise<string[]> {
  const suggested = await suggestedTags(handle, viewer, index, { kinds: [ask.kind], typed: ask.typed });
  return suggested.map(({ name }) => name);
}

/**
 * Names of concepts of a kind, most used first. Null while nothing can be counted.
 * @param most the index keeps so many in order while it counts: above 10,000 that takes longer than a question may.
 */
export async function commonNames(
  handle: Handle,
  viewer: Viewer,
  index: BrowseIndex,
  ask: { kind: ConceptKind; most: number },
): Promise<string[] | null> {
  const { facets } = await currentIndex(handle, index).search({
    audience: audienceOf(viewer),
    where: EVERYTHING,
    hide: null,
    sort: { by: 'updated', reversed: false },
    offset: 0,
    limit: 0,
    facets: { kinds: [ask.kind], top: ask.most, also: [], without: [] },
  });
  if (facets === null) return null;
  const ids = (facets[ask.kind] ?? []).map(({ id }) => id);
  const offered = await tagsOffered(handle, viewer, ids);
  return ids.flatMap((id) => offered.get(id)?.name ?? []);
}
