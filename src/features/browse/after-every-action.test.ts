/**
 * Whatever is done to a work, to who signs it or to where it stands: the index, full text, kept blurbs and kept pages that
 * only follow the log say the same as those made anew from the truth.
 */
import { describe, expect, test } from 'vitest';
import { askToCreate, giveTo, makeOwnSeries, makeWork, relate, suspend } from '../../../test/cast.ts';
import { onPostgres, testSite, type Person, type TestSite } from '../../../test/site.ts';
import { archiveFeatures } from '../../app/features.ts';
import { eraseAccountIn, eraseWork } from '../../app/erase.ts';
import { archiveWeb } from '../../app/web.tsx';
import type { Tx } from '../../platform/db/tables.ts';
import { addPseud, renameDefaultPseud } from '../accounts/index.ts';
import { deletePseud } from '../accounts/pseuds/pseuds.actions.ts';
import { answerGift } from '../gifts/actions.ts';
import { takeAlong } from '../leaving/actions.ts';
import { hideForReason, unhideForReason } from '../moderation/hiding.actions.ts';
import { answerRelation } from '../related-works/actions.ts';
import {
  addToSeries,
  arrangeSeries,
  changeSeries,
  deleteSeries,
  eraseSeries,
  restoreSeries,
} from '../series/own.actions.ts';
import { changeRules } from '../site/index.ts';
import { deleteChapter, reorderChapters, restoreChapter } from '../works/arranging.actions.ts';
import { changeWorks } from '../works/bulk.actions.ts';
import { postChapter, scheduleChapter, withdrawChapter } from '../works/chapter-posting.actions.ts';
import { answerCreatorInvitation, leaveWork } from '../works/co-creators.actions.ts';
import {
  concealWork,
  countSigned,
  deleteWork,
  handOverWorks,
  letGoOfWork,
  NO_TEXT,
  restoreWork,
  restrictPostedWorks,
  signWork,
  unpostWork,
} from '../works/index.ts';
import { releaseWork } from '../works/concealments.actions.ts';
import { postWhatIsDue } from '../works/schedule.actions.ts';
import { openFeed } from './feed/feed.ts';
import { PlainCopy } from './feed/plain-copy.fixture.ts';
import { inlineFinder } from './keeper/inline-finder.ts';
import { openTextFile, type TextFile } from './text/text-file.ts';
import { textFollower } from './text/text-follow.ts';

/** Everything that stands in a file of full text: each word with its row, column and place. */
function wordsIn(file: TextFile): unknown[] {
  file.exec(`create virtual table temp.told using fts5vocab('main', 'text_words', 'instance')`);
  const told = file.prepare('select term, doc, col, "offset" from temp.told').raw().all();
  file.exec('drop table temp.told');
  const rows = file.prepare('select id, chapter from text_rows order by id').raw().all() as [number, number][];
  // A chapter's row is numbered in the order in which it came.
  const meant = new Map(rows.map(([id, chapter]) => [id, `${Math.floor(id / 2 ** 20)} ${chapter}`]));
  return (told as [string, number, string, number][])
    .map(([term, doc, ...at]) => [meant.get(doc), ...at, term].join(' '))
    .toSorted();
}

/** An archive, and all that is kept about its lists by following the log. */
async function followed(site: TestSite) {
  const { ground } = site;
  const { reads } = ground.db;
  const [feed, copy, file] = [await openFeed(reads), new PlainCopy(), openTextFile(':memory:')];
  const follower = textFollower(reads, file);
  const follow = async () => {
    await copy.follow(feed);
    while (await follower.step());
  };
  await follow();
  const readText = async (steps: ReturnType<typeof textFollower>) => {
    while (await steps.step());
  };
  /** A web application that remembers nothing. */
  const freshSite = () => {
    const finder = inlineFinder(ground.db);
    const features = archiveFeatures(ground, finder, { memory: 64, passes: 1 });
    const assets = { files: new Map(), address: (name: string) => `/assets/${name}` };
    const web = archiveWeb({ ground, features, assets, origin: () => 'http://localhost', ready: async () => true });
    const get = async (path: string, as: Person | null) =>
      web.request(`http://localhost${path}`, { headers: as ? { cookie: as.cookie } : {} });
    return { get, stop: () => finder.stop() };
  };
  return {
    /** Compares all of it with what is made anew. */
    async compare(what: string, asked: readonly (readonly [path: string, as: Person | null])[]) {
      await follow();
      const fresh = new PlainCopy();
      await fresh.rebuild(await openFeed(reads));
      expect(copy.held(), what).toEqual(fresh.held());
      const anew = openTextFile(':memory:');
      await readText(textFollower(reads, anew));
      expect(wordsIn(file), what).toEqual(wordsIn(anew));
      anew.close();
      const other = freshSite();
      for (const [path, as] of asked) {
        const [shown, made] = [await site.get(path, as), await other.get(path, as)];
        expect(shown.status, `${what}: ${path}`).toBe(made.status);
        // What is not there is told with the number of the request.
        const said = async (answer: Response) => (answer.ok ? answer.text() : '');
        expect(await said(shown), `${what}: ${path}`).toBe(await said(made));
      }
      await other.stop();
    },
    copy,
    close: () => file.close(),
  };
}

