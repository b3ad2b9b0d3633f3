/** The tags that stand on a work, in its creator's order. */
import type { Flag, Tx } from '../../platform/db/tables.ts';
import { chunks } from '../../platform/db/chunks.ts';
import { ensureTags, ratingsOf, type Tag, type TagKind } from '../tags/index.ts';
import './tables.ts';

/** Replaces the tags of a work, keeping the creator's order, and settles whether it stands behind the adult gate. */
export async function replaceTags(
  tx: Tx,
  now: number,
  workId: number,
  wanted: readonly { kind: TagKind; name: string }[],
): Promise<void> {
  const tags = await ensureTags(tx, now, wanted);
  await tx.deleteFrom('work_tags').where('work_id', '=', workId).execute();
  await addTags(tx, workId, tags);
  await tx
    .updateTable('works')
    .set({ adult: await adultFlag(tx, tags) })
    .where('id', '=', workId)
    .execute();
}

export async function addTags(tx: Tx, workId: number, tags: readonly Tag[]): Promise<void> {
  const each = [...new Map(tags.map((tag) => [tag.id, tag])).values()];
  const rows = each.map((tag, position) => ({ work_id: workId, tag_id: tag.id, kind: tag.kind, position }));
  for (const piece of chunks(rows)) await tx.insertInto('work_tags').values(piece).execute();
}

export async function adultFlag(tx: Tx, tags: readonly Tag[]): Promise<Flag> {
  const ids = tags.filter((tag) => tag.kind === 'rating').map((tag) => tag.id);
  return (await ratingsOf(tx, ids)).some((rating) => rating.adult) ? 1 : 0;
}
