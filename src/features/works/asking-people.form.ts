/** The people whom a program names with a new work: who is invited to co-create it, and whom it is for. Each of them is asked. */
import type { Tx } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { inviteCreator } from './co-creators.actions.ts';
import type { GivingNeeds } from './giving-needs.form.ts';
import { invitedName, invitingWords, nameProblem, type InvitingNeeds } from './inviting.form.ts';
import type { NewWorkJson } from './new-work-json.ts';

export interface AskingNeeds extends InvitingNeeds {
  giving: GivingNeeds;
}

type PeopleNamed = Pick<NewWorkJson, 'coCreators' | 'gifts'>;

/** What keeps people from being asked at all, by field; one try is taken for each name here. */
export async function peopleProblems(
  needs: AskingNeeds,
  viewer: Viewer,
  { coCreators, gifts }: PeopleNamed,
): Promise<Record<string, string>> {
  const errors: Record<string, string> = {};
  const note = (field: string, problem: string | null) => problem !== null && (errors[field] ??= problem);
  for (const name of coCreators) note('coCreators', await nameProblem(needs.tried, viewer, name));
  for (const pseud of gifts.pseuds) note('gifts.pseuds', await needs.giving.problem(viewer, { pseud }));
  for (const name of gifts.names) note('gifts.names', await needs.giving.problem(viewer, { name }));
  return errors;
}

/** Invites and gives. @returns a sentence by field where somebody cannot be asked; the caller undoes what was written. */
export async function askPeople(
  tx: Tx,
  now: number,
  needs: AskingNeeds,
  viewer: Viewer,
  publicId: string,
  { coCreators, gifts }: PeopleNamed,
): Promise<Record<string, string>> {
  for (const name of new Set(coCreators)) {
    const invited = await inviteCreator(tx, now, viewer, publicId, invitedName(name));
    if ('refusal' in invited) return { coCreators: invitingWords(invited, name) };
  }
  for (const pseud of new Set(gifts.pseuds)) {
    const problem = await needs.giving.give(tx, now, viewer, publicId, { pseud });
    if (problem !== null) return { 'gifts.pseuds': problem };
  }
  for (const name of new Set(gifts.names)) {
    const problem = await needs.giving.give(tx, now, viewer, publicId, { name });
    if (problem !== null) return { 'gifts.names': problem };
  }
  return {};
}
