/**
 * Measures against accounts, and roles. People are met by their pseuds and named by them; what is done holds for the
 * account behind, and nothing here tells which other pseuds that account has.
 */
import { newPublicId } from '../../platform/db/public-id.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import {
  accountBehind,
  giveRole,
  may,
  setStanding,
  takeRole,
  tellByMail,
  type AccountBehind,
  type Role,
  type RoleRefusal,
  type Viewer,
} from '../accounts/index.ts';
import { keepInLog } from './audit.actions.ts';
import { holds, standingFrom, type MeasureKind } from './measure.ts';
import { refusedPower, type Power, type PowerRefusal } from './power.ts';
import './tables.ts';

/** `protected`: an owner, somebody whom only an owner may touch, or the viewer themself. */
export type PeopleRefusal = PowerRefusal | { refusal: 'protected' } | RoleRefusal;

const POWER_OF: Record<MeasureKind, Power> = { warning: 'warn', suspension: 'suspend', ban: 'ban' };

/** Takes a measure against the account behind a pseud. `endsAt`: for a suspension, null for one without an end. */
export async function takeMeasure(
  tx: Tx,
  now: number,
  viewer: Viewer,
  pseudPublicId: string,
  measure: { kind: MeasureKind; reason: string; endsAt: number | null },
): Promise<PeopleRefusal | { accountId: number }> {
  const power = POWER_OF[measure.kind];
  const refused = refusedPower(viewer, power, measure.reason);
  if (refused) return refused;
  const person = await accountBehind(tx, pseudPublicId);
  if (!person) return { refusal: 'not-found' };
  if (!mayTouch(viewer, person)) return { refusal: 'protected' };
  await tx
    .insertInto('account_measures')
    .values({
      public_id: newPublicId(),
      account_id: person.accountId,
      pseud_id: person.pseudId,
      kind: measure.kind,
      reason: measure.reason.trim(),
      at: now,
      ends_at: measure.kind === 'suspension' ? measure.endsAt : null,
      lifted_at: null,
      acknowledged_at: null,
    })
    .execute();
  await keepInLog(tx, now, viewer, {
    power,
    subject: { kind: 'pseud', id: person.pseudId },
    reason: measure.reason,
  });
  await tellByMail(tx, now, person.accountId, 'measure');
  if (measure.kind === 'warning')
    await append(tx, now, { kind: 'account.warned', subject: 'account', subjectId: person.accountId });
  else await settleStanding(tx, now, person.accountId);
  return { accountId: person.accountId };
}

/** Lifts what holds against an account of the suspensions and bans that were given to this pseud. Without any it is fine. */
export async function liftMeasures(
  tx: Tx,
  now: number,
  viewer: Viewer,
  pseudPublicId: string,
  reason: string,
): Promise<PeopleRefusal | { lifted: number }> {
  const refused = refusedPower(viewer, 'lift', reason);
  if (refused) return refused;
  const person = await accountBehind(tx, pseudPublicId);
  if (!person) return { refusal: 'not-found' };
  if (!mayTouch(viewer, person)) return { refusal: 'protected' };
  const rows = await tx
    .selectFrom('account_measures')
    .select(['id', 'kind', 'ends_at', 'lifted_at'])
    .where('pseud_id', '=', person.pseudId)
    .execute();
  const holding = rows.filter((row) => holds({ kind: row.kind, endsAt: row.ends_at, liftedAt: row.lifted_at }, now));
  if (holding.length === 0) return { lifted: 0 };
  await tx
    .updateTable('account_measures')
    .set({ lifted_at: now })
    .where(
      'id',
      'in',
      holding.map((row) => row.id),
    )
    .execute();
  await keepInLog(tx, now, viewer, { power: 'lift', subject: { kind: 'pseud', id: person.pseudId }, reason });
  await settleStanding(tx, now, person.accountId);
  return { lifted: holding.length };
}

/** An owner is touched by nobody, whoever else looks after the archive by an owner alone, and nobody by themself. */
export function mayTouch(viewer: Viewer, person: AccountBehind): boolean {
  if (person.roles.has('owner') || person.accountId === viewer.accountId) return false;
  return !person.roles.has('moderator') || may(viewer, 'change-roles');
}

/** Brings the account’s standing in line with the measures that hold now. */
async function settleStanding(tx: Tx, now: number, accountId: number): Promise<void> {
  const rows = await tx
    .selectFrom('account_measures')
    .select(['kind', 'ends_at', 'lifted_at'])
    .where('account_id', '=', accountId)
    .execute();
  const measures = rows.map((row) => ({ kind: row.kind, endsAt: row.ends_at, liftedAt: row.lifted_at }));
  await setStanding(tx, now, accountId, standingFrom(measures, now));
}

/**
 * Writes down that suspensions are over, ten accounts at a time. Sessions have known it since the minute it was so; work
 * in the background learns it here. @returns how many accounts that were.
 */
export async function endSuspensions(tx: Tx, now: number): Promise<number> {
  const over = await tx
    .selectFrom('accounts')
    .select('id')
    .where('state', '=', 'suspended')
    .where('suspended_until', '<=', now)
    .orderBy('id')
    .limit(10)
    .execute();
  for (const { id } of over) await settleStanding(tx, now, id);
  return over.length;
}

/** Marks warnings as read by the account that they were given to. Ids of others, and of none, are passed over. */
export async function acknowledgeWarnings(
  tx: Tx,
  now: number,
  accountId: number,
  publicIds: readonly string[],
): Promise<void> {
  if (publicIds.length === 0) return;
  const read = await tx
    .updateTable('account_measures')
    .set({ acknowledged_at: now })
    .where('account_id', '=', accountId)
    .where('kind', '=', 'warning')
    .where('acknowledged_at', 'is', null)
    .where('public_id', 'in', publicIds.slice(0, 100))
    .returning('id')
    .execute();
  if (read.length > 0)
    await append(tx, now, { kind: 'account.warning-read', subject: 'account', subjectId: accountId });
}

/** Roles that are given and taken here. */
export const GIVEN_ROLES = ['moderator', 'tag-wrangler', 'archivist', 'owner'] as const satisfies readonly Role[];
export type GivenRole = (typeof GIVEN_ROLES)[number];

/** Gives a role to the account behind a pseud, or takes it. What is so already is fine, and leaves no row. */
export async function changeRole(
  tx: Tx,
  now: number,
  viewer: Viewer,
  pseudPublicId: string,
  change: { role: GivenRole; give: boolean; reason: string },
): Promise<PeopleRefusal | { changed: boolean }> {
  const power = change.give ? 'give-role' : 'take-role';
  const refused = refusedPower(viewer, power, change.reason);
  if (refused) return refused;
  const person = await accountBehind(tx, pseudPublicId);
  if (!person) return { refusal: 'not-found' };
  if (person.roles.has(change.role) === change.give) return { changed: false };
  await keepInLog(tx, now, viewer, {
    power,
    subject: { kind: 'pseud', id: person.pseudId },
    reason: `${change.role}: ${change.reason}`,
  });
  if (change.give) await giveRole(tx, now, person.accountId, change.role);
  else {
    const kept = await takeRole(tx, now, person.accountId, change.role);
    if (kept) return kept;
  }
  return { changed: true };
}
