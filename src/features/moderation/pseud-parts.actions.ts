/** Taking away a profile or an icon, and nothing else of somebody. */
import { newPublicId } from '../../platform/db/public-id.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import { accountBehind, takePartAway, tellByMail, type PseudPart, type Viewer } from '../accounts/index.ts';
import { keepInLog } from './audit.actions.ts';
import { mayTouch, type PeopleRefusal } from './people.actions.ts';
import { refusedPower, type Power } from './power.ts';
import './tables.ts';

const POWER_OF: Record<PseudPart, Power> = { profile: 'remove-profile', icon: 'remove-icon' };

/**
 * Takes away what a pseud shows of itself. The person is told as of a warning, with the reason, and can write or choose another.
 * None there is fine, and leaves no row.
 */
export async function removePart(
  tx: Tx,
  now: number,
  viewer: Viewer,
  pseudPublicId: string,
  removal: { part: PseudPart; reason: string },
): Promise<PeopleRefusal | { removed: boolean }> {
  const power = POWER_OF[removal.part];
  const refused = refusedPower(viewer, power, removal.reason);
  if (refused) return refused;
  const person = await accountBehind(tx, pseudPublicId);
  if (!person) return { refusal: 'not-found' };
  if (!mayTouch(viewer, person)) return { refusal: 'protected' };
  if (!(await takePartAway(tx, now, person.pseudId, removal.part))) return { removed: false };
  await tx
    .insertInto('account_measures')
    .values({
      public_id: newPublicId(),
      account_id: person.accountId,
      pseud_id: person.pseudId,
      kind: 'warning',
      removed: removal.part,
      reason: removal.reason.trim(),
      at: now,
      ends_at: null,
      lifted_at: null,
      acknowledged_at: null,
    })
    .execute();
  await keepInLog(tx, now, viewer, { power, subject: { kind: 'pseud', id: person.pseudId }, reason: removal.reason });
  await tellByMail(tx, now, person.accountId, 'measure');
  await append(tx, now, { kind: 'account.warned', subject: 'account', subjectId: person.accountId });
  return { removed: true };
}
