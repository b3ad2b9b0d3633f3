/** Changes of what is said about works. Texts arrive clean; whether the viewer may is checked here. */
import { lockNames } from '../../platform/db/locks.ts';
import { append } from '../../platform/events/log.ts';
import type { Tx } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { rulesToPostUnder } from '../site/index.ts';
import type { TagKind } from '../tags/index.ts';
import { findWork } from './work.queries.ts';
import { mayChangeWork } from './visibility.ts';
import { missingForPosting, type CleanText, type Notation, type WorkRefusal } from './work.ts';
import type { InsertedWork } from './drafts.actions.ts';
import { replaceTags } from './work-tags.actions.ts';
import { ruleAgainst } from './posting.actions.ts';
import './tables.ts';

/** What a person can change about a work without touching its chapters. */
export interface WorkChanges {
  /** The version of the work that was shown when it was changed; null where nobody says. */
  madeFrom: number | null;
  title: string;
  language: string | null;
  status: string;
  plannedChapters: number | null;
  format: Notation;
  summary: CleanText;
  notes: CleanText;
  endNotes: CleanText;
  /** The version of the rules the texts were cleaned by; absent where they stand as they were. */
  rules?: number;
  tags: readonly { kind: TagKind; name: string }[];
  restricted: boolean;
  noindex: boolean;
}

/** Changes what is said about a work. A posted one must stay complete. An edit never moves a work up the lists. */
export async function editWork(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  changes: WorkChanges,
): Promise<InsertedWork | WorkRefusal> {
  const siteRules = await rulesToPostUnder(tx);
  // Two who save at once do it one after the other, so that the second is told of the first.
  await lockNames(tx, [`work ${publicId}`]);
  const work = await findWork(tx, viewer, publicId);
  if (!work || !mayChangeWork(viewer, work)) return { refusal: 'not-found' };
  if (changes.madeFrom !== null && changes.madeFrom !== work.version) return { refusal: 'changed-meanwhile' };
  const reason = await ruleAgainst(tx, siteRules, changes.tags);
  // A rule that came after a work spares it, and so spares its corrections.
  const spared = work.state === 'draft' ? null : await ruleAgainst(tx, siteRules, work.tags);
  if (reason !== null && reason !== spared) return { refusal: 'against-the-rules', reason };
  const missing = missingForPosting({ ...changes, chapters: work.chapters.length });
  if (work.state !== 'draft' && missing.length > 0) return { refusal: 'incomplete', missing };
  await tx
    .updateTable('works')
    .set((set) => ({
      title: changes.title,
      language: changes.language,
      status: changes.status,
      planned_chapters: changes.plannedChapters,
      format: changes.format,
      summary_source: changes.summary.source,
      summary_html: changes.summary.html,
      notes_source: changes.notes.source,
      notes_html: changes.notes.html,
      end_notes_source: changes.endNotes.source,
      end_notes_html: changes.endNotes.html,
      ...(changes.rules === undefined ? {} : { rules: changes.rules }),
      restricted: changes.restricted || (work.state === 'posted' && siteRules.registeredOnly) ? 1 : 0,
      noindex: changes.noindex ? 1 : 0,
      notices: '[]',
      version: set('version', '+', 1),
    }))
    .where('id', '=', work.id)
    .execute();
  await replaceTags(tx, now, work.id, changes.tags);
  await append(tx, now, {
    kind: 'work.edited',
    subject: 'work',
    subjectId: work.id,
    workId: work.id,
    version: work.version + 1,
  });
  return { id: work.id, publicId };
}

/** Makes every posted work one for registered readers, as the archive's rule asks. One event says it of all. */
export async function restrictPostedWorks(tx: Tx, now: number): Promise<void> {
  const open = await tx
    .selectFrom('works')
    .select('id')
    .where('state', '=', 'posted')
    .where('restricted', '=', 0)
    .limit(1)
    .executeTakeFirst();
  if (!open) return;
  await tx
    .updateTable('works')
    .set({ restricted: 1 })
    .where('state', '=', 'posted')
    .where('restricted', '=', 0)
    .execute();
  await append(tx, now, { kind: 'works.restricted', subject: 'site', subjectId: 0 });
}
