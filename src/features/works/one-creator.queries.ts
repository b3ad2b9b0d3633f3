/**
 * Whether one creator signs everything in an audience's lists that anybody signs: an archive of one writer. Only public
 * bylines count, so that the answer says nothing of works that are anonymous or out of sight.
 */
import { committedState } from '../../platform/db/committed.ts';
import type { Handle, Reads } from '../../platform/db/tables.ts';
import { listedColumn } from './visible.ts';
import type { Audience } from './visibility.ts';
import './tables.ts';

type Answers = Partial<Record<Audience, boolean>>;

const rememberedOf = new WeakMap<Reads, { state: string; answers: Answers }>();

/** Remembered until something is written, except in a transaction, which sees what it has written itself. */
export async function isOfOneCreator(handle: Handle, audience: Audience): Promise<boolean> {
  if (handle.isTransaction) return readIsOfOne(handle, audience);
  const state = await committedState(handle);
  const before = rememberedOf.get(handle);
  const answers: Answers = before?.state === state ? before.answers : {};
  const known = answers[audience];
  if (known !== undefined) return known;
  const answer = await readIsOfOne(handle, audience);
  // What was read while somebody wrote is for this once.
  if ((await committedState(handle)) === state) {
    answers[audience] = answer;
    rememberedOf.set(handle, { state, answers });
  }
  return answer;
}

/** Somebody who signs is looked for, then anybody else: by the indexes of bylines, past all that the first one has signed. */
async function readIsOfOne(handle: Handle, audience: Audience): Promise<boolean> {
  const first = await signatures(handle, audience)
    .select(['byline.pseud_id', 'byline.imported_creator_id'])
    .limit(1)
    .executeTakeFirst();
  if (first === undefined) return false;
  const others = signatures(handle, audience).select('byline.work_id').limit(1);
  for (const column of ['pseud_id', 'imported_creator_id'] as const) {
    // Ids begin at 1: where the first one has none of this sort, everybody else has one above 0.
    const id = first[column] ?? 0;
    for (const side of ['<', '>'] as const) {
      if ((await others.where(`byline.${column}`, side, id).executeTakeFirst()) !== undefined) return false;
    }
  }
  return true;
}

/** Names in the public bylines of listed works. */
function signatures(handle: Handle, audience: Audience) {
  return handle
    .selectFrom('work_creators as byline')
    .innerJoin('works', 'works.id', 'byline.work_id')
    .where('byline.state', '=', 'accepted')
    .where('works.anonymous', '=', 0)
    .where(listedColumn(audience), '=', 1);
}
