/** Marks inside lines are found where they part a text, and left where they are words. */
import { describe, expect, test } from 'vitest';
import { sectionMarks } from './sections.ts';
import { scanSpeech } from './speech.ts';

/** What is found: the mark, with its kind where it is no section, in brackets where it is only suggested. */
function marks(text: string): string[] {
  const { inside } = scanSpeech(text);
  return sectionMarks({ text, from: 0, to: text.length, inside }).map(({ kind, state, from, to }) => {
    const said = `${text.slice(from, to).trim()}${kind === 'section' ? '' : ` ${kind}`}`;
    return state === 'applied' ? said : `(${said})`;
  });
}

const STORY = 'The kettle hummed at six, and nobody in the house had asked it to hum.';

describe('numbers', () => {
  test.each([
    [`i. ${STORY} ii. ${STORY} iii. ${STORY}`, ['i.', 'ii.', 'iii.']],
    [`I. ${STORY} II. ${STORY}`, ['I.', 'II.']],
    [`${STORY} 1. ${STORY} 2. ${STORY}`, ['1.', '2.']],
    [`1) ${STORY} 2) ${STORY}`, ['1)', '2)']],
    [`(i) ${STORY} (ii) ${STORY}`, ['(i)', '(ii)']],
    [`[1] ${STORY} [2] ${STORY}`, ['[1]', '[2]']],
    [`Part One ${STORY} Part Two ${STORY}`, ['Part One', 'Part Two']],
    [`1. ${STORY} 2. ${STORY} +1 ${STORY}`, ['1.', '2.', '+1']],
    [`one\n\n1\n\n${STORY}\n\n2\n\n${STORY}`, ['1', '2']],
    [`1. The Lid\n\n${STORY}\n\n2. The Spout\n\n${STORY}`, ['1. The Lid', '2. The Spout']],
    [
      `Part Two: The Lid\n\n${STORY}\n\nPart One: The Spout\n\n${STORY}\n\nPart Two: Tea\n\n${STORY}`,
      ['Part One: The Spout', 'Part Two: Tea'],
    ],
  ])('%s', (text, expected) => {
    expect(marks(text)).toEqual(expected);
  });

  test('begin again in every part', () => {
    const parts = [1, 2].map((part) => `Part ${part} ${STORY} i. ${STORY} ii. ${STORY}`);
    expect(marks(parts.join(' '))).toEqual(['Part 1', 'i.', 'ii.', 'Part 2', 'i.', 'ii.']);
  });

  test('a word that looks like a beginning does not end a run', () => {
    const text = `I. ${STORY} II. ${STORY} He paused. I. Well. III. ${STORY} 1. ${STORY} 2. ${STORY}`;
    expect(marks(text)).toEqual(['I.', 'II.', 'III.', '1.', '2.']);
  });

  test.each([
    ['one alone', `i. ${STORY}`],
    ['not from one on', `${STORY} ii. ${STORY} iii. ${STORY}`],
    ['in mid-sentence', `It was I. ${STORY} So was number 2. ${STORY}`],
    ['inside quotes', `“Listen. i. ${STORY} ii. ${STORY} That is all.” He went.`],
    ['+1 without a run', `${STORY} +1 ${STORY}`],
    ['a part that is a word', `Part one of the plan was tea. Part two of it was rum.`],
    ['a time', `He left at 1. 30 came and went. 2. No.`],
  ])('%s is none', (_, text) => {
    expect(marks(text)).toEqual([]);
  });

  test('a list is only suggested', () => {
    expect(marks('She bought: 1. Eggs. 2. Milk. 3. Tea. Then she went.')).toEqual([]);
    expect(marks('The list was long. 1. Eggs. 2. Milk. 3. Tea. Then she went.')).toEqual(['(1.)', '(2.)', '(3.)']);
  });
});

describe('chapters', () => {
  test.each([
    [
      `Prologue ${STORY} Chapter 1 ${STORY} Chapter 2 ${STORY} Epilogue ${STORY}`,
      ['Prologue', 'Chapter 1', 'Chapter 2', 'Epilogue'],
    ],
    [`Chapter One: ${STORY} Chapter Two: ${STORY}`, ['Chapter One:', 'Chapter Two:']],
    [`${STORY}\n\nChapter 4: Rum\n\n${STORY}\n\nChapter 5\n\n${STORY}`, ['Chapter 4: Rum', 'Chapter 5']],
    [`Kapitel 1 ${STORY} Kapitel 2 ${STORY}`, ['Kapitel 1', 'Kapitel 2']],
  ])('%s', (text, expected) => {
    expect(marks(text)).toEqual(expected.map((mark) => `${mark} chapter`));
  });

  test('a chapter that is spoken of is none', () => {
    expect(marks(`${STORY} Chapter 3 was dull. ${STORY} He read “Chapter 4” again.`)).toEqual([]);
  });
});

describe('signs', () => {
  test.each(['***', '* * *', '~*~', '---', '###', '~~~', '⁂', '• • •', '— — —', 'oOo', 'xXx', '-x-x-'])(
    '%s',
    (sign) => {
      expect(marks(`${STORY} ${sign} ${STORY}`)).toEqual([`${sign} scene`]);
    },
  );

  test.each([
    ['a dash', 'He left — and went. — Yes, she said. -- No.'],
    ['a dash in mid-sentence', 'He left --- and went.'],
    ['stars around words', '*Yes.* **No.** It was ***loud***.'],
    ['a smile', 'He went. :) She stayed. <3'],
  ])('%s is none', (_, text) => {
    expect(marks(text)).toEqual([]);
  });
});
