/** Which attacks a browser is shown: the same ones each time, from every source and of every kind that matters. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { FEW_ATTACKS } from '../few-attacks.ts';

export interface Attack {
  source: string;
  input: string;
}

/** What attacks are made of; so many of each are in the sample. */
const KINDS: readonly RegExp[] = [
  /<script/i,
  /<svg/i,
  /<math/i,
  /<style/i,
  /<iframe/i,
  /srcset/i,
  /<base/i,
  /<meta[^>]*refresh/i,
  /<form|formaction/i,
  /url\s*\(/i,
  /<template|<noscript|<plaintext|<xmp/i,
  /\bon(error|load|focus|toggle|animation\w*)\s*=/i,
  /javascript:/i,
  /<object|<embed|<applet/i,
  /<!--|<!\[CDATA/i,
];
const EACH_KIND = 9;
/** The longest attack shown; what is longer is a matter for the cleaner's own tests. */
const LONGEST = 20_000;

/** All attacks of the corpus, or, where it is not, those few that are in the project; then it says so. */
export function everyAttack(): { attacks: Attack[]; whole: boolean } {
  const file = resolve(
    import.meta.dirname,
    '../..',
    process.env['FANFOLD_CORPORA'] ?? '../shared/corpora',
    'html-attacks.json',
  );
  if (existsSync(file)) return { attacks: JSON.parse(readFileSync(file, 'utf8')) as Attack[], whole: true };
  console.warn(
    `Only ${FEW_ATTACKS.length} attacks are shown: the corpus is not at ${file}; say where with FANFOLD_CORPORA.`,
  );
  return { attacks: FEW_ATTACKS.map((input) => ({ source: 'the project', input })), whole: false };
}

/**
 * So many of them: some of each kind, one of each source, then whatever comes next in an order that never changes.
 * What is nothing once it is clean can do nothing, and is left out: `leavesSomething` tells.
 */
export function sampleOf(
  attacks: readonly Attack[],
  count: number,
  leavesSomething: (input: string) => boolean,
): Attack[] {
  const shuffled = attacks
    .filter((attack) => attack.input.length <= LONGEST)
    .map((attack) => ({ attack, order: createHash('sha256').update(`fanfold ${attack.input}`).digest('hex') }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ attack }) => attack);
  const chosen = new Set<Attack>();
  const choose = (among: readonly Attack[], number: number) => {
    let left = number;
    for (const attack of among) {
      if (left === 0 || chosen.size === count) return;
      if (chosen.has(attack) || !leavesSomething(attack.input)) continue;
      chosen.add(attack);
      left -= 1;
    }
  };
  for (const kind of KINDS)
    choose(
      shuffled.filter(({ input }) => kind.test(input)),
      EACH_KIND,
    );
  for (const ofSource of Map.groupBy(shuffled, ({ source }) => source).values()) choose(ofSource, 1);
  choose(shuffled, count);
  return [...chosen];
}

/** How many of a sample are of each kind. */
export function countKinds(sample: readonly Attack[]): number[] {
  return KINDS.map((kind) => sample.filter(({ input }) => kind.test(input)).length);
}
