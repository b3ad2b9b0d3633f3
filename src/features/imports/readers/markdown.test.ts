import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markdownReader } from './markdown.ts';
import { fileOf, readText } from './reading.fixture.ts';

/** Read as Markdown whatever the sniff says: title and [chapter title, text] pairs. */
function chaptersOf(text: string): { title: string | undefined; chapters: [string | undefined, string][] } {
  const result = markdownReader.read(fileOf(text));
  if (!result.ok) throw new Error(result.reason);
  return {
    title: result.work.title,
    chapters: result.work.chapters.map((chapter) => [chapter.title, chapter.text.source]),
  };
}

describe('chapters and title', () => {
  test.each<[name: string, text: string, title: string | undefined, chapters: [string | undefined, string][]]>([
    ['no heading', 'One *fish*.\n\nTwo.', undefined, [[undefined, 'One *fish*.\n\nTwo.']]],
    ['one heading at the start', '# The *Bees*\n\nText.', 'The Bees', [[undefined, 'Text.']]],
    [
      'one heading that the front matter knows',
      '---\ntitle: The Bees\n---\n# the bees\nText.',
      'The Bees',
      [[undefined, 'Text.']],
    ],
    [
      'one heading at odds with the front matter',
      '---\ntitle: The Bees\n---\n# Smoke\nText.',
      'The Bees',
      [['Smoke', 'Text.']],
    ],
    ['one heading that says Chapter 1', '# Chapter 1\n\nText.', undefined, [[undefined, 'Text.']]],
    [
      'several',
      '# One\n\na\n\n# Two\n\nb',
      undefined,
      [
        ['One', 'a'],
        ['Two', 'b'],
      ],
    ],
    [
      'text before the first',
      'For Oona.\n\n# One\n\na\n\n# Two\n\nb',
      undefined,
      [
        [undefined, 'For Oona.'],
        ['One', 'a'],
        ['Two', 'b'],
      ],
    ],
    [
      'title, then numbered chapters',
      '# Bees\n\nBy me.\n\n# Chapter 1\n\na\n\n# Chapter 2: Smoke\n\nb',
      'Bees',
      [
        [undefined, 'By me.'],
        ['Chapter 1', 'a'],
        ['Chapter 2: Smoke', 'b'],
      ],
    ],
    [
      'title directly over chapters',
      '# Bees\n\n# Chapter 1\n\na\n\n# Chapter Two: Smoke\n\nb',
      'Bees',
      [
        [undefined, 'a'],
        ['Smoke', 'b'],
      ],
    ],
    [
      'title and level-2 chapters',
      '# Bees\n\n## Kapitel 1\n\na\n\n## Kapitel 2: Rauch\n\nb',
      'Bees',
      [
        [undefined, 'a'],
        ['Rauch', 'b'],
      ],
    ],
    [
      'level 2 of another kind',
      '## What there was\n\na\n\n## What was eaten\n\nb',
      undefined,
      [[undefined, '## What there was\n\na\n\n## What was eaten\n\nb']],
    ],
    [
      'underlined headings',
      'One\n===\n\na\n\nTwo\n===\n\nb',
      undefined,
      [
        ['One', 'a'],
        ['Two', 'b'],
      ],
    ],
    [
      'headings in code',
      '# One\n\n```\n# not\n```\n\n# Two\n\nb',
      undefined,
      [
        ['One', '```\n# not\n```'],
        ['Two', 'b'],
      ],
    ],
    [
      'a fence that never closes',
      '# One\n\n~~~\n\na\n\n# Two\n\nb',
      undefined,
      [
        ['One', '~~~\n\na'],
        ['Two', 'b'],
      ],
    ],
    [
      'a heading without text',
      '---\ntitle: Bees\n---\n# Part One\n\n# Chapter 1: Smoke\n\na\n\n# Part Two',
      'Bees',
      [['Smoke', '# Part One\n\na\n\n# Part Two']],
    ],
    [
      'Chinese chapters',
      '## 第一章 火\n\na\n\n## 第二章\n\nb',
      undefined,
      [
        ['火', 'a'],
        [undefined, 'b'],
      ],
    ],
    ['hashtags', '#one\n\n#two', undefined, [[undefined, '#one\n\n#two']]],
  ])('%s', (_, text, title, chapters) => {
    expect(chaptersOf(text)).toEqual({ title, chapters });
  });

  test('what the front matter says of chapters is laid over them, and what is too much is named', async () => {
    const { work } = await readText(
      '---\ntitle: B\nchapter:\n  - {title: Uno, notes: n}\n  - {published: 2024-01-02}\n  - {title: Tres}\n---\n# One\n\na\n\n# Two\n\nb',
    );
    expect(work.chapters).toEqual([
      { title: 'Uno', notes: { format: 'markdown', source: 'n' }, text: { format: 'markdown', source: 'a' } },
      { title: 'Two', published: '2024-01-02', text: { format: 'markdown', source: 'b' } },
    ]);
    expect(work.unmapped).toEqual([
      'Chapter 1 is headed “One” in the text; the front matter’s title was taken.',
      'The front matter describes chapter 3 (“Tres”), but the text has only 2.',
    ]);
  });

  test('a description without a text is refused', () => {
    expect(markdownReader.read(fileOf('---\ntitle: x\n---\n\n'))).toMatchObject({ ok: false });
  });

  test('every word of a body is in the chapters’ titles and texts, in order', () => {
    const block = fc.constantFrom(
      'One *fish*.',
      '> quoted',
      '# Smoke',
      '# Veil',
      '## Within',
      '***',
      '- item\n- item',
      '```\n# code\n```',
      'Under\n===',
      '~~~',
      '    code',
      '#tag',
      'End.  \nLine',
    );
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 20 }), (blocks) => {
        const numbered = blocks.map((text, i) => `${text}`.replace(/[A-Za-z]+/, (word) => `${word}${i}`));
        const result = markdownReader.read(fileOf(`---\ntitle: Bees\n---\n${numbered.join('\n\n')}`));
        if (!result.ok) throw new Error(result.reason);
        const words = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];
        const kept = result.work.chapters.flatMap((chapter) => [
          ...words(chapter.title ?? ''),
          ...words(chapter.text.source),
        ]);
        // A heading with nothing under it stays a line of the next chapter, so it comes after that chapter's title.
        expect(kept.toSorted()).toEqual(words(numbered.join('\n')).toSorted());
        const texts = result.work.chapters.flatMap((chapter) => words(chapter.text.source));
        let at = 0;
        for (const word of words(numbered.join('\n'))) if (word === texts[at]) at++;
        expect(at).toBe(texts.length);
      }),
      { numRuns: 300 },
    );
  });
});

