/**
 * Paragraphs begin where the specification's cases say, and nowhere they forbid. In the expected texts `¶` must break,
 * `(¶)` may, and no other break may be made; suggestions are free.
 */
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { paragraphGaps, type ParagraphGap } from './paragraphs.ts';
import { scanSpeech } from './speech.ts';

function gapsOf(text: string): ParagraphGap[] {
  return paragraphGaps(text, scanSpeech(text));
}

/** The paragraphs that are made. */
function paragraphsOf(text: string): string[] {
  const paragraphs: string[] = [];
  let from = 0;
  for (const { at, kind, state } of gapsOf(text)) {
    if (kind === 'scene' || state === 'suggested') continue;
    paragraphs.push(text.slice(from, at.from));
    from = at.to;
  }
  return [...paragraphs, text.slice(from)];
}

function without(all: ReadonlySet<number>, some: ReadonlySet<number>): number[] {
  return [...all].filter((each) => !some.has(each));
}

/** Checks a text with `¶` and `(¶)` in it against what is made of it without them. */
function expectParagraphs(marked: string): void {
  const must = marked.replaceAll(/ \(¶\) /g, ' ').split(' ¶ ');
  const may = marked.split(/ \(¶\) | ¶ /);
  const text = marked.replaceAll(/ (?:\(¶\)|¶) /g, ' ');
  const made = paragraphsOf(text);
  // Every part the marks allow lies whole in a paragraph, and every part they demand is a run of whole paragraphs.
  const begins = (parts: readonly string[]): Set<number> => {
    let at = 0;
    return new Set(parts.map((part) => (at += part.length + 1) - part.length - 1));
  };
  expect({ made, missed: without(begins(must), begins(made)) }).toEqual({ made, missed: [] });
  expect({ made, wrong: without(begins(made), begins(may)) }).toEqual({ made, wrong: [] });
}

const FIRST =
  'The kettle had been Marta’s idea. ¶ “You never said it was haunted,” said Ivo. He put the lid back very gently. ¶ ' +
  '“I said it was old,” Marta said. “Old is not— ” ¶ “ Haunted ,” he said, “is a different shop.” (¶) The kettle ' +
  'hummed. ¶ Three days later it knew two songs, and Ivo, of course , had learned the lower part. ¶ “You’re flat,” ' +
  'Marta said.';
const SECOND = [
  '‘Did you post the sisters’ letter?’ asked Wren. ¶ ‘’Course I did.’ Tam’s boots were still wet. ‘She said, “Come ' +
    'before the tide,” so I ran.’ (¶) Nobody ran in Port Ellory.',
  'The tide came at six. ¶ ‘It’s only water,’ said Tam, ‘and it’s always gone out again.’ (¶) It had not.',
];
const THIRD =
  '“Read me the heading,” said Pell. ¶ “ Notes: Tides ,” said Oona. (¶) She turned the page. (¶) Nothing. (¶) Where had ' +
  'he gone? (¶) Not far, she thought, not far . It was I. (¶) I was sure of it. ¶ At dusk the ferry came back without ' +
  'him. ¶ “He’ll have—” ¶ “Don’t.”';

describe('the cases of the specification', () => {
  test('a kettle, in curly quotes', () => expectParagraphs(FIRST));
  test('a kettle, in straight quotes', () => expectParagraphs(FIRST.replaceAll(/[“”]/g, '"').replaceAll('’', "'")));
  test.each(SECOND)('a tide, in British quotes: %s', (text) => expectParagraphs(text));
  test.each(SECOND)('a tide, in straight British quotes: %s', (text) =>
    expectParagraphs(text.replaceAll(/[“”]/g, '"').replaceAll(/[‘’]/g, "'")),
  );
  test('a ferry', () => expectParagraphs(THIRD));
});

