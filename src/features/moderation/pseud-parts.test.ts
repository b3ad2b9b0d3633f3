/** A profile or an icon is taken away without any other measure: logged, told to the person, and theirs to make anew. */
import { expect, test } from 'vitest';
import { showIcon } from '../../../test/cast.ts';
import { testSite, type TestSite } from '../../../test/site.ts';

async function cast() {
  const site = await testSite();
  const moderator = await site.person('hellebore', ['member', 'moderator']);
  const seller = await site.person('wintergreen');
  const { publicId } = await showIcon(site, seller.viewer.accountId, 'wintergreen sells', 'A watch.');
  const { id: pseudId } = await site.ground.db.reads
    .selectFrom('pseuds')
    .select('id')
    .where('public_id', '=', publicId)
    .executeTakeFirstOrThrow();
  await site.ground.db.write((tx) =>
    tx
      .insertInto('pseud_profiles')
      .values({ pseud_id: pseudId, format: 'html', source: 'Buy!', html: '<p>Buy!</p>', rules: 1, links: '[]' })
      .execute(),
  );
  return { site, moderator, seller, pseudId, path: `/moderation/people/${publicId}` };
}

const log = async (site: TestSite) =>
  (await site.ground.db.reads.selectFrom('audit_log').select(['action', 'used_right', 'reason']).execute()).map(
    (row) => [row.action, row.used_right, row.reason],
  );
const parts = async (site: TestSite, pseudId: number) => {
  const { reads } = site.ground.db;
  const of = (table: 'pseud_profiles' | 'pseud_icons') =>
    reads.selectFrom(table).select('pseud_id').where('pseud_id', '=', pseudId).execute();
  return { profile: (await of('pseud_profiles')).length, icon: (await of('pseud_icons')).length };
};

test('each by itself, with a reason', async () => {
  const { site, moderator, seller, pseudId, path } = await cast();
  expect((await site.post(`${path}/profile-removal`, { reason: ' ' }, moderator)).status).toBe(422);
  expect(await parts(site, pseudId)).toEqual({ profile: 1, icon: 1 });
  const reason = 'It sells watches.';
  expect((await site.post(`${path}/profile-removal`, { reason }, moderator)).status).toBe(303);
  expect(await parts(site, pseudId)).toEqual({ profile: 0, icon: 1 });
  expect((await site.post(`${path}/icon-removal`, { reason }, moderator)).status).toBe(303);
  expect(await parts(site, pseudId)).toEqual({ profile: 0, icon: 0 });
  // The file goes with it.
  expect(
    await site.ground.db.reads.selectFrom('jobs').select('kind').where('kind', '=', 'remove-icon').execute(),
  ).toHaveLength(1);
  // Once more does nothing, and leaves no row.
  expect((await site.post(`${path}/icon-removal`, { reason }, moderator)).status).toBe(303);
  expect(await log(site)).toEqual([
    ['remove-profile', 'remove-profiles', reason],
    ['remove-icon', 'remove-profiles', reason],
  ]);

  // The person is told on every page, reads why, and can do all they could.
  const standing = await (await site.get('/standing', seller)).text();
  for (const said of ['Profile removed', 'Icon removed', reason, 'Not read yet.']) expect(standing).toContain(said);
  expect(await (await site.get('/works', seller)).text()).toContain('left you a warning');
  const { state } = await site.ground.db.reads
    .selectFrom('accounts')
    .select('state')
    .where('id', '=', seller.viewer.accountId)
    .executeTakeFirstOrThrow();
  expect(state).toBe('active');
  expect(await (await site.get(path, moderator)).text()).toContain('Profile removed');
});

test('not of an owner, not by others', async () => {
  const { site, moderator, seller, pseudId, path } = await cast();
  const reason = 'I want to.';
  for (const who of [null, seller]) expect((await site.post(`${path}/icon-removal`, { reason }, who)).status).toBe(404);
  const owner = await site.ground.db.reads
    .selectFrom('pseuds')
    .select('public_id')
    .where('id', '=', site.owner.pseudId)
    .executeTakeFirstOrThrow();
  expect((await site.post(`/moderation/people/${owner.public_id}/icon-removal`, { reason }, moderator)).status).toBe(
    422,
  );
  expect(await parts(site, pseudId)).toEqual({ profile: 1, icon: 1 });
  expect(await log(site)).toEqual([]);
});
