/** What people do together, in every state in which it is not for everybody: asked and not answered, refused, of hidden works. */
import { askToCreate, giveTo, relate, type WorkPlan, type WorkState } from '../cast.ts';
import type { Filling, Known, SecretWork, Tell } from './archive.ts';

type AddWork = (archive: Filling, name: string, plan: WorkPlan, state: WorkState, listed: Known) => Promise<SecretWork>;

const UNLISTED = { guest: false, account: false };
const FOR_ACCOUNTS = { guest: false, account: true };
const FOR_ALL = { guest: true, account: true };

export async function addTogether(archive: Filling, secret: Tell, addWork: AddWork): Promise<void> {
  const { site, people, asked } = archive;
  const by = [people.creator];
  const castOf = (work: SecretWork) => ({ ...work, title: '' });
  const named = (name: string): SecretWork => {
    const work = archive.works.find((one) => one.name === name);
    if (!work) throw new Error(`There is no ${name} work.`);
    return work;
  };

  // Who is invited to a draft is told its title, and reads nothing of it.
  const draft = await addWork(
    archive,
    'draft with an invitation',
    {
      title: secret('title of a draft with an invitation', ['creator', 'invited']),
      summary: `<p>${secret('summary of a draft with an invitation', ['creator'])}</p>`,
      chapters: [`<p>${secret('text of a draft with an invitation', ['creator'])}</p>`],
      fandoms: [secret('fandom of a draft with an invitation', ['creator'])],
      by,
    },
    { state: 'draft' },
    UNLISTED,
  );
  asked.invitations.push(await askToCreate(site, castOf(draft), people.creator, people.invited));
  // Of a work that is hidden or deleted, and of an anonymous one its creators, not even that.
  for (const name of ['hidden', 'deleted', 'anonymous'])
    asked.invitations.push(await askToCreate(site, castOf(named(name)), people.creator, people.invited));

  // Each hidden work stands beside one for everybody, both ways; its words say whether it can be seen there.
  const open = named('open 0');
  for (const work of archive.works.filter((one) => one !== open && !one.name.startsWith('open '))) {
    asked.relations.push(await relate(site, work, open, 'approved'), await relate(site, open, work, 'approved'));
  }
  await addGifts(archive, secret, addWork);
}

async function addGifts(archive: Filling, secret: Tell, addWork: AddWork): Promise<void> {
  const { site, people, asked } = archive;
  const castOf = (work: SecretWork) => ({ ...work, title: '' });
  const give = async (
    work: SecretWork,
    what: string,
    seenBy: Parameters<Tell>[1],
    state: 'waiting' | 'accepted' | 'refused',
  ) => {
    const recipient = await site.person(secret(what, seenBy));
    asked.gifts.push(await giveTo(site, castOf(work), recipient, state));
    return recipient;
  };
  const by = [people.creator];
  const open = await addWork(archive, 'given', { title: 'Given', by }, { state: 'posted' }, FOR_ALL);
  await give(open, 'recipient who has not answered', ['creator'], 'waiting');
  await give(open, 'recipient who has refused', ['creator'], 'refused');
  const restricted = await addWork(
    archive,
    'given to readers',
    { title: secret('title of a restricted gift', ACCOUNTS), by },
    { restricted: true },
    FOR_ACCOUNTS,
  );
  const reader = await give(restricted, 'recipient of a restricted gift', ACCOUNTS, 'accepted');
  archive.gifted.set(reader.pseud, FOR_ACCOUNTS);
  // A recipient hears of a gift when its work is posted and revealed, and of an anonymous one never from whom.
  for (const state of [{ state: 'draft' }, { unrevealed: true }] as const) {
    const which = 'state' in state ? 'draft' : 'unrevealed';
    const title = secret(`title of a gift that is ${which}`, ['creator']);
    const work = await addWork(archive, `given ${which}`, { title, by }, state, UNLISTED);
    await give(work, `recipient of a gift that is ${which}`, ['creator'], 'accepted');
    asked.gifts.push(await giveTo(site, castOf(work), people.invited, 'waiting'));
  }
  const giver = await site.person(secret('giver of an anonymous gift', ['creator']));
  const anonymous = await addWork(
    archive,
    'given anonymously',
    { title: 'Given Anonymously', by: [people.creator, giver] },
    { anonymous: true },
    FOR_ALL,
  );
  asked.gifts.push(await giveTo(site, castOf(anonymous), people.invited, 'waiting'));
}

const ACCOUNTS: Parameters<Tell>[1] = ['reader', 'invited', 'creator', 'keeper', 'moderator', 'owner'];