async function cast() {
  const clock = { now: Date.UTC(2026, 2, 1) };
  const site = await testSite({ now: () => clock.now });
  const [ada, ben, mod] = [
    await site.person('ada'),
    await site.person('ben'),
    await site.person('mod', ['member', 'moderator']),
  ];
  const plan = {
    tags: [{ kind: 'freeform' as const, name: 'Lanterns' }],
    chapters: ['<p>One bee.</p>', '<p>Two wasps.</p>'],
  };
  const work = await makeWork(site, { ...plan, title: 'The Bees', by: [ada] }, { state: 'posted' });
  const other = await makeWork(
    site,
    { ...plan, title: 'The Wasps', by: [ben], fandoms: ['Emma'] },
    { state: 'posted' },
  );
  const series = await makeOwnSeries(site, ada, 'The Hives', [work.id]);
  const kept = await followed(site);
  const ids = async (table: 'pseuds' | 'chapters', of: number) =>
    (
      await site.ground.db.reads
        .selectFrom(table)
        .select('public_id')
        .where(table === 'pseuds' ? 'account_id' : 'work_id', '=', of)
        .orderBy('id')
        .execute()
    ).map((row) => row.public_id);
  const [signed] = await ids('pseuds', ada.viewer.accountId);
  const always = ['/works', `/creators/${signed}`, `/series/${series}`];
  const inTurn = [
    '/',
    '/works?sort=creator',
    '/works?q=bee&in=text',
    '/tags/freeform/Lanterns',
    '/tags/freeform/Lanterns/about',
    '/api/v1/tags/suggestions?q=lan',
  ];
  let steps = 0;
  /** Pages to compare, with who looks: most change by few actions, and each costs time. */
  const asked = () => {
    steps += 1;
    if (onPostgres) return [['/works', null]] as const;
    const turn = inTurn[steps % inTurn.length] ?? '/';
    return [...[...always, turn].map((path) => [path, null] as const), ['/works', ada] as const];
  };
  /** Does something, and compares. */
  const did = async (what: string, act: (tx: Tx) => Promise<unknown>) => {
    clock.now += 60_000;
    const before = JSON.stringify(kept.copy.held());
    const said = await site.ground.db.write(act);
    expect(said ?? {}, what).not.toHaveProperty('refusal');
    await kept.compare(what, asked());
    return before !== JSON.stringify(kept.copy.held());
  };
  return { site, clock, ada, ben, mod, work, other, series, kept, ids, did };
}

