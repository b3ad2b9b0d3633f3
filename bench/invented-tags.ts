/**
 * Tags as popular as those of a large archive, with names nobody owns. How many a work has and how popularity falls
 * off follow the published statistics of AO3 (selective data dump of 2021; tag limit announcement of 2021): 17 tags a
 * work on average, and for each kind a Zipf-Mandelbrot curve, uses(r) ~ (r + q) ** -s.
 */
import type { TagKind } from '../src/features/tags/index.ts';
import { weighted, type Random } from './random.ts';

export interface InventedTag {
  kind: TagKind;
  name: string;
}

/** Shares of works in percent. Warnings and categories can be several; the first number of each row is the code's. */
const RATINGS: [string, number][] = [
  ['General Audiences', 28.5],
  ['Teen And Up Audiences', 30.2],
  ['Mature', 15.2],
  ['Explicit', 16.3],
  ['Not Rated', 9.8],
];
const WARNINGS: [string, number][] = [
  ['No Archive Warnings Apply', 60],
  ['Choose Not To Use Archive Warnings', 30],
  ['Graphic Depictions Of Violence', 6],
  ['Major Character Death', 4],
];
const CATEGORIES: [string, number][] = [
  ['M/M', 50.1],
  ['F/M', 24.9],
  ['Gen', 13.1],
  ['F/F', 9.7],
  ['Multi', 5.2],
  ['Other', 4.5],
];

type Free = 'fandom' | 'relationship' | 'character' | 'freeform';

interface Curve {
  /** How many different tags a work draws from. */
  tags: number;
  q: number;
  s: number;
  /** Tags of this kind on a work, on average. */
  mean: number;
  /** Tags of this kind on every work, at least. */
  least: number;
}

const CURVES: Record<Free, Curve> = {
  fandom: { tags: 3_000, q: 5.9, s: 1.27, mean: 1.6, least: 1 },
  relationship: { tags: 20_000, q: 3, s: 0.88, mean: 1.8, least: 0 },
  character: { tags: 20_000, q: 17.3, s: 1.09, mean: 4.2, least: 0 },
  freeform: { tags: 60_000, q: 1.8, s: 1.04, mean: 6.2, least: 0 },
};

const FIRST =
  'Ada Bram Cass Dorrit Elin Fenn Greta Hale Ines Jory Kit Lark Marta Nell Orrin Pell Quill Rosa Silas Tamsin Una Vesper Wren Yara Zeno'.split(
    ' ',
  );
const LAST =
  'Ashdown Brook Carrow Dane Ellory Frost Garrick Holt Iver Jessop Kestrel Lowe Marsh Novak Orme Pike Quayle Rook Sable Thorne'.split(
    ' ',
  );
const MOODS =
  'Angst Fluff Humor Drama Romance Mystery Longing Comfort Pining Banter Grief Hope Regret Wonder Mischief Homesickness'.split(
    ' ',
  );
const SHAPES = [
  'Established',
  'Slow',
  'Unexpected',
  'Minor',
  'Eventual',
  'Mutual',
  'Past',
  'Domestic',
  'Implied',
  'Alternate',
];
const PLACES = [
  'Harbour',
  'Lighthouse',
  'Orchard',
  'Archive',
  'Observatory',
  'Tearoom',
  'Railway',
  'Abbey',
  'Circus',
  'Island',
];

function character(rank: number): string {
  const name = `${FIRST[rank % 25]} ${LAST[Math.floor(rank / 25) % 20]}`;
  return rank < 500 ? name : `${name} the ${ordinal(Math.floor(rank / 500) + 1)}`;
}

const NAMES: Record<Free, (rank: number) => string> = {
  fandom: (rank) =>
    `The ${PLACES[rank % 10]} of ${LAST[Math.floor(rank / 10) % 20]} (Book ${Math.floor(rank / 200) + 1}) - ${character(rank)}`,
  relationship: (rank) => `${character(rank)}${rank % 4 === 3 ? ' & ' : '/'}${character(rank * 7 + 3)}`,
  character,
  freeform: (rank) =>
    rank < 16
      ? (MOODS[rank] ?? '')
      : `${SHAPES[rank % 10]} ${MOODS[Math.floor(rank / 10) % 16]}${rank < 160 ? '' : ` in the ${PLACES[Math.floor(rank / 160) % 10]} ${Math.floor(rank / 1600) + 1}`}`,
};

function ordinal(number: number): string {
  const ending = number % 100 > 10 && number % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${ending}`;
}

/** @returns a function that gives the tags of one more work, in a creator's order, each once. */
export function inventTags(random: Random): () => InventedTag[] {
  const fixed = (kind: TagKind, shares: readonly [string, number][]) => {
    const pick = weighted(shares.map(([, share]) => share));
    return () => ({ kind, name: shares[pick(random)]?.[0] ?? '' });
  };
  const rating = fixed('rating', RATINGS);
  const warning = fixed('warning', WARNINGS);
  const category = fixed('category', CATEGORIES);
  const free = (Object.keys(CURVES) as Free[]).map((kind) => {
    const curve = CURVES[kind];
    const pick = weighted(Array.from({ length: curve.tags }, (_, rank) => (rank + 1 + curve.q) ** -curve.s));
    return () => ({ kind, count: countOf(curve, random), one: () => NAMES[kind](pick(random)) });
  });
  return () => {
    const tags = [rating(), warning(), ...(random.chance(0.15) ? [warning()] : []), category()];
    if (random.chance(0.1)) tags.push(category());
    for (const draw of free) {
      const { kind, count, one } = draw();
      for (let index = 0; index < count; index += 1) tags.push({ kind, name: one() });
    }
    return [...new Map(tags.map((tag) => [`${tag.kind} ${tag.name}`, tag])).values()];
  };
}

/** How many tags of a kind one work has: geometric above the least, cut at 40, so that few works have very many. */
function countOf(curve: Curve, random: Random): number {
  const mean = curve.mean - curve.least;
  const count = Math.floor(Math.log(1 - random.next()) / Math.log(mean / (1 + mean)));
  return curve.least + Math.min(count, 40);
}
