/** Passkeys: added with the password, good for this archive alone, each answer once; whatever is wrong, the same answer. */
import { verifyRegistrationResponse } from '@simplewebauthn/server';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { codeAt } from './authenticator/codes.ts';
import { giveAuthenticator } from '../../../test/keys.ts';
import { testSite, type TestSite } from '../../../test/site.ts';
import { CHALLENGE_MS } from './passkeys/ceremony.ts';
import { softDevice, type Device, type Twist } from './passkeys/device.fixture.ts';
import { relyingPartyOf } from './passkeys/relying-party.ts';
import { cookieOf, isSignedIn, member, PASSWORD, send } from './people.fixture.ts';

vi.mock('@simplewebauthn/server', async (original) => {
  const real = await original<typeof import('@simplewebauthn/server')>();
  return {
    ...real,
    verifyRegistrationResponse: vi.fn<typeof real.verifyRegistrationResponse>(real.verifyRegistrationResponse),
  };
});

const ORIGIN = 'http://localhost';
const START = Date.UTC(2026, 4, 1, 12);

async function archive() {
  let now = START;
  const site = await testSite({ now: () => now });
  return { site, person: await member(site), pass: (ms: number) => void (now += ms) };
}

type Signed = { cookie: string };
const PLACE = '/account/passkeys';

async function add(site: TestSite, person: Signed, device: Device, name = 'Phone', origin = ORIGIN) {
  const asked = await send(site, `${PLACE}/challenge`, { password: PASSWORD }, { cookie: person.cookie });
  expect(asked.status).toBe(200);
  const options = (await asked.json()) as Parameters<Device['register']>[0];
  const credential = device.register(options, origin);
  return { options, credential, answer: await send(site, PLACE, { name, credential }, { cookie: person.cookie }) };
}

async function question(site: TestSite): Promise<{ challenge: string; rpId?: string }> {
  const asked = await send(site, '/sign-in/passkey/challenge', {});
  expect(asked.headers.get('cache-control')).toContain('no-store');
  return (await asked.json()) as { challenge: string; rpId?: string };
}

const signIn = (site: TestSite, credential: string, more: Record<string, string> = {}) =>
  send(site, '/sign-in/passkey', { credential, ...more });

describe('a passkey', () => {
  test('signs in without name and password, under a new token, and leads back', async () => {
    const { site, person } = await archive();
    const device = softDevice();
    expect((await add(site, person, device)).answer.status).toBe(303);
    const planted = { cookie: 'session=planted' };
    const credential = device.assert(await question(site), ORIGIN);
    const answer = await send(site, '/sign-in/passkey', { credential, return: '/drafts' }, planted);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/drafts');
    expect(cookieOf(answer)).not.toBe(planted.cookie);
    expect(cookieOf(answer)).not.toBe(person.cookie);
    expect(await isSignedIn(site, cookieOf(answer))).toBe(true);
  });

  test('is not given out of a session alone: the password is asked again, and a code where codes are asked', async () => {
    const { site, person } = await archive();
    const challenge = (fields: Record<string, string>) =>
      send(site, `${PLACE}/challenge`, fields, { cookie: person.cookie });
    expect((await challenge({})).status).toBe(422);
    expect((await challenge({ password: 'not the password' })).status).toBe(422);
    const key = await giveAuthenticator(site, person);
    const without = await challenge({ password: PASSWORD });
    expect(((await without.json()) as { field: string }).field).toBe('code');
    expect((await challenge({ password: PASSWORD, code: codeAt(key, START) })).status).toBe(200);
  });

  test('counts as both: it is not followed by a code', async () => {
    const { site, person } = await archive();
    const device = softDevice();
    await add(site, person, device);
    await giveAuthenticator(site, person);
    const answer = await signIn(site, device.assert(await question(site), ORIGIN));
    expect(await isSignedIn(site, cookieOf(answer))).toBe(true);
  });

  test('calls its account by something random, the same for all of them, and neither id nor name', async () => {
    const { site, person } = await archive();
    const [first, second] = [await add(site, person, softDevice()), await add(site, person, softDevice(), 'Key')];
    expect(first.options.user.id).toMatch(/^[\w-]{43}$/);
    expect(second.options.user.id).toBe(first.options.user.id);
    const other = await add(site, await member(site, 'plain_heron'), softDevice());
    expect(other.options.user.id).not.toBe(first.options.user.id);
  });

  test('is renamed, and removed with the password; removed it lets nobody in, nor after a restore', async () => {
    const { site, person } = await archive();
    const device = softDevice();
    await add(site, person, device);
    const { public_id: id, credential_hash: hash } = await site.ground.db.reads
      .selectFrom('passkeys')
      .select(['public_id', 'credential_hash'])
      .executeTakeFirstOrThrow();
    const as = { cookie: person.cookie };
    expect((await send(site, `${PLACE}/${id}/name`, { name: '  Old\r\nphone ' }, as)).status).toBe(303);
    expect(await (await site.get(PLACE, person)).text()).toContain('Old phone');
    expect((await send(site, `${PLACE}/${id}/name`, { name: ' ' }, as)).status).toBe(422);
    expect((await send(site, `${PLACE}/${id}/removal`, { password: 'no' }, as)).status).toBe(422);
    expect((await send(site, `${PLACE}/${id}/removal`, { password: PASSWORD }, as)).status).toBe(303);
    expect((await signIn(site, device.assert(await question(site), ORIGIN))).status).toBe(422);
    const spent = await site.ground.db.reads.selectFrom('spent_secrets').select('hash').execute();
    expect(spent).toContainEqual({ hash });
  });

  test('of somebody else is not there', async () => {
    const { site, person } = await archive();
    await add(site, person, softDevice());
    const { public_id: id } = await site.ground.db.reads
      .selectFrom('passkeys')
      .select('public_id')
      .executeTakeFirstOrThrow();
    const other = await member(site, 'plain_heron');
    for (const [path, fields] of [
      ['name', { name: 'Mine' }],
      ['removal', { password: PASSWORD }],
    ] as const)
      expect((await send(site, `${PLACE}/${id}/${path}`, fields, { cookie: other.cookie })).status).toBe(404);
    expect((await site.get(`${PLACE}/${id}`, other)).status).toBe(404);
  });
});

