/** Posting works: what one must have for it, and the rules of the archive that it must keep. */
import { nameKey } from '../../platform/db/name-key.ts';
import { append } from '../../platform/events/log.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { may, type Viewer } from '../accounts/index.ts';
import { refusalOf, rulesToPostUnder, type SiteRules } from '../site/index.ts';
import { findTag, ratingsOf } from '../tags/index.ts';
import { findToPost, goesWithItsWork, type WorkToPost } from './work.queries.ts';
import { missingForPosting, type WorkRefusal, type WorkTag } from './work.ts';
import type { InsertedWork } from './drafts.actions.ts';
import './tables.ts';

/** Whether a work with these tags may be posted under the rules; the reason when not. */
export async function ruleAgainst(
  tx: Tx,
  rules: SiteRules,
  tags: readonly Pick<WorkTag, 'kind' | 'name'>[],
): Promise<string | null> {
  return refusalOf(rules, {
    labelKeys: tags.map((tag) => nameKey(tag.name)),
    rating: rules.refusedRatings.size === 0 ? null : await ratingCode(tx, tags),
  });
}

async function ratingCode(tx: Tx, tags: readonly Pick<WorkTag, 'kind' | 'name'>[]): Promise<string | null> {
  const said = tags.find((tag) => tag.kind === 'rating');
  const tag = said ? await findTag(tx, 'rating', said.name) : null;
  const [rating] = tag ? await ratingsOf(tx, [tag.id]) : [];
  return rating?.code ?? null;
}

/** Posts a draft with its chapters. Dates from a source, and days that its creator gave it, stay; without them it is new now. */
export async function postWork(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
): Promise<InsertedWork | WorkRefusal> {
  const rules = await rulesToPostUnder(tx);
  const work = may(viewer, 'change-own-works') ? await findToPost(tx, viewer, publicId) : null;
  if (!work) return { refusal: 'not-found' };
  if (work.state === 'posted') return { id: work.id, publicId };
  const refused = await refusalToPost(tx, rules, work);
  if (refused) return refused;
  await postNow(tx, now, work, rules);
  return { id: work.id, publicId };
}

/** What keeps a work from being posted: something it lacks, or a rule of the archive. */
export async function refusalToPost(tx: Tx, rules: SiteRules, work: WorkToPost): Promise<WorkRefusal | null> {
  const missing = missingForPosting(work);
  if (missing.length > 0) return { refusal: 'incomplete', missing };
  const reason = await ruleAgainst(tx, rules, work.tags);
  return reason === null ? null : { refusal: 'against-the-rules', reason };
}

/** Posts a work that may be posted. */
export async function postNow(tx: Tx, now: number, work: WorkToPost, rules: SiteRules): Promise<void> {
  await tx
    .updateTable('works')
    .set((set) => ({
      state: 'posted' as const,
      publish_at: null,
      posted_chapters: work.chapters,
      words: work.words,
      planned_chapters: work.plannedChapters === null ? null : Math.max(work.plannedChapters, work.chapters),
      posted_at: work.postedAt ?? now,
      updated_at: work.postedAt === null ? now : work.updatedAt,
      version: set('version', '+', 1),
      ...(rules.registeredOnly ? { restricted: 1 as const } : {}),
    }))
    .where('id', '=', work.id)
    .execute();
  await tx
    .updateTable('chapters')
    .set((set) => ({
      state: 'posted' as const,
      posted_at: set.fn.coalesce('posted_at', set.val(work.postedAt ?? now)),
    }))
    .where('work_id', '=', work.id)
    .where(goesWithItsWork)
    .execute();
  await append(tx, now, {
    kind: 'work.posted',
    subject: 'work',
    subjectId: work.id,
    workId: work.id,
    version: work.version + 1,
  });
}
