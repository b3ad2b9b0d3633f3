/** Names of tags that the archive knows, found in a text. Read now and then: a text is looked through at every review. */
import type { Ground } from '../../../platform/ground.ts';
import { may, type Viewer } from '../../accounts/index.ts';
import { namesInUse } from '../../browse/index.ts';
import { nameSuggester, type KnownName, type SuggestedName } from '../restore/suggest-names.ts';

/** The names that the archive knows are read again after this long, in milliseconds. */
const NAMES_MS = 10 * 60_000;
const MOST_NAMES = 60_000;

/** Suggests names of tags that the viewer's lists have, as they stand in a text. */
export function knownNames(ground: Ground): (viewer: Viewer, text: string) => Promise<SuggestedName[]> {
  let kept: { at: number; suggest: (text: string) => SuggestedName[] } | null = null;
  return async (viewer, text) => {
    if (!may(viewer, 'import-works')) return [];
    if (kept === null || ground.now() - kept.at > NAMES_MS) {
      const known: KnownName[] = [];
      for (const kind of ['fandom', 'character', 'relationship'] as const) {
        const names = await namesInUse(ground.db.reads, viewer, kind, { begins: '', limit: MOST_NAMES });
        known.push(...names.map((name) => ({ kind, name })));
      }
      kept = { at: ground.now(), suggest: nameSuggester(known) };
    }
    return kept.suggest(text);
  };
}
