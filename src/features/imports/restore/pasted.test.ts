/** A chapter that came through a box which knew no paragraphs. */
import { expect, test } from 'vitest';
import { clean } from '../../../platform/html/clean.ts';
import { plainText } from '../../../platform/html/text.ts';
import { withParagraphs } from './pasted.ts';

const told =
  'The rain had not stopped since Tuesday, and the bees of Sussex stayed where they were. Holmes looked out of the window for a long time. “You are late,” he said. “I was <em>never</em> late in my life,” said Watson. He put his hat on the table and sat down by the fire. Nobody spoke for a while. “Well?” asked Holmes at last. “What did they say to you in the village?” ';
const flat = `<p>${told.repeat(18)}</p>`;
const letters = (html: string) => plainText(html).replace(/\s+/g, '');
function cleaned(html: string): string {
  const result = clean(html, 'html');
  if (!result.ok) throw new Error(result.refusal);
  return result.html;
}

test('gets its paragraphs back, and loses no word and no emphasis', () => {
  const found = cleaned(withParagraphs(cleaned(flat), 'en'));
  expect(found.match(/<p /g)?.length).toBeGreaterThan(18);
  expect(letters(found)).toBe(letters(flat));
  expect(found.match(/<em>never<\/em>/g)).toHaveLength(18);
});

test('what has its paragraphs is left alone', () => {
  const html = cleaned(`<h2>One</h2><p>${told}</p><p>${told}</p>`);
  expect(withParagraphs(html, '')).toBe(html);
});
