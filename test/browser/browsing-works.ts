/** Works to choose among: enough of them, by two people, over many years, under wrangled tags, so that a filter has work to do. */
import { ensureTag, linkTags, makeCanonical, type Tag, type TagKind } from '../../src/features/tags/index.ts';
import { makeWork, mergeTag, type CastWork, type WorkPlan } from '../cast.ts';
import type { TestSite } from '../site.ts';

type Named = NonNullable<WorkPlan['tags']>[number];

export const HOLMES = 'Sherlock Holmes & Related Fandoms';
export const BOOKS = 'Sherlock Holmes - Arthur Conan Doyle';
const WORKS = 40;
const FANDOMS = [BOOKS, BOOKS, 'Sherlock (TV)', 'Dracula - Bram Stoker', 'Raffles - E. W. Hornung'];
const PAIRS = ['Sherlock Holmes/John Watson', 'Mina Harker/Lucy Westenra', 'A. J. Raffles/Bunny Manders'];
const CHARACTERS = ['Sherlock Holmes', 'John Watson', 'Mrs Hudson', 'Mina Harker', 'Irene Adler'];
const FREEFORMS = [
  'Angst',
  'Slow Burn',
  'Case Fic',
  'Hurt/Comfort',
  'Alternate Universe - Canon Divergence',
  'Letters',
  'Retirement',
  'Post-Reichenbach',
  'First Kiss',
  'Established Relationship',
  'Bees',
  'Epistolary',
];
const RATINGS = ['General Audiences', 'Teen And Up Audiences', 'Teen And Up Audiences', 'Mature'];
const TURNS = ['a locked room', 'an unposted letter', 'the wrong train', 'a borrowed coat', 'a cold winter'];

export interface BrowsingWorks {
  /** Its second chapter says where the lantern stood. */
  lantern: CastWork;
}

/** Makes them, and the tree of fandoms they stand under. */
export async function makeBrowsingWorks(site: TestSite): Promise<BrowsingWorks> {
  const people = [await site.person('wintergreen'), await site.person('otterly')];
  for (let number = 0; number < WORKS; number += 1) {
    const turn = TURNS[number % TURNS.length] ?? '';
    await makeWork(
      site,
      {
        title: `What Came of ${turn.replace(/^an? |^the /, '')}, ${number + 1}`,
        by: people.slice(number % 2, (number % 2) + 1),
        rating: RATINGS[number % RATINGS.length] ?? 'Not Rated',
        fandoms: [FANDOMS[number % FANDOMS.length] ?? BOOKS],
        tags: tagsOf(number),
        summary: `<p>Nobody had expected ${turn}, Watson least of all, who had a train to catch.</p>`,
        chapters: Array.from({ length: (number % 4) + 1 }, () => '<p>It rained in Sussex, and nobody minded.</p>'),
        postedAt: Date.UTC(2026 - Math.floor(Math.sqrt(number * 3)), (number * 5) % 10, 3 + number / 2),
      },
      { state: 'posted' },
    );
  }
  const lantern = await makeWork(
    site,
    {
      title: 'The Moor by Night',
      by: people.slice(0, 1),
      fandoms: ['ACD Holmes'],
      tags: [
        { kind: 'character', name: 'Sherlock Holmes' },
        { kind: 'freeform', name: 'Sloow Burn' },
      ],
      chapters: [
        '<p>Nothing was to be seen yet.</p>',
        {
          title: 'The lantern',
          html: `${'<p>They walked on, and it was dark.</p>'.repeat(60)}<p>On the third rise she lit the <em>lantern</em> at last, and the moor drew back.</p><p>So they saw it.</p>`,
        },
      ],
    },
    { state: 'posted' },
  );
  await wrangle(site);
  await site.follow();
  return { lantern };
}

function tagsOf(number: number): Named[] {
  const pick = (kind: TagKind, names: readonly string[], at: number) => ({
    kind,
    name: names[at % names.length] ?? '',
  });
  const freeforms = FREEFORMS.filter((_, at) => (number * 7 + at * at) % (at + 3) === 0);
  return [
    pick('category', ['M/M', 'Gen', 'F/F', 'F/M'], Math.floor(number / 3)),
    pick('relationship', PAIRS, Math.floor(number / 2)),
    pick('character', CHARACTERS, number),
    pick('character', CHARACTERS, number + 1),
    ...freeforms.map((name) => ({ kind: 'freeform' as const, name })),
  ];
}

async function wrangle(site: TestSite): Promise<void> {
  await site.ground.db.write(async (tx) => {
    const canonical = async (kind: TagKind, name: string): Promise<Tag> => {
      const tag = await ensureTag(tx, 1, kind, name);
      await makeCanonical(tx, 1, tag.id);
      return { ...tag, canonical: true };
    };
    const all = await canonical('fandom', HOLMES);
    const books = await canonical('fandom', BOOKS);
    const television = await canonical('fandom', 'Sherlock (TV)');
    await linkTags(tx, 1, books, 'sub-of', all);
    await linkTags(tx, 1, television, 'sub-of', all);
    await linkTags(tx, 1, await canonical('fandom', 'The Hound of the Baskervilles'), 'sub-of', books);
    await linkTags(tx, 1, books, 'child-of', await canonical('media', 'Books & Literature'));
    for (const name of [...CHARACTERS]) await canonical('character', name);
    for (const name of [...FREEFORMS]) await canonical('freeform', name);
  });
  await mergeTag(site, { kind: 'fandom', name: 'ACD Holmes' }, BOOKS);
  await mergeTag(site, { kind: 'freeform', name: 'Sloow Burn' }, 'Slow Burn');
}
