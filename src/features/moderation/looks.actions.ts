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
type Looked = PowerRefusal | { id: number };

/** Lets a moderator look at a hidden work. Refused for what is not hidden, and for what they could not read either way. */
export function lookAtWork(tx: Tx, now: number, who: Looking, publicId: string, reason: string): Promise<Looked> {
  return look(tx, now, who, reason, {
    power: 'look-at-work',
    kind: 'hidden-work',
    find: async () => {
      const work = await findModeratedWork(tx, who.viewer, publicId);
      return work?.hidden ? { kind: 'work', id: work.id } : null;
    },
  });
}

/** Lets a moderator know who wrote an anonymous work. */
export function lookAtCreators(tx: Tx, now: number, who: Looking, publicId: string, reason: string): Promise<Looked> {
  return look(tx, now, who, reason, {
    power: 'reveal-creators',
    kind: 'work-creators',
    find: async () => {
      const work = await findModeratedWork(tx, who.viewer, publicId);
      return work?.anonymous ? { kind: 'work', id: work.id } : null;
    },
  });
}

/** Lets a moderator know the other pseuds of the account behind one. */
export function lookAtPseuds(
  tx: Tx,
  now: number,
  who: Looking,
  pseudPublicId: string,
  reason: string,
): Promise<Looked> {
  return look(tx, now, who, reason, {
    power: 'look-at-pseuds',
    kind: 'other-pseuds',
    find: async () => {
      const person = await accountBehind(tx, pseudPublicId);
      return person ? { kind: 'pseud', id: person.pseudId } : null;
    },
  });
}

/** `find`: what is looked at, or null where there is nothing to; asked only of who may look and has given a reason. */
async function look(
  tx: Tx,
  now: number,
  who: Looking,
  reason: string,
  asked: { power: Power; kind: LookKind; find: () => Promise<LogSubject | null> },
): Promise<Looked> {
  const refused = refusedPower(who.viewer, asked.power, reason);
  if (refused) return refused;
  const subject = await asked.find();
  if (!subject) return { refusal: 'not-found' };
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
  await keepInLog(tx, now, who.viewer, { power: asked.power, subject, reason });
  await append(tx, now, { kind: 'moderation.looked', subject: subject.kind, subjectId: subject.id });
  return { id: subject.id };
}

/** Removes looks that are over. */
export async function forgetEndedLooks(tx: Tx, now: number): Promise<void> {
  await tx.deleteFrom('moderator_looks').where('ends_at', '<=', now).execute();
}
