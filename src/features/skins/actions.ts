/** Changes of skins, and of what works wear. Sheets arrive checked and printed. */
import { hash } from 'node:crypto';
import { lockNames } from '../../platform/db/locks.ts';
import { newPublicId } from '../../platform/db/public-id.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import { may, type Viewer } from '../accounts/index.ts';
import { SKINS_EACH } from '../site/index.ts';
import { findWork, mayChangeWork } from '../works/index.ts';
import { findOwnSkin } from './queries.ts';
import type { PrintedSkin, SkinRefusal } from './skin.ts';
import './tables.ts';

const SUBJECT = 'skin';

function hashOf(css: string): string {
  return hash('sha256', css, 'hex');
}

/** The account behind a viewer who may write; null for everybody else. */
function writer(viewer: Viewer): number | null {
  return may(viewer, 'change-own-works') ? viewer.accountId : null;
}

/** Makes a skin. An account has at most SKINS_EACH. @returns its public id. */
export async function makeSkin(
  tx: Tx,
  now: number,
  viewer: Viewer,
  skin: PrintedSkin,
): Promise<{ publicId: string } | SkinRefusal> {
  const accountId = writer(viewer);
  if (accountId === null) return { refusal: 'not-found' };
  await lockNames(tx, [`skins ${accountId}`]);
  const { count } = await tx
    .selectFrom('work_skins')
    .where('account_id', '=', accountId)
    .select((all) => all.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (Number(count) >= SKINS_EACH) return { refusal: 'too-many' };
  const publicId = newPublicId();
  const { id } = await tx
    .insertInto('work_skins')
    .values({
      public_id: publicId,
      account_id: accountId,
      ...skin,
      css_hash: hashOf(skin.css),
      created_at: now,
      updated_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await append(tx, now, { kind: 'skin.made', subject: SUBJECT, subjectId: id, version: 1 });
  return { publicId };
}

/** Changes a skin, and with it how all works look that wear it. `madeFrom`: the version that was shown. */
export async function changeSkin(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  skin: PrintedSkin & { madeFrom: number | null },
): Promise<{ publicId: string } | SkinRefusal> {
  const accountId = writer(viewer);
  if (accountId === null) return { refusal: 'not-found' };
  await lockNames(tx, [`skins ${accountId}`]);
  const stored = await findOwnSkin(tx, accountId, publicId);
  if (!stored) return { refusal: 'not-found' };
  const { madeFrom, ...printed } = skin;
  if (madeFrom !== null && madeFrom !== stored.version) return { refusal: 'changed-meanwhile' };
  await tx
    .updateTable('work_skins')
    .set({
      ...printed,
      css_hash: hashOf(printed.css),
      tried: '',
      version: stored.version + 1,
      updated_at: now,
    })
    .where('id', '=', stored.id)
    .execute();
  await append(tx, now, {
    kind: 'skin.changed',
    subject: SUBJECT,
    subjectId: stored.id,
    version: stored.version + 1,
  });
  return { publicId };
}

/** Keeps a sheet for its owner to look at, beside the one that is saved. Nothing that others see changes. */
export async function trySkin(
  tx: Tx,
  viewer: Viewer,
  publicId: string,
  css: string,
): Promise<{ hash: string } | SkinRefusal> {
  const accountId = writer(viewer);
  const stored = accountId === null ? null : await findOwnSkin(tx, accountId, publicId);
  if (!stored) return { refusal: 'not-found' };
  await tx.updateTable('work_skins').set({ tried: css }).where('id', '=', stored.id).execute();
  return { hash: hashOf(css) };
}

/** Deletes a skin; works that wore it look as works do by themselves. */
export async function deleteSkin(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
): Promise<{ works: number } | SkinRefusal> {
  const accountId = writer(viewer);
  const stored = accountId === null ? null : await findOwnSkin(tx, accountId, publicId);
  if (!stored) return { refusal: 'not-found' };
  const worn = await tx.deleteFrom('work_skin_choices').where('skin_id', '=', stored.id).returning('work_id').execute();
  await tx.deleteFrom('work_skins').where('id', '=', stored.id).execute();
  await append(tx, now, { kind: 'skin.deleted', subject: SUBJECT, subjectId: stored.id });
  return { works: worn.length };
}

/**
 * Says what a work wears: one of the viewer's own skins by its public id, or nothing (''). Only for who may change the work.
 * The same said again changes nothing. Somebody else's skin is refused like one that is not there.
 */
export async function wearSkin(
  tx: Tx,
  now: number,
  viewer: Viewer,
  workPublicId: string,
  skinPublicId: string,
): Promise<{ worn: boolean } | SkinRefusal> {
  const accountId = writer(viewer);
  const work = accountId === null ? null : await findWork(tx, viewer, workPublicId);
  if (accountId === null || !work || !mayChangeWork(viewer, work)) return { refusal: 'not-found' };
  const skin = skinPublicId === '' ? null : await findOwnSkin(tx, accountId, skinPublicId);
  if (skinPublicId !== '' && !skin) return { refusal: 'not-found' };
  const before = await tx
    .selectFrom('work_skin_choices')
    .select('skin_id')
    .where('work_id', '=', work.id)
    .executeTakeFirst();
  if (before?.skin_id === skin?.id) return { worn: skin !== null };
  await tx.deleteFrom('work_skin_choices').where('work_id', '=', work.id).execute();
  if (skin) await tx.insertInto('work_skin_choices').values({ work_id: work.id, skin_id: skin.id }).execute();
  await append(tx, now, { kind: 'work.dressed', subject: 'work', subjectId: work.id, workId: work.id });
  return { worn: skin !== null };
}

/** Keeps what the rules of today have made of a skin; its source stays as it is. For the job that prints skins anew. */
export async function printAnew(
  tx: Tx,
  id: number,
  source: string,
  { css, rules }: { css: string; rules: number },
): Promise<void> {
  await tx
    .updateTable('work_skins')
    .set({ css, css_hash: hashOf(css), rules, tried: '' })
    .where('id', '=', id)
    .where('source', '=', source)
    .execute();
}

/** Takes off what a work wears, when the work is erased. */
export async function undress(tx: Tx, workId: number): Promise<void> {
  await tx.deleteFrom('work_skin_choices').where('work_id', '=', workId).execute();
}

/** Takes off what a work wears, where it is a skin of this account, which writes it no more. */
export async function takeBackSkin(tx: Tx, workId: number, accountId: number): Promise<void> {
  const own = tx.selectFrom('work_skins').select('id').where('account_id', '=', accountId);
  await tx.deleteFrom('work_skin_choices').where('work_id', '=', workId).where('skin_id', 'in', own).execute();
}

/** Erases the skins of an account, from all works that wear them. */
export async function eraseSkins(tx: Tx, now: number, accountId: number): Promise<void> {
  const skins = await tx.selectFrom('work_skins').select('id').where('account_id', '=', accountId).execute();
  if (skins.length === 0) return;
  const own = tx.selectFrom('work_skins').select('id').where('account_id', '=', accountId);
  await tx.deleteFrom('work_skin_choices').where('skin_id', 'in', own).execute();
  await tx.deleteFrom('work_skins').where('account_id', '=', accountId).execute();
  await append(tx, now, { kind: 'account.undressed', subject: 'account', subjectId: accountId });
}
