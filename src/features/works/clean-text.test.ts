/** What the editor asks while somebody writes, and what the forms do without it. */
import { expect, test } from 'vitest';
import { testSite } from '../../../test/site.ts';

const told =
  'The rain had not stopped since Tuesday, and the bees of Sussex stayed where they were. Holmes looked out of the window for a long time. “You are late,” he said. “I was *never* late in my life,” said Watson. He put his hat on the table and sat down by the fire. Nobody spoke for a while. “Well?” asked Holmes at last. “What did they say to you in the village?” ';
/** What a form sends along that is left by this button. */
const press = (then: string) => Object.fromEntries(new URLSearchParams(`then=${then}`));
const FLAT = told.repeat(18).trim();

test('Markdown is answered as the HTML that would be kept, to writers alone and not for ever', async () => {
  const site = await testSite();
  const writer = await site.person('Writer');
  const ask = () => site.post('/works/clean-text', { text: '**It** rained', format: 'markdown' }, writer);
  const answer = await ask();
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await answer.json()).toEqual({ html: '<p><strong>It</strong> rained</p>' });
  expect((await site.post('/works/clean-text', { text: 'x' })).status).toBe(404);
  const statuses = new Set<number>();
  for (let time = 0; time < 61; time += 1) statuses.add((await ask()).status);
  expect([...statuses]).toEqual([200, 429]);
});

test('a text that is too long, or none, is refused', async () => {
  const site = await testSite();
  const writer = await site.person('Writer');
  expect((await site.post('/works/clean-text', { text: 'x'.repeat(2_000_001) }, writer)).status).toBe(400);
  expect(await (await site.post('/works/clean-text', {}, writer)).json()).toEqual({ html: '' });
});

test('paragraphs that were lost are found again', async () => {
  const site = await testSite();
  const writer = await site.person('Writer');
  const answer = await site.post('/works/lost-paragraphs', { text: `<p>${FLAT}</p>`, language: 'en' }, writer);
  const { html } = (await answer.json()) as { html: string };
  expect(html.match(/<p>/g)?.length).toBeGreaterThan(18);
  expect(html.replace(/<[^>]*>|\s/g, '')).toBe(FLAT.replace(/\s/g, ''));
});

test('without script the form offers it, and comes back with paragraphs in it, saved nowhere', async () => {
  const site = await testSite();
  const writer = await site.person('Writer');
  const fields = { title: 'Bees', text: FLAT, summary: '*Bees*', format: 'markdown', language: 'en' };
  const preview = await (
    await site.post('/works/new', { ...fields, text: 'Short.', ...press('preview') }, writer)
  ).text();
  expect(preview).not.toContain('value="rescue"');
  const offered = await (
    await site.post('/works/new', { ...fields, pseuds: 'none', ...press('preview') }, writer)
  ).text();
  expect(offered).toContain('came in without paragraphs');
  expect(offered).toContain('value="rescue"');
  const answer = await site.post('/works/new', { ...fields, ...press('rescue') }, writer);
  expect(answer.status).toBe(200);
  const found = await answer.text();
  expect(found).toContain('These paragraphs were found again');
  expect(found.match(/&lt;p&gt;|&lt;p>/g)?.length).toBeGreaterThan(18);
  // What was Markdown is HTML now, all of it.
  expect(found).toMatch(/&lt;em(?:&gt;|>)Bees/);
  expect(found).not.toContain('value="rescue"');
  expect(await site.ground.db.reads.selectFrom('works').select('id').execute()).toEqual([]);
});
