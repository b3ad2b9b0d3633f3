/**
 * What the rows of the rights table are tried on, by the names in their paths. A thing is made when it is first asked
 * for, so that a row costs only what it names.
 */
import { devicesOf } from '../../src/features/accounts/devices.queries.ts';
import { startSession } from '../../src/features/accounts/index.ts';
import { makeNotice } from '../../src/features/moderation/legal.actions.ts';
import { makeReport } from '../../src/features/moderation/reports.actions.ts';
import { deleteSeries } from '../../src/features/series/own.actions.ts';
import {
  askToCreate,
  chapterIds,
  deleteChapterRow,
  giveInvitation,
  giveSkin,
  giveTo,
  keepOriginal,
  keepRescue,
  leaveUnsaved,
  makeOwnSeries,
  makeWork,
  proposeChange,
  putInSeries,
  recordImport,
  relate,
  setChapterState,
  setState,
  showIcon,
} from '../cast.ts';
import { givePasskey, giveToken } from '../keys.ts';
import type { Person, TestSite } from '../site.ts';

export const THINGS = [
  /** A posted work of two chapters, unless `before` says more, and its second chapter, wherever that stands by now. */
  'work',
  'chapter',
  /** The pseud in the byline of the works in the creator's hands. */
  'creator',
  /** What the work came from, what was rescued of it, and the number of a change that was found there. */
  'original',
  'rescue',
  'update',
  /** An import: the archivist's, which brought the work in, or one of the owner's. */
  'run',
  /** A series from an import, one that the keeper made by hand, and a skin of the keeper's; the work stands in both, and wears it. */
  'series',
  'ownSeries',
  'skin',
  /** The keeper's: another device, an invitation they gave, another pseud and its icon, what they typed and did not save. */
  'device',
  'invitation',
  'pseud',
  'icon',
  'unsaved',
  'passkey',
  'token',
  /** What the keeper asked of a friend: to create the work, to take it as a gift; and what it says that it goes back to. */
  'invited',
  'gift',
  'relation',
  /** The same of the friend's work, asked of the keeper. */
  'invitedTo',
  'giftTo',
  'relationTo',
  /** A report about the work, a legal notice, and the pseud of somebody who is nobody else here. */
  'report',
  'notice',
  'somebody',
] as const;
export type Thing = (typeof THINGS)[number];

/** What a work can be before a row is tried: the state of it, of its second chapter, or of the series made by hand. */
export type Before =
  | 'draft'
  | 'deleted'
  | 'hidden'
  | 'anonymous'
  | 'draft-chapter'
  | 'deleted-chapter'
  | 'deleted-series';

/** Everybody who is signed in, by what they are in the table. */
export type People = Record<'stranger' | 'creator' | 'archivist' | 'moderator' | 'owner', Person>;

export interface ThingsPlan {
  /** Who keeps the work: it is nobody's business but theirs. */
  keeper: 'creator' | 'archivist';
  before?: Before | undefined;
  run?: 'gathering' | undefined;
}

/** Makes each thing when it is first asked for, and says what addresses call it by. */
export type Things = Record<Thing, () => Promise<string>>;

