/** Every page that only an archive with mail shows, with what a browser does to see it. */
import { confirmAddress, giveAddress, makeAddressLink } from '../../src/features/accounts/addresses.actions.ts';
import { makePasswordLink } from '../../src/features/accounts/forgotten.actions.ts';
import { askForPlace, confirmPlace, makePlaceLink } from '../../src/features/accounts/queue.actions.ts';
import { turnOffPath } from '../../src/features/accounts/turn-off.ts';
import { sealOf } from '../../src/platform/files/seal.ts';
import { changeSettings } from '../../src/features/site/index.ts';
import type { Tx } from '../../src/platform/db/tables.ts';
import { secureAccount } from '../cast.ts';
import type { TestSite } from '../site.ts';
import type { PagePlan } from './every-page.ts';

/** Fills an archive that sends mail, and names its pages. */
export async function mailPages(site: TestSite): Promise<PagePlan[]> {
  const { db, now } = site.ground;
  const { accountId } = site.owner.viewer;
  await secureAccount(site, site.owner, 'keeper_of_the_archive', 'four herons under ice');
  const links = await db.write(async (tx) => {
    await changeSettings(tx, now(), { invitationQueue: true });
    await confirmAddress(tx, now(), await addressLink(tx, now(), accountId, `${'long'.repeat(12)}@lake.example.org`));
    return {
      confirm: await addressLink(tx, now(), accountId, 'teal@pond.example.org'),
      password: (await makePasswordLink(tx, now(), accountId))?.token ?? '',
      asked: await placeLink(tx, now(), 'smew@pond.example.org'),
      place: await placeLink(tx, now(), 'wren@pond.example.org'),
    };
  });
  await db.write((tx) => confirmPlace(tx, now(), links.place));
  const turnOff = await turnOffPath(sealOf(site.ground.config.dataFolder), accountId, 'gift');
  const plan = (as: PagePlan['as'], name: string, path: string, more: Partial<PagePlan> = {}): PagePlan => ({
    name: `mail-${name}`,
    path,
    as,
    status: 200,
    ...more,
  });
  return [
    plan('guest', 'sign-in', '/sign-in'),
    plan('guest', 'recovery', '/sign-in/recovery'),
    plan('guest', 'join', '/join'),
    plan('guest', 'forgotten', '/forgotten'),
    plan('guest', 'forgotten-refused', '/forgotten', { send: press('Send the link') }),
    plan('guest', 'new-password', `/forgotten/${links.password}`),
    plan('guest', 'new-password-refused', `/forgotten/${links.password}`, { send: press('Set the new password') }),
    plan('guest', 'new-password-over', '/forgotten/used-long-ago', { status: 404 }),
    plan('guest', 'confirm', `/account/email/confirmation/${links.confirm}`),
    plan('guest', 'confirm-over', '/account/email/confirmation/used-long-ago', { status: 404 }),
    plan('guest', 'queue', '/invitations/queue'),
    plan('guest', 'queue-refused', '/invitations/queue', { send: press('Send the link') }),
    plan('guest', 'place-asked', `/invitations/queue/${links.asked}`),
    plan('guest', 'place', `/invitations/queue/${links.place}`),
    plan('guest', 'place-over', '/invitations/queue/used-long-ago', { status: 404 }),
    plan('owner', 'account', '/account'),
    plan('owner', 'address', '/account/email'),
    plan('owner', 'address-refused', '/account/email', { send: press('Remove the address') }),
    plan('owner', 'invitations', '/invitations'),
    plan('owner', 'settings', '/settings'),
    plan('owner', 'preferences', '/account/preferences'),
    plan('guest', 'turn-off', turnOff),
    plan('guest', 'turned-off', turnOff, { send: press('Turn them off') }),
  ];
}

const press =
  (name: string): NonNullable<PagePlan['send']> =>
  (page) =>
    page.getByRole('button', { name }).click();

async function addressLink(tx: Tx, now: number, accountId: number, address: string): Promise<string> {
  await giveAddress(tx, now, accountId, address);
  const waiting = tx.selectFrom('email_addresses').select('id').where('confirmed_at', 'is', null);
  const made = await makeAddressLink(tx, now, (await waiting.executeTakeFirstOrThrow()).id, address);
  return made && 'token' in made ? made.token : '';
}

async function placeLink(tx: Tx, now: number, address: string): Promise<string> {
  await askForPlace(tx, now, address);
  const asked = tx.selectFrom('invitation_requests').select('id').where('address', '=', address);
  return (await makePlaceLink(tx, now, (await asked.executeTakeFirstOrThrow()).id))?.token ?? '';
}
