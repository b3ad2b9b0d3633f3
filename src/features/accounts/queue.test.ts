/** Stories of invitations that go by mail, and of the queue for them, with a real mail server at the other end. */
import { describe, expect, test } from 'vitest';
import { MAIL_NOWHERE, runJobs, type Receiver } from '../../../test/post.ts';
import { testSite, type TestSite } from '../../../test/site.ts';
import { changeSettings } from '../site/index.ts';
import { ADDRESS, DAY_MS, HOUR_MS, linksTo, mailing, newest, START } from './mail.fixture.ts';
import { NAME, PASSWORD, send } from './people.fixture.ts';

describe('an invitation by mail', () => {
  test('holds the code, says nobody’s name, and forgets where it went', async () => {
    const { site, post } = await mailing();
    const sent = await send(
      site,
      '/invitations/letters',
      { address: 'teal@pond.example' },
      { cookie: site.owner.cookie },
    );
    expect(sent.headers.get('location')).toBe('/invitations');
    const jobs = await site.ground.db.reads.selectFrom('jobs').select('payload').execute();
    expect(JSON.stringify(jobs)).not.toContain('pond');
    await runJobs(site);
    expect(post.letters).toMatchObject([{ to: ['teal@pond.example'], subject: 'Your invitation' }]);
    expect(post.letters[0]?.raw).not.toContain('archivist');
    expect(await (await site.get('/invitations', site.owner)).text()).not.toContain('pond');
    expect(await site.ground.db.reads.selectFrom('invitation_letters').selectAll().execute()).toEqual([]);
    const link = newest(post, 'teal@pond.example');
    const invitation = new URLSearchParams(link.split('?')[1]).get('invitation') ?? '';
    const fields = { name: NAME, password: PASSWORD, confirmation: PASSWORD, pseud: 'Teal', age: 'yes', rules: 'yes' };
    expect((await send(site, '/join', { ...fields, invitation })).status).toBe(200);
    expect((await send(site, '/join', { ...fields, name: 'again', invitation })).status).toBe(422);
  });

  test('counts like any other, and cannot be sent by who has none left', async () => {
    const { site, post } = await mailing();
    await site.ground.db.write((tx) => changeSettings(tx, START, { invitationsEach: 1 }));
    const person = await site.person('heron');
    const invite = (address: string) => send(site, '/invitations/letters', { address }, { cookie: person.cookie });
    expect((await invite('not one')).status).toBe(422);
    expect((await invite('teal@pond.example')).status).toBe(303);
    expect((await invite('smew@pond.example')).status).toBe(422);
    await runJobs(site);
    expect(post.letters).toHaveLength(1);
  });

  test('that is withdrawn before it was sent is not sent; one that nobody took is taken back', async () => {
    const { site, post, clock } = await mailing();
    await post.stop();
    const invite = () =>
      send(site, '/invitations/letters', { address: 'teal@pond.example' }, { cookie: site.owner.cookie });
    await invite();
    await runJobs(site);
    const own = await site.ground.db.reads.selectFrom('invitations').select('public_id').executeTakeFirstOrThrow();
    await send(site, `/invitations/${own.public_id}/withdrawal`, {}, { cookie: site.owner.cookie });
    expect(await site.ground.db.reads.selectFrom('invitation_letters').selectAll().execute()).toEqual([]);
    await invite();
    clock.now += 8 * DAY_MS;
    await runJobs(site);
    expect(await site.ground.db.reads.selectFrom('invitation_letters').selectAll().execute()).toEqual([]);
    const states = await site.ground.db.reads.selectFrom('invitations').select('withdrawn_at').execute();
    expect(states.every((row) => row.withdrawn_at !== null)).toBe(true);
    await post.start();
    clock.now += HOUR_MS;
    await runJobs(site);
    expect(post.letters).toHaveLength(0);
  });
});

