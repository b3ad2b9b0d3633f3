/** Full text where none is kept, or not yet: nothing is found, and the state says that it is being made. */
import type { TextSearch, TextState } from '../text/text-search.ts';

const STATE: TextState = { state: 'building', works: 0, of: 0, version: 0, bytes: 0 };

export const NO_TEXT: TextSearch = {
  match: async (leaves) => ({ version: 0, works: leaves.map(() => new Uint32Array()), state: STATE }),
  rank: async () => new Uint32Array(),
  places: async () => new Map(),
  snippets: async () => [],
  status: async () => STATE,
};

/** Full text as it is at each question: it can begin and end beside those who ask. */
export function textOf(now: () => TextSearch): TextSearch {
  return {
    match: (leaves, inText) => now().match(leaves, inText),
    rank: (leaves, inText) => now().rank(leaves, inText),
    places: (leaves, works) => now().places(leaves, works),
    snippets: (leaves, texts) => now().snippets(leaves, texts),
    status: () => now().status(),
  };
}
