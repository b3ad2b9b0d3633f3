/**
 * Tags as popular as those of a large archive, with names nobody owns. How many a work has and how popularity falls
 * off follow the published statistics of AO3 (selective data dump of 2021; tag limit announcement of 2021): 17 tags a
 * work on average, and for each kind a Zipf-Mandelbrot curve, uses(r) ~ (r + q) ** -s. Characters and relationships come
 * mostly from the work's own fandoms.
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

/** Draws for each tag wanted, at most. */
const TRIES = 4;
/** How often a character or relationship comes from one of the work's own fandoms. */
const OWN_FANDOM = 0.85;

/** Draws tags of one kind for a work: by rank, the most popular 0. `fandoms`: the ranks of the work's fandoms. */
type Draw = (fandoms: readonly number[]) => number;

/** Tags of a kind by their popularity alone. */
function fromAll(curve: Curve, random: Random): Draw {
  return weighted(popularity(curve)).bind(null, random);
}

/**
 * Tags that mostly come from the work's own fandoms. Each tag is at home in one fandom, drawn by how popular the fandoms
 * are; so the kind as a whole keeps its curve.
 */
function fromOwnFandoms(curve: Curve, random: Random): Draw {
  const shares = popularity(curve);
  const home = weighted(popularity(CURVES.fandom));
  const atHome: number[][] = Array.from({ length: CURVES.fandom.tags }, () => []);
  for (const rank of shares.keys()) atHome[home(random)]?.push(rank);
  const own = atHome.map((ranks) => (ranks.length === 0 ? null : weighted(ranks.map((rank) => shares[rank] ?? 0))));
  const any = weighted(shares);
  return (fandoms) => {
    const fandom = fandoms.length === 0 ? 0 : (fandoms[random.below(fandoms.length)] ?? 0);
    const pick = own[fandom];
    if (!pick || !random.chance(OWN_FANDOM)) return any(random);
    return atHome[fandom]?.[pick(random)] ?? 0;
  };
}

function popularity(curve: Curve): number[] {
  return Array.from({ length: curve.tags }, (_, rank) => (rank + 1 + curve.q) ** -curve.s);
}

/** One object for each tag, made when it is drawn first: by its rank, and the same one where two ranks have one name. */
function tagsByRank(kind: Free): (rank: number) => InventedTag {
  const byRank: InventedTag[] = [];
  const byName = new Map<string, InventedTag>();
  return (rank) => {
    const known = byRank[rank];
    if (known !== undefined) return known;
    const name = NAMES[kind](rank);
    const tag = byName.get(name) ?? { kind, name };
    byName.set(name, tag);
    return (byRank[rank] = tag);
  };
}

/** @returns a function that gives the tags of one more work, in a creator's order, each once. A tag is one and the same object in all works. */
export function inventTags(random: Random): () => InventedTag[] {
  const fixed = (kind: TagKind, shares: readonly [string, number][]) => {
    const pick = weighted(shares.map(([, share]) => share));
    const tags = shares.map(([name]): InventedTag => ({ kind, name }));
    return () => tags[pick(random)] ?? { kind, name: '' };
  };
  const rating = fixed('rating', RATINGS);
  const warning = fixed('warning', WARNINGS);
  const category = fixed('category', CATEGORIES);
  const draws: Record<Free, Draw> = {
    fandom: fromAll(CURVES.fandom, random),
    relationship: fromOwnFandoms(CURVES.relationship, random),
    character: fromOwnFandoms(CURVES.character, random),
    freeform: fromAll(CURVES.freeform, random),
  };
  const tagOf: Record<Free, (rank: number) => InventedTag> = {
    fandom: tagsByRank('fandom'),
    relationship: tagsByRank('relationship'),
    character: tagsByRank('character'),
    freeform: tagsByRank('freeform'),
  };
  return () => {
    const tags = [rating(), warning(), ...(random.chance(0.15) ? [warning()] : []), category()];
    if (random.chance(0.1)) tags.push(category());
    const fandoms: number[] = [];
    for (const kind of Object.keys(CURVES) as Free[]) {
      const count = countOf(CURVES[kind], random);
      const drawn = new Set<number>();
      // A tag drawn again is drawn anew; a small fandom can be out of names.
      for (let tries = 0; drawn.size < count && tries < count * TRIES; tries += 1) drawn.add(draws[kind](fandoms));
      if (kind === 'fandom') fandoms.push(...drawn);
      for (const rank of drawn) tags.push(tagOf[kind](rank));
    }
    return [...new Set(tags)];
  };
}

/** How many tags of a kind one work has: geometric above the least, cut at 40, so that few works have very many. */
function countOf(curve: Curve, random: Random): number {
  const mean = curve.mean - curve.least;
  const count = Math.floor(Math.log(1 - random.next()) / Math.log(mean / (1 + mean)));
  return curve.least + Math.min(count, 40);
}