describe('the queue for invitations', () => {
  const queueing = async (eachDay = 2) => {
    const all = await mailing();
    await all.site.ground.db.write((tx) => changeSettings(tx, START, { invitationQueue: true, queueEachDay: eachDay }));
    return all;
  };
  const ask = (site: TestSite, address: string) => send(site, '/invitations/queue', { address });
  /** Asks and confirms. @returns the path of the place. */
  const wait = async (site: TestSite, post: Receiver, address: string) => {
    await ask(site, address);
    await runJobs(site);
    const link = newest(post, address);
    expect((await send(site, `${link}/confirmation`, {})).status).toBe(303);
    return link;
  };

  test('is opened by the owner, and only while people join by invitation', async () => {
    const { site } = await mailing();
    expect((await site.get('/invitations/queue')).status).toBe(404);
    expect((await ask(site, ADDRESS)).status).toBe(404);
    const settings = { name: 'Pond', pseud: 'archivist', description: '', queueShown: 'yes' };
    const save = (more: Record<string, string>) =>
      send(site, '/settings', { ...settings, ...more }, { cookie: site.owner.cookie });
    expect((await save({ invitationQueue: 'on', queueEachDay: '0' })).status).toBe(422);
    expect((await save({ invitationQueue: 'on', queueEachDay: '7' })).status).toBe(303);
    expect((await site.get('/invitations/queue')).status).toBe(200);
    expect(await (await site.get('/join')).text()).toContain('href="/invitations/queue"');
    expect(await (await site.get('/settings', site.owner)).text()).toContain('value="7"');
    await save({ invitationQueue: 'on', joining: 'open' });
    expect((await site.get('/invitations/queue')).status).toBe(404);
    await save({ joining: 'invitation' });
    expect((await site.get('/invitations/queue')).status).toBe(404);
  });

  test('invites so many a day, who confirmed first before the others, and forgets their addresses', async () => {
    const { site, post, clock } = await queueing(2);
    const places: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      places.push(await wait(site, post, `${name}@pond.example`));
      clock.now += 1_000;
    }
    await ask(site, 'never@pond.example');
    await runJobs(site);
    expect(await (await site.get(places[2] ?? '')).text()).toContain('You are number 3');
    expect(await (await site.get(places[2] ?? '')).text()).not.toContain('pond.example');
    expect(await (await site.get('/settings', site.owner)).text()).toMatch(/3 people wait/);
    clock.now += 2 * HOUR_MS;
    await runJobs(site);
    const invited = () => post.letters.filter((letter) => letter.subject === 'Your invitation').map((one) => one.to[0]);
    expect(invited()).toEqual(['a@pond.example', 'b@pond.example']);
    expect((await site.get(places[0] ?? '')).status).toBe(404);
    expect(await (await site.get(places[2] ?? '')).text()).toContain('You are number 1');
    const held = JSON.stringify([
      await site.ground.db.reads.selectFrom('invitation_requests').selectAll().execute(),
      await site.ground.db.reads.selectFrom('invitation_letters').selectAll().execute(),
    ]);
    expect(held).not.toMatch(/[ab]@pond/);
    clock.now += 5 * HOUR_MS;
    await runJobs(site);
    expect(invited()).toHaveLength(2);
    clock.now += 20 * HOUR_MS;
    await runJobs(site);
    expect(invited()).toEqual(['a@pond.example', 'b@pond.example', 'c@pond.example']);
    // Who never confirmed is invited by nothing, and forgotten.
    clock.now += 7 * DAY_MS;
    await runJobs(site);
    expect(invited()).toHaveLength(3);
    expect(
      JSON.stringify(await site.ground.db.reads.selectFrom('invitation_requests').selectAll().execute()),
    ).not.toContain('@');
  });

  test('has one place a mailbox, and answers the same whether it is there', async () => {
    const { site, post, clock } = await queueing();
    const said = new Set<string>();
    for (const address of [
      'wren.bird@gmail.com',
      'WrenBird+x@googlemail.com',
      'w.renbird@gmail.com',
      'other@pond.example',
    ]) {
      const answer = await ask(site, address);
      said.add(JSON.stringify([answer.status, answer.headers.get('location'), answer.headers.getSetCookie()]));
    }
    expect(said.size).toBe(1);
    await runJobs(site);
    expect(post.letters.map((letter) => letter.to[0])).toEqual(['wren.bird@gmail.com', 'other@pond.example']);
    // Once more after a day, with a new link.
    clock.now += DAY_MS;
    await ask(site, 'wrenbird@gmail.com');
    await runJobs(site);
    const [old = '', fresh = ''] = linksTo(post, 'wren.bird@gmail.com');
    expect((await site.get(old)).status).toBe(404);
    expect((await site.get(fresh)).status).toBe(200);
  });

  test('is left by the same link, and by the clock after ninety days', async () => {
    const { site, post, clock } = await queueing();
    const first = await wait(site, post, 'a@pond.example');
    expect((await send(site, `${first}/removal`, {})).status).toBe(303);
    expect((await site.get(first)).status).toBe(404);
    expect((await send(site, `${first}/removal`, {})).status).toBe(404);
    expect((await send(site, `${first}/confirmation`, {})).status).toBe(404);
    expect(await site.ground.db.reads.selectFrom('invitation_requests').selectAll().execute()).toEqual([]);
    await site.ground.db.write((tx) => changeSettings(tx, START, { joining: 'closed' }));
    await site.ground.db.write((tx) => changeSettings(tx, START, { joining: 'invitation' }));
    await wait(site, post, 'b@pond.example');
    await site.ground.db.write((tx) => changeSettings(tx, START, { joining: 'closed' }));
    clock.now += 90 * DAY_MS;
    await runJobs(site);
    expect(await site.ground.db.reads.selectFrom('invitation_requests').selectAll().execute()).toEqual([]);
  });

  test('is not flooded, from one network or from many', async () => {
    const site = await testSite({ mail: MAIL_NOWHERE });
    await site.ground.db.write((tx) => changeSettings(tx, 0, { invitationQueue: true }));
    const from = async (network: string, number: number) =>
      (await send(site, '/invitations/queue', { address: `a${number}@pond.example` }, { from: network })).status;
    const one: number[] = [];
    for (let number = 0; number < 7; number++) one.push(await from('10.8.8.8', number));
    expect(one).toEqual([303, 303, 303, 303, 303, 429, 429]);
    let taken = 0;
    for (let number = 0; number < 130; number++)
      if ((await from(`10.6.${number >> 8}.${number & 255}`, 100 + number)) === 303) taken += 1;
    expect(taken).toBe(115);
  });
});