describe('all that follows the log says what the truth says after', () => {
  test('a change of who signs a work', async () => {
    const { site, clock, ada, ben, work, other, ids, did, kept } = await cast();
    const { features } = site;
    const now = () => clock.now;
    expect(await did('a new name', (tx) => renameDefaultPseud(tx, now(), ada.viewer.accountId, 'Aurelia'))).toBe(true);
    await did('a new pseud', (tx) => addPseud(tx, now(), ada.viewer.accountId, 'adastra'));
    const [first = '', second = ''] = await ids('pseuds', ada.viewer.accountId);
    expect(await did('another pseud', (tx) => signWork(tx, now(), ada.viewer, work.publicId, [second]))).toBe(true);
    const works = { count: countSigned, handOver: handOverWorks };
    const handOver = (tx: Tx) => deletePseud(tx, now(), ada.viewer.accountId, second, first, works);
    expect(await did('a pseud deleted, its works handed over', handOver)).toBe(true);
    const invitation = await askToCreate(site, work, ada, ben);
    await did('asked to create', (tx) => Promise.resolve(tx));
    const accept = (tx: Tx) => answerCreatorInvitation(tx, now(), ben.viewer, invitation, 'accept');
    expect(await did('accepted', accept)).toBe(true);
    const [bens = ''] = await ids('pseuds', ben.viewer.accountId);
    expect(await did('left', (tx) => leaveWork(tx, now(), ben.viewer, work.publicId, bens))).toBe(true);
    const by = { kind: 'anonymous', cause: 'creators' } as const;
    expect(await did('anonymous', (tx) => concealWork(tx, now(), work.id, by))).toBe(true);
    await did('renamed while anonymous', (tx) => renameDefaultPseud(tx, now(), ada.viewer.accountId, 'ada'));
    expect(await did('named again', (tx) => releaseWork(tx, now(), work.id, by))).toBe(true);
    await suspend(site, ada);
    await did('suspended', (tx) => Promise.resolve(tx));
    const orphan = async (tx: Tx) => {
      await letGoOfWork(tx, now(), ada.viewer.accountId, work.id, { keepName: false });
      await takeAlong(tx, now(), ada.viewer.accountId, { id: work.id, others: false }, false);
    };
    expect(await did('orphaned', orphan)).toBe(true);
    await did('an account erased', (tx) => eraseAccountIn(tx, now(), features, ben.viewer.accountId));
    expect(kept.copy.documents.get(other.id)?.creatorKey).toBe('');
    kept.close();
  });

  test('a change of who may see a work', async () => {
    const { site, clock, ada, ben, mod, work, other, did, kept } = await cast();
    const now = () => clock.now;
    const tells = async (what: string, act: (tx: Tx) => Promise<unknown>) =>
      expect(await did(what, act), what).toBe(true);
    await tells('hidden', (tx) => hideForReason(tx, now(), mod.viewer, work.publicId, 'A complaint.'));
    await tells('shown', (tx) => unhideForReason(tx, now(), mod.viewer, work.publicId, 'A mistake.'));
    const by = { kind: 'unrevealed', cause: 'creators' } as const;
    await tells('unrevealed', (tx) => concealWork(tx, now(), work.id, by));
    await tells('revealed', (tx) => releaseWork(tx, now(), work.id, by));
    await tells('restricted', (tx) => changeWorks(tx, now(), ada.viewer, [work.publicId], { restricted: true }));
    await tells('opened', (tx) => changeWorks(tx, now(), ada.viewer, [work.publicId], { restricted: false }));
    await tells('another language', (tx) => changeWorks(tx, now(), ada.viewer, [work.publicId], { language: 'de' }));
    await tells('deleted', (tx) => deleteWork(tx, now(), ada.viewer, work.publicId));
    await tells('restored', (tx) => restoreWork(tx, now(), ada.viewer, work.publicId));
    await tells('registered readers only', async (tx) => {
      await changeRules(tx, now(), { explicitRefused: false, registeredOnly: true });
      await restrictPostedWorks(tx, now());
    });
    await tells('a draft again', (tx) => unpostWork(tx, now(), other.id));
    await eraseWork(site.ground, site.features, work.id);
    await did('erased', (tx) => Promise.resolve(tx));
    expect(kept.copy.documents.size).toBe(0);
    await did('nobody there', (tx) => renameDefaultPseud(tx, now(), ben.viewer.accountId, 'benedict'));
    kept.close();
  });

  test('a change of its chapters, and of what stands around it', async () => {
    const { site, clock, ada, ben, work, other, series, ids, did, kept } = await cast();
    const now = () => clock.now;
    const [one = '', two = ''] = await ids('chapters', work.id);
    const chapter = async (
      what: string,
      act: (tx: Tx, at: number, viewer: Person['viewer'], work: string, chapter: string) => Promise<unknown>,
    ) => expect(await did(what, (tx) => act(tx, now(), ada.viewer, work.publicId, two)), what).toBe(true);
    await did('chapters changed about', (tx) => reorderChapters(tx, now(), ada.viewer, work.publicId, [two, one]));
    await chapter('a chapter deleted', deleteChapter);
    await chapter('restored', restoreChapter);
    await chapter('withdrawn', withdrawChapter);
    const at = clock.now + 3_600_000;
    await did('scheduled', (tx) => scheduleChapter(tx, now(), ada.viewer, work.publicId, two, at));
    clock.now = at;
    await postWhatIsDue(site.ground.db, now);
    await did('its hour has come', (tx) => Promise.resolve(tx));
    expect(kept.copy.documents.get(work.id)?.chapters).toBe(2);
    await chapter('withdrawn again', withdrawChapter);
    await chapter('posted', (tx, time, viewer, id, which) =>
      postChapter(tx, time, viewer, id, which, { silently: true }),
    );
    const gift = await giveTo(site, work, ben);
    await did('a gift accepted', (tx) => answerGift(tx, now(), ben.viewer, gift, 'accepted'));
    await did('a gift refused', (tx) => answerGift(tx, now(), ben.viewer, gift, 'refused'));
    const relation = await relate(site, work, other);
    await did('a relation approved', (tx) => answerRelation(tx, now(), ben.viewer, relation, 'approved'));
    const third = await makeWork(site, { title: 'The Hornets', by: [ada] }, { state: 'posted' });
    await did('another work', (tx) => Promise.resolve(tx));
    expect(await did('into the series', (tx) => addToSeries(tx, now(), ada.viewer, series, [third.id]))).toBe(true);
    const texts = { title: 'The Nests', summary: NO_TEXT, notes: NO_TEXT, rules: 1, complete: true, madeFrom: null };
    await did('the series renamed', (tx) => changeSeries(tx, now(), ada.viewer, series, texts));
    const order = { order: [third.publicId, work.publicId], removed: new Set<string>() };
    await did('in another order', (tx) => arrangeSeries(tx, now(), ada.viewer, series, order));
    const without = { order: order.order, removed: new Set([third.publicId]) };
    expect(await did('out of it', (tx) => arrangeSeries(tx, now(), ada.viewer, series, without))).toBe(true);
    expect(await did('deleted', (tx) => deleteSeries(tx, now(), ada.viewer, series))).toBe(true);
    expect(await did('taken back', (tx) => restoreSeries(tx, now(), ada.viewer, series))).toBe(true);
    await did('deleted for good', async (tx) => {
      await deleteSeries(tx, now(), ada.viewer, series);
      const { id } = await tx
        .selectFrom('series')
        .select('id')
        .where('public_id', '=', series)
        .executeTakeFirstOrThrow();
      await eraseSeries(tx, now(), id);
    });
    kept.close();
  });
});
