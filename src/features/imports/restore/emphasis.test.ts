/** Emphasis is put back where it shows at both ends, suggested where it shows at one, and never where spaces are typed. */
import { describe, expect, test } from 'vitest';
import { composedBlocks } from './compose.ts';
import { emphasisTraces } from './emphasis.ts';
import type { EmphasisOptions } from './emphasis-traces.ts';
import { restore } from './restore.ts';
import { scanSpeech } from './speech.ts';

function traces(
  text: string,
  options: Partial<EmphasisOptions> = {},
): { applied: string[]; suggested: string[]; closed: number } {
  const found = emphasisTraces(text, scanSpeech(text), { from: 0, to: text.length, known: false, ...options });
  const of = (state: string): string[] =>
    found.flatMap((one) => (one.kind === 'emphasis' && one.state === state ? [one.after.trim()] : []));
  return {
    applied: of('applied'),
    suggested: of('suggested'),
    closed: found.filter(({ kind }) => kind === 'space').length,
  };
}

describe('both edges', () => {
  test.each([
    ['“ Haunted ,” he said.', '*Haunted*'],
    ['“ Haunted ”', '*Haunted*'],
    ['“ Notes: Tides ,” said Oona.', '*Notes: Tides*'],
    ['‘ Haunted ,’ he said. ‘No.’', '*Haunted*'],
    ['" Haunted ," he said. "No."', '*Haunted*'],
    ['“ Never , I said.”', '*Never*'],
    ['“Haunted ,” he said.', '*Haunted*'],
    ['He saw it ( twice ) there.', '*twice*'],
    ['He was  very  late.', '*very*'],
    ['He was  very late , she said.', '*very late*'],
  ])('%s', (text, expected) => {
    expect(traces(text)).toMatchObject({ applied: [expected], suggested: [] });
  });

  test('the spaces go with it', () => {
    const source = 'He was  very  late. “ Never ,” he said.';
    const html = composedBlocks(source, restore(source, { notation: 'text' })).map((block) => block.html);
    expect(html.join(' ')).toContain('He was <em>very</em> late.');
    expect(html.join(' ')).toContain('“<em>Never</em>,” he said.');
  });
});

describe('one edge', () => {
  test.each([
    ['She knows it’s bait .', ['*bait*', '*it’s bait*', '*knows it’s bait*', '*She knows it’s bait*']],
    ['Not far, she thought, not far . It was.', ['*far*', '*not far*']],
    ['“ You did it,” she said.', ['*You*', '*You did*', '*You did it*']],
    ['One two three four five six !', ['*six*', '*five six*', '*four five six*', '*three four five six*']],
  ])('%s', (text, suggested) => {
    expect(traces(text)).toEqual({ applied: [], suggested, closed: 1 });
  });

  test('alternatives exclude each other', () => {
    const { repairs } = restore('And Ivo, of course , knew.', { notation: 'text' });
    const groups = repairs.filter(({ kind }) => kind === 'emphasis').map(({ group }) => group);
    expect(groups).toHaveLength(2);
    expect(new Set(groups).size).toBe(1);
  });

  test('a space behind a dash is closed, and no words are guessed', () => {
    expect(traces('“Old is not— ” He went.')).toEqual({ applied: [], suggested: [], closed: 1 });
  });
});

describe('no trace', () => {
  test.each([
    ['French spacing', 'Quoi ? Non ! Il dit : « Viens ! » Elle rit ; il part. Bon ! Ah ?', {}],
    ['French', 'Il dit : oui !', { language: 'fr' }],
    ['guillemets with their spaces', '« Viens ! » dit-elle. « Non », dit Luc.', {}],
    ['a space that does not break', 'Il dit\u00a0: oui\u202f! Well: no! So? Yes!', {}],
    ['an ellipsis', 'He was . . . late ... and sorry … so sorry .', { from: 0, to: 38 }],
    ['a number', 'It was .5 of it, or ,5.', {}],
    ['a smile', 'Hello there :) and you ;)', {}],
    ['typed double spaces', 'It hummed.  It stopped.  Nobody spoke.', {}],
    ['a text taken apart by a program', 'He said , no , and she , well , left . '.repeat(10), {}],
    ['a spaced dash', 'He left — and she — well — stayed.', {}],
  ])('%s', (_, text, options) => {
    expect(traces(text, options)).toEqual({ applied: [], suggested: [], closed: 0 });
  });

  test('where the source has its tags, spaces are only closed', () => {
    const source = 'He said “ <em>Never</em> ,” and went. It was late .';
    const restored = restore(source, { notation: 'html' });
    expect(restored.repairs.some(({ kind }) => kind === 'emphasis')).toBe(false);
    expect(composedBlocks(source, restored).map(({ html }) => html)).toEqual([
      '<p>He said “<em>Never</em>,” and went. It was late.</p>',
    ]);
  });
});
