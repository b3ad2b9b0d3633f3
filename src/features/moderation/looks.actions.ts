/** Looking at what is hidden: a reason first, a row in the log, and an hour in the session that gave it. */
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import { accountBehind, hashOfSecret, type Viewer } from '../accounts/index.ts';
import { findModeratedWork } from '../works/index.ts';
import { keepInLog } from './audit.actions.ts';
import { LOOK_MS, refusedPower, type LogSubject, type Power, type PowerRefusal } from './power.ts';
import type { ModeratorLooksTable } from './tables.ts';
import './tables.ts';

/** Who asks: a viewer, and the session that the look is bound to. */
export interface Looking {
  viewer: Viewer;
  sessionToken: string;
}

type LookKind = ModeratorLooksTable['kind'];

/** Lets a moderator look at a hidden work. Refused for what is not hidden, and for what they could not read either way. */
export async function lookAtWork(
  tx: Tx,
  now: number,
  who: Looking,
  publicId: string,
  reason: string,
): Promise<PowerRefusal | { id: number }> {
  const refused = refusedPower(who.viewer, 'look-at-work', reason);
  if (refused) return refused;
  const work = await findModeratedWork(tx, who.viewer, publicId);
  if (!work?.hidden) return { refusal: 'not-found' };
  return look(tx, now, who, {
    power: 'look-at-work',
    kind: 'hidden-work',
    reason,
    subject: { kind: 'work', id: work.id },
  });
}

/** Lets a moderator know who wrote an anonymous work. */
export async function lookAtCreators(
  tx: Tx,
  now: number,
  who: Looking,
  publicId: string,
  reason: string,
): Promise<PowerRefusal | { id: number }> {
  const refused = refusedPower(who.viewer, 'reveal-creators', reason);
  if (refused) return refused;
  const work = await findModeratedWork(tx, who.viewer, publicId);
  if (!work?.anonymous) return { refusal: 'not-found' };
  return look(tx, now, who, {
    power: 'reveal-creators',
    kind: 'work-creators',
    reason,
    subject: { kind: 'work', id: work.id },
  });
}

/** Lets a moderator know the other pseuds of the account behind one. */
export async function lookAtPseuds(
  tx: Tx,
  now: number,
  who: Looking,
  pseudPublicId: string,
  reason: string,
): Promise<PowerRefusal | { id: number }> {
  const refused = refusedPower(who.viewer, 'look-at-pseuds', reason);
  if (refused) return refused;
  const person = await accountBehind(tx, pseudPublicId);
  if (!person) return { refusal: 'not-found' };
  return look(tx, now, who, {
    power: 'look-at-pseuds',
    kind: 'other-pseuds',
    reason,
    subject: { kind: 'pseud', id: person.pseudId },
  });
}

async function look(
  tx: Tx,
  now: number,
  who: Looking,
  asked: { power: Power; kind: LookKind; subject: LogSubject; reason: string },
): Promise<{ id: number }> {
  const { subject } = asked;
  await tx
    .insertInto('moderator_looks')
    .values({
      session_hash: hashOfSecret(who.sessionToken),
      kind: asked.kind,
      subject_id: subject.id,
      ends_at: now + LOOK_MS,
    })
    .onConflict((conflict) =>
      conflict.columns(['session_hash', 'kind', 'subject_id']).doUpdateSet({ ends_at: now + LOOK_MS }),
    )
    .execute();
  await keepInLog(tx, now, who.viewer, asked);
  await append(tx, now, { kind: 'moderation.looked', subject: subject.kind, subjectId: subject.id });
  return { id: subject.id };
}

/** Removes looks that are over. */
export async function forgetEndedLooks(tx: Tx, now: number): Promise<void> {
  await tx.deleteFrom('moderator_looks').where('ends_at', '<=', now).execute();
}
