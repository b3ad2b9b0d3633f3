/** Names of tags that the archive knows, found in a text. Read now and then: a text is looked through at every review. */
import type { Ground } from '../../../platform/ground.ts';
import { may, type Viewer } from '../../accounts/index.ts';
import { commonNames, type BrowseIndex } from '../../browse/index.ts';
import { nameSuggester, type KnownName, type SuggestedName } from '../restore/suggest-names.ts';

/** The names that the archive knows are read again after this long, in milliseconds. */
const NAMES_MS = 10 * 60_000;
/** Names of each kind, most used first: what stands on fewer works than these is seldom what a text means. */
const MOST_NAMES = 10_000;

/** Suggests names of tags that may be offered to the viewer, as they stand in a text. None while there are no counts. */
export function knownNames(
  ground: Ground,
  index: BrowseIndex,
): (viewer: Viewer, text: string) => Promise<SuggestedName[]> {
  let kept: { at: number; suggest: (text: string) => SuggestedName[] } | null = null;
  return async (viewer, text) => {
    if (!may(viewer, 'import-works')) return [];
    if (kept === null || ground.now() - kept.at > NAMES_MS) {
      const known: KnownName[] = [];
      for (const kind of ['fandom', 'character', 'relationship'] as const) {
        const names = await commonNames(ground.db.reads, viewer, index, { kind, most: MOST_NAMES });
        if (names === null) return kept?.suggest(text) ?? [];
        known.push(...names.map((name) => ({ kind, name })));
      }
      kept = { at: ground.now(), suggest: nameSuggester(known) };
    }
    return kept.suggest(text);
  };
}
