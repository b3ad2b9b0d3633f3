/**
 * Who may see what of a work, exhaustively: every state a work can be in, for everybody who can stand in a relation to
 * it. What must come out is written by hand below, in the words of the design; the truth table, its SQL, its columns
 * and the pages are each held against it.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addCreator,
  chapterIds,
  grantLooks,
  makeWork,
  setChapterState,
  suspend,
  type CastWork,
  type WorkState,
} from '../../../test/cast.ts';
import { openSite, type Person, type TestSite } from '../../../test/site.ts';
import { GUEST, sessionOf, type Viewer } from '../accounts/index.ts';
import { workCards } from './cards.queries.ts';
import { deletedWorks, ownWorks } from './own.queries.ts';
import { findWork } from './work.queries.ts';
import {
  isListed,
  mayKnowCreators,
  mayReadChapter,
  mayReadWork,
  RELATIONS,
  type Relation,
  type WorkStanding,
} from './visibility.ts';
import { visibleWorks } from './visible.ts';

/** Everybody who looks. Co-creators are two of the creators; one of them is suspended. */
const VIEWERS = [
  'guest',
  'account',
  'creator',
  'co-creator',
  'suspended co-creator',
  'invited co-creator',
  'archivist',
  'moderator',
  'suspended moderator',
  'owner',
] as const;
type ViewerName = (typeof VIEWERS)[number];

/** "Its creators"; who brought a work in keeps it in the place of creators who have no account here. */
const CREATORS: readonly ViewerName[] = ['creator', 'co-creator', 'suspended co-creator', 'archivist'];
/**
 * The owner of an archive is a moderator too. Both have given a reason to look at every work; so has the suspended one,
 * who has no rights left.
 */
const MODERATORS: readonly ViewerName[] = ['moderator', 'owner'];
const ANY_ACCOUNT = VIEWERS.filter((name) => name !== 'guest');

/** The rule, a sentence each, and whom it lets through. */
const RULES: readonly { says: string; holds: (work: WorkStanding) => boolean; reads: readonly ViewerName[] }[] = [
  {
    says: 'a draft is read by its creators only, never by moderators',
    holds: (work) => work.state === 'draft',
    reads: CREATORS,
  },
  {
    says: 'a scheduled work is read by its creators only',
    holds: (work) => work.state === 'scheduled',
    reads: CREATORS,
  },
  { says: 'a restricted work is read by any account', holds: (work) => work.restricted, reads: ANY_ACCOUNT },
  {
    says: 'an unrevealed work is read by its creators and the maintainers of its collection',
    holds: (work) => work.unrevealed,
    reads: CREATORS,
  },
  {
    says: 'a hidden work is read by its creators and by moderators who have given a reason',
    holds: (work) => work.hidden,
    reads: [...CREATORS, ...MODERATORS],
  },
  { says: 'a deleted work is read by nobody', holds: (work) => work.deleted, reads: [] },
];

const mayReadByHand = (work: WorkStanding, who: ViewerName) =>
  RULES.every((rule) => !rule.holds(work) || rule.reads.includes(who));
/** "Who wrote an anonymous work is known to its creators." */
const mayKnowByHand = (work: WorkStanding, who: ViewerName) => !work.anonymous || CREATORS.includes(who);
/** Lists are the same for everybody with an account: nobody's own drafts stand in them. */
const isListedByHand = (work: WorkStanding, who: ViewerName) =>
  work.state === 'posted' && !work.unrevealed && !work.hidden && !work.deleted && (who !== 'guest' || !work.restricted);

/** How each of them stands to the works of this file. */
const STANDS: Record<ViewerName, readonly Relation[]> = {
  guest: ['anyone'],
  account: ['anyone', 'account'],
  creator: ['anyone', 'account', 'creator'],
  'co-creator': ['anyone', 'account', 'creator'],
  'suspended co-creator': ['anyone', 'account', 'creator'],
  'invited co-creator': ['anyone', 'account', 'invited'],
  archivist: ['anyone', 'account', 'archivist'],
  moderator: ['anyone', 'account', 'moderator'],
  'suspended moderator': ['anyone', 'account'],
  owner: ['anyone', 'account', 'moderator'],
};

