/**
 * Reads of skins: one's own, and the sheet that a work wears. A skin itself has no public name: its sheet is reached through
 * the work, by who may read the work, so that no address says which works are of one hand.
 */
import { hash } from 'node:crypto';
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import { isPublicId } from '../../platform/db/public-id.ts';
import { SHEET_RULES } from '../../platform/css/rules.ts';
import type { Handle, Tables } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { mayManageSql, visibleWorks } from '../works/index.ts';
import type { OwnSkin, WrittenSkin } from './skin.ts';
import './tables.ts';

/** All skins of an account, by title. */
export async function ownSkins(handle: Handle, accountId: number): Promise<OwnSkin[]> {
  const rows = await handle
    .selectFrom('work_skins')
    .where('account_id', '=', accountId)
    .select((skin) => [
      'public_id',
      'title',
      'rules',
      'updated_at',
      skin
        .selectFrom('work_skin_choices')
        .whereRef('work_skin_choices.skin_id', '=', 'work_skins.id')
        .select((count) => count.fn.countAll<number>().as('works'))
        .as('works'),
    ])
    .orderBy('title')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    publicId: row.public_id,
    title: row.title,
    works: Number(row.works),
    outdated: row.rules !== SHEET_RULES,
    updatedAt: row.updated_at,
  }));
}

/** One of the account's own skins; null for anybody else's. */
export async function findOwnSkin(handle: Handle, accountId: number, publicId: string): Promise<WrittenSkin | null> {
  if (!isPublicId(publicId)) return null;
  const row = await handle
    .selectFrom('work_skins')
    .where('public_id', '=', publicId)
    .where('account_id', '=', accountId)
    .select(['id', 'public_id', 'title', 'source', 'css_hash', 'version'])
    .executeTakeFirst();
  if (!row) return null;
  const { public_id: id, css_hash: cssHash, ...others } = row;
  return { ...others, publicId: id, cssHash };
}

/** The sheet of one's own skin, as saved or as tried last; null for anybody else's. */
export async function ownSheet(
  handle: Handle,
  accountId: number,
  publicId: string,
  which: 'saved' | 'tried',
): Promise<string | null> {
  if (!isPublicId(publicId)) return null;
  const row = await handle
    .selectFrom('work_skins')
    .where('public_id', '=', publicId)
    .where('account_id', '=', accountId)
    .where('rules', '=', SHEET_RULES)
    .select(which === 'saved' ? 'css as sheet' : 'tried as sheet')
    .executeTakeFirst();
  return row?.sheet ?? null;
}

type Skins = ExpressionBuilder<Tables & { works: Tables['works'] }, 'work_skins' | 'works'>;

/** A skin is worn while who wrote it keeps the work: in its byline, or as who brought it in. */
function keeperSql(skins: Skins): Expression<SqlBool> {
  return skins.or([
    skins.exists(
      skins
        .selectFrom('work_creators')
        .innerJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
        .select('work_creators.work_id')
        .whereRef('work_creators.work_id', '=', 'works.id')
        .where('work_creators.state', '=', 'accepted')
        .whereRef('pseuds.account_id', '=', 'work_skins.account_id'),
    ),
    skins.exists(
      skins
        .selectFrom('pseuds')
        .select('pseuds.id')
        .whereRef('pseuds.id', '=', 'works.archived_by')
        .whereRef('pseuds.account_id', '=', 'work_skins.account_id'),
    ),
  ]);
}

/** What a work wears that the viewer may read; null where that is nothing. */
function wornBy(handle: Handle, viewer: Viewer) {
  return visibleWorks(handle, viewer)
    .innerJoin('work_skin_choices', 'work_skin_choices.work_id', 'works.id')
    .innerJoin('work_skins', 'work_skins.id', 'work_skin_choices.skin_id')
    .where('work_skins.css', '<>', '')
    .where('work_skins.rules', '=', SHEET_RULES)
    .where(keeperSql);
}

/**
 * The address of the sheet that a work wears, if the viewer may read the work; null where it wears none. It changes with the
 * sheet, and says of no two works that they share one.
 */
export async function sheetAddress(handle: Handle, viewer: Viewer, workId: number): Promise<string | null> {
  const row = await wornBy(handle, viewer)
    .where('works.id', '=', workId)
    .select(['works.public_id', 'work_skins.css_hash'])
    .executeTakeFirst();
  if (!row) return null;
  const mark = hash('sha256', `${row.public_id} ${row.css_hash}`, 'hex').slice(0, 12);
  return `/works/${row.public_id}/skin/${mark}.css`;
}

/** The sheet that a work wears, by the work's public id; null for who may not read the work, or has not said they are willing to. */
export async function sheetOfWork(handle: Handle, viewer: Viewer, publicId: string): Promise<string | null> {
  if (!isPublicId(publicId)) return null;
  const row = await wornBy(handle, viewer)
    .where('works.public_id', '=', publicId)
    .where((work) =>
      viewer.adult ? work.lit(true) : work.or([work('works.adult', '=', 0), mayManageSql(work, viewer)]),
    )
    .select('work_skins.css')
    .executeTakeFirst();
  return row?.css ?? null;
}

/** What a work wears as those who keep it choose it: one of their own, that of another keeper, or nothing. */
export async function chosenSkin(
  handle: Handle,
  viewer: Viewer,
  workId: number,
): Promise<{ own: string } | 'of-another' | null> {
  const row = await handle
    .selectFrom('work_skin_choices')
    .innerJoin('work_skins', 'work_skins.id', 'work_skin_choices.skin_id')
    .where('work_skin_choices.work_id', '=', workId)
    .select(['work_skins.public_id', 'work_skins.account_id'])
    .executeTakeFirst();
  if (!row) return null;
  return row.account_id === viewer.accountId ? { own: row.public_id } : 'of-another';
}

/** Skins that were printed by other rules than those of today, for the job that prints them anew. No viewer: nobody is shown them. */
export function skinsOfOtherRules(
  handle: Handle,
  after: number,
  most: number,
): Promise<{ id: number; source: string }[]> {
  return handle
    .selectFrom('work_skins')
    .where('rules', '<>', SHEET_RULES)
    .where('id', '>', after)
    .select(['id', 'source'])
    .orderBy('id')
    .limit(most)
    .execute();
}
