import { expect, test } from 'vitest';
import { clean } from '../../platform/html/clean.ts';
import { plainText } from '../../platform/html/text.ts';
import { testSite } from '../../../test/site.ts';
import { BLOCKS } from './blocks.ts';

const cleaned = (html: string) => {
  const result = clean(html, 'html');
  return result.ok ? result.html : '';
};

test.each(BLOCKS)('the block “$name” comes out of cleaning as it went in, but for the archive’s marks', ({ html }) => {
  // Ids are kept on spans inside blocks, which have ids of their own.
  const bare = (text: string) =>
    text
      .replace(/ id="[^"]*"/g, '')
      .replace(/<\/?span>/g, '')
      .replaceAll('u-', '');
  const attributes = (text: string) => (text.match(/<[^>]*>/g) ?? []).map((tag) => [...tag].sort().join('')).sort();
  expect(attributes(bare(cleaned(html)))).toEqual(attributes(bare(html)));
});

test.each(BLOCKS)('the block “$name” is told by two classes of its own', ({ name, html }) => {
  expect(html).toContain(`class="block ${name === 'footnotes' ? 'notes' : name}"`);
});

test('without any style it is still said who speaks', () => {
  const said = (name: string) => plainText(cleaned(BLOCKS.find((block) => block.name === name)?.html ?? ''));
  expect(said('messages')).toMatch(/Anna: Are you still/);
  expect(said('messages')).toMatch(/Ben: The last train/);
  expect(said('chat')).toMatch(/nightowl\s+has anybody read/);
});

test('footnotes lead there and back', () => {
  const html = cleaned(BLOCKS.find((block) => block.name === 'footnotes')?.html ?? '');
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
  const targets = [...html.matchAll(/ href="#([^"]*)"/g)].map((match) => match[1]);
  expect(targets).toHaveLength(2);
  for (const target of targets) expect(ids).toContain(target);
});

test('the page about blocks shows each with its HTML to copy', async () => {
  const site = await testSite();
  const page = await (await site.get('/help/blocks')).text();
  for (const { label, html } of BLOCKS) {
    expect(page).toContain(label);
    expect(page).toContain(html.split('\n')[0]?.replaceAll('<', '&lt;').replaceAll('"', '&quot;') ?? '');
  }
});