describe('whatever is wrong with a passkey, the answer is the same', () => {
  const wrongs: [string, (device: Device, asked: { challenge: string; rpId?: string }) => string][] = [
    ['another site asked for it', (device, asked) => device.assert(asked, 'https://evil.example')],
    ['another port of this host', (device, asked) => device.assert(asked, 'http://localhost:8080')],
    ...(
      [
        ['it was made for another host', { rpId: 'evil.example' }],
        ['nobody has it', { id: 'never seen before' }],
        ['it is somebody else’s by its own word', { user: 'c29tZWJvZHkgZWxzZQ' }],
        ['it answers another kind of question', { type: 'webauthn.create' }],
        ['the device did not ask who holds it', { unverified: true }],
      ] satisfies [string, Twist][]
    ).map(([what, twist]): [string, (device: Device, asked: { challenge: string; rpId?: string }) => string] => [
      what,
      (device, asked) => device.assert(asked, ORIGIN, twist),
    ]),
    ['the question was never asked', (device) => device.assert({ challenge: 'bmV2ZXI', rpId: 'localhost' }, ORIGIN)],
    ['it is no passkey', () => '{"id":"x"}'],
    ['it is no JSON', () => 'nothing of the kind'],
    ['it is empty', () => ''],
  ];
  test.each(wrongs)('%s', async (_, wrong) => {
    const { site, person } = await archive();
    const device = softDevice();
    await add(site, person, device);
    const answer = await signIn(site, wrong(device, await question(site)));
    expect(answer.status).toBe(422);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(await answer.text()).toContain('This passkey does not let you in here.');
  });

  test('the answer was sent before, or comes after five minutes', async () => {
    const { site, person, pass } = await archive();
    const device = softDevice();
    await add(site, person, device);
    const credential = device.assert(await question(site), ORIGIN);
    expect((await signIn(site, credential)).status).toBe(303);
    const again = await signIn(site, credential);
    expect([again.status, again.headers.getSetCookie()]).toEqual([422, []]);
    const asked = await question(site);
    pass(CHALLENGE_MS);
    expect((await signIn(site, device.assert(asked, ORIGIN))).status).toBe(422);
  });

  test('a question that failed once is over', async () => {
    const { site, person } = await archive();
    const device = softDevice();
    await add(site, person, device);
    const asked = await question(site);
    expect((await signIn(site, device.assert(asked, 'https://evil.example'))).status).toBe(422);
    expect((await signIn(site, device.assert(asked, ORIGIN))).status).toBe(422);
  });

  test('its counter went back: a copy of it is about', async () => {
    const { site, person } = await archive();
    const device = softDevice();
    await add(site, person, device);
    expect((await signIn(site, device.assert(await question(site), ORIGIN, { counter: 7 }))).status).toBe(303);
    expect((await signIn(site, device.assert(await question(site), ORIGIN, { counter: 7 }))).status).toBe(422);
    expect((await signIn(site, device.assert(await question(site), ORIGIN, { counter: 8 }))).status).toBe(303);
  });
});

