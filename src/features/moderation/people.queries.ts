/** Reads of people: as those who look after the archive meet them, and as they meet what was said to themselves. */
import { nameKey } from '../../platform/db/name-key.ts';
import type { Handle } from '../../platform/db/tables.ts';
import { accountBehind, may, type AccountBehind, type Viewer } from '../accounts/index.ts';
import { holds, type MeasureKind } from './measure.ts';
import './tables.ts';

export interface MeasureTaken {
  publicId: string;
  kind: MeasureKind;
  /** What a warning took away. */
  removed: 'profile' | 'icon' | null;
  reason: string;
  at: number;
  endsAt: number | null;
  liftedAt: number | null;
  acknowledgedAt: number | null;
  holds: boolean;
  /** The pseud it was given to; null when that pseud is gone. */
  pseud: string | null;
}

export interface PersonMet extends AccountBehind {
  measures: MeasureTaken[];
  /** The account’s other pseuds; null for who has given no reason to know them. */
  otherPseuds: { publicId: string; name: string }[] | null;
}

/**
 * Somebody by their pseud; null for who has no right to ask. Without `wholeAccount` only what was said to this very
 * pseud: the same suspension on two pages would say that both are one person.
 */
export async function personMet(
  handle: Handle,
  viewer: Viewer,
  pseudPublicId: string,
  now: number,
  wholeAccount: boolean,
): Promise<PersonMet | null> {
  const person = may(viewer, 'change-standing') ? await accountBehind(handle, pseudPublicId) : null;
  if (!person) return null;
  const measures = await measuresOf(handle, person.accountId, now, wholeAccount ? null : person.pseudId);
  const pseuds = wholeAccount
    ? await handle
        .selectFrom('pseuds')
        .select(['public_id as publicId', 'name'])
        .where('account_id', '=', person.accountId)
        .where('id', '<>', person.pseudId)
        .orderBy('id')
        .execute()
    : null;
  return { ...person, measures, otherPseuds: pseuds };
}

async function measuresOf(
  handle: Handle,
  accountId: number,
  now: number,
  pseudId: number | null,
): Promise<MeasureTaken[]> {
  const rows = await handle
    .selectFrom('account_measures')
    .leftJoin('pseuds', 'pseuds.id', 'account_measures.pseud_id')
    .selectAll('account_measures')
    .select('pseuds.name as pseud')
    .where('account_measures.account_id', '=', accountId)
    .$if(pseudId !== null, (query) => query.where('account_measures.pseud_id', '=', pseudId))
    .orderBy('account_measures.id', 'desc')
    .execute();
  return rows.map((row) => ({
    publicId: row.public_id,
    kind: row.kind,
    removed: row.removed,
    reason: row.reason,
    at: row.at,
    endsAt: row.ends_at,
    liftedAt: row.lifted_at,
    acknowledgedAt: row.acknowledged_at,
    holds: holds({ kind: row.kind, endsAt: row.ends_at, liftedAt: row.lifted_at }, now),
    pseud: row.pseud,
  }));
}

/** Pseuds of a name, however it is written; nobody for who has no right to ask. Two accounts can have the same. */
export async function pseudsNamed(
  handle: Handle,
  viewer: Viewer,
  name: string,
): Promise<{ publicId: string; name: string }[]> {
  if (!may(viewer, 'change-standing')) return [];
  return handle
    .selectFrom('pseuds')
    .select(['public_id as publicId', 'name'])
    .where('name_key', '=', nameKey(name))
    .orderBy('id')
    .limit(50)
    .execute();
}

/** What was said to an account: its measures, the latest first. */
export function ownMeasures(handle: Handle, accountId: number, now: number): Promise<MeasureTaken[]> {
  return measuresOf(handle, accountId, now, null);
}

/** What an account is told on every page. */
export interface StandingNotice {
  unreadWarnings: number;
  /** Null for an account that may do what it may do. */
  held: { kind: 'suspension' | 'ban'; until: number | null } | null;
}

/** @returns what an account is told on every page; null for nothing. One question, since every page of a reader asks it. */
export async function standingNotice(handle: Handle, accountId: number, now: number): Promise<StandingNotice | null> {
  const rows = await handle
    .selectFrom('account_measures')
    .select(['kind', 'ends_at', 'lifted_at', 'acknowledged_at'])
    .where('account_id', '=', accountId)
    .execute();
  const unreadWarnings = rows.filter((row) => row.kind === 'warning' && row.acknowledged_at === null).length;
  const holding = rows.filter((row) => holds({ kind: row.kind, endsAt: row.ends_at, liftedAt: row.lifted_at }, now));
  if (unreadWarnings === 0 && holding.length === 0) return null;
  const ends = holding.map((row) => row.ends_at);
  const until = ends.every((end) => end !== null) ? Math.max(...ends) : null;
  const kind = holding.some((row) => row.kind === 'ban') ? 'ban' : 'suspension';
  return { unreadWarnings, held: holding.length === 0 ? null : { kind, until } };
}

/**
 * Whether somebody is suspended or banned under this very pseud: then its profile and its icon are not shown. Their other
 * pseuds keep theirs, since two that go dark in one minute would be known to be one person's.
 */
export async function isPseudHeld(handle: Handle, pseudId: number, now: number): Promise<boolean> {
  const rows = await handle
    .selectFrom('account_measures')
    .select(['kind', 'ends_at', 'lifted_at'])
    .where('pseud_id', '=', pseudId)
    .execute();
  return rows.some((row) => holds({ kind: row.kind, endsAt: row.ends_at, liftedAt: row.lifted_at }, now));
}
