/** Changes of what a pseud says of itself. The text arrives clean, the links read. */
import type { Tx } from '../../../platform/db/tables.ts';
import { append } from '../../../platform/events/log.ts';
import type { ProfileLink, ProfileNotation } from '../pseud-profile.ts';
import { lockPseuds } from './pseuds.actions.ts';
import { ownPseud } from './pseuds.queries.ts';
import '../tables.ts';

export interface NewProfile {
  format: ProfileNotation;
  source: string;
  html: string;
  /** The version of the rules that the text was cleaned by. */
  rules: number;
  links: readonly ProfileLink[];
}

/** Puts a profile in the place of what a pseud said before. @returns false when the pseud is not theirs. */
export async function changeProfile(
  tx: Tx,
  now: number,
  accountId: number,
  publicId: string,
  profile: NewProfile,
): Promise<boolean> {
  await lockPseuds(tx, accountId);
  const pseud = await ownPseud(tx, accountId, publicId);
  if (!pseud) return false;
  const said = { ...profile, links: JSON.stringify(profile.links) };
  await tx
    .insertInto('pseud_profiles')
    .values({ pseud_id: pseud.id, ...said })
    .onConflict((conflict) => conflict.column('pseud_id').doUpdateSet(said))
    .execute();
  await append(tx, now, { kind: 'profile.changed', subject: 'profile', subjectId: pseud.id });
  return true;
}
