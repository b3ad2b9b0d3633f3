/** Line ends mean what the text's own convention says. */
import { expect, test } from 'vitest';
import { composedBlocks } from './compose.ts';
import { restore } from './restore.ts';

/** Paragraphs as text, line ends that were kept as `/`. */
function paragraphs(source: string): string[] {
  return composedBlocks(source, restore(source, { notation: 'text' })).map(({ kind, text }) =>
    kind === 'scene' ? '* * *' : text.replace(/\r\n?|\n/g, '/'),
  );
}

const ONE =
  'The kettle had been in the family for longer than anybody could say, and nobody had ever asked it why it hummed at dusk.';
const TWO =
  'It was Marta who asked at last, on a Tuesday, in the rain, with her coat still on and her hat in the sink beside the spoons.';
const THREE =
  'The kettle thought about that for some time, which is what kettles do, and then it told her the whole of it, from the start.';
const ALL = [ONE, TWO, THREE];

/** Words laid into lines of a width, as a mail program does. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

test.each([
  ['blank lines', ALL.join('\n\n')],
  ['blank lines of CRLF', ALL.join('\r\n\r\n')],
  ['blank lines of CR', ALL.join('\r\r')],
  ['blank lines with spaces on them', ALL.join(' \n  \t\n')],
  ['two blank lines', ALL.join('\n\n\n')],
  ['one line a paragraph', ALL.join('\n')],
  ['one line a paragraph, CRLF, all indented', ALL.map((line) => `    ${line}`).join('\r\n')],
  ['indented by an ideographic space', ALL.map((line) => `\u3000\u3000${line}`).join('\n')],
  ['paragraph separators', ALL.join('\u2029')],
  ['form feeds', ALL.join('\f')],
  ['wrapped, blank lines', ALL.map((text) => wrapped(text, 60).join('\n')).join('\n\n')],
  ['wrapped, CRLF, blank lines', ALL.map((text) => wrapped(text, 72).join('\r\n')).join('\r\n\r\n')],
  ['wrapped, indented', ALL.map((text) => `\t${wrapped(text, 60).join('\n')}`).join('\n')],
  ['wrapped, neither', ALL.map((text) => wrapped(text, 56).join('\n')).join('\n')],
  ['wrapped, double-spaced', ALL.map((text) => wrapped(text, 60).join('\n\n')).join('\n\n\n')],
])('%s', (_, source) => {
  expect(paragraphs(source)).toEqual(ALL);
});

test('verse keeps its lines', () => {
  const verse = 'The kettle hums\nwhere no one comes\nand no one drums,\nand so it goes';
  expect(paragraphs(verse)).toEqual([verse.replaceAll('\n', '/')]);
  expect(paragraphs(`${ONE}\n\n${verse}\n\n${TWO}`)).toEqual([ONE, verse.replaceAll('\n', '/'), TWO]);
});

test('a word parted at the end of a line is not given a space', () => {
  const source = `${wrapped(ONE, 60).join('\n')} It was well-\nknown to everybody who had ever lived in the house on the\nhill behind the church.\n\n${wrapped(TWO, 60).join('\n')}`;
  expect(paragraphs(source)[0]).toContain('well-known');
});

test('a flattened text with a few line ends is still flat', () => {
  const flat = '“I never said so,” said Ivo. “You did,” Marta said. He put the lid back very gently. '
    .repeat(20)
    .trim();
  const source = `${flat}\n${flat}`;
  const restored = restore(source, { notation: 'text' });
  expect(restored.flat).toBe(true);
  expect(composedBlocks(source, restored).length).toBeGreaterThan(40);
});

test('one long paragraph in a text that has its paragraphs is left alone', () => {
  const long = 'The kettle hummed. It had been Marta’s idea. He put the lid back very gently. '.repeat(30).trim();
  const source = [...ALL, ...ALL, ...ALL, ...ALL, ...ALL, long, ...ALL].join('\n\n');
  expect(paragraphs(source)).toHaveLength(19);
});
