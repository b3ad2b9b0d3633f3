/** Taking away what a pseud shows of itself. Who may, and why, is checked and logged by who calls. */
import type { Tx } from '../../../platform/db/tables.ts';
import { append } from '../../../platform/events/log.ts';
import { removeIconsLater } from './icon.actions.ts';
import '../tables.ts';

/** What of a pseud can be taken away for itself. */
export type PseudPart = 'profile' | 'icon';

/** Takes the profile, with its links, or the icon away, its file too. @returns false where there is none. */
export async function takePartAway(tx: Tx, now: number, pseudId: number, part: PseudPart): Promise<boolean> {
  if (part === 'icon') {
    const there = await tx
      .selectFrom('pseud_icons')
      .select('pseud_id')
      .where('pseud_id', '=', pseudId)
      .executeTakeFirst();
    if (!there) return false;
    await removeIconsLater(tx, now, [pseudId]);
    await append(tx, now, { kind: 'icon.removed', subject: 'icon', subjectId: pseudId });
    return true;
  }
  const gone = await tx.deleteFrom('pseud_profiles').where('pseud_id', '=', pseudId).returning('pseud_id').execute();
  if (gone.length === 0) return false;
  await append(tx, now, { kind: 'profile.changed', subject: 'profile', subjectId: pseudId });
  return true;
}
