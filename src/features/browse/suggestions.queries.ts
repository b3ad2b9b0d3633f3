/** Type-ahead: tags by a piece of their name, told only to who may know them. */
import { nameKey } from '../../platform/db/name-key.ts';
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { tagsById } from '../tags/index.ts';
import { audienceOf, tagsInUse, tagsOffered } from '../works/index.ts';
import type { BrowseIndex, ConceptKind } from './browse-query.ts';
import { suggestedPairs } from './suggested-pairs.queries.ts';

export interface SuggestedTag {
  /** The name that matches. */
  name: string;
  kind: ConceptKind;
  /** The canonical tag that the name stands for, where it is a synonym. */
  as: string | null;
  works: number;
}

export const SUGGESTIONS = 15;
/** Twice as many as are shown, so that what may not be shown leaves no gap. */
const ASKED = 2 * SUGGESTIONS;
/** Characters of a name that are looked for: no tag has a longer one. */
const CHARACTERS = 150;

/**
 * Nothing for a text without a letter. Relationships that have the typed names in another order come last. A synonym that stands only on works the
 * viewer may not see is passed over.
 */
export async function suggestedTags(
  handle: Handle,
  viewer: Viewer,
  index: BrowseIndex,
  ask: { kinds: readonly ConceptKind[]; typed: string },
): Promise<SuggestedTag[]> {
  const text = nameKey(ask.typed.slice(0, CHARACTERS));
  if (text === '') return [];
  const query = { audience: audienceOf(viewer), kinds: ask.kinds, text, limit: ASKED };
  const named = await index.suggest(query);
  const pairs = ask.kinds.includes('relationship') ? await suggestedPairs(handle, index, query) : [];
  const found = [...named, ...pairs.filter(({ concept }) => !named.some((one) => one.concept === concept))];
  const synonyms = found.filter(({ tag, concept }) => tag !== concept).map(({ tag }) => tag);
  const [offered, tags, used] = await Promise.all([
    tagsOffered(
      handle,
      viewer,
      found.map(({ concept }) => concept),
    ),
    tagsById(handle, synonyms),
    tagsInUse(handle, viewer, synonyms),
  ]);
  const suggestions = found.flatMap(({ tag, concept, works }): SuggestedTag[] => {
    const canonical = offered.get(concept);
    if (!canonical) return [];
    const kind = canonical.kind as ConceptKind;
    if (tag === concept) return [{ name: canonical.name, kind, as: null, works }];
    const synonym = tags.get(tag);
    if (!synonym || synonym.synonymOf !== concept || !used.has(tag)) return [];
    return [{ name: synonym.name, kind, as: canonical.name, works }];
  });
  return suggestions.slice(0, SUGGESTIONS);
}
