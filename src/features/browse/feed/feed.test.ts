/** What an index that follows the log holds, compared with everything made anew, after anything that can happen. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addCreator, makeWork, putInSeries, setState, type CastWork, type WorkState } from '../../../../test/cast.ts';
import { testSite, type Person, type TestSite } from '../../../../test/site.ts';
import { eraseWork } from '../../../app/erase.ts';
import { append, logHead, pruneEvents } from '../../../platform/events/log.ts';
import { renameDefaultPseud } from '../../accounts/index.ts';
import {
  conceptsOf,
  ensureTag,
  linkTags,
  makeCanonical,
  makeSynonym,
  tagsById,
  type Tag,
  type TagKind,
} from '../../tags/index.ts';
import { forgetAccount } from '../../works/deletion.actions.ts';
import { deleteWork, editWork, findWork, NO_TEXT, restoreWork, restrictPostedWorks } from '../../works/index.ts';
import { CONCEPT_KINDS, type TermKind } from '../browse-query.ts';
import { openFeed, type FeedLimits } from './feed.ts';
import { PlainCopy } from './plain-copy.fixture.ts';

const POSTED: WorkState = { state: 'posted' };

async function followed(site: TestSite, limits: Partial<FeedLimits> = {}) {
  const feed = await openFeed(site.ground.db.reads, limits);
  const copy = new PlainCopy();
  await copy.follow(feed);
  copy.batches = [];
  return { feed, copy, follow: () => copy.follow(feed) };
}

/** Everything made anew by somebody who remembers nothing. */
async function anew(site: TestSite): Promise<PlainCopy> {
  const copy = new PlainCopy();
  await copy.rebuild(await openFeed(site.ground.db.reads));
  return copy;
}

/** Documents are those of a copy made anew, and so are the tags, but for those on no work that is listed. */
async function expectTrue(copy: PlainCopy, site: TestSite) {
  const fresh = await anew(site);
  expect(copy.held()).toEqual(fresh.held());
  for (const tag of copy.tags.values()) expect(fresh.tags.get(tag.id)).toEqual(tag);
  const named = [...copy.documents.values()].flatMap(({ terms }) => terms).filter(({ kind }) => isConcept(kind));
  expect(named.filter(({ kind, id }) => copy.tags.get(id)?.kind !== kind)).toEqual([]);
}

const isConcept = (kind: TermKind) => (CONCEPT_KINDS as readonly TermKind[]).includes(kind);
const idsOf = (copy: PlainCopy, work: { id: number }, kind: TermKind) =>
  (copy.documents.get(work.id)?.terms ?? []).filter((term) => term.kind === kind).map((term) => term.id);
const inOrder = (ids: readonly number[]) => ids.toSorted((a, b) => a - b);

const tagIn = (site: TestSite, name: string, kind: TagKind = 'fandom') =>
  site.ground.db.write((tx) => ensureTag(tx, 1, kind, name));
async function canonical(site: TestSite, name: string, kind: TagKind = 'fandom'): Promise<Tag> {
  const { id } = await tagIn(site, name, kind);
  await site.ground.db.write((tx) => makeCanonical(tx, 1, id));
  return tagIn(site, name, kind);
}
async function merge(site: TestSite, tag: Tag, of: Tag) {
  const refusal = await site.ground.db.write(async (tx) => {
    const both = await tagsById(tx, [tag.id, of.id]);
    return makeSynonym(tx, 1, both.get(tag.id) ?? tag, both.get(of.id) ?? of);
  });
  return refusal;
}
const link = (site: TestSite, tag: Tag, upper: Tag) =>
  site.ground.db.write((tx) => linkTags(tx, 1, tag, 'sub-of', upper));
const post = (site: TestSite, fandoms: readonly string[], by?: Person) =>
  makeWork(site, { fandoms, ...(by ? { by: [by] } : {}) }, POSTED);

async function retag(site: TestSite, work: CastWork, fandoms: readonly string[], as: Person = site.owner) {
  const { db, now } = site.ground;
  return db.write(async (tx) => {
    const whole = await findWork(tx, as.viewer, work.publicId);
    if (!whole) return null;
    return editWork(tx, now(), as.viewer, work.publicId, {
      ...whole,
      madeFrom: null,
      summary: NO_TEXT,
      notes: NO_TEXT,
      endNotes: NO_TEXT,
      tags: [
        ...whole.tags.filter((tag) => tag.kind !== 'fandom'),
        ...fandoms.map((name) => ({ kind: 'fandom' as const, name })),
      ],
    });
  });
}

