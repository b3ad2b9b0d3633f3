/** Of the leak archive: works held concealed by causes of which one has ended, and series made by hand. */
import { concealWork, releaseWork } from '../../src/features/works/index.ts';
import { deleteSeries } from '../../src/features/series/own.actions.ts';
import { makeOwnSeries, type WorkPlan, type WorkState } from '../cast.ts';
import type { Filling, Known, SecretWork, Tell } from './archive.ts';

type AddWork = (archive: Filling, name: string, plan: WorkPlan, state: WorkState, listed: Known) => Promise<SecretWork>;

const UNLISTED = { guest: false, account: false };
const FOR_ALL = { guest: true, account: true };

export async function addDecided(archive: Filling, secret: Tell, addWork: AddWork): Promise<void> {
  const { site, people } = archive;
  const { creator } = people;
  const { db, now } = site.ground;
  const unrevealed = await addWork(
    archive,
    'held unrevealed',
    {
      title: secret('title of a work that one cause still holds unrevealed', ['creator']),
      by: [creator],
      fandoms: [secret('fandom of a work that one cause still holds unrevealed', ['creator'])],
      chapters: [`<p>${secret('text of a work that one cause still holds unrevealed', ['creator'])}</p>`],
    },
    { state: 'posted' },
    UNLISTED,
  );
  const author = await site.person(secret('creator of a work that one cause still holds anonymous', ['creator']));
  archive.creators.set(author.pseud, UNLISTED);
  const anonymous = await addWork(
    archive,
    'held anonymous',
    { title: 'Held Anonymous', by: [creator, author] },
    { state: 'posted' },
    FOR_ALL,
  );
  for (const [kind, { id }] of [
    ['unrevealed', unrevealed],
    ['anonymous', anonymous],
  ] as const) {
    await db.write(async (tx) => {
      await concealWork(tx, now(), id, { kind, cause: 'creator' });
      await concealWork(tx, now(), id, { kind, cause: 'a collection' });
      await releaseWork(tx, now(), id, { kind, cause: 'creator' });
    });
  }
  const named = (name: string): SecretWork => {
    const work = archive.works.find((one) => one.name === name);
    if (!work) throw new Error(`There is no ${name} work.`);
    return work;
  };
  const [draft, open] = [named('draft'), named('slow')];
  const alone = await makeOwnSeries(
    site,
    creator,
    secret('title of a series with nothing that readers see', ['creator']),
    [draft.id, unrevealed.id, anonymous.id],
    {
      summary: `<p>${secret('summary of a series with nothing that readers see', ['creator'])}</p>`,
      notes: `<p>${secret('notes of a series with nothing that readers see', ['creator'])}</p>`,
    },
  );
  archive.series.push({ id: alone, known: UNLISTED });
  // One work of it is for everybody: it is the first there for them, whatever stands before.
  const mixed = await makeOwnSeries(site, creator, 'Open in Part', [draft.id, unrevealed.id, open.id]);
  archive.series.push({ id: mixed, known: FOR_ALL });
  const deleted = await makeOwnSeries(site, creator, secret('title of a deleted series', ['creator']), [open.id], {
    summary: `<p>${secret('summary of a deleted series', [])}</p>`,
  });
  await db.write((tx) => deleteSeries(tx, now(), creator.viewer, deleted));
  archive.series.push({ id: deleted, known: UNLISTED });
}