const STANDINGS: readonly WorkStanding[] = (['draft', 'scheduled', 'posted'] as const).flatMap((state) =>
  Array.from({ length: 32 }, (_, bits) => ({
    state,
    restricted: (bits & 1) !== 0,
    unrevealed: (bits & 2) !== 0,
    anonymous: (bits & 4) !== 0,
    hidden: (bits & 8) !== 0,
    deleted: (bits & 16) !== 0,
  })),
);

const named = (work: WorkStanding) =>
  [
    work.state,
    ...(['restricted', 'unrevealed', 'anonymous', 'hidden', 'deleted'] as const).filter((flag) => work[flag]),
  ].join(' ');

/** Works in every list beside those in question, so that lists have a second page. */
const FILLERS = 26;

interface Looked extends CastWork {
  standing: WorkStanding;
  adult: boolean;
}

let site: TestSite;
let works: Looked[];
let fillers: string[];
let people: Record<Exclude<ViewerName, 'guest'>, Person>;
let viewers: Record<ViewerName, Viewer>;
const cookieOf = (who: ViewerName) => (who === 'guest' ? null : people[who]);

beforeAll(async () => {
  site = await openSite();
  people = {
    account: await site.person('anemone'),
    creator: await site.person('wintergreen'),
    'co-creator': await site.person('oriel'),
    'suspended co-creator': await site.person('pennyroyal'),
    'invited co-creator': await site.person('quillwort'),
    archivist: await site.person('meadowsweet', ['member', 'archivist']),
    moderator: await site.person('hellebore', ['member', 'moderator']),
    'suspended moderator': await site.person('nightshade', ['member', 'moderator']),
    owner: site.owner,
  };
  await suspend(site, people['suspended co-creator']);
  await suspend(site, people['suspended moderator']);
  const viewerOf = async (person: Person): Promise<Viewer> => {
    const session = await sessionOf(site.ground.db.reads, person.cookie.split('=')[1] ?? '', site.ground.now());
    if (!session) throw new Error(`${person.pseud} is not signed in.`);
    return session.viewer;
  };
  viewers = {
    guest: GUEST,
    ...(Object.fromEntries(
      await Promise.all(Object.entries(people).map(async ([who, person]) => [who, await viewerOf(person)] as const)),
    ) as Record<Exclude<ViewerName, 'guest'>, Viewer>),
  };
  works = [];
  for (const [index, standing] of STANDINGS.entries()) works.push(await oneWork(standing, index % 2 === 1));
  fillers = [];
  for (let index = 0; index < FILLERS; index += 1) {
    fillers.push((await makeWork(site, { title: `Filler ${index}` }, { state: 'posted' })).publicId);
  }
  const looks = new Set(works.map((work) => work.id));
  for (const [who, person] of Object.entries(people)) {
    await grantLooks(site, person, [...looks]);
    viewers[who as Exclude<ViewerName, 'guest'>] = { ...(await viewerOf(person)), looks };
  }
  await site.follow();
}, 60_000);

afterAll(() => site.close());

/** A work of two creators and one who has accepted but is suspended, brought in by an archivist, with an open invitation. */
async function oneWork(
  standing: WorkStanding,
  adult: boolean,
  chapters: readonly string[] = ['<p>It rained in Sussex.</p>'],
) {
  const work = await makeWork(
    site,
    {
      title: `Under ${named(standing)}`,
      by: [people.creator],
      archivedBy: people.archivist,
      rating: adult ? 'Mature' : 'General Audiences',
      chapters,
    },
    // Posted by the ordinary action first, so that its chapters are posted; then in whatever state it is about.
    { state: 'posted' },
  );
  await addCreator(site, work.id, people['co-creator'], 'accepted');
  await addCreator(site, work.id, people['suspended co-creator'], 'accepted');
  await addCreator(site, work.id, people['invited co-creator'], 'invited');
  await site.ground.db.write((tx) =>
    tx
      .updateTable('works')
      .set({
        state: standing.state,
        restricted: standing.restricted ? 1 : 0,
        unrevealed: standing.unrevealed ? 1 : 0,
        anonymous: standing.anonymous ? 1 : 0,
        hidden: standing.hidden ? 1 : 0,
        deleted_at: standing.deleted ? site.ground.now() : null,
      })
      .where('id', '=', work.id)
      .execute(),
  );
  return { ...work, standing, adult };
}

