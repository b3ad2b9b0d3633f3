/** Tokens: shown once, good below /api/v1/ alone, for what their scopes say and no more, until they end. */
import { describe, expect, test } from 'vitest';
import { makeWork, suspend } from '../../../test/cast.ts';
import { giveAuthenticator, giveToken } from '../../../test/keys.ts';
import { contents } from '../../../test/rights/contents.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';
import { codeAt } from './authenticator/codes.ts';
import { setPasswordByLink } from './forgotten.actions.ts';
import { argonPasswords } from './passwords/hash.ts';
import { hashOfSecret } from './secret.ts';
import { member, NAME, NEW, PASSWORD, send } from './people.fixture.ts';

const START = Date.UTC(2026, 4, 1, 12);
const DAY_MS = 86_400_000;

const as = (token: string, more: Record<string, string> = {}) => ({ authorization: `Bearer ${token}`, ...more });
const make = (site: TestSite, person: Person, fields: Record<string, string>) =>
  send(
    site,
    '/account/tokens',
    { name: 'a program', scopes: 'read', term: '365', password: PASSWORD, ...fields },
    { cookie: person.cookie },
  );
const tokenIn = (html: string) => /ff_[\w-]{43}/.exec(html)?.[0] ?? '';

async function restricted(site: TestSite): Promise<string> {
  const by = await site.person('wintergreen');
  const work = await makeWork(site, { title: 'For Readers', by: [by] }, { state: 'posted', restricted: true });
  return `/api/v1/works/${work.publicId}`;
}

