/** Joining: by invitation, open or closed; what is asked, what is refused, and what a newcomer cannot make of it. */
import { describe, expect, test } from 'vitest';
import { giveInvitation, suspend } from '../../../test/cast.ts';
import { testSite, type TestSite } from '../../../test/site.ts';
import { INVITATION_MS } from './account.ts';
import { cookieOf, isSignedIn, member, NAME, PASSWORD, send } from './people.fixture.ts';

const FORM = {
  name: NAME,
  pseud: 'Reed Warbler',
  password: PASSWORD,
  confirmation: PASSWORD,
  age: 'yes',
  rules: 'yes',
};
const joinBy = (site: TestSite, fields: Record<string, string>, more = {}) =>
  send(site, '/join', { ...FORM, ...fields }, more);
const CODE = /<code>([0-9a-z-]{23})<\/code>/g;

/** Sets how people join, as the owner does. */
async function allow(site: TestSite, joining: string, more: Record<string, string> = {}): Promise<void> {
  const fields = { name: 'The Hive', pseud: 'archivist', description: '', joining, ...more };
  expect((await site.post('/settings', fields, site.owner)).status).toBe(303);
}
const accountsIn = async (site: TestSite) =>
  (await site.ground.db.reads.selectFrom('accounts').select('id').execute()).length;

describe('where the archive is joined by invitation', () => {
  test('a code lets one person in, who is shown recovery codes once and can sign in with a name and a password', async () => {
    const site = await testSite();
    const { code } = await giveInvitation(site, site.owner);
    const form = await (await site.get(`/join?invitation=${code}`)).text();
    expect(form).toContain(`value="${code}"`);
    const answer = await joinBy(site, { invitation: code.toUpperCase().replaceAll('-', ' ') });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const codes = [...(await answer.text()).matchAll(CODE)].map((match) => match[1] ?? '');
    expect(new Set(codes).size).toBe(10);
    expect(await isSignedIn(site, cookieOf(answer))).toBe(true);
    expect((await send(site, '/sign-in', { name: NAME, password: PASSWORD })).status).toBe(303);
    const recovery = {
      name: NAME,
      code: codes[3] ?? '',
      password: 'an owl in the rain',
      confirmation: 'an owl in the rain',
    };
    expect((await send(site, '/sign-in/recovery', recovery)).status).toBe(200);
    expect((await joinBy(site, { invitation: code, name: 'second_one' })).status).toBe(422);
  });

  test('nobody gets in without a good code, or learns whether a name is taken', async () => {
    let now = Date.UTC(2026, 0, 1);
    const site = await testSite({ now: () => now });
    await member(site);
    const suspended = await site.person('suspended');
    const [withdrawn, late, theirs] = [
      await giveInvitation(site, site.owner),
      await giveInvitation(site, site.owner),
      await giveInvitation(site, suspended),
    ];
    await suspend(site, suspended);
    await site.post(`/invitations/${withdrawn.publicId}/withdrawal`, {}, site.owner);
    const before = await accountsIn(site);
    const bad = ['', 'k3m9x-2q4zt-7hh0d-w5e8r', withdrawn.code, theirs.code];
    for (const invitation of bad) {
      const said = await Promise.all(
        [NAME, 'never_taken'].map(async (name) => {
          const answer = await joinBy(site, { invitation, name });
          expect(answer.status).toBe(422);
          expect(cookieOf(answer)).toBeUndefined();
          return (await answer.text()).replaceAll(name, '…');
        }),
      );
      expect(said[0]).toBe(said[1]);
    }
    now += INVITATION_MS;
    expect((await joinBy(site, { invitation: late.code, name: 'never_taken' })).status).toBe(422);
    expect(await accountsIn(site)).toBe(before);
  });

  test('two who use one code at once do not both get in, and nothing is left of who did not', async () => {
    const site = await testSite();
    const { code } = await giveInvitation(site, site.owner);
    const before = await accountsIn(site);
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((name) => joinBy(site, { invitation: code, name: `the_${name}` })),
    );
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 422, 422]);
    expect(await accountsIn(site)).toBe(before + 1);
    expect(await site.ground.db.reads.selectFrom('credentials').select('name').execute()).toHaveLength(1);
  });

  test('a name that is taken does not use the code up', async () => {
    const site = await testSite();
    await member(site);
    const { code } = await giveInvitation(site, site.owner);
    const refused = await joinBy(site, { invitation: code, name: NAME.toUpperCase() });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('This name is taken');
    expect((await joinBy(site, { invitation: code, name: 'still_free' })).status).toBe(200);
  });
});