/** Asks about all works at once: on a server the answers overlap. */
const ofEach = (ask: (work: Looked) => Promise<void>) => Promise.all(works.map(ask));
const readableBy = (who: ViewerName) => works.filter((work) => mayReadByHand(work.standing, who));
const names = (list: readonly { standing: WorkStanding }[]) => list.map((work) => named(work.standing)).sort();

test('every state is here once', () => {
  expect(new Set(works.map((work) => named(work.standing))).size).toBe(96);
});

describe('the predicate', () => {
  test.each(VIEWERS)('reads and knows for the %s what the design says', (who) => {
    const relations = new Set(STANDS[who]);
    expect(names(works.filter((work) => mayReadWork(work.standing, relations)))).toEqual(names(readableBy(who)));
    expect(names(works.filter((work) => mayKnowCreators(work.standing, relations)))).toEqual(
      names(works.filter((work) => mayKnowByHand(work.standing, who))),
    );
  });

  test('a maintainer of its collection reads an unrevealed work, and nothing else that is not open to accounts', () => {
    const read = STANDINGS.filter((work) => mayReadWork(work, new Set<Relation>(['anyone', 'account', 'maintainer'])));
    expect(read.every((work) => work.state === 'posted' && !work.hidden && !work.deleted)).toBe(true);
    expect(read.some((work) => work.unrevealed)).toBe(true);
    expect(read).toHaveLength(8);
    expect(RULES.find((rule) => rule.says.includes('maintainers'))).toBeDefined();
  });

  test('an invitation opens nothing', () => {
    const invited = new Set<Relation>(['anyone', 'account', 'invited']);
    const account = new Set<Relation>(['anyone', 'account']);
    expect(STANDINGS.filter((work) => mayReadWork(work, invited) !== mayReadWork(work, account))).toEqual([]);
    expect(STANDINGS.filter((work) => mayKnowCreators(work, invited) !== mayKnowCreators(work, account))).toEqual([]);
  });

  test('all relations together never read a deleted work', () => {
    expect(STANDINGS.filter((work) => work.deleted && mayReadWork(work, new Set(RELATIONS)))).toEqual([]);
  });
});

describe('the SQL', () => {
  test.each(VIEWERS)('finds for the %s what the design says', async (who) => {
    const viewer = viewers[who];
    const rows = await visibleWorks(site.ground.db.reads, viewer).select('works.id').execute();
    const found = new Set(rows.map((row) => row.id));
    expect(names(works.filter((work) => found.has(work.id)))).toEqual(names(readableBy(who)));
    const cards = await workCards(
      site.ground.db.reads,
      viewer,
      works.map((work) => work.id),
    );
    const carded = new Map(cards.map((card) => [card.id, card]));
    expect(names(works.filter((work) => carded.has(work.id)))).toEqual(names(readableBy(who)));
    for (const work of readableBy(who)) {
      expect(carded.get(work.id)?.creatorsConcealed, named(work.standing)).toBe(!mayKnowByHand(work.standing, who));
    }
  });

  test('finds nothing hidden for a moderator who has given no reason', async () => {
    for (const who of MODERATORS) {
      const { looks: _given, ...viewer } = viewers[who];
      const rows = await visibleWorks(site.ground.db.reads, viewer).select('works.id').execute();
      const found = new Set(rows.map((row) => row.id));
      expect(names(works.filter((work) => found.has(work.id)))).toEqual(
        names(readableBy(who).filter((work) => !work.standing.hidden)),
      );
    }
  });

  test.each(VIEWERS)(
    'opens single works for the %s as the design says, and knows how they stand to them',
    async (who) => {
      await ofEach(async (work) => {
        const found = await findWork(site.ground.db.reads, viewers[who], work.publicId);
        const expected = mayReadByHand(work.standing, who) ? new Set(STANDS[who]) : null;
        expect(found?.relations ?? null, named(work.standing)).toEqual(expected);
      });
    },
  );

  test('the stored columns of the lists hold what the table says', async () => {
    const rows = await site.ground.db.reads
      .selectFrom('works')
      .select(['id', 'listed_guest', 'listed_account'])
      .execute();
    const stored = new Map(rows.map((row) => [row.id, row]));
    for (const { id, standing } of works) {
      const columns = { guest: stored.get(id)?.listed_guest === 1, account: stored.get(id)?.listed_account === 1 };
      expect(columns, named(standing)).toEqual({
        guest: isListedByHand(standing, 'guest'),
        account: isListedByHand(standing, 'account'),
      });
      expect({ guest: isListed(standing, 'guest'), account: isListed(standing, 'account') }, named(standing)).toEqual(
        columns,
      );
    }
  });

  test.each(VIEWERS)('keeps drafts and deleted works of the %s for those who keep them', async (who) => {
    const keeps = CREATORS.includes(who);
    const own = async (which: 'drafts' | 'deleted') => {
      const { ids, total } = await ownWorks(site.ground.db.reads, viewers[who], which, { offset: 0, limit: 1000 });
      expect(total).toBe(ids.length);
      return names(works.filter((work) => ids.includes(work.id)));
    };
    const drafts = works.filter((work) => work.standing.state === 'draft' && !work.standing.deleted);
    const deleted = works.filter((work) => work.standing.deleted);
    expect(await own('drafts')).toEqual(keeps ? names(drafts) : []);
    expect(await own('deleted')).toEqual(keeps ? names(deleted) : []);
    const shown = await deletedWorks(
      site.ground.db.reads,
      viewers[who],
      works.map((work) => work.id),
    );
    expect(names(works.filter((work) => shown.some((one) => one.publicId === work.publicId)))).toEqual(
      keeps ? names(deleted) : [],
    );
  });
});