describe('a token', () => {
  test('is shown once and kept by nobody; it reads what its person reads, and says the day it was used', async () => {
    const site = await testSite({ now: () => START });
    const person = await member(site);
    const path = await restricted(site);
    const shown = await make(site, person, {});
    expect(shown.headers.get('cache-control')).toContain('no-store');
    const token = tokenIn(await shown.text());
    expect(token).not.toBe('');
    expect(JSON.stringify(await contents(site))).not.toContain(token);
    expect(await (await site.get('/account/tokens', person)).text()).not.toContain(token);
    expect((await site.get(path)).status).toBe(404);
    expect((await site.get(path, null, as(token))).status).toBe(200);
    const row = await site.ground.db.reads.selectFrom('api_tokens').selectAll().executeTakeFirstOrThrow();
    expect([row.used_on, row.ends_at]).toEqual([START - (START % DAY_MS), START + 365 * DAY_MS]);
  });

  test('ends with its term, when it is revoked, and with a ban; all alike', async () => {
    let now = START;
    const site = await testSite({ now: () => now });
    const person = await member(site);
    const path = await restricted(site);
    const refused = async (token: string) => {
      const answer = await site.get(path, null, as(token));
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      return [answer.status, await answer.text()];
    };
    const short = tokenIn(await (await make(site, person, { term: '30' })).text());
    const long = tokenIn(await (await make(site, person, { term: 'never' })).text());
    now += 30 * DAY_MS - 1;
    expect((await site.get(path, null, as(short))).status).toBe(200);
    now += 1;
    const over = await refused(short);
    expect(over[0]).toBe(401);
    expect((await site.get(path, null, as(long))).status).toBe(200);
    await site.ground.db.write((tx) =>
      tx.updateTable('accounts').set({ state: 'banned' }).where('id', '=', person.viewer.accountId).execute(),
    );
    expect(await refused(long)).toEqual(over);
    await site.ground.db.write((tx) => tx.updateTable('accounts').set({ state: 'active' }).execute());
    const other = await site.person('bulrush');
    const { publicId, token } = await giveToken(site, other);
    expect((await send(site, `/account/tokens/${publicId}/revocation`, {}, { cookie: other.cookie })).status).toBe(303);
    expect(await refused(token)).toEqual(over);
    expect(await refused('ff_nothing')).toEqual(over);
    expect(await refused(person.cookie.split('=')[1] ?? '')).toEqual(over);
    const spent = await site.ground.db.reads.selectFrom('spent_secrets').select('hash').execute();
    expect(spent).toHaveLength(1);
  });

  test('is nothing on pages, nor beside a cookie: whoever shows one is who it says', async () => {
    const site = await testSite();
    const person = await site.person('anemone');
    const { token } = await giveToken(site, person);
    expect((await site.get('/drafts', null, as(token))).status).toBe(404);
    expect((await site.get('/account', null, as(token))).status).toBe(302);
    const draft = await makeWork(site, { title: 'Mine', by: [person] }, { state: 'draft' });
    const path = `/api/v1/works/${draft.publicId}`;
    expect((await site.get(path, null, as(token))).status).toBe(200);
    expect((await site.get(path, site.owner, as(token))).status).toBe(200);
    expect((await site.get(path, person, as('ff_nothing'))).status).toBe(401);
    expect((await site.get(path, person)).status).toBe(200);
  });

  test('reads only with the scope to read', async () => {
    const site = await testSite();
    const { token } = await giveToken(site, await site.person('anemone'), { scopes: ['write:works'] });
    expect((await site.get('/api/v1/works', null, as(token))).status).toBe(403);
  });

  test.each(['owner', 'moderator', 'archivist'] as const)('of the %s carries no right of theirs', async (who) => {
    const site = await testSite();
    const person = who === 'owner' ? site.owner : await site.person('hellebore', ['member', who]);
    const { token } = await giveToken(site, person);
    const by = await site.person('wintergreen');
    const hidden = await makeWork(site, { title: 'Hidden', by: [by] }, { state: 'posted', hidden: true });
    expect((await site.get(`/api/v1/works/${hidden.publicId}`, null, as(token))).status).toBe(404);
    for (const path of ['/settings', '/moderation', '/moderation/log', '/imports'])
      expect((await site.get(path, null, as(token))).status, path).toBe((await site.get(path)).status);
  });

  test('ends where the password is set anew by a recovery code or by mail, and stays where it is changed', async () => {
    const site = await testSite({ now: () => START });
    const { db, now } = site.ground;
    const person = await member(site);
    const other = await site.person('bulrush');
    const others = (await giveToken(site, other)).token;
    const isGood = async (token: string) => (await site.get('/api/v1/works', null, as(token))).status === 200;
    const first = (await giveToken(site, person)).token;
    const password = { password: NEW, confirmation: NEW };
    const changed = await send(
      site,
      '/account/password',
      { presentForPassword: PASSWORD, ...password },
      { cookie: person.cookie },
    );
    expect([changed.status, await isGood(first)]).toEqual([303, true]);
    const recovered = await send(site, '/sign-in/recovery', { name: NAME, code: person.codes[0] ?? '', ...password });
    expect([recovered.status, await isGood(first)]).toEqual([200, false]);
    const second = (await giveToken(site, person)).token;
    const { accountId } = person.viewer;
    await db.write((tx) =>
      tx
        .insertInto('password_links')
        .values({ link_hash: hashOfSecret('sent'), account_id: accountId, created_at: START, ends_at: START + 1000 })
        .execute(),
    );
    const passwordHash = await argonPasswords({ memory: 64, passes: 1 }).hash(NEW);
    await db.write((tx) => setPasswordByLink(tx, now(), { token: 'sent', passwordHash }));
    expect([await isGood(second), await isGood(others)]).toEqual([false, true]);
    const spent = (await db.reads.selectFrom('spent_secrets').select('hash').execute()).map((row) => row.hash);
    for (const token of [first, second]) expect(spent).toContain(hashOfSecret(token));
  });

  test('of who is suspended reads on', async () => {
    const site = await testSite();
    const person = await site.person('anemone');
    const { token } = await giveToken(site, person);
    await suspend(site, person);
    expect((await site.get(await restricted(site), null, as(token))).status).toBe(200);
  });
});

