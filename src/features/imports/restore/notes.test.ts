/** Where the author speaks to readers at the end, and what a page left behind that. */
import { describe, expect, test } from 'vitest';
import { endNotesLabel, leftoverLinks } from './notes.ts';
import { scanSpeech } from './speech.ts';

const STORY = 'The kettle hummed at six, and nobody in the house had asked it to. '.repeat(8);

/** What follows the label; null where there is none. */
function notesOf(text: string): string | null {
  const { inside } = scanSpeech(text);
  const label = endNotesLabel({ text, from: 0, to: text.length, inside });
  return label === null ? null : text.slice(label.to);
}

describe('the label', () => {
  test.each([
    'Notes:',
    'Note:',
    'A/N:',
    'a/n:',
    'AN:',
    'Author’s note:',
    "Author's Notes:",
    'Authors Note:',
    'Disclaimer:',
    'End Notes:',
    'Notas:',
    'Anmerkung:',
    'Note de l’auteur :',
    'Примечания автора:',
  ])('%s', (label) => {
    expect(notesOf(`${STORY}${label} Thank you for reading!`)).toBe('Thank you for reading!');
    expect(notesOf(`${STORY.trim()}\n\n${label}\nThank you for reading!`)).toBe('Thank you for reading!');
  });

  test.each([
    ['inside quotes', `${STORY}“Notes: thank you,” said Oona.`],
    ['in mid-sentence', `${STORY}She read the Notes: thank you for reading!`],
    ['before the last quarter', `Notes: thank you for reading! ${STORY}`],
    ['before more story', `${STORY}Note: “Come home,” said Ivo. “Now,” he said. “Yes,” said Marta.`],
    ['in small letters', `${STORY}notes: thank you for reading!`],
    ['the whole text', 'Notes: thank you for reading!'],
  ])('%s is none', (_, text) => {
    expect(notesOf(text)).toBeNull();
  });

  test('the first of several begins the notes', () => {
    expect(notesOf(`${STORY}Notes: I had fun. Disclaimer: I own nothing.`)).toBe(
      'I had fun. Disclaimer: I own nothing.',
    );
  });
});

describe('leftover links', () => {
  test.each([
    ['Comments keep the kettle warm! tumblr / prompts', 'tumblr / prompts'],
    ['Find me at tumblr / ko-fi', 'tumblr / ko-fi'],
    ['I had fun. tumblr | twitter | my playlist', 'tumblr | twitter | my playlist'],
    ['Thanks! tumblr', 'tumblr'],
    ['tumblr / twitter / kettlehums', 'tumblr / twitter / kettlehums'],
  ])('%s', (notes, expected) => {
    const found = leftoverLinks(notes, 0, notes.length);
    expect(found && notes.slice(found.from, found.to)).toBe(expected);
    expect(found?.state).toBe('suggested');
  });

  test.each(['I own nothing.', 'Thanks to Wren and/or Tam.', 'Find me on tumblr', 'Kettle / Lid forever', ''])(
    '“%s” has none',
    (notes) => {
      expect(leftoverLinks(notes, 0, notes.length)).toBeNull();
    },
  );
});
