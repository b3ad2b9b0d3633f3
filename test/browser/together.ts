/** What people do together in the archive that the browser looks at: the owner asks, and is asked. */
import { addCreator, askToCreate, giveTo, makeWork, openPseud, relate } from '../cast.ts';
import type { TestSite } from '../site.ts';

/** Puts something into every list of the pages about it. @returns a work of the owner and of somebody else. */
export async function addTogether(site: TestSite): Promise<{ publicId: string; title: string; creator: string }> {
  const friend = await site.person('A Friend Of Long Standing');
  const invited = await site.person('pimpernel');
  await openPseud(site, friend);
  const own = await makeWork(site, { title: 'Between Us', by: [site.owner, friend] }, { state: 'posted' });
  const theirs = await makeWork(site, { title: 'w'.repeat(90), by: [friend] }, { state: 'posted' });
  await askToCreate(site, own, site.owner, invited);
  await askToCreate(site, theirs, friend, site.owner);
  await giveTo(site, own, invited, 'accepted');
  await giveTo(site, theirs, site.owner);
  await relate(site, own, theirs, 'approved');
  await relate(site, theirs, own, 'approved');
  const third = await makeWork(site, { title: 'An Echo', by: [friend] }, { state: 'posted' });
  await relate(site, third, own);
  const shared = await makeWork(site, { title: 'To Be Deleted', by: [friend] }, { state: 'posted' });
  await addCreator(site, shared.id, site.owner, 'accepted');
  await site.post(`/works/${shared.publicId}/deletion`, {}, friend);
  const row = await site.ground.db.reads
    .selectFrom('pseuds')
    .select('public_id')
    .where('id', '=', invited.pseudId)
    .executeTakeFirstOrThrow();
  return { ...own, creator: row.public_id };
}