describe('sniffing', () => {
  const front = '---\ntitle: x\n---\n\n';
  test.each([
    ['front matter and emphasis', `${front}One *fish*.`, 'markdown'],
    ['front matter and a hard break', `${front}One\\\nTwo`, 'markdown'],
    ['front matter and no mark', `${front}One fish.\n\n***\n\n- Two, she said.`, 'text'],
    [
      'front matter and lines that would run together',
      `${front}${'He *ran* on.\n'.repeat(3)}${'And on.\n'.repeat(6)}`,
      'text',
    ],
    ['headings alone', '# One\n\ntext', 'markdown'],
    ['bold alone', 'It was **loud**.', 'markdown'],
    ['one emphasis alone', 'It was *loud*.', 'text'],
    ['dialogue with dashes', '- One, he said.\n- Two, she said.\n- Three.', 'text'],
    ['scene breaks', 'One.\n\n* * *\n\nTwo.\n\n---\n\nThree.\n\n~*~\n\nFour.', 'text'],
    ['snake_case_words and 2*3*4', 'The snake_case_word and 2*3*4 and a_b_c.', 'text'],
  ])('%s', async (_, text, format) => {
    for (const name of ['a.md', 'a.txt', 'a.html', 'a']) expect((await readText(text, name)).format).toBe(format);
  });
});