describe('the pages', () => {
  const byline = (html: string) => (html.match(/<p class="byline">by .*?<\/p>/)?.[0] ?? '').replace(/<[^>]+>/g, '');

  test.each(VIEWERS)('answer the %s as the design says', async (who) => {
    const consents = who === 'guest' ? [{}, { cookie: 'adult=yes' }] : [{}];
    await ofEach(async (work) => {
      const may = mayReadByHand(work.standing, who);
      for (const headers of consents) {
        const page = await site.get(`/works/${work.publicId}`, cookieOf(who), headers);
        expect(page.status, named(work.standing)).toBe(may ? 200 : 404);
        const html = await page.text();
        const main = html.slice(html.indexOf('<main'));
        expect(main.includes(work.title), named(work.standing)).toBe(may);
        expect(main.includes('quillwort'), `${named(work.standing)} names who was only invited`).toBe(false);
        const knows = may && mayKnowByHand(work.standing, who);
        expect(byline(main), named(work.standing)).toBe(
          knows ? 'by wintergreen, oriel, pennyroyal' : may ? 'by Anonymous' : '',
        );
        expect(/wintergreen|oriel|pennyroyal/.test(main), named(work.standing)).toBe(knows);
        const gated = may && work.adult && who === 'guest' && !('cookie' in headers);
        // Who brought an anonymous work in would tell who wrote it.
        expect(main.includes('meadowsweet'), named(work.standing)).toBe(knows && !gated);
        expect(main.includes('It rained in Sussex.'), named(work.standing)).toBe(may && !gated);
      }
    });
  });

  test.each(VIEWERS)('are told to the %s by the API in the same way', async (who) => {
    await ofEach(async (work) => {
      const answer = await site.get(`/api/v1/works/${work.publicId}`, cookieOf(who));
      const may = mayReadByHand(work.standing, who);
      expect(answer.status, named(work.standing)).toBe(may ? 200 : 404);
      const said = (await answer.json()) as {
        title: string;
        creators?: { name: string }[];
        archivedBy?: string | null;
      };
      expect(said.title === work.title, named(work.standing)).toBe(may);
      if (!may) return;
      expect(said.archivedBy, named(work.standing)).toBe(mayKnowByHand(work.standing, who) ? 'meadowsweet' : null);
      expect(
        said.creators?.map((creator) => creator.name),
        named(work.standing),
      ).toEqual(mayKnowByHand(work.standing, who) ? ['wintergreen', 'oriel', 'pennyroyal'] : []);
    });
  });

  test.each(VIEWERS)('list for the %s what the design says, over all pages', async (who) => {
    const listed: string[] = [];
    let total = 0;
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const answer = await site.get(`/api/v1/works?page=${page}`, cookieOf(who));
      const list = (await answer.json()) as {
        total: number;
        pages: number;
        works: { id: string; creators: unknown[]; anonymous: boolean }[];
      };
      for (const work of list.works) {
        listed.push(work.id);
        // The fillers have no creators that anybody knows of.
        if (fillers.includes(work.id)) continue;
        const knows = !work.anonymous || CREATORS.includes(who);
        expect(work.creators).toHaveLength(knows ? 3 : 0);
      }
      ({ total, pages } = list);
    }
    const expected = works.filter((work) => isListedByHand(work.standing, who));
    expect([...listed].sort()).toEqual([...expected.map((work) => work.publicId), ...fillers].sort());
    expect(total).toBe(listed.length);
  });
});

