/** What pseuds say of themselves to everybody, and when they do not. */
import { describe, expect, test } from 'vitest';
import { makeWork } from '../../../test/cast.ts';
import { testSite } from '../../../test/site.ts';
import { eraseAccountIn } from '../../app/erase.ts';
import { takeMeasure } from '../moderation/people.actions.ts';
import { handOver, picture } from './pictures.fixture.ts';
import { add, as, publicIdOf, runJobs, text } from './pseuds.fixture.ts';

describe('a profile', () => {
  const PROFILE = {
    format: 'markdown',
    text: 'I write *slowly*. <script>alert(1)</script>',
    linkLabel1: 'My journal',
    linkAddress1: 'journal.example/me',
    linkLabel3: '',
    linkAddress3: 'http://pictures.example/',
  };

  test('stands on the page of its pseud and on no other: text, links', async () => {
    const site = await testSite();
    const ada = await site.person('ada');
    const moth = await add(site, ada, 'moth');
    await makeWork(site, { title: 'Lanterns', by: [ada] }, { state: 'posted' });
    await makeWork(site, { title: 'Wings', by: [await as(site, ada, 'moth')] }, { state: 'posted' });
    const before = await text(site, `/creators/${moth}`);
    expect((await site.post(`/account/pseuds/${moth}/profile`, PROFILE, ada)).status).toBe(303);
    await site.follow();
    const page = await text(site, `/creators/${moth}`);
    expect(before).not.toContain('slowly');
    expect(page).toContain('I write <em>slowly</em>.');
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('<a href="https://journal.example/me" rel="nofollow ugc noopener">');
    expect(page).toContain('<bdi>pictures.example</bdi>');
    const other = await text(site, `/creators/${await publicIdOf(site, 'ada')}`);
    for (const word of ['slowly', 'journal.example', 'moth']) expect(other).not.toContain(word);
    const again = await text(site, `/account/pseuds/${moth}`, ada);
    expect(again).toContain('I write *slowly*.');
    expect(again).toContain('value="https://journal.example/me"');
  });

  test.each([
    ['javascript:alert(1)', 'Type an address that begins with https:// or http://.'],
    ['data:text/html,hello', 'Type an address that begins with https:// or http://.'],
    ['https://me:secret@journal.example/', 'An address here holds no name and no password.'],
    ['https://', 'Type an address that begins with https:// or http://.'],
    [`https://journal.example/${'x'.repeat(500)}`, 'An address has at most 500 characters.'],
    ['', 'Type the address of “My journal”.'],
  ])('with a link to “%s” comes back with the sentence beside its field', async (linkAddress1, sentence) => {
    const site = await testSite();
    const ada = await site.person('ada');
    const id = await publicIdOf(site, 'ada');
    const answer = await site.post(`/account/pseuds/${id}/profile`, { ...PROFILE, linkAddress1 }, ada);
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain(sentence);
    expect(page).toContain('id="linkAddress1-error"');
    expect(page).toContain('I write *slowly*.');
    expect(await text(site, `/account/pseuds/${id}`, ada)).not.toContain('slowly');
  });

  test('holds so many characters, and ten links at most', async () => {
    const site = await testSite();
    const ada = await site.person('ada');
    const id = await publicIdOf(site, 'ada');
    const long = await site.post(`/account/pseuds/${id}/profile`, { format: 'text', text: 'a'.repeat(5_001) }, ada);
    expect([long.status, (await long.text()).includes('A profile has at most 5000 characters')]).toEqual([422, true]);
    const links = Object.fromEntries(
      Array.from({ length: 14 }, (_, at) => [`linkAddress${at + 1}`, `https://place${at + 1}.example/`]),
    );
    expect((await site.post(`/account/pseuds/${id}/profile`, links, ada)).status).toBe(303);
    await makeWork(site, { title: 'Lanterns', by: [ada] }, { state: 'posted' });
    const page = await text(site, `/creators/${id}`);
    expect(page.match(/rel="nofollow ugc noopener"/g)).toHaveLength(10);
    expect(page).not.toContain('place11.example');
  });
});

test('a pseud that was banned shows no profile and no icon; another of the same account keeps both, and nothing joins them', async () => {
  const site = await testSite();
  const ada = await site.person('ada');
  const moth = await add(site, ada, 'moth');
  const own = await publicIdOf(site, 'ada');
  await makeWork(site, { title: 'Lanterns', by: [ada] }, { state: 'posted' });
  await makeWork(site, { title: 'Wings', by: [await as(site, ada, 'moth')] }, { state: 'posted' });
  const icons: string[] = [];
  for (const id of [own, moth]) {
    await site.post(`/account/pseuds/${id}/profile`, { text: 'Hello there' }, ada);
    expect(
      (await handOver(site, `/account/pseuds/${id}/icon`, ada, { bytes: await picture().png().toBuffer() })).status,
    ).toBe(303);
    icons.push(/\/icons\/\w+\.webp/.exec(await text(site, `/creators/${id}`))?.[0] ?? '');
  }
  const [first = '', second = ''] = icons;
  expect((await site.get(first)).status).toBe(200);
  const { db, now } = site.ground;
  const ban = { kind: 'ban' as const, reason: 'Spam.', endsAt: null };
  await db.write((tx) => takeMeasure(tx, now(), site.owner.viewer, own, ban));
  const page = await text(site, `/creators/${own}`);
  expect(page).toContain('Lanterns');
  expect(page).not.toContain('Hello there');
  expect(page).not.toContain('/icons/');
  expect((await site.get(first)).status).toBe(404);
  expect((await site.get(first, ada)).status).toBe(200);
  expect(await text(site, `/creators/${moth}`)).toContain('Hello there');
  expect((await site.get(second)).status).toBe(200);
});

test('what pseuds say and show is erased with their account, the files of icons too', async () => {
  const site = await testSite();
  const ada = await site.person('ada');
  const id = await publicIdOf(site, 'ada');
  await site.post(`/account/pseuds/${id}/profile`, { text: 'Hello there' }, ada);
  await handOver(site, `/account/pseuds/${id}/icon`, ada, { bytes: await picture().png().toBuffer() });
  const { db, files, now } = site.ground;
  const { blob } = await db.reads.selectFrom('pseud_icons').select('blob').executeTakeFirstOrThrow();
  expect(await files.get(blob)).not.toBeNull();
  await db.write((tx) => eraseAccountIn(tx, now(), site.features, ada.viewer.accountId));
  expect(await db.reads.selectFrom('pseud_profiles').selectAll().execute()).toEqual([]);
  expect(await db.reads.selectFrom('pseud_icons').selectAll().execute()).toEqual([]);
  await runJobs(site);
  expect(await files.get(blob)).toBeNull();
});