describe('the form for a token', () => {
  test('asks for the password, and a code where codes are asked; each code makes one token', async () => {
    const site = await testSite({ now: () => START });
    const person = await member(site);
    for (const password of ['', 'not the password'])
      expect((await make(site, person, { password })).status, password).toBe(422);
    const key = await giveAuthenticator(site, person);
    const without = await make(site, person, { name: 'feeds' });
    expect(without.status).toBe(422);
    const page = await without.text();
    expect(page).toContain('name="code"');
    expect(page).toContain('value="feeds"');
    expect(await site.ground.db.reads.selectFrom('api_tokens').selectAll().execute()).toEqual([]);
    const code = codeAt(key, START);
    expect((await make(site, person, { code })).status).toBe(200);
    expect((await make(site, person, { code })).status).toBe(422);
    expect((await make(site, person, { code: person.codes[0] ?? '' })).status).toBe(200);
  });

  test('is not there for who has no password', async () => {
    const site = await testSite();
    const person = await site.person('anemone');
    const answer = await make(site, person, {});
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain('Set a name and a password first.');
    expect(page).not.toContain('action="/account/tokens"');
  });

  test('asks for a name, a scope and a term it knows, and comes back filled in', async () => {
    const site = await testSite();
    const person = await member(site);
    for (const wrong of [{ name: '  ' }, { name: 'x'.repeat(61) }])
      expect((await make(site, person, wrong)).status, JSON.stringify(wrong)).toBe(422);
    for (const wrong of [{ scopes: 'admin' }, { term: '9999' }]) {
      const answer = await make(site, person, { name: 'feeds', ...wrong });
      expect(answer.status, JSON.stringify(wrong)).toBe(422);
      expect(await answer.text()).toContain('value="feeds"');
    }
    expect(await site.ground.db.reads.selectFrom('api_tokens').selectAll().execute()).toEqual([]);
  });

  test('puts no name into a header, and sets nothing that it does not ask for', async () => {
    const site = await testSite({ now: () => START });
    const person = await member(site);
    const other = await site.person('bulrush');
    const answer = await make(site, person, {
      name: 'x\r\nSet-Cookie: session=planted\r\n\r\n<b>',
      account_id: String(other.viewer.accountId),
      accountId: String(other.viewer.accountId),
      endsAt: '9'.repeat(15),
      ends_at: '0',
      token_hash: 'known',
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(JSON.stringify([...answer.headers])).not.toContain('planted');
    const row = await site.ground.db.reads.selectFrom('api_tokens').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      account_id: person.viewer.accountId,
      name: 'x Set-Cookie: session=planted <b>',
      scopes: 'read',
      ends_at: START + 365 * DAY_MS,
    });
    expect(row.token_hash).not.toBe('known');
    expect(await (await site.get('/account/tokens', person)).text()).not.toContain('<b>');
  });

  test('of somebody else’s token is not there', async () => {
    const site = await testSite();
    const { publicId, token } = await giveToken(site, await site.person('anemone'));
    const other = await site.person('bulrush');
    expect((await send(site, `/account/tokens/${publicId}/revocation`, {}, { cookie: other.cookie })).status).toBe(404);
    expect((await site.get('/api/v1/works', null, as(token))).status).toBe(200);
  });
});

test('who shows tokens that are not good is told to wait, and so is a token that asks too often', async () => {
  const site = await testSite();
  const from = { incoming: { socket: { remoteAddress: '10.77.0.1' } } };
  const statuses = new Set<number>();
  for (let time = 0; time < 32; time += 1)
    statuses.add((await site.web.request('http://localhost/api/v1/works', { headers: as('ff_no') }, from)).status);
  expect([...statuses]).toEqual([401, 429]);
  const { token } = await giveToken(site, await site.person('anemone'));
  expect((await site.web.request('http://localhost/api/v1/works', { headers: as(token) }, from)).status).toBe(200);
  const changes = new Set<number>();
  for (let time = 0; time < 32; time += 1)
    changes.add(
      (await site.web.request('http://localhost/api/v1/works', { method: 'POST', headers: as(token) }, from)).status,
    );
  expect([...changes]).toEqual([415, 429]);
});

test('another token of the same account does not start to count anew', async () => {
  const site = await testSite();
  const person = await site.person('anemone');
  const change = async (token: string) =>
    (await site.web.request('http://localhost/api/v1/works', { method: 'POST', headers: as(token) })).status;
  const first = (await giveToken(site, person)).token;
  for (let time = 0; time < 30; time += 1) await change(first);
  expect(await change((await giveToken(site, person)).token)).toBe(429);
  expect(await change((await giveToken(site, await site.person('bulrush'))).token)).toBe(415);
});