test('where it is open, no code is asked for; where it is closed, nobody joins, with a code or without', async () => {
  const site = await testSite();
  const { code } = await giveInvitation(site, site.owner);
  await allow(site, 'open', { minimumAge: '16' });
  const form = await (await site.get('/join')).text();
  expect(form).toContain('at least 16 years old');
  expect(form).not.toContain('name="invitation"');
  expect((await joinBy(site, {})).status).toBe(200);
  await allow(site, 'closed');
  expect(await (await site.get('/join')).text()).not.toContain('<form class="fields"');
  for (const invitation of ['', code]) {
    const answer = await joinBy(site, { invitation, name: 'too_late' });
    expect(answer.status).toBe(403);
    expect(cookieOf(answer)).toBeUndefined();
  }
  expect(await (await site.get('/')).text()).not.toContain('href="/join"');
});

describe('a newcomer', () => {
  test.each([
    ['name', { name: 'ab' }, '3 to 40 characters'],
    ['name', { name: 'two words' }, 'letters, digits and _'],
    ['name', { name: '_otter' }, 'begins and ends'],
    ['password', { password: 'short', confirmation: 'short' }, 'at least 8'],
    ['password', { password: 'Password1!', confirmation: 'Password1!' }, 'first passwords'],
    ['password', { password: 'Reed Warbler', confirmation: 'Reed Warbler' }, 'your name or your pseud'],
    ['password', { password: 'quiet_otter99', confirmation: 'quiet_otter99' }, 'your name or your pseud'],
    ['confirmation', { confirmation: 'something else' }, 'not the same'],
    ['pseud', { pseud: '' }, 'needs a name'],
    ['pseud', { pseud: '<b>' }, 'needs a letter|made of letters'],
    ['age', { age: '' }, 'at least 13 years'],
    ['rules', { rules: 'no' }, 'agrees'],
  ])('with a refused %s gets the form back as typed, without the password: %j', async (field, wrong, sentence) => {
    const site = await testSite();
    const { code } = await giveInvitation(site, site.owner);
    const answer = await joinBy(site, { ...wrong, invitation: code });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toMatch(new RegExp(`id="${field}-error"[^]*?(?:${sentence})`));
    expect(html).toContain(`value="${code}"`);
    expect(html).not.toContain(PASSWORD);
    expect(cookieOf(answer)).toBeUndefined();
  });

  test('is a member and nothing else, whatever else the form says', async () => {
    const site = await testSite();
    const { code } = await giveInvitation(site, site.owner);
    const more = { roles: 'owner', role: 'owner', state: 'banned', account_id: '1', accountId: '1', is_default: '0' };
    const answer = await joinBy(site, { ...more, invitation: code });
    const cookie = cookieOf(answer) ?? '';
    expect((await site.get('/settings', null, { cookie })).status).toBe(404);
    const { reads } = site.ground.db;
    const roles = reads.selectFrom('account_roles').select(['account_id', 'role']);
    const own = await roles.where('account_id', '<>', site.owner.viewer.accountId).execute();
    expect(own.map((row) => row.role)).toEqual(['member']);
    const pseud = await reads
      .selectFrom('pseuds')
      .select(['name', 'is_default'])
      .where('account_id', '=', own[0]?.account_id ?? 0)
      .execute();
    expect(pseud).toEqual([{ name: 'Reed Warbler', is_default: 1 }]);
  });

  test('brings the consent to adult content along, and no address, birthday or user agent is kept', async () => {
    const site = await testSite();
    await allow(site, 'open');
    const agent = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile/15E148 Safari/604.1';
    const answer = await joinBy(site, {}, { cookie: 'adult=yes', agent, from: '203.0.113.77' });
    expect(answer.status).toBe(200);
    const { reads } = site.ground.db;
    const sessions = await reads.selectFrom('sessions').selectAll().where('device', '<>', '').execute();
    expect(sessions).toMatchObject([{ adult: 1, device: 'Safari on iPhone' }]);
    const accounts = await reads.selectFrom('accounts').selectAll().execute();
    expect(JSON.stringify([sessions, accounts])).not.toMatch(/203\.0\.113|18_5|Mobile/);
  });

  test('who has an account already is led to it', async () => {
    const site = await testSite();
    await allow(site, 'open');
    const person = await member(site);
    const answer = await joinBy(site, { name: 'second_name' }, { cookie: person.cookie });
    expect(answer.headers.get('location')).toBe('/account');
    expect(cookieOf(answer)).toBeUndefined();
  });
});

test('one network cannot fill the archive with accounts, nor ask for many names', async () => {
  const site = await testSite();
  await allow(site, 'open');
  await member(site);
  const from = '10.8.0.2';
  const statuses = [];
  for (let place = 0; place < 11; place += 1) {
    const name = place % 2 === 0 ? NAME : `flood_${place}`;
    statuses.push((await joinBy(site, { name }, { from })).status);
  }
  expect(statuses).toEqual([422, 200, 422, 200, 422, 200, 422, 200, 422, 200, 429]);
  expect((await joinBy(site, { name: 'from_elsewhere' })).status).toBe(200);
});
