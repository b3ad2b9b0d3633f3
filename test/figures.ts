/** Figures of works as actions to come will change them: set on the row, and told in the event log. */
import { append } from '../src/platform/events/log.ts';
import type { TestSite } from './site.ts';

/** Columns of a work that a test sets by itself. Times are UTC milliseconds. */
export interface Figures {
  language?: string | null;
  status?: string;
  planned_chapters?: number | null;
  posted_chapters?: number;
  words?: number;
  kudos?: number;
  comments?: number;
  bookmarks?: number;
  hits?: number;
  posted_at?: number | null;
  updated_at?: number;
}

/** Sets figures of a work, as an edit does. */
export async function setFigures(site: TestSite, workId: number, figures: Figures): Promise<void> {
  await setAndTell(site, workId, figures, 'work.edited');
}

/** Sets the counters of a work, as kudos, comments, bookmarks and visits do. */
export async function setCounters(
  site: TestSite,
  workId: number,
  counters: Pick<Figures, 'kudos' | 'comments' | 'bookmarks' | 'hits'>,
): Promise<void> {
  await setAndTell(site, workId, counters, 'work.counted');
}

async function setAndTell(site: TestSite, workId: number, figures: Figures, kind: string): Promise<void> {
  const { db, now } = site.ground;
  await db.write(async (tx) => {
    await tx.updateTable('works').set(figures).where('id', '=', workId).execute();
    await append(tx, now(), { kind, subject: 'work', subjectId: workId, workId });
  });
}
