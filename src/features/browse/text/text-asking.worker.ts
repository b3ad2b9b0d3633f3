/** Answers questions of full text search beside the server, from the file as it stands at that moment. */
import { statSync } from 'node:fs';
import { answerOrders } from '../../../platform/threads/answer-orders.ts';
import type { TextLeaf } from '../filter/work-filter.ts';
import { cutSnippets, type CutSnippet, type TextToCut } from './snippet.ts';
import {
  matchLeaves,
  placesIn,
  rankWorks,
  textState,
  TextSearchSlow,
  type TextMatch,
  type TextState,
  type Wanted,
} from './text-answers.ts';
import { isDamage, openTextAnswers, type TextFile } from './text-file.ts';

/** A question, and the file that it is asked of. */
export type TextAsk = { path: string } & (
  | { do: 'match' | 'rank'; wanted: readonly Wanted[]; inText: boolean }
  | { do: 'places'; leaves: readonly TextLeaf[]; works: readonly number[] }
  | { do: 'snippets'; leaves: readonly TextLeaf[]; texts: readonly TextToCut[] }
  | { do: 'status' }
);

export interface TextReply {
  match?: TextMatch;
  ranked?: Uint32Array;
  places?: Map<number, number[]>;
  snippets?: CutSnippet[];
  state?: TextState;
  /** The file cannot be read; the answer is that of an index that has not been begun. */
  damaged?: boolean;
  /** There is more to answer than there may be. */
  slow?: string;
}

let opened: { file: TextFile; path: string; inode: number } | null = null;

/** The file of that path, opened again where another one has taken its place. */
function fileOf(path: string): TextFile | null {
  const inode = statSync(path, { throwIfNoEntry: false })?.ino ?? null;
  if (opened && (opened.path !== path || opened.inode !== inode)) {
    opened.file.close();
    opened = null;
  }
  if (inode === null) return null;
  if (opened === null) {
    const file = openTextAnswers(path);
    opened = file && { file, path, inode };
  }
  return opened?.file ?? null;
}

answerOrders((ask: TextAsk): TextReply => {
  if (ask.do === 'snippets') return { snippets: cutSnippets(ask.leaves, ask.texts) };
  try {
    return answer(fileOf(ask.path), ask);
  } catch (error) {
    if (error instanceof TextSearchSlow) return { slow: error.message };
    if (isUnbegun(error)) return answer(null, ask);
    if (!isDamage(error)) throw error;
    opened?.file.close();
    opened = null;
    return { ...answer(null, ask), damaged: true };
  }
});

function answer(file: TextFile | null, ask: Exclude<TextAsk, { do: 'snippets' }>): TextReply {
  switch (ask.do) {
    case 'match':
      return { match: matchLeaves(file, ask.wanted, ask.inText) };
    case 'rank':
      return { ranked: rankWorks(file, ask.wanted, ask.inText) };
    case 'places':
      return { places: placesIn(file, ask.leaves, ask.works) };
    case 'status':
      return { state: textState(file) };
  }
}

/** The file is there and has no tables yet: the follower is making it. */
function isUnbegun(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('no such table');
}
