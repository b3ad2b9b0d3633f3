/** Who signs a work: its creators change which of their own pseuds stand in the byline. Nobody changes who else stands there. */
import { chunks } from '../../platform/db/chunks.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import type { Viewer } from '../accounts/index.ts';
import { workToChange } from './changing.actions.ts';
import type { InsertedWork } from './drafts.actions.ts';
import { signingPseuds } from './signing.queries.ts';
import './tables.ts';

/**
 * Has a work signed by these of the viewer's pseuds, by their public ids, and by no other of theirs. What takes a pseud's
 * place stands where that one stood. Refused: a work that the viewer may not change or does not sign, a pseud that is not
 * theirs, and none at all.
 */
export async function signWork(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  signers: readonly string[],
): Promise<InsertedWork | { refusal: 'not-found' } | { refusal: 'unsigned' }> {
  const work = await workToChange(tx, viewer, publicId);
  if (!work) return { refusal: 'not-found' };
  const own = await signingPseuds(tx, viewer);
  const chosen = new Set(own.filter((pseud) => signers.includes(pseud.publicId)).map((pseud) => pseud.id));
  if (chosen.size === 0 || chosen.size !== new Set(signers).size) return { refusal: 'unsigned' };
  const mine = new Set(own.map((pseud) => pseud.id));
  const rows = await tx
    .selectFrom('work_creators')
    .select(['position', 'pseud_id', 'state'])
    .where('work_id', '=', work.id)
    .orderBy('position')
    .execute();
  const isMine = (row: (typeof rows)[number]) => row.pseud_id !== null && mine.has(row.pseud_id);
  const signed = rows.filter((row) => isMine(row) && row.state === 'accepted');
  if (signed.length === 0) return { refusal: 'not-found' };
  const kept = new Set(
    signed.flatMap((row) => (row.pseud_id !== null && chosen.has(row.pseud_id) ? row.pseud_id : [])),
  );
  const added = own.filter((pseud) => chosen.has(pseud.id) && !kept.has(pseud.id));
  if (added.length === 0 && kept.size === signed.length) return { id: work.id, publicId };
  // An invitation to one of these pseuds is answered by it.
  const going = rows.filter(
    (row) => isMine(row) && !kept.has(row.pseud_id ?? 0) && (row.state === 'accepted' || chosen.has(row.pseud_id ?? 0)),
  );
  if (going.length > 0) {
    await tx
      .deleteFrom('work_creators')
      .where('work_id', '=', work.id)
      .where(
        'position',
        'in',
        going.map((row) => row.position),
      )
      .execute();
  }
  const places = going.filter((row) => row.state === 'accepted').map((row) => row.position);
  let next = (rows.at(-1)?.position ?? -1) + 1;
  for (const pseud of added) {
    const position = places.shift() ?? next++;
    await tx
      .insertInto('work_creators')
      .values({ work_id: work.id, position, pseud_id: pseud.id, imported_creator_id: null, state: 'accepted' })
      .execute();
  }
  await toldOf(tx, now, [work.id]);
  return { id: work.id, publicId };
}

/**
 * Puts one pseud in the place of another on every work that it signs, is invited to or has brought in; where both stand,
 * one goes. Who calls has made sure that both are of one account.
 */
export async function handOverWorks(tx: Tx, now: number, from: number, to: number): Promise<void> {
  const rows = await tx
    .selectFrom('work_creators')
    .select(['work_id', 'pseud_id', 'state'])
    .where('pseud_id', 'in', [from, to])
    .execute();
  const there = new Map(rows.flatMap((row) => (row.pseud_id === to ? [[row.work_id, row.state] as const] : [])));
  const signed = rows.filter((row) => row.pseud_id === from);
  // What is signed outweighs an invitation.
  const replaced = signed.filter((row) => row.state === 'accepted' && there.get(row.work_id) === 'invited');
  await removeFrom(tx, to, replaced);
  const doubled = signed.filter((row) => there.has(row.work_id) && !replaced.includes(row));
  await removeFrom(tx, from, doubled);
  await tx.updateTable('work_creators').set({ pseud_id: to }).where('pseud_id', '=', from).execute();
  const kept = await tx
    .updateTable('works')
    .set({ archived_by: to })
    .where('archived_by', '=', from)
    .returning('id')
    .execute();
  await toldOf(tx, now, [...new Set([...signed.map((row) => row.work_id), ...kept.map((row) => row.id)])]);
}

async function removeFrom(tx: Tx, pseudId: number, rows: readonly { work_id: number }[]): Promise<void> {
  for (const piece of chunks(rows.map((row) => row.work_id)))
    await tx.deleteFrom('work_creators').where('pseud_id', '=', pseudId).where('work_id', 'in', piece).execute();
}

/** Another byline is another version of the work: lists, index and full text follow. */
async function toldOf(tx: Tx, now: number, workIds: readonly number[]): Promise<void> {
  const events = [];
  for (const piece of chunks(workIds)) {
    const rows = await tx
      .updateTable('works')
      .set((set) => ({ version: set('version', '+', 1) }))
      .where('id', 'in', piece)
      .returning(['id', 'version'])
      .execute();
    for (const { id, version } of rows)
      events.push({ kind: 'work.signed', subject: 'work', subjectId: id, workId: id, version });
  }
  for (const piece of chunks(events)) await append(tx, now, ...piece);
}