describe('speech', () => {
  test('and its tag stay together', () => {
    expect(paragraphsOf('“It is late,” said Ivo. “Go home.”')).toHaveLength(1);
    expect(paragraphsOf('“It is late!” he said. She did not move.')[0]).toMatch(/^“It is late!” he said\./);
  });

  test('is not broken inside, however long', () => {
    const text = `He looked up. “${'I went to the shore. The sea was grey. '.repeat(60)}” She nodded.`;
    const [from, to] = [text.indexOf('“') + 1, text.indexOf('”')];
    expect(gapsOf(text).filter(({ at }) => at.from > from && at.to < to)).toEqual([]);
  });

  test('goes on in a new paragraph where an opening mark follows an unclosed one', () => {
    expectParagraphs(
      '“I went to the shore. The sea was grey. ¶ “Then it rained, and I came home.” ¶ “And then?” she asked.',
    );
  });

  test('in guillemets, low quotes and corner brackets is read like any other', () => {
    const text =
      'Ivo schwieg lange. „Du hast nie gesagt, dass es spukt.“ „Ich sagte, dass er alt ist.“ „Das ist nicht dasselbe.“';
    for (const [open, close] of [
      ['„', '“'],
      ['»', '«'],
      ['«', '»'],
      ['„', '”'],
    ] as const) {
      const quoted = text.replaceAll('„', '<').replaceAll('“', '>').replaceAll('<', open).replaceAll('>', close);
      expect(
        paragraphsOf(quoted)
          .slice(-2)
          .map((each) => each.slice(1, -1)),
        quoted,
      ).toEqual(['Ich sagte, dass er alt ist.', 'Das ist nicht dasselbe.']);
    }
    expect(paragraphsOf('彼は来た。「行け」「どこへ」「家へ」').slice(-2)).toEqual(['「どこへ」', '「家へ」']);
  });
});

describe('openers of time and place', () => {
  test('begin a paragraph and suggest a scene', () => {
    const text =
      'They walked to the harbour and looked at the boats. Three days later the ferry sank. Nobody was aboard.';
    const at = { from: text.indexOf(' Three'), to: text.indexOf('Three') };
    const scenes = gapsOf(text).filter((gap) => gap.kind === 'scene');
    expect(scenes).toMatchObject([{ at, state: 'suggested' }]);
    expect(gapsOf(text)).toContainEqual(expect.objectContaining({ at, kind: 'paragraph', state: 'applied' }));
  });
});

describe('white space', () => {
  const SENTENCES = Array.from(
    { length: 60 },
    (_, at) => `The ${['sea', 'wind', 'rain', 'sand'][at % 4]} was ${at} grey.`,
  );

  test('that is rare is a lost break', () => {
    for (const space of ['  ', '\u00a0', '\t', '']) {
      const text = SENTENCES.map((each, at) => each + (at % 10 === 9 ? space : ' '))
        .join('')
        .trim();
      expect(
        paragraphsOf(text).map((each) => each.split('.').length - 1),
        JSON.stringify(space),
      ).toEqual(Array(6).fill(10));
    }
  });

  test('that follows every sentence says nothing', () => {
    const once = gapsOf(SENTENCES.join(' ')).map((gap) => gap.certainty);
    expect(gapsOf(SENTENCES.join('  ')).map((gap) => gap.certainty)).toEqual(once);
  });
});

test('a long paragraph is split', () => {
  const text = Array.from({ length: 60 }, (_, at) => `It was the ${at} wave and it broke on the old wall.`).join(' ');
  const lengths = paragraphsOf(text).map((each) => each.split(' ').length);
  expect(lengths.length).toBeGreaterThan(1);
  expect(Math.max(...lengths)).toBeLessThan(550);
});

test('breaks that are given are not answered, and are believed', () => {
  const text = 'The rain fell. It fell on the sea. It fell on the sand.';
  const begins = [text.indexOf('It fell on the sand')];
  expect(paragraphGaps(text, scanSpeech(text), { begins }).filter(({ at }) => at.to === begins[0])).toEqual([]);
});

test('of any text: in order, on white space, certain between 0 and 1', () => {
  const parts = fc.constantFrom(
    'One',
    ' ',
    '. ',
    '“',
    '”',
    '"',
    ' ‘',
    '’ ',
    '— ',
    ' said Ivo',
    '  ',
    '\u00a0',
    '.“',
    'At dusk ',
  );
  const texts = fc.oneof(
    fc.array(parts, { maxLength: 80 }).map((each) => each.join('')),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      let last = -1;
      for (const { at, kind, certainty, state } of gapsOf(text)) {
        expect(at.from).toBeGreaterThan(kind === 'scene' ? -1 : last);
        expect(certainty).toBeGreaterThanOrEqual(0);
        expect(certainty).toBeLessThanOrEqual(1);
        expect(['applied', 'suggested']).toContain(state);
        last = at.to - (at.from === at.to ? 1 : 0);
      }
    }),
    { numRuns: 500 },
  );
});

test('time grows with the length of the text, not faster', () => {
  const story = 'He sat. “Go,” she said. “Now.” ‘No’ was all. Three days later it rained. '.repeat(5000);
  const time = (text: string): number => {
    const began = performance.now();
    gapsOf(text);
    return performance.now() - began;
  };
  time(story);
  expect(time(story.repeat(4))).toBeLessThan(20 * time(story) + 1000);
});
