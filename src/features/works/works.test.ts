/** Works over HTTP: a draft is corrected, posted, deleted and taken back, by those who keep it and nobody else. */
import { expect, test } from 'vitest';
import { makeWork } from '../../../test/cast.ts';
import { testSite } from '../../../test/site.ts';

test('a draft is seen by its keeper alone', async () => {
  const site = await testSite();
  const reader = await site.person('reader');
  const draft = await makeWork(site, { title: 'Unfinished' });
  expect((await site.get(`/works/${draft.publicId}`, site.owner)).status).toBe(200);
  expect((await site.get(`/works/${draft.publicId}`, reader)).status).toBe(404);
  expect((await site.get(`/works/${draft.publicId}`)).status).toBe(404);
  expect(await (await site.get('/drafts', site.owner)).text()).toContain('Unfinished');
});

test('deleting can be undone, and says how', async () => {
  const site = await testSite();
  const work = await makeWork(site, { title: 'Here and Gone' }, { state: 'posted' });
  const deleted = await site.post(`/works/${work.publicId}/deletion`, {}, site.owner);
  expect(deleted.status).toBe(303);
  expect((await site.get(`/works/${work.publicId}`, site.owner)).status).toBe(404);
  expect(await (await site.get('/deleted', site.owner)).text()).toContain('Here and Gone');
  const back = await site.post(`/works/${work.publicId}/restoration`, {}, site.owner);
  expect(back.status).toBe(303);
  expect((await site.get(`/works/${work.publicId}`)).status).toBe(200);
});
