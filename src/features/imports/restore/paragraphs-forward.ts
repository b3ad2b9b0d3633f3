/**
 * How likely a paragraph begins at each gap of a text, all together: what is likely at one gap depends on where its
 * paragraph began, so every likely begin is carried along with its probability (the forward algorithm; the model's
 * probabilities are conditional, so going forward alone gives each gap's own). No side effects; linear, since only a few
 * begins are likely at a time.
 */
import { describeGap, describeParagraph, FEATURES, type Outline } from './paragraphs-features.ts';
import { ruleOdds } from './paragraphs-rules.ts';
import { logOdds, probability, type Model } from './paragraphs-model.ts';

/** Begins less likely than this are dropped, and no more than so many are kept. */
const LEAST = 0.004;
const MOST = 8;

interface Begin {
  /** The sentence the paragraph began with. */
  at: number;
  likely: number;
}

/**
 * The probability of a paragraph before each sentence but the first; `evidence` (log odds, one a gap) is added to what the
 * model says.
 */
export function paragraphProbabilities(outline: Outline, model: Model, evidence?: Float64Array): Float64Array {
  const many = outline.sentences.length;
  const numbers = new Float64Array(FEATURES);
  const result = new Float64Array(Math.max(0, many - 1));
  let begins: Begin[] = [{ at: 0, likely: 1 }];
  for (let at = 1; at < many; at += 1) {
    describeGap(outline, at, numbers);
    const said = evidence?.[at - 1] ?? 0;
    let broken = 0;
    for (const begin of begins) {
      describeParagraph(outline, begin.at, at, numbers);
      const breaks = probability(logOdds(model, numbers) + ruleOdds(outline, begin.at, at) + said);
      broken += begin.likely * breaks;
      begin.likely *= 1 - breaks;
    }
    result[at - 1] = broken;
    begins.push({ at, likely: broken });
    begins = likeliest(begins);
  }
  return result;
}

function likeliest(begins: readonly Begin[]): Begin[] {
  const kept = begins.filter((begin) => begin.likely >= LEAST);
  if (kept.length > MOST) {
    kept.sort((a, b) => b.likely - a.likely);
    kept.length = MOST;
  }
  const sum = kept.reduce((all, begin) => all + begin.likely, 0);
  return sum === 0
    ? [{ at: begins.at(-1)?.at ?? 0, likely: 1 }]
    : kept.map(({ at, likely }) => ({ at, likely: likely / sum }));
}
