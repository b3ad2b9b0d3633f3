import type { Feature } from '../../platform/feature.ts';
import { namesTried, type ArchiveEnv } from '../accounts/index.ts';
import { takenAutosaves, takenDefaults, takenWork } from './take-out.queries.ts';
import { eraseDeletedChapters } from './arranging.actions.ts';
import { LONG_FORMS, SHEETS, WRITING_FORMS } from './autosave.ts';
import { eraseAutosaves, forgetSavedSheets } from './autosaves.actions.ts';
import { POST_DUE } from './chapter-posting.actions.ts';
import { eraseNewWorkDefaults } from './deciding.actions.ts';
import { eraseWorkRows, forgetAccount } from './deletion.actions.ts';
import { postWhatIsDue } from './schedule.actions.ts';
import { newChapterApi } from './new-chapter.api.ts';
import { newWorkApi } from './new-work.api.ts';
import { forgetOldCuts } from './ties.actions.ts';
import { workRoutes, type WorkNeeds } from './routes.tsx';

export { resumeWriting } from './resume.web.tsx';

const HOUR_MS = 3_600_000;

/** `needs`: what the features above hand down. */
export const worksFeature = (needs: WorkNeeds): Feature<ArchiveEnv> => ({
  name: 'works',
  carriesTyped: WRITING_FORMS,
  takesLong: LONG_FORMS,
  forScripts: SHEETS,
  routes: (web, ground) => {
    const inviting = { ...needs, tried: namesTried() };
    workRoutes(web, ground, inviting);
    newWorkApi(web, ground, inviting);
    newChapterApi(web, ground);
  },
  jobs: ({ db, now }) => [
    // Put for each minute at which something is due; by the clock too, for what a failure has left.
    { kind: POST_DUE, every: HOUR_MS, run: () => postWhatIsDue(db, now) },
    {
      kind: 'erase-deleted-chapters',
      every: 6 * HOUR_MS,
      run: () => db.write((tx) => eraseDeletedChapters(tx, now())),
    },
    {
      kind: 'forget-saved-sheets',
      every: 24 * HOUR_MS,
      run: () => db.write((tx) => forgetSavedSheets(tx, now())),
    },
    { kind: 'forget-old-cuts', every: 24 * HOUR_MS, run: () => db.write((tx) => forgetOldCuts(tx, now())) },
  ],
  takeOut: {
    account: async function* ({ db }, accountId) {
      yield* takenAutosaves(db.reads, accountId);
      yield* takenDefaults(db.reads, accountId);
    },
    work: ({ db }, accountId, workId) => takenWork(db.reads, accountId, workId),
  },
  erase: {
    // What becomes of somebody's works is asked before; here only their name is taken out of what stays.
    accountTables: [
      'works',
      'work_creators',
      'byline_ties',
      'creator_refusals',
      'deletion_agreements',
      'chapter_revisions',
      'autosaves',
      'saved_sheets',
      'new_work_defaults',
    ],
    account: async (tx, now, accountId) => {
      await eraseAutosaves(tx, accountId);
      await eraseNewWorkDefaults(tx, accountId);
      await forgetAccount(tx, now, accountId);
    },
    work: async (tx, now, workId) => {
      await eraseWorkRows(tx, now, workId);
      return [];
    },
  },
});
