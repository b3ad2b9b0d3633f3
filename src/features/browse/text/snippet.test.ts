/** Snippets: the right block, the right words marked, never too long. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clean } from '../../../platform/html/clean.ts';
import { blockIds } from '../../../platform/html/blocks.ts';
import { cutSnippets, SNIPPET_LENGTH } from './snippet.ts';
import { leaf, phrase } from './text.fixture.ts';

function cleaned(source: string): string {
  const result = clean(source, 'html');
  if (!result.ok) throw new Error(result.refusal);
  return result.html;
}
const shown = (leaves: Parameters<typeof cutSnippets>[0], html: string) =>
  cutSnippets(leaves, [{ key: 7, html }]).map((snippet) => ({
    at: snippet.blockId,
    text: snippet.pieces.map((piece) => (piece.marked ? `[${piece.text}]` : piece.text)).join(''),
  }));

const RAIN = cleaned(
  '<p>It rained.</p><blockquote><p>The <em>bees</em> &amp; the bee-keeper<br>slept.</p></blockquote><p>A bee.</p>',
);

test('the block with most of what was looked for is shown, under the id that it has in the text', () => {
  const [, , inQuote] = [null, ...blockIds(RAIN)];
  expect(shown([leaf('bees'), leaf('slept')], RAIN)).toEqual([
    { at: inQuote, text: 'The [bees] & the [bee]-keeper [slept].' },
  ]);
});

test.each([
  ['a word in another form', [leaf('RAINING')], 'It [rained].'],
  ['a beginning', [leaf('keep', { prefix: true })], 'The bees & the bee-[keeper] slept.'],
  ['words near each other', [leaf('keeper slept', { near: 2 })], 'The bees & the bee-[keeper] [slept].'],
])('%s', (_name, leaves, text) => {
  expect(shown(leaves, RAIN).map((one) => one.text)).toEqual([text]);
});

test('a phrase is marked whole, in order, and not over the end of a paragraph', () => {
  expect(shown([phrase('bees the bee')], RAIN)[0]?.text).toBe('The [bees & the bee]-keeper slept.');
  expect(shown([phrase('bee bees')], RAIN)).toEqual([]);
  expect(shown([phrase('rained the bees')], RAIN)).toEqual([]);
  expect(shown([leaf('keeper rained', { near: 5 })], RAIN)).toEqual([]);
});

test('characters of a script without spaces are marked as they were typed', () => {
  const html = cleaned('<p>昨日、東京都に行った。</p>');
  expect(shown([leaf('京都')], html)[0]?.text).toBe('昨日、東[京都]に行った。');
  expect(shown([leaf('行')], html)[0]?.text).toMatch(/^昨日、東京都に\[行/);
});

test('text is cut around the found words, and keeps its meaning as text', () => {
  const html = cleaned(`<p>${'It rained. '.repeat(200)}&lt;b&gt;bees&lt;/b&gt; ${'It rained. '.repeat(200)}</p>`);
  const [snippet] = shown([leaf('bees')], html);
  expect(snippet?.text).toMatch(/^….{40,70}<b>\[bees\]<\/b>.{100,}…$/);
});

test('what is not found has no snippet, and readings beside ruby part no phrase', () => {
  expect(shown([leaf('honey'), leaf('!!')], RAIN)).toEqual([]);
  expect(shown([], RAIN)).toEqual([]);
  const ruby = cleaned('<p>the <ruby>東<rt>とう</rt>京<rt>きょう</rt></ruby> tower</p>');
  expect(shown([leaf('東京')], ruby)[0]?.text).toBe('the [東京] tower');
});

test('whatever the text and the question: never too long, whole characters, nothing that is not in the text', () => {
  const words = fc.constantFrom('bees', '東京', '🐝', 'x'.repeat(300), '👩‍❤️‍👩', 'honey', ' ', '-', '\u0301', 'ℵ', '&amp;');
  const text = fc.array(words, { maxLength: 80 }).map((list) => list.join(' '));
  fc.assert(
    fc.property(text, fc.array(words, { minLength: 1, maxLength: 4 }), (source, looked) => {
      const html = cleaned(`<p>${source}</p>`);
      for (const { pieces } of cutSnippets(
        looked.map((one) => leaf(one)),
        [{ key: 1, html }],
      )) {
        const all = pieces.map((piece) => piece.text).join('');
        expect(all.length).toBeLessThanOrEqual(SNIPPET_LENGTH);
        expect(all.isWellFormed()).toBe(true);
        expect(pieces.some((piece) => piece.marked)).toBe(true);
        expect(source.replaceAll('&amp;', '&').replace(/\s+/g, ' ')).toContain(all.replace(/^…|…$/g, ''));
      }
    }),
    { numRuns: 200 },
  );
});
