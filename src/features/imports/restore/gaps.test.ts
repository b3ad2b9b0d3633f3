/** Sentences end where they end, with spaces and without, and nowhere else. */
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { openerAt } from './gaps-openers.ts';
import { sentenceGaps } from './gaps.ts';
import { scanSpeech } from './speech.ts';

/** The text with `|` for each gap, and `(|)` for one inside speech. */
function gapped(text: string): string {
  let out = '';
  let from = 0;
  for (const gap of sentenceGaps(text, scanSpeech(text))) {
    out += text.slice(from, gap.from) + (gap.inside ? '(|)' : '|');
    from = gap.to;
  }
  return out + text.slice(from);
}

describe('gaps', () => {
  test.each([
    ['One. Two! Three? Four… Five.', 'One.|Two!|Three?|Four…|Five.'],
    ['Mr. and Mrs. J. K. Bennet came at 6 a.m. and left.', 'Mr. and Mrs. J. K. Bennet came at 6 a.m. and left.'],
    ['It was I. I was sure of it.', 'It was I.|I was sure of it.'],
    ['He waited… and waited. So did she.', 'He waited… and waited.|So did she.'],
    ['He waited . . . and then . . . Nothing.', 'He waited . . . and then . . .|Nothing.'],
    ['“One. Two,” he said. “Three.” Four.', '“One.(|)Two,” he said.|“Three.”|Four.'],
    ['“What?” he said.', '“What?” he said.'],
    ['“He’ll have—” “Don’t.”', '“He’ll have—”|“Don’t.”'],
    ['“Old is not— ” “ Haunted ,” he said.', '“Old is not— ”|“ Haunted ,” he said.'],
    ['"Old is not— " " Haunted ," he said.', '"Old is not— "|" Haunted ," he said.'],
    ['It was the end.“Next,” she said.', 'It was the end.|“Next,” she said.'],
    ['It was the end.The rain fell.”He went.', 'It was the end.|The rain fell.”He went.'],
    ['See www.example.Com and a@b.Example for more.', 'See www.example.Com and a@b.Example for more.'],
    ['End.  Double.\u00a0Unbroken.\tTab.\nLine.', 'End.|Double.|Unbroken.|Tab.|Line.'],
    ['彼は来た。「行け」と言った。そして去った。', '彼は来た。|「行け」と言った。|そして去った。'],
    ['i said no. she left. then rain fell. we slept.', 'i said no.|she left.|then rain fell.|we slept.'],
    ['Vino. ¿Por qué? ¡Nada! Él se fue.', 'Vino.|¿Por qué?|¡Nada!|Él se fue.'],
  ])('%s', (text, expected) => {
    expect(gapped(text)).toBe(expected);
  });

  test('of any text lie in order, apart, and on white space', () => {
    const parts = fc.constantFrom('One', ' ', '.', '“', '”', '"', '‘', '’', '—', '…', 'a', '\u00a0', 'Mr.', ':', ')');
    const texts = fc.oneof(
      fc.array(parts, { maxLength: 60 }).map((each) => each.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        let last = 0;
        for (const gap of sentenceGaps(text, scanSpeech(text))) {
          expect(gap.from).toBeGreaterThanOrEqual(last);
          expect(text.slice(gap.from, gap.to).trim()).toMatch(/^\u200b*$/);
          last = gap.to;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('openers of time and place', () => {
  test.each([
    ['Three days later it knew two songs', 'en', 2],
    ['At dusk the ferry came back', 'en', 2],
    ['Meanwhile, in the garden', 'en', 2],
    ['The next morning they left', 'en', 2],
    ['When he came', 'en', 1],
    ['At the door he stopped', 'en', 0],
    ['Three days were enough', 'en', 1],
    ['Am nächsten Morgen regnete es', 'de', 2],
    ['Trois jours plus tard, il partit', 'fr', 2],
    ['Mientras tanto, ella', 'es', 2],
    ['Nel frattempo lei', 'it', 2],
    ['Am nächsten Morgen regnete es', 'en', 0],
  ])('%s (%s)', (text, language, expected) => {
    expect(openerAt(text, 0, language)).toBe(expected);
  });
});
