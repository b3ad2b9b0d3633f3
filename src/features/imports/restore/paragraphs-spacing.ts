/**
 * White space as evidence. Two spaces, a no-break space, a tab, a line end or a missing space between sentences is often
 * what is left of a lost paragraph; or it is how the author types, and says nothing. Which of the two is read from the
 * text: whether each kind stands where a paragraph is likely anyway, and never inside speech, or just as often elsewhere.
 * No side effects; linear.
 */
import type { Gap } from './gaps.ts';

type Spacing = 'plain' | 'double' | 'unbroken' | 'tab' | 'line' | 'none';
type Trace = Exclude<Spacing, 'plain'>;

/** How likely it is, before a text is read, that a kind in it is a trace of paragraphs. Judged, not measured. */
const TRACES: Readonly<Record<Trace, number>> = { double: 0.8, unbroken: 0.8, tab: 0.95, line: 0.8, none: 0.9 };
/** A trace marks this share of the breaks: which, is found from the text. */
const SHARES = [0.03, 0.1, 0.3, 0.6, 0.95];
/** A trace stands at so few other gaps: slips of the typist. */
const SLIPS = 0.002;
/** Slips inside sentences are so much likelier between them. */
const NOISE = 3;
const STRONGEST = 5;

/** The kind of white space at a gap. */
function spacingOf(text: string, gap: Gap): Spacing {
  const space = text.slice(gap.from, Math.min(gap.to, gap.from + 8));
  if (space === '') return 'none';
  if (space === ' ') return 'plain';
  if (/[\n\r\u2028\u2029]/.test(space)) return 'line';
  if (space.includes('\t')) return 'tab';
  return /[^ ]/.test(space) ? 'unbroken' : 'double';
}

/**
 * What the white space of each gap says of a paragraph there, as log odds; undefined where all gaps look the same.
 * `likely`: what else is known of each gap. `inner`: gaps inside speech, where no paragraph begins.
 */
export function spacingEvidence(
  text: string,
  gaps: readonly Gap[],
  likely: Float64Array,
  inner: readonly Gap[],
): Float64Array | undefined {
  const kinds = gaps.map((gap) => spacingOf(text, gap));
  if (kinds.every((kind) => kind === kinds[0])) return undefined;
  const evidence = new Float64Array(gaps.length);
  for (const trace of ['double', 'unbroken', 'tab', 'line', 'none'] as const) {
    if (!kinds.includes(trace)) continue;
    const hits = kinds.map((kind) => kind === trace);
    const innerHits = inner.filter((gap) => spacingOf(text, gap) === trace).length;
    const said = judge(hits, likely, { hits: innerHits, all: inner.length }, TRACES[trace], SLIPS + noise(text, trace));
    hits.forEach((hit, at) => (evidence[at] = (evidence[at] ?? 0) + (hit ? said.here : said.elsewhere)));
  }
  return evidence.map((odds) => Math.min(STRONGEST, Math.max(-STRONGEST, odds)));
}

/**
 * Weighs two stories of one kind of white space: it marks a share of the breaks, and stands elsewhere by slips alone; or
 * it stands anywhere, at one rate. Answers what its presence and its absence say of a break, over both.
 */
function judge(
  hits: readonly boolean[],
  likely: Float64Array,
  inner: { hits: number; all: number },
  before: number,
  slips: number,
): { here: number; elsewhere: number } {
  const many = hits.reduce((sum, hit) => sum + (hit ? 1 : 0), inner.hits);
  const rate = (many + 0.5) / (hits.length + inner.all + 1);
  const anywhere = many * Math.log(rate) + (hits.length + inner.all - many) * Math.log(1 - rate);
  const stories = SHARES.map((share) => {
    let odds = inner.hits * Math.log(slips) + (inner.all - inner.hits) * Math.log(1 - slips);
    hits.forEach((hit, at) => {
      const p = likely[at] ?? 0;
      odds += Math.log(hit ? p * share + (1 - p) * slips : p * (1 - share) + (1 - p) * (1 - slips));
    });
    return { share, weight: Math.exp(Math.min(500, odds - anywhere)) * (before / SHARES.length) };
  });
  const all = stories.reduce((sum, { weight }) => sum + weight, 1 - before);
  const trace = 1 - (1 - before) / all;
  const share = stories.reduce((sum, story) => sum + (story.share * story.weight) / all, 0) / Math.max(1e-9, trace);
  return {
    here: Math.log((trace * share + (1 - trace) * rate) / (trace * slips + (1 - trace) * rate)),
    elsewhere: Math.log((trace * (1 - share)) / (1 - slips) + (1 - trace)),
  };
}

/** How often the kind stands inside sentences, where it is a slip. */
function noise(text: string, trace: Trace): number {
  if (trace !== 'double' && trace !== 'unbroken') return 0;
  const pattern = trace === 'double' ? /\p{Ll}[,;]? {2,8}\p{Ll}/gu : /\p{Ll}[,;]?\u00a0\p{Ll}/gu;
  let count = 0;
  for (const match of text.matchAll(pattern)) count += match.length;
  return Math.min(0.5, (NOISE * count * 6) / Math.max(1, text.length));
}
