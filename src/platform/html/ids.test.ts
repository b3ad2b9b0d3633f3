import { expect, test } from 'vitest';
import { clean } from './clean.ts';
import { scopedIds, withoutBlockIds } from './ids.ts';

function cleaned(source: string): string {
  const result = clean(source, 'html');
  return result.ok ? result.html : '';
}

test('short texts lose the ids of their blocks and nothing else', () => {
  const html = cleaned('<p>One <a href="#n1">1</a></p><p id="n1">Two</p><p>id="b-aaaaaa" is text</p>');
  const bare = withoutBlockIds(html);
  expect(bare).not.toMatch(/<[^>]* id="b-/);
  expect(bare).toContain('id="b-aaaaaa" is text');
  expect(bare.replace(/<[^>]*>/g, '')).toBe(html.replace(/<[^>]*>/g, ''));
});

test('two chapters with the same words stand on one page without sharing an id', () => {
  const html = cleaned('<p>Yes.</p><p>See <a href="#n">n</a> <span id="n">here</span></p>');
  const page = scopedIds(html, 'one') + scopedIds(html, 'two');
  const ids = [...page.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
});