export function thingsOf(site: TestSite, people: People, { keeper: hands, before, run }: ThingsPlan): Things {
  const { db, now } = site.ground;
  const keeper = people[hands];
  const brought = hands === 'archivist';
  const work = once(async () => {
    const byline = brought ? { importedBy: ['A. Nother'], archivedBy: keeper } : { by: [keeper] };
    const plan = { title: 'In Question', ...byline, chapters: ['First.', 'Second.'] };
    const made = await makeWork(site, plan, { state: before === 'draft' ? 'draft' : 'posted' });
    if (before === 'hidden' || before === 'anonymous')
      await setState(site, made.id, { state: 'posted', [before]: true });
    if (before === 'deleted') await setState(site, made.id, { state: 'posted', deleted: true });
    const [, chapter = ''] = await chapterIds(site, made.id);
    if (before === 'draft-chapter') await setChapterState(site, made.id, 2, 'draft');
    if (before === 'deleted-chapter') await deleteChapterRow(site, made.id, 2);
    const story = `The story of ${made.publicId} was long, and of course , it was told twice. “ Never ,” he said.`;
    return { ...made, chapter, story };
  });
  // One person asks and is asked for each work, so that no row finds what another has answered.
  const friend = once(async () => site.person(`bogbean ${(await work()).id}`));
  const theirs = once(async () => makeWork(site, { title: 'Beside It', by: [await friend()] }, { state: 'posted' }));
  const other = once(async () => makeWork(site, { title: 'Before It', by: [await friend()] }, { state: 'posted' }));
  const shown = once(async () => showIcon(site, keeper.viewer.accountId, `pseud ${(await work()).id}`, 'A lantern'));
  const make: Things = {
    work: async () => (await work()).publicId,
    chapter: async () => (await work()).chapter,
    creator: () => publicIdOf(site, people.creator),
    original: async () => {
      const { id, story } = await work();
      await keepOriginal(site, id, 'story.txt', story);
      return 'story.txt';
    },
    rescue: async () => {
      const { id, story } = await work();
      await its.original();
      await keepRescue(site, id, story);
      return '1';
    },
    update: async () => {
      const { id, story } = await work();
      await its.original();
      await proposeChange(site, id, 'story.txt', `${story} It had an end as well.`);
      return '1';
    },
    run: async () => {
      const files = brought ? [{ file: 'story.txt', outcome: 'draft' as const, workId: (await work()).id }] : [];
      const by = brought ? people.archivist : people.owner;
      return (await recordImport(site, { by, files, ...(run ? { state: run } : {}) })).publicId;
    },
    series: async () => putInSeries(site, (await work()).id, 'A Series'),
    ownSeries: async () => {
      const series = await makeOwnSeries(site, keeper, 'By Hand', [(await work()).id]);
      if (before === 'deleted-series') await db.write((tx) => deleteSeries(tx, now(), keeper.viewer, series));
      return series;
    },
    skin: async () => giveSkin(site, keeper, await work(), 'p { color: red }'),
    device: async () => {
      const { accountId } = keeper.viewer;
      await db.write((tx) => startSession(tx, now(), accountId, false, 'another device'));
      const devices = await devicesOf(db.reads, now(), accountId, null);
      return devices.find((one) => one.device !== '')?.publicId ?? '';
    },
    invitation: async () => (await giveInvitation(site, keeper)).publicId,
    pseud: async () => (await shown()).publicId,
    icon: async () => (await shown()).icon,
    unsaved: () => leaveUnsaved(site, keeper, 'It had rained.'),
    passkey: () => givePasskey(site, keeper),
    token: async () => (await giveToken(site, keeper)).publicId,
    invited: async () => askToCreate(site, await work(), keeper, await friend()),
    gift: async () => giveTo(site, await work(), await friend()),
    relation: async () => relate(site, await work(), await other()),
    invitedTo: async () => askToCreate(site, await theirs(), await friend(), keeper),
    giftTo: async () => giveTo(site, await theirs(), keeper),
    relationTo: async () => relate(site, await theirs(), await work()),
    report: async () => reportOf(site, people.stranger, await work()),
    notice: () => noticeBy(site, people.stranger),
    somebody: async () => publicIdOf(site, await site.person(`bindweed ${(await work()).id}`)),
  };
  const its = Object.fromEntries(THINGS.map((thing) => [thing, once(make[thing])])) as Things;
  return its;
}

/** Does something the first time it is asked for, and remembers the answer. */
function once<Answer>(make: () => Promise<Answer>): () => Promise<Answer> {
  let made: Promise<Answer> | undefined;
  return () => (made ??= make());
}

async function publicIdOf(site: TestSite, { pseudId }: Person): Promise<string> {
  const { reads } = site.ground.db;
  const row = await reads.selectFrom('pseuds').select('public_id').where('id', '=', pseudId).executeTakeFirstOrThrow();
  return row.public_id;
}

async function reportOf(site: TestSite, { viewer }: Person, work: { id: number; publicId: string }): Promise<string> {
  const { db, now } = site.ground;
  const subject = { kind: 'work' as const, id: work.id, path: `/works/${work.publicId}` };
  const about = { subject, reason: 'spam', words: 'It is not a story.', email: null };
  return (await db.write((tx) => makeReport(tx, now(), viewer, about))).publicId;
}

/** What a legal notice says; the form also says where its boxes are ticked. */
export const NOTICE = {
  kind: 'copyright',
  name: 'A. Rights',
  email: 'rights@example.org',
  places: 'http://localhost/works',
  what: 'My story.',
  why: 'I wrote it.',
  signature: 'A. Rights',
};

async function noticeBy(site: TestSite, { viewer }: Person): Promise<string> {
  const { db, now } = site.ground;
  const signed = { ...NOTICE, onBehalfOf: '', goodFaith: true, accurate: true };
  return db.write((tx) => makeNotice(tx, now(), viewer, signed));
}
