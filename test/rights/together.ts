/** What stands between a keeper of a work and others, for the rights table: what the keeper asks, and what is asked of them. */
import type { CastWork } from '../cast.ts';
import { askToCreate, giveTo, makeWork, relate } from '../cast.ts';
import type { Person, TestSite } from '../site.ts';

export interface ThingsTogether {
  /** An invitation to the keeper's work, a gift of it, and what it says that it goes back to. */
  invited: string;
  gift: string;
  relation: string;
  /** The same of somebody else's work: asked of the keeper. */
  invitedTo: string;
  giftTo: string;
  relationTo: string;
}

/** One person asks and is asked for each work, so that no row finds what another has answered. */
export async function thingsTogether(site: TestSite, work: CastWork, keeper: Person): Promise<ThingsTogether> {
  const friend = await site.person(`bogbean ${work.id}`);
  const theirs = await makeWork(site, { title: 'Beside It', by: [friend] }, { state: 'posted' });
  const other = await makeWork(site, { title: 'Before It', by: [friend] }, { state: 'posted' });
  return {
    invited: await askToCreate(site, work, keeper, friend),
    gift: await giveTo(site, work, friend),
    relation: await relate(site, work, other),
    invitedTo: await askToCreate(site, theirs, friend, keeper),
    giftTo: await giveTo(site, theirs, keeper),
    relationTo: await relate(site, theirs, work),
  };
}
