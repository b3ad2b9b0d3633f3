/** Which style of quotes a text speaks in: the one with most pairs. No side effects; linear. */
import { isLetterOrDigit, isSpace, MARKS, type QuoteStyle } from './speech-marks.ts';
import { looksLikeSingles } from './speech-singles.ts';

/** A dash where a line of dialogue may begin: after a sentence, before a capital or an inverted mark. */
const OPENING_DASH = /[.!?…»”]\s{1,3}[—–―]\s?[\p{Lu}¿¡]|^[—–―]/gu;

/**
 * The style of a text: the one with most pairs. Dashes carry the dialogue only where they far outnumber quotes, since
 * they are punctuation as well.
 */
export function styleOf(text: string): QuoteStyle {
  const counts = new Map<string, number>();
  for (const [mark] of text.matchAll(MARKS)) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  const of = (mark: string): number => counts.get(mark) ?? 0;
  const singles = looksLikeSingles(text);
  const scores: [QuoteStyle, number][] = [
    ['curly', of('„') > 0 && of('„') * 2 > of('“') ? 0 : Math.max(of('“'), of('”') / 2)],
    ['straight', of('"') / 2],
    ['low', of('„') * 2 > of('“') ? of('„') : 0],
    ['single', singles.curly],
    ['straight-single', singles.straight],
    [guillemetsPointInward(text) ? 'guillemets-inward' : 'guillemets', Math.max(of('«'), of('»'))],
    ['angles', Math.min(of('‹'), of('›'))],
    ['corner', of('「')],
    ['white-corner', of('『')],
  ];
  let best: [QuoteStyle, number] = ['none', 0];
  for (const score of scores) if (score[1] > best[1]) best = score;
  // As many of both: the kind that opens first has the other inside it.
  const [single] = scores.filter(([style]) => style.endsWith('single')).toSorted((a, b) => b[1] - a[1]);
  if (single !== undefined && single[1] > 0 && single[1] === best[1] && singles.first < text.search(/[“"]/))
    best = single;
  const dashes = text.match(OPENING_DASH)?.length ?? 0;
  return dashes >= 2 && dashes > 2 * best[1] ? 'dash' : best[0];
}

/** `»German«`: the mark that points right stands before words. French marks have spaces within, and point outward. */
function guillemetsPointInward(text: string): boolean {
  let outward = 0;
  let inward = 0;
  for (const match of text.matchAll(/[«»]/g)) {
    if (!isLetterOrDigit(text[match.index + 1])) continue;
    if (!isSpace(text[match.index - 1])) continue;
    if (match[0] === '«') outward += 1;
    else inward += 1;
  }
  return inward > outward;
}