/** Gives a work counters, as kudos and hits to come will. */
async function count(site: TestSite, workId: number, kudos: number) {
  await site.ground.db.write(async (tx) => {
    await tx
      .updateTable('works')
      .set({ kudos, hits: kudos * 10 })
      .where('id', '=', workId)
      .execute();
    await append(tx, 1, { kind: 'work.counted', subject: 'work', subjectId: workId, workId });
  });
}

const NAMES = ['Dracula', 'Dracula (1931)', 'Emma', 'Jane Austen'];
const fandoms = fc.uniqueArray(fc.constantFrom(...NAMES, 'Persuasion'), { minLength: 1 });
const work = fc.nat(9);
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('post' as const), fandoms, by: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('set' as const),
      work,
      to: fc.record({
        restricted: fc.boolean(),
        hidden: fc.boolean(),
        unrevealed: fc.boolean(),
        anonymous: fc.boolean(),
        deleted: fc.boolean(),
      }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('retag' as const), work, fandoms }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('delete' as const, 'restore' as const, 'erase' as const, 'count' as const, 'join' as const),
      work,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('canonical' as const, 'merge' as const, 'link' as const),
      tag: fc.nat(3),
      with: fc.nat(3),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('follow' as const, 'follow from afar' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('close to guests' as const, 'rename' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Does one thing to an archive that is not following. */
async function take(site: TestSite, works: CastWork[], ben: Person, one: Step): Promise<void> {
  const { db, now } = site.ground;
  if (one.do === 'post') works.push(await post(site, one.fandoms, one.by ? ben : undefined));
  else if (one.do === 'close to guests') await db.write((tx) => restrictPostedWorks(tx, 1));
  else if (one.do === 'rename')
    await db.write((tx) => renameDefaultPseud(tx, now(), ben.viewer.accountId, `Ben ${works.length}`));
  else if ('tag' in one) {
    const [tag, other] = [await tagIn(site, NAMES[one.tag] ?? ''), await tagIn(site, NAMES[one.with] ?? '')];
    if (one.do === 'canonical') await db.write((tx) => makeCanonical(tx, 1, tag.id));
    else if (one.do === 'merge') await merge(site, tag, other);
    else await link(site, tag, other);
  } else if ('work' in one) {
    const chosen = works[one.work % Math.max(1, works.length)];
    if (!chosen) return;
    if (one.do === 'set') await setState(site, chosen.id, { ...POSTED, ...one.to });
    else if (one.do === 'retag') await retag(site, chosen, one.fandoms);
    else if (one.do === 'erase')
      await eraseWork(site.ground, site.features, works.splice(works.indexOf(chosen), 1)[0]?.id ?? 0);
    else if (one.do === 'count') await count(site, chosen.id, works.length);
    else if (one.do === 'join') {
      await putInSeries(site, chosen.id, 'The Lamps');
      await setState(site, chosen.id, POSTED);
    } else {
      const act = one.do === 'delete' ? deleteWork : restoreWork;
      await db.write((tx) => act(tx, now(), site.owner.viewer, chosen.publicId));
    }
  }
}

test('following and making everything anew agree, whatever happened', async () => {
  const limits = fc.record({ works: fc.constantFrom(1, 2, 500), events: fc.constantFrom(1, 3, 1_000) });
  await fc.assert(
    fc.asyncProperty(limits, fc.array(step, { minLength: 5, maxLength: 25 }), async (of, steps) => {
      const site = await testSite();
      const ben = await site.person('Ben');
      const works: CastWork[] = [];
      const { copy, feed } = await followed(site, of);
      for (const one of steps) {
        if (one.do === 'follow') await copy.follow(feed);
        // As after a start from a snapshot: a feed that has not told this index anything.
        else if (one.do === 'follow from afar') await copy.follow(await openFeed(site.ground.db.reads, of));
        else await take(site, works, ben, one);
      }
      await copy.follow(feed);
      await expectTrue(copy, site);
      expect(copy.rebuilt).toBe(1);
      // Events that come twice do no harm.
      const behind = Math.max(0, copy.version - 7);
      copy.version = behind;
      await copy.follow(feed);
      await expectTrue(copy, site);
    }),
    { numRuns: 8 },
  );
}, 60_000);

describe('documents of a real archive', () => {
  test('say what the truth says', async () => {
    const site = await testSite();
    const [ada, ben] = [await site.person('Ada'), await site.person('Ben')];
    const made = await makeWork(
      site,
      {
        title: '“The Bees”',
        by: [ben],
        importedBy: ['Étoile'],
        fandoms: ['Dracula'],
        tags: [
          { kind: 'relationship', name: 'Mina/Lucy' },
          { kind: 'relationship', name: 'Ada/Ben' },
        ],
        chapters: ['<p>One.</p>', '<p>Two.</p>'],
        postedAt: Date.UTC(2020, 5, 1),
      },
      POSTED,
    );
    await addCreator(site, made.id, ada, 'accepted');
    await addCreator(site, made.id, site.owner, 'invited');
    await putInSeries(site, made.id, 'The Lamps');
    const { copy } = await followed(site);
    expect(copy.documents.get(made.id)).toMatchObject({
      audiences: 3,
      postedAt: Date.UTC(2020, 5, 1),
      words: 8,
      chapters: 2,
      counts: { fandoms: 1, relationships: 2, characters: 0, tags: 0 },
      titleKey: 'bees”',
      creatorKey: 'ben',
    });
    expect(idsOf(copy, made, 'pseud')).toEqual([ben.pseudId, ada.pseudId]);
    expect(idsOf(copy, made, 'imported')).toHaveLength(1);
    expect(idsOf(copy, made, 'series')).toHaveLength(1);
    expect(idsOf(copy, made, 'main')).toEqual([(await tagIn(site, 'Mina/Lucy', 'relationship')).id]);
  });

  test('of works in no list are not made', async () => {
    const site = await testSite();
    await makeWork(site);
    await makeWork(site, {}, { ...POSTED, hidden: true });
    await makeWork(site, {}, { ...POSTED, unrevealed: true });
    await makeWork(site, {}, { ...POSTED, deleted: true });
    const restricted = await makeWork(site, {}, { ...POSTED, restricted: true });
    const { copy } = await followed(site);
    expect(copy.held().map((document) => [document.id, document.audiences])).toEqual([[restricted.id, 2]]);
  });

  test('of an anonymous work never name its creator or series, when made or when followed', async () => {
    const site = await testSite();
    const ben = await site.person('Ben');
    const plan = { by: [ben], importedBy: ['Étoile'] };
    const before = await makeWork(site, plan, { ...POSTED, anonymous: true });
    await putInSeries(site, before.id, 'The Lamps');
    const { copy, follow } = await followed(site);
    const after = await makeWork(site, plan, POSTED);
    await putInSeries(site, after.id, 'The Lamps');
    await follow();
    expect(idsOf(copy, after, 'pseud')).toEqual([ben.pseudId]);
    await setState(site, after.id, { ...POSTED, anonymous: true });
    await site.ground.db.write((tx) => renameDefaultPseud(tx, 1, ben.viewer.accountId, 'Benjamin'));
    await follow();
    expect(copy.documents.size).toBe(2);
    for (const document of copy.documents.values()) {
      expect(document.terms.filter(({ kind }) => ['pseud', 'imported', 'series'].includes(kind))).toEqual([]);
      expect(document.creatorKey).toBe('');
    }
    await expectTrue(copy, site);
  });
});

describe('an event', () => {
  test('of a work brings its document or takes it away', async () => {
    const site = await testSite();
    const { copy, follow } = await followed(site);
    const made = await post(site, ['Emma']);
    await follow();
    expect(copy.documents.get(made.id)?.audiences).toBe(3);
    await setState(site, made.id, { ...POSTED, hidden: true });
    await follow();
    expect(copy.batches.at(-1)).toMatchObject({ removals: [made.id], documents: [] });
    expect(copy.documents.size).toBe(0);
  });

  test('of counters brings the counters alone', async () => {
    const site = await testSite();
    const made = await post(site, ['Emma']);
    const { copy, follow } = await followed(site);
    await count(site, made.id, 12);
    await count(site, 999_999, 1);
    await follow();
    expect(copy.batches).toMatchObject([
      { documents: [], removals: [], counters: [{ id: made.id, kudos: 12, comments: 0, bookmarks: 0, hits: 120 }] },
    ]);
    await expectTrue(copy, site);
  });

  test('of a new name brings the works of that byline', async () => {
    const site = await testSite();
    const ben = await site.person('Ben');
    const [his, other] = [await post(site, ['Emma'], ben), await post(site, ['Emma'])];
    const { copy, follow } = await followed(site);
    await site.ground.db.write((tx) => renameDefaultPseud(tx, 1, ben.viewer.accountId, 'Aurelia'));
    await follow();
    expect(copy.batches.flatMap((batch) => batch.documents.map((document) => document.id))).toEqual([his.id]);
    expect(copy.documents.get(his.id)?.creatorKey).toBe('aurelia');
    expect(copy.documents.has(other.id)).toBe(true);
  });

  test('of the archive closed to guests takes them everything at once', async () => {
    const site = await testSite();
    for (let number = 0; number < 3; number += 1) await post(site, ['Emma']);
    const { copy, follow } = await followed(site, { works: 1 });
    await site.ground.db.write((tx) => restrictPostedWorks(tx, 1));
    expect(await follow()).toBe(1);
    expect([...copy.documents.values()].map((document) => document.audiences)).toEqual([2, 2, 2]);
  });

  test('of an account that is erased takes its name out of what stays', async () => {
    const site = await testSite();
    const ben = await site.person('Ben');
    await makeWork(site, { by: [ben] }, { state: 'posted' });
    const { copy, follow } = await followed(site);
    const creatorKeys = () => [...copy.documents.values()].map((document) => document.creatorKey);
    expect(creatorKeys()).toEqual(['ben']);
    await site.ground.db.write((tx) => forgetAccount(tx, 1, ben.viewer.accountId));
    await follow();
    expect(creatorKeys()).toEqual(['']);
    expect(copy.rebuilt).toBe(1);
  });

  test('that touches no work moves the version on', async () => {
    const site = await testSite();
    const { copy, follow } = await followed(site);
    await site.person('Ben');
    expect(await follow()).toBe(1);
    expect(copy.version).toBe(await logHead(site.ground.db.reads));
    expect(await follow()).toBe(0);
  });

  test('of an edit brings the tags that it made, and one of erasing takes those that went with the work', async () => {
    const site = await testSite();
    const made = await post(site, ['Emma']);
    const { copy, follow } = await followed(site);
    await retag(site, made, ['Emma', 'Brand New']);
    await follow();
    const tag = await tagIn(site, 'Brand New');
    expect(copy.batches.at(-1)?.tags).toEqual([
      { id: tag.id, kind: 'fandom', key: 'brand new', canonical: false, synonymOf: null },
    ]);
    expect(idsOf(copy, made, 'fandom')).toContain(tag.id);
    await eraseWork(site.ground, site.features, made.id);
    await follow();
    expect(copy.batches.at(-1)?.removals).toEqual([made.id]);
    expect(copy.batches.at(-1)?.removedTags).toContain(tag.id);
    expect(copy.tags.has(tag.id)).toBe(false);
    expect(JSON.stringify([...copy.tags.values()])).not.toContain('brand new');
  });
});

describe('tags', () => {
  test('merged: the larger side is renamed, and the works of the smaller told anew', async () => {
    const site = await testSite();
    const [small, large] = [await canonical(site, 'Dracula'), await canonical(site, 'Count Dracula')];
    const [one, both] = [await post(site, ['Dracula']), await post(site, ['Dracula', 'Count Dracula'])];
    for (let number = 0; number < 3; number += 1) await post(site, ['Count Dracula']);
    const { copy, follow } = await followed(site);
    expect(await merge(site, large, small)).toBeNull();
    await follow();
    const [batch] = copy.batches;
    expect(batch?.renames).toEqual([{ kind: 'fandom', from: large.id, to: small.id }]);
    expect(inOrder((batch?.documents ?? []).map((document) => document.id))).toEqual([one.id, both.id]);
    expect(copy.worksUnder({ kind: 'fandom', id: small.id })).toBe(5);
    await expectTrue(copy, site);
  });

  test('merged into the larger side, or below a metatag: the works of the synonym are told anew', async () => {
    const site = await testSite();
    const [small, large] = [await canonical(site, 'Dracula'), await canonical(site, 'Count Dracula')];
    const one = await post(site, ['Dracula']);
    for (let number = 0; number < 3; number += 1) await post(site, ['Count Dracula']);
    const { copy, follow } = await followed(site);
    await merge(site, small, large);
    await follow();
    expect(copy.batches).toMatchObject([{ renames: [], documents: [{ id: one.id }] }]);
    const upper = await canonical(site, 'Vampires');
    const under = await canonical(site, 'Nosferatu');
    await link(site, under, upper);
    await follow();
    const alone = await canonical(site, 'Orlok');
    await post(site, ['Orlok']);
    await follow();
    await merge(site, alone, under);
    await follow();
    expect(copy.batches.flatMap((batch) => batch.renames)).toEqual([]);
    await expectTrue(copy, site);
  });

  test('a relationship is renamed where it is the first of works too', async () => {
    const site = await testSite();
    const [a, b] = [
      await canonical(site, 'Mina/Lucy', 'relationship'),
      await canonical(site, 'Lucy/Mina', 'relationship'),
    ];
    const made = await makeWork(site, { tags: [{ kind: 'relationship', name: 'Mina/Lucy' }] }, POSTED);
    const { copy, follow } = await followed(site);
    await merge(site, a, b);
    await follow();
    expect(copy.batches).toMatchObject([{ renames: [{ kind: 'relationship', from: a.id, to: b.id }], documents: [] }]);
    expect(idsOf(copy, made, 'main')).toEqual([b.id]);
    expect(idsOf(copy, made, 'relationship')).toEqual([b.id]);
    await expectTrue(copy, site);
  });

  test('merged and parted again, before anybody looked and after', async () => {
    const site = await testSite();
    const [a, b] = [await canonical(site, 'Dracula'), await canonical(site, 'Count Dracula')];
    const works = [await post(site, ['Dracula']), await post(site, ['Dracula'])] as const;
    const { copy, follow } = await followed(site);
    await merge(site, a, b);
    await site.ground.db.write((tx) => makeCanonical(tx, 1, a.id));
    await follow();
    expect(idsOf(copy, works[0], 'fandom')).toEqual([a.id]);
    await merge(site, a, b);
    await follow();
    expect(idsOf(copy, works[0], 'fandom')).toEqual([b.id]);
    await site.ground.db.write((tx) => makeCanonical(tx, 1, a.id));
    await follow();
    expect(idsOf(copy, works[1], 'fandom')).toEqual([a.id]);
    await expectTrue(copy, site);
  });

  test('a diamond of metatags reaches the works below, each metatag once', async () => {
    const site = await testSite();
    const [top, left, right, bottom] = [
      await canonical(site, 'Gothic'),
      await canonical(site, 'Vampires'),
      await canonical(site, 'Victorian'),
      await canonical(site, 'Dracula'),
    ];
    const synonym = await tagIn(site, 'Count Dracula');
    await merge(site, synonym, bottom);
    const made = await post(site, ['Count Dracula', 'Dracula']);
    const { copy, follow } = await followed(site);
    await link(site, bottom, left);
    await link(site, bottom, right);
    await follow();
    await link(site, left, top);
    await link(site, right, top);
    await follow();
    expect(inOrder(idsOf(copy, made, 'fandom'))).toEqual(inOrder([top.id, left.id, right.id, bottom.id]));
    const meant = await conceptsOf(site.ground.db.reads, [synonym.id]);
    expect(inOrder(idsOf(copy, made, 'fandom'))).toEqual(inOrder(meant));
    await expectTrue(copy, site);
  });

  test('works told anew beyond what is worth it are for a new index', async () => {
    const site = await testSite();
    const [a, b] = [await canonical(site, 'Dracula'), await canonical(site, 'Count Dracula')];
    for (let number = 0; number < 3; number += 1) await post(site, ['Dracula']);
    for (let number = 0; number < 4; number += 1) await post(site, ['Count Dracula']);
    const { copy, follow } = await followed(site, { touched: 2 });
    await merge(site, a, b);
    await follow();
    expect(copy.rebuilt).toBe(2);
    await expectTrue(copy, site);
  });
});

describe('an index is lost', () => {
  test.each(['pruned', 'another epoch', 'younger'] as const)('when the log is %s', async (how) => {
    const site = await testSite();
    const { db } = site.ground;
    const { copy, feed } = await followed(site);
    await post(site, ['Emma']);
    await post(site, ['Emma']);
    if (how === 'pruned') await db.write((tx) => pruneEvents(tx, Date.now() + 100 * 86_400_000));
    else if (how === 'younger') copy.version = 1_000_000;
    else
      await db.write((tx) => tx.updateTable('archive_state').set({ value: 'x' }).where('key', '=', 'epoch').execute());
    expect(await feed.next(copy.version, copy)).toBe('lost');
    await copy.follow(feed);
    expect(copy.rebuilt).toBe(2);
    await expectTrue(copy, site);
  });
});

test('what is written while everything is told, or a batch, comes again', async () => {
  const site = await testSite();
  const { db } = site.ground;
  const [a, b] = [await canonical(site, 'Dracula'), await canonical(site, 'Count Dracula')];
  const works: CastWork[] = [];
  for (let number = 0; number < 4; number += 1) works.push(await post(site, ['Dracula']));
  const feed = await openFeed(db.reads, { walked: 1, events: 2, works: 1 });
  const copy = new PlainCopy();
  const write = async () => {
    for (const [at, one] of works.entries()) {
      await setState(site, one.id, { ...POSTED, anonymous: at % 2 === 0 });
      await merge(site, a, b);
      await retag(site, one, [`Made ${at}`, 'Count Dracula']);
      await db.write((tx) => makeCanonical(tx, 1, a.id));
      await post(site, ['Dracula', `Posted ${at}`]);
    }
  };
  await Promise.all([write(), copy.follow(feed)]);
  await copy.follow(feed);
  expect(copy.documents.size).toBe(8);
  await expectTrue(copy, site);
});

test('a batch that failed to be read is read again whole', async () => {
  const site = await testSite();
  const [a, b] = [await canonical(site, 'Dracula'), await canonical(site, 'Count Dracula')];
  const { copy, feed } = await followed(site);
  await post(site, ['Brand New']);
  const broken = {
    worksUnder: () => {
      throw new Error('the power went');
    },
  };
  await merge(site, a, b);
  await expect(feed.next(copy.version, broken)).rejects.toThrow('the power went');
  await copy.follow(feed);
  await expectTrue(copy, site);
});

describe('an index that another feed has told', () => {
  test('hears of the tags that were made since', async () => {
    const site = await testSite();
    const { copy } = await followed(site);
    const [synonym, tag] = [await tagIn(site, 'Count Dracula'), await canonical(site, 'Dracula')];
    await merge(site, synonym, tag);
    await post(site, ['Count Dracula', 'Emma']);
    await copy.follow(await openFeed(site.ground.db.reads));
    expect([...copy.tags.values()]).toEqual(
      expect.arrayContaining([
        { id: synonym.id, kind: 'fandom', key: 'count dracula', canonical: false, synonymOf: tag.id },
        { id: tag.id, kind: 'fandom', key: 'dracula', canonical: true, synonymOf: null },
      ]),
    );
    await expectTrue(copy, site);
  });

  test('is told of tags that went with a work since, though the feed never knew them', async () => {
    const site = await testSite();
    const made = await post(site, ['Brand New']);
    const { copy } = await followed(site);
    const tag = await tagIn(site, 'Brand New');
    await eraseWork(site.ground, site.features, made.id);
    // As many tags come as went.
    await post(site, ['Newer Still']);
    await copy.follow(await openFeed(site.ground.db.reads));
    expect(copy.rebuilt).toBe(1);
    expect(copy.batches.at(-1)?.removedTags).toContain(tag.id);
    await expectTrue(copy, site);
  });

  test('is not when the work was erased after the feed had begun', async () => {
    const site = await testSite();
    const made = await post(site, ['Brand New']);
    const { copy } = await followed(site);
    const feed = await openFeed(site.ground.db.reads);
    await setState(site, made.id, POSTED);
    await copy.follow(feed);
    const tag = await tagIn(site, 'Brand New');
    await eraseWork(site.ground, site.features, made.id);
    await copy.follow(feed);
    expect(copy.rebuilt).toBe(1);
    expect(copy.batches.at(-1)?.removedTags).toContain(tag.id);
    await expectTrue(copy, site);
  });
});

test('a flood of 10,000 events comes in pieces of some 500 works', async () => {
  const site = await testSite();
  const made = [await post(site, ['Emma']), await post(site, ['Dracula'])];
  const { copy, follow } = await followed(site);
  const flood = Array.from({ length: 10_000 }, (_, number) => {
    const workId = made[number]?.id ?? 1_000_000 + Math.floor(number / 2);
    return { kind: 'work.edited', subject: 'work', subjectId: workId, workId };
  });
  await site.ground.db.write(async (tx) => {
    for (let from = 0; from < flood.length; from += 1_000) await append(tx, 1, ...flood.slice(from, from + 1_000));
  });
  await follow();
  const sizes = copy.batches.map((batch) => batch.removals.length + batch.documents.length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(500);
  expect(copy.batches.length).toBeLessThanOrEqual(12);
  expect(copy.version).toBe(await logHead(site.ground.db.reads));
  await expectTrue(copy, site);
});
