/** Speech is found in every style of quotes, and apostrophes are left alone. */
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { scanSpeech } from './speech.ts';

/** The speeches of depth 0, as written. */
function speeches(text: string): string[] {
  return scanSpeech(text).outer.map((span) => text.slice(span.from, span.to));
}

describe('styles', () => {
  test.each([
    ['curly', 'He sat. “Go,” she said. “Now.” He went.', ['“Go,”', '“Now.”']],
    ['straight', 'He sat. "Go," she said. "Now." He went.', ['"Go,"', '"Now."']],
    ['single', 'He sat. ‘Go,’ she said. ‘Now.’ He went.', ['‘Go,’', '‘Now.’']],
    ['straight-single', "He sat. 'Go,' she said. 'Now, don't.' He went.", ["'Go,'", "'Now, don't.'"]],
    ['guillemets', 'Il entra. « Viens », dit-elle. « Vite ! »', ['« Viens »', '« Vite ! »']],
    ['guillemets-inward', 'Er kam. »Geh«, sagte sie. »Sofort.«', ['»Geh«', '»Sofort.«']],
    ['low', 'Er kam. „Geh“, sagte sie. „Sofort.“', ['„Geh“', '„Sofort.“']],
    ['low', 'Wszedł. „Idź”, powiedziała. „Już.”', ['„Idź”', '„Już.”']],
    ['corner', '彼は来た。「行け」と言った。「すぐに、『今』だ」', ['「行け」', '「すぐに、『今』だ」']],
    ['curly', 'Han kom. ”Gå”, sa hon. ”Nu.”', ['”Gå”', '”Nu.”']],
    ['none', 'Nothing was said.', []],
  ])('%s: %s', (style, text, expected) => {
    expect(speeches(text)).toEqual(expected);
    expect(scanSpeech(text).style).toBe(style);
  });

  test('dialogue dashes are named, and a dash between words is not', () => {
    const text = '—Ven aquí —dijo ella. —¿Por qué? Él miró —como siempre— al suelo. —Porque sí.';
    expect(scanSpeech(text).style).toBe('dash');
    expect(scanSpeech(text).dashes.map((at) => text.slice(at, at + 4))).toEqual(['—Ven', '—¿Po', '—Por']);
  });
});

describe('apostrophes', () => {
  test('those of British prose stay, at the front, in the middle and at the end of words', () => {
    const text = '‘Did you post the sisters’ letter?’ asked Wren. ‘’Course I did.’ Tam’s boots were still wet.';
    expect(speeches(text)).toEqual(['‘Did you post the sisters’ letter?’', '‘’Course I did.’']);
  });

  test('quotes inside single quotes are nested', () => {
    const text = '‘She said, “Come before the tide,” so I ran.’ Nobody ran.';
    expect(speeches(text)).toEqual(['‘She said, “Come before the tide,” so I ran.’']);
    expect(scanSpeech(text).spans.map((span) => span.depth)).toEqual([0, 1]);
  });

  test('inside double quotes they open nothing that outlasts the speech', () => {
    const text = '“Get ‘em, lads, ’tis time,” he said. “The ‘old’ ones.” She nodded. “Yes.”';
    expect(speeches(text)).toEqual(['“Get ‘em, lads, ’tis time,”', '“The ‘old’ ones.”', '“Yes.”']);
  });

  test('clipped words at the end of a word do not close', () => {
    expect(speeches('‘I’m goin’ down an’ back,’ said Tam. ‘Come on.’')).toEqual([
      '‘I’m goin’ down an’ back,’',
      '‘Come on.’',
    ]);
  });

  test('a word held up inside a sentence is a pair', () => {
    expect(speeches('‘Yes,’ he said. They called it the ‘haunted house’ then. ‘No.’')).toEqual([
      '‘Yes,’',
      '‘haunted house’',
      '‘No.’',
    ]);
  });
});

describe('what flattened text does to quotes', () => {
  test('spaces that emphasis left beside the marks', () => {
    const text = '“Old is not— ” “ Haunted ,” he said, “is a different shop.”';
    expect(speeches(text)).toEqual(['“Old is not— ”', '“ Haunted ,”', '“is a different shop.”']);
    expect(speeches(text.replaceAll(/[“”]/g, '"'))).toEqual([
      '"Old is not— "',
      '" Haunted ,"',
      '"is a different shop."',
    ]);
  });

  test('an opening mark after an unclosed one goes on with the same speech', () => {
    for (const text of ['“One. Two. “Three.” End.', '"One. Two. "Three." End.']) {
      const [first, second] = scanSpeech(text).outer;
      expect(first).toMatchObject({ from: 0, to: 10, closed: false });
      expect(second).toMatchObject({ from: 11, closed: true, continues: true });
    }
  });

  test('a closing mark that was turned wrongly still closes', () => {
    expect(speeches('“He’ll have—“ “Don’t.” She went.')).toEqual(['“He’ll have—“', '“Don’t.”']);
  });

  test('missing spaces', () => {
    expect(speeches('It was the end.“Next,” she said.“Now.”He went.')).toEqual(['“Next,”', '“Now.”']);
    expect(speeches('It was the end."Next," she said."Now."He went.')).toEqual(['"Next,"', '"Now."']);
  });

  test('inside and outside', () => {
    const text = 'A “b” c';
    const { inside } = scanSpeech(text);
    expect(Array.from({ length: text.length + 1 }, (_, at) => inside(at))).toEqual([
      false,
      false,
      false,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

const QUOTED = fc
  .array(fc.constantFrom(...'“”"„‘’\'‚«»‹›「」『』—.,!? aZ\n', 'word ', 's’ ', '. ‘'), { maxLength: 80 })
  .map((parts) => parts.join(''));

test('spans of any text lie in order and nest', () => {
  fc.assert(
    fc.property(fc.oneof(QUOTED, fc.string({ unit: 'binary' })), (text) => {
      const { spans, outer, inside } = scanSpeech(text);
      const around: { to: number; depth: number }[] = [];
      for (const span of spans) {
        expect(span.from).toBeLessThan(span.to);
        expect(span.to).toBeLessThanOrEqual(text.length);
        expect(text.slice(span.from).startsWith(span.open)).toBe(true);
        expect(span.closed).toBe(span.close !== '');
        expect(text.slice(span.from + 1, span.to).endsWith(span.close)).toBe(true);
        while (around.length > 0 && (around.at(-1)?.to ?? 0) <= span.from) around.pop();
        const parent = around.at(-1);
        expect(span.to).toBeLessThanOrEqual(parent?.to ?? text.length);
        expect(span.depth === 0).toBe(parent === undefined);
        around.push(span);
      }
      for (const span of outer) expect([inside(span.from), inside(span.to)]).toEqual([false, false]);
    }),
    { numRuns: 2000 },
  );
});

test('time grows with the number of marks, not faster', () => {
  const time = (mark: string, length: number): number => {
    const text = mark.repeat(length / mark.length);
    const began = performance.now();
    scanSpeech(text);
    return performance.now() - began;
  };
  for (const mark of ['“', '‘', "'", '"', '«', '‘“', '’ ', ". '", 'a’ ']) {
    expect(time(mark, 200_000), mark).toBeLessThan(20 * time(mark, 50_000) + 1000);
  }
});
