/** Works that are posted at an hour, and the posting of all that is due: it bears being done twice and being late. */
import type { Database } from '../../platform/db/database.ts';
import { lockNames } from '../../platform/db/locks.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import { may, viewerOf, type Viewer } from '../accounts/index.ts';
import { rulesToPostUnder } from '../site/index.ts';
import { settleChapters, workToChange } from './changing.actions.ts';
import { postAt, postChapterNow } from './chapter-posting.actions.ts';
import { minuteWords } from './dates.ts';
import type { InsertedWork } from './drafts.actions.ts';
import { postNow, refusalToPost } from './posting.actions.ts';
import { dueChapters, dueWorks, keepersOf } from './due.queries.ts';
import { findDueWork, findToPost, findWork } from './work.queries.ts';
import { MISSING_WORDS, type ChapterRefusal, type WorkRefusal } from './work.ts';
import './tables.ts';

/** Has a draft posted at an hour, with its chapters; null makes a scheduled work a draft again. */
export async function scheduleWork(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  at: number | null,
): Promise<InsertedWork | ChapterRefusal> {
  const rules = await rulesToPostUnder(tx);
  const work = await workToChange(tx, viewer, publicId);
  const toPost = work ? await findToPost(tx, viewer, publicId) : null;
  if (!work || !toPost) return { refusal: 'not-found' };
  if (work.state === 'posted') return { refusal: 'impossible', reason: 'This work is posted already.' };
  const refused = at === null ? null : await refusalToPost(tx, rules, toPost);
  if (refused) return refused;
  await tx
    .updateTable('works')
    .set({ state: at === null ? 'draft' : 'scheduled', publish_at: at })
    .where('id', '=', work.id)
    .execute();
  if (at !== null) await postAt(tx, now, at);
  await settleChapters(tx, now, work, { kind: 'work.edited' });
  return { id: work.id, publicId };
}

/** Posts every work and chapter whose minute has come, the works first. */
export async function postWhatIsDue(db: Database, now: () => number): Promise<void> {
  const works = await dueWorks(db.reads, now());
  for (const id of works) await db.write((tx) => postDueWork(tx, now(), id));
  const chapters = await dueChapters(db.reads, now());
  for (const { workId, chapterId } of chapters) await db.write((tx) => postDueChapter(tx, now(), workId, chapterId));
}

/** What may not be posted any more is a draft again, and says so to those who keep it. */
async function postDueWork(tx: Tx, now: number, id: number): Promise<void> {
  const rules = await rulesToPostUnder(tx);
  const work = await findDueWork(tx, now, id);
  if (!work) return;
  const refused = (await keeperWhoMay(tx, id)) ? await refusalToPost(tx, rules, work) : NOBODY_MAY;
  if (!refused) return postNow(tx, now, work, rules);
  const { publish_at: hour, notices } = await tx
    .selectFrom('works')
    .select(['publish_at', 'notices'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const said = `It was to be posted on ${minuteWords(hour ?? now)}. ${reasonOf(refused)}`;
  await tx
    .updateTable('works')
    .set((set) => ({
      state: 'draft',
      publish_at: null,
      notices: JSON.stringify([...(JSON.parse(notices) as string[]), said]),
      version: set('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
  await append(tx, now, {
    kind: 'work.edited',
    subject: 'work',
    subjectId: id,
    workId: id,
    version: work.version + 1,
  });
}

const NOBODY_MAY: WorkRefusal = { refusal: 'not-found' };

function reasonOf(refused: WorkRefusal): string {
  if (refused.refusal === 'incomplete')
    return `It still needed ${refused.missing.map((one) => MISSING_WORDS[one]).join(', ')}.`;
  return refused.refusal === 'against-the-rules' ? refused.reason : 'Nobody who keeps it may post.';
}

/** A chapter waits for its work, and while nobody who keeps the work may post. */
async function postDueChapter(tx: Tx, now: number, workId: number, chapterId: number): Promise<void> {
  const keeper = await keeperWhoMay(tx, workId);
  if (!keeper) return;
  const { public_id: publicId } = await tx
    .selectFrom('works')
    .select('public_id')
    .where('id', '=', workId)
    .executeTakeFirstOrThrow();
  await lockNames(tx, [`work ${publicId}`]);
  const work = await findWork(tx, keeper, publicId);
  const chapter = await tx
    .selectFrom('chapters')
    .selectAll()
    .where('id', '=', chapterId)
    .where('state', '=', 'scheduled')
    .where('publish_at', '<=', now)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (work?.state !== 'posted' || !chapter) return;
  await postChapterNow(tx, now, work, chapter, { silently: false });
}

/** One of those who keep a work and may change their works; null while all of them are suspended. */
async function keeperWhoMay(tx: Tx, workId: number): Promise<Viewer | null> {
  for (const accountId of await keepersOf(tx, workId)) {
    const viewer = await viewerOf(tx, accountId);
    if (viewer && may(viewer, 'change-own-works')) return viewer;
  }
  return null;
}