describe('adding a passkey is refused', () => {
  test.each([
    ['android-key', true],
    ['android-safetynet', false],
    ['apple', true],
    ['fido-u2f', true],
    ['packed', true],
    ['tpm', true],
    ['none of these', false],
  ])('when it says of its maker %s, with a certificate: %s; nothing is fetched', async (format, certificate) => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    onTestFinished(() => fetched.mockRestore());
    const verified = vi.mocked(verifyRegistrationResponse);
    verified.mockClear();
    const { site, person } = await archive();
    const asked = await send(site, `${PLACE}/challenge`, { password: PASSWORD }, { cookie: person.cookie });
    const options = (await asked.json()) as Parameters<Device['register']>[0];
    const credential = softDevice().register(options, ORIGIN, { attestation: { format, certificate } });
    expect((await send(site, PLACE, { name: 'Phone', credential }, { cookie: person.cookie })).status).toBe(422);
    expect(verified).not.toHaveBeenCalled();
    expect(fetched).not.toHaveBeenCalled();
  });

  test('when the device did not ask who holds it', async () => {
    const { site, person } = await archive();
    const asked = await send(site, `${PLACE}/challenge`, { password: PASSWORD }, { cookie: person.cookie });
    const options = (await asked.json()) as Parameters<Device['register']>[0] & {
      authenticatorSelection: { userVerification: string };
    };
    expect(options.authenticatorSelection.userVerification).toBe('required');
    const credential = softDevice().register(options, ORIGIN, { unverified: true });
    expect((await send(site, PLACE, { name: 'Phone', credential }, { cookie: person.cookie })).status).toBe(422);
  });

  test('when another site made it, when the question was somebody else’s, and when it is known already', async () => {
    const { site, person } = await archive();
    expect((await add(site, person, softDevice(), 'Phone', 'https://evil.example')).answer.status).toBe(422);
    const other = await member(site, 'plain_heron');
    const asked = await send(site, `${PLACE}/challenge`, { password: PASSWORD }, { cookie: other.cookie });
    const options = (await asked.json()) as Parameters<Device['register']>[0];
    const credential = softDevice().register(options, ORIGIN);
    expect((await send(site, PLACE, { name: 'Mine', credential }, { cookie: person.cookie })).status).toBe(422);
    const device = softDevice();
    const added = await add(site, person, device);
    const twice = await send(site, PLACE, { name: 'Twice', credential: added.credential }, { cookie: person.cookie });
    expect(twice.status).toBe(422);
  });

  test('by a question that was asked of who signs in', async () => {
    const { site, person } = await archive();
    const { challenge } = await question(site);
    const credential = softDevice().register({ challenge, rp: { id: 'localhost' }, user: { id: 'dXNlcg' } }, ORIGIN);
    expect((await send(site, PLACE, { name: 'Mine', credential }, { cookie: person.cookie })).status).toBe(422);
  });

  test('with what no form has: fields of the row are nobody’s to set', async () => {
    const { site, person } = await archive();
    const { options } = await add(site, person, softDevice());
    expect(options).toBeDefined();
    const before = await site.ground.db.reads.selectFrom('passkeys').selectAll().execute();
    const { public_id: id } = before[0] ?? { public_id: '' };
    const extra = {
      name: 'Phone',
      account_id: '1',
      accountId: '1',
      counter: '99',
      public_key: 'x',
      credential_id: 'x',
    };
    await send(site, `${PLACE}/${id}/name`, extra, { cookie: person.cookie });
    expect(await site.ground.db.reads.selectFrom('passkeys').selectAll().execute()).toEqual(before);
  });
});

test.each([
  ['https://archive.example', 'anything', { id: 'archive.example', origin: 'https://archive.example' }],
  ['https://archive.example:8443', 'anything', { id: 'archive.example', origin: 'https://archive.example:8443' }],
  ['http://localhost:3000', 'anything', { id: 'localhost', origin: 'http://localhost:3000' }],
  [null, 'localhost:3000', { id: 'localhost', origin: 'http://localhost:3000' }],
  [null, '127.0.0.1:3000', null],
  [null, 'evil.example', null],
  [null, undefined, null],
  ['http://archive.example', 'localhost', null],
  ['https://192.0.2.1', 'localhost', null],
  ['https://[2001:db8::1]', 'localhost', null],
])('passkeys of an archive at %j, asked for at %j, are for %j', (url, host, party) => {
  expect(relyingPartyOf(url, host)).toEqual(party);
});