describe('a chapter that is not posted, in a posted work', () => {
  const STATES = ['posted', 'draft', 'scheduled'] as const;
  const around: readonly WorkState[] = [
    {},
    { restricted: true },
    { hidden: true },
    { anonymous: true },
    { unrevealed: true },
    { deleted: true },
  ];

  test.each(around)('is read by its creators only, on every surface: %o', async (state) => {
    const standing: WorkStanding = {
      state: 'posted',
      restricted: false,
      unrevealed: false,
      anonymous: false,
      hidden: false,
      deleted: false,
      ...state,
    };
    const work = await oneWork(standing, false, [
      '<p>Morning in Sussex.</p>',
      '<p>Noon in Sussex.</p>',
      '<p>Night in Sussex.</p>',
    ]);
    await setChapterState(site, work.id, 2, 'draft');
    await setChapterState(site, work.id, 3, 'scheduled');
    const [, draft = '', scheduled = ''] = await chapterIds(site, work.id);
    for (const who of MODERATORS) {
      const person = cookieOf(who);
      if (person) await grantLooks(site, person, [work.id]);
      viewers[who] = { ...viewers[who], looks: new Set([...(viewers[who].looks ?? []), work.id]) };
    }
    for (const who of VIEWERS) {
      const readsWork = mayReadByHand(standing, who);
      const readsAll = readsWork && CREATORS.includes(who);
      const relations = new Set(STANDS[who]);
      expect(STATES.map((one) => mayReadChapter(standing, { state: one, deleted: false }, relations))).toEqual([
        readsWork,
        readsAll,
        readsAll,
      ]);

      expect(STATES.some((one) => mayReadChapter(standing, { state: one, deleted: true }, relations))).toBe(false);

      const found = await findWork(site.ground.db.reads, viewers[who], work.publicId);
      expect(found?.chapters.map((chapter) => chapter.state) ?? [], who).toEqual(
        readsAll ? STATES : readsWork ? ['posted'] : [],
      );

      const base = `/works/${work.publicId}`;
      const shown = async (path: string) => {
        const answer = await site.get(path, cookieOf(who));
        return { status: answer.status, parts: (await answer.text()).match(/Morning|Noon|Night/g)?.join(' ') ?? '' };
      };
      expect((await shown(base)).status, who).toBe(readsWork ? 200 : 404);
      // With one chapter to show there is no entire work beside the work's own page.
      expect(await shown(`${base}/x/entire`), who).toEqual(
        readsAll ? { status: 200, parts: 'Morning Noon Night' } : { status: readsWork ? 302 : 404, parts: '' },
      );
      expect(await shown(`${base}/x/chapters/${draft}`), who).toEqual(
        readsAll ? { status: 200, parts: 'Noon' } : { status: 404, parts: '' },
      );
      expect(await shown(`${base}/x/chapters/${scheduled}`), who).toEqual(
        readsAll ? { status: 200, parts: 'Night' } : { status: 404, parts: '' },
      );
      expect(await shown(`/api/v1${base}`), who).toEqual(
        readsAll
          ? { status: 200, parts: 'Morning Noon Night' }
          : readsWork
            ? { status: 200, parts: 'Morning' }
            : { status: 404, parts: '' },
      );
    }
    await site.ground.db.write((tx) => tx.deleteFrom('works').where('id', '=', work.id).execute());
  });
});
