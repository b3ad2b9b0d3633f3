/** Invitations go some time after they have ended; what was used of those that a host allows each stays used. */
import { expect, test } from 'vitest';
import { giveInvitation } from '../../../test/cast.ts';
import { testSite } from '../../../test/site.ts';
import { changeSettings } from '../site/index.ts';
import { INVITATION_KEPT_MS, INVITATION_MS } from './account.ts';
import { forgetEndedKeys } from './ended-keys.actions.ts';
import { invitationsLeft, isInvitationGood } from './invitations.queries.ts';

test('used, withdrawn and run out they go, and those that can be used stay', async () => {
  let now = Date.UTC(2026, 5, 1);
  const site = await testSite({ now: () => now });
  const { db } = site.ground;
  const person = await site.person('wren');
  await db.write((tx) => changeSettings(tx, now, { invitationsEach: 5 }));
  const [used, withdrawn, over] = [
    await giveInvitation(site, person),
    await giveInvitation(site, person),
    await giveInvitation(site, person),
  ];
  const set = (publicId: string, column: 'used_at' | 'withdrawn_at') =>
    db.write((tx) =>
      tx
        .updateTable('invitations')
        .set({ [column]: now })
        .where('public_id', '=', publicId)
        .execute(),
    );
  await set(used.publicId, 'used_at');
  await set(withdrawn.publicId, 'withdrawn_at');
  const left = () => invitationsLeft(db.reads, now, person.viewer);
  const ids = async () =>
    (await db.reads.selectFrom('invitations').select('public_id').orderBy('id').execute()).map((row) => row.public_id);
  const turn = () => db.write((tx) => forgetEndedKeys(tx, now));
  expect(await left()).toBe(3);

  now += INVITATION_KEPT_MS - 1;
  await turn();
  expect(await ids()).toEqual([used.publicId, withdrawn.publicId, over.publicId]);
  expect(await left()).toBe(4);
  now += 1;
  const fresh = await giveInvitation(site, person);
  await turn();
  expect(await ids()).toEqual([over.publicId, fresh.publicId]);
  now += INVITATION_MS - 1;
  await turn();
  now += 1;
  await turn();
  expect(await ids()).toEqual([fresh.publicId]);
  // Removed, it lets in as little as before, and is counted still.
  for (const { code } of [used, withdrawn, over]) expect(await isInvitationGood(db.reads, now, code)).toBe(false);
  expect(await left()).toBe(4);
  await turn();
  expect(await left()).toBe(4);
});
