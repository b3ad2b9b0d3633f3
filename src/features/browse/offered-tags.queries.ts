/**
 * Which of the counted tags the viewer may be told of, remembered until something is written: what is offered depends on
 * the works that a tag stands on, and there are about a hundred tags beside each list.
 */
import { committedState } from '../../platform/db/committed.ts';
import type { Reads } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import type { Tag } from '../tags/index.ts';
import { audienceOf, tagsOffered } from '../works/index.ts';

interface Known {
  state: string;
  /** By audience: null for a tag that is not offered. */
  tags: Record<ReturnType<typeof audienceOf>, Map<number, Tag | null>>;
}

/** Tags remembered for one audience. A tag takes about 200 bytes. */
const MOST = 20_000;
const knownOf = new WeakMap<Reads, Known>();

/** Those of the tags that stand for themselves and may be offered to the viewer now, by id. */
export async function offeredTags(reads: Reads, viewer: Viewer, ids: readonly number[]): Promise<Map<number, Tag>> {
  const state = await committedState(reads);
  const before = knownOf.get(reads);
  const known: Known = before?.state === state ? before : { state, tags: { guest: new Map(), account: new Map() } };
  knownOf.set(reads, known);
  const tags = known.tags[audienceOf(viewer)];
  const missing = ids.filter((id) => !tags.has(id));
  const found = missing.length === 0 ? new Map<number, Tag>() : await tagsOffered(reads, viewer, missing);
  const answer = new Map<number, Tag>();
  for (const id of ids) {
    const tag = found.get(id) ?? tags.get(id);
    if (tag) answer.set(id, tag);
  }
  if (missing.length > 0 && (await committedState(reads)) === state) {
    if (tags.size + missing.length > MOST) tags.clear();
    for (const id of missing) tags.set(id, found.get(id) ?? null);
  }
  return answer;
}
