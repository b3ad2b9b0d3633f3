/** The rescue as a whole: three flattened texts, word for word, and texts of other conventions. */
import { describe, expect, test } from 'vitest';
import { compose, composedBlocks } from './compose.ts';
import { restore } from './restore.ts';
import type { Restored } from './restore.ts';

/** The blocks of a text as a person reads them, `[ii.]` for headings, `*` for emphasis. */
function laid(source: string, rescue: Restored): string[] {
  return composedBlocks(source, rescue)
    .filter(({ field }) => field === 'text')
    .map(({ kind, html, text }) => {
      if (kind === 'scene') return '* * *';
      if (kind !== 'paragraph') return `[${text}]`;
      return html
        .replace(/<\/?em>/g, '*')
        .replace(/<[^<>]*>/g, '')
        .replaceAll('&#39;', "'")
        .replaceAll('&quot;', '"');
    });
}

/**
 * Paragraphs in, one text out with `¶` where one begins; and with `(¶)`, whether one begins there or not, where the
 * expected text allows it.
 */
function withMarks(found: readonly string[], expected: string): string {
  const may = mayBreak(expected);
  let marked = '';
  for (const block of found) {
    const length = marked.replaceAll(/\(?¶\)? /g, '').length;
    if (marked !== '') marked += may.has(length) ? ' (¶) ' : ' ¶ ';
    for (const [i, word] of block.split(' ').entries()) {
      if (i > 0) marked += may.has(marked.replaceAll(/\(?¶\)? /g, '').length) ? ' (¶) ' : ' ';
      marked += word;
    }
  }
  return marked;
}

/** The offsets of `(¶)` in a text without any marks. */
function mayBreak(expected: string): Set<number> {
  const parts = expected.split(' (¶) ').map((part) => part.replaceAll('¶ ', '').length);
  return new Set(parts.slice(0, -1).map((_, i) => parts.slice(0, i + 1).reduce((sum, length) => sum + length + 1, -1)));
}

function suggestedEmphasis({ repairs }: Restored): string[] {
  return repairs.filter(({ kind, state }) => kind === 'emphasis' && state === 'suggested').map(({ before }) => before);
}

function leftovers({ repairs }: Restored): string[] {
  return repairs.filter(({ kind, state }) => kind === 'leftover' && state === 'suggested').map(({ before }) => before);
}

describe('flattened to one line', () => {
  test('double quotes, emphasis, a note, links', () => {
    const source =
      'The kettle had been Marta’s idea. “You never said it was haunted,” said Ivo. He put the lid back very gently. “I said it was old,” Marta said. “Old is not— ” “ Haunted ,” he said, “is a different shop.” The kettle hummed. Three days later it knew two songs, and Ivo, of course , had learned the lower part. “You’re flat,” Marta said. Notes: Comments keep the kettle warm! tumblr / prompts';
    const rescue = restore(source, { notation: 'text' });
    const expected =
      'The kettle had been Marta’s idea. ¶ “You never said it was haunted,” said Ivo. He put the lid back very gently. ¶ “I said it was old,” Marta said. “Old is not—” ¶ “*Haunted*,” he said, “is a different shop.” (¶) The kettle hummed. ¶ Three days later it knew two songs, and Ivo, of course, had learned the lower part. ¶ “You’re flat,” Marta said.';
    expect(withMarks(laid(source, rescue), expected)).toBe(expected);
    expect(compose(source, rescue).endNotes).toBe('<p>Comments keep the kettle warm! tumblr / prompts</p>');
    expect(leftovers(rescue)).toEqual(['tumblr / prompts']);
    expect(suggestedEmphasis(rescue)).toEqual(['of course', 'course']);
    expect(rescue.repairs.filter(({ kind }) => kind === 'scene')).toMatchObject([{ state: 'suggested' }]);
    expect(rescue.sentences.at(-1)).toBe(
      'About half of all emphasis left no trace in a text like this; it cannot be put back.',
    );
  });

  test('British quotes and sections', () => {
    const source =
      'i. ‘Did you post the sisters’ letter?’ asked Wren. ‘’Course I did.’ Tam’s boots were still wet. ‘She said, “Come before the tide,” so I ran.’ Nobody ran in Port Ellory. ii. The tide came at six. ‘It’s only water,’ said Tam, ‘and it’s always gone out again.’ It had not. +1 Wren wrote back herself.';
    const rescue = restore(source, { notation: 'text' });
    const expected =
      '[i.] ¶ ‘Did you post the sisters’ letter?’ asked Wren. ¶ ‘’Course I did.’ Tam’s boots were still wet. ‘She said, “Come before the tide,” so I ran.’ (¶) Nobody ran in Port Ellory. ¶ [ii.] ¶ The tide came at six. ¶ ‘It’s only water,’ said Tam, ‘and it’s always gone out again.’ (¶) It had not. ¶ [+1] ¶ Wren wrote back herself.';
    expect(withMarks(laid(source, rescue), expected)).toBe(expected);
    expect(compose(source, rescue).chapters).toHaveLength(1);
    expect(suggestedEmphasis(rescue)).toEqual([]);
  });

  test('a label that is emphasis, a numeral that is a word', () => {
    const source =
      '“Read me the heading,” said Pell. “ Notes: Tides ,” said Oona. She turned the page. Nothing. Where had he gone? Not far, she thought, not far . It was I. I was sure of it. At dusk the ferry came back without him. “He’ll have—” “Don’t.” Notes: For the Harbour Prompts! I don’t own the sea. Find me at tumblr / ko-fi';
    const rescue = restore(source, { notation: 'text' });
    const blocks = laid(source, rescue);
    expect(blocks).toContain('“*Notes: Tides*,” said Oona.');
    expect(blocks.join(' ')).toContain('Not far, she thought, not far. It was I. I was sure of it.');
    expect(rescue.repairs.filter(({ kind }) => kind === 'section' || kind === 'chapter')).toEqual([]);
    expect(blocks.at(-1)).toBe('“Don’t.”');
    expect(rescue.repairs.filter(({ kind }) => kind === 'label')).toMatchObject([
      { field: 'endNotes', before: ' Notes: ' },
    ]);
    expect(suggestedEmphasis(rescue)).toEqual(['not far', 'far']);
    expect(leftovers(rescue)).toEqual(['tumblr / ko-fi']);
  });
});

test('a header block, chapters and characters that were garbled', () => {
  const source =
    'Title: The Kettle\r\nAuthor: Wren\r\nRating: PG-13\r\nSummary: It hums.\r\n\r\nPrologue\r\n\r\nIt doesnâ€™t hum.\r\n\r\nChapter 1: The Lid\r\n\r\nIt hums &quot;now&quot;.\r\n';
  const composed = compose(source, restore(source, { notation: 'text' }));
  expect(composed).toMatchObject({
    title: 'The Kettle',
    summary: '<p>It hums.</p>',
    header: [
      { name: 'creators', label: 'Author', value: 'Wren' },
      { name: 'rating', label: 'Rating', value: 'PG-13' },
    ],
    chapters: [
      { title: 'Prologue', html: '<p>It doesn’t hum.</p>' },
      { title: 'Chapter 1: The Lid', html: '<p>It hums &quot;now&quot;.</p>' },
    ],
  });
});

test('a page that is one paragraph keeps its tags, balanced in every paragraph', () => {
  const source =
    '“I never said that,” said Ivo. <em>“You did,” said Marta. “Twice.”</em> “I did not &amp; never will,” said Ivo.<!-- ad --><br><br>He went home.';
  const rescue = restore(source, { notation: 'html' });
  const html = compose(source, rescue).chapters[0]?.html ?? '';
  expect(html).toContain('<p><em>“You did,” said Marta. “Twice.”</em></p>');
  expect(html).toContain('<p>“I did not &amp; never will,” said Ivo.</p>\n<p>He went home.</p>');
  expect(rescue.sentences.join(' ')).not.toContain('About half of all emphasis');
});

test('what needs no rescue is left alone', () => {
  const source = 'It hummed.\n\n“Yes,” said Ivo. “It does.” It did.\n\nThey listened.';
  const rescue = restore(source, { notation: 'text' });
  expect(rescue.flat).toBe(false);
  expect(laid(source, rescue)).toEqual(source.split('\n\n'));
  expect(rescue.repairs.every(({ kind, certainty }) => kind === 'paragraph' && certainty > 0.95)).toBe(true);
});

test('a text of a hundred thousand characters on one line is nothing special', { timeout: 5_000 }, () => {
  const source =
    '“I never said so,” said Ivo. He put the lid back very gently. The kettle , of course , hummed at dusk. '.repeat(
      1000,
    );
  const rescue = restore(source, { notation: 'text' });
  expect(rescue.flat).toBe(true);
  expect(composedBlocks(source, rescue).length).toBeGreaterThan(900);
});
