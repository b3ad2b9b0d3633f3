import type { Feature } from '../../platform/feature.ts';
import type { ArchiveEnv } from '../accounts/index.ts';
import { takenModeration } from './take-out.queries.ts';
import { forgetAccountHere, forgetWork } from './erase.actions.ts';
import { legalRoutes } from './legal.routes.tsx';
import { emptyOldCases } from './gone.actions.ts';
import { forgetEndedLooks } from './looks.actions.ts';
import { ownPageRoutes } from './own-pages.routes.tsx';
import { endSuspensions } from './people.actions.ts';
import { peopleRoutes } from './people.routes.tsx';
import { queueRoutes } from './queue.routes.tsx';
import { reportRoutes } from './reports.routes.tsx';
import { moderatedWorkRoutes } from './works.routes.tsx';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export const moderationFeature: Feature<ArchiveEnv> = {
  name: 'moderation',
  takesLong: /^\/(?:rules|contact)\/edit$/,
  routes: (web, ground) => {
    reportRoutes(web, ground);
    queueRoutes(web, ground);
    moderatedWorkRoutes(web, ground);
    peopleRoutes(web, ground);
    legalRoutes(web, ground);
    ownPageRoutes(web, ground);
  },
  jobs: ({ db, now }) => [
    {
      kind: 'end-suspensions',
      every: MINUTE_MS,
      run: async () => {
        while ((await db.write((tx) => endSuspensions(tx, now()))) > 0);
      },
    },
    {
      kind: 'forget-ended-looks',
      every: 60 * MINUTE_MS,
      run: () => db.write((tx) => forgetEndedLooks(tx, now())),
    },
    { kind: 'empty-old-cases', every: DAY_MS, run: () => db.write((tx) => emptyOldCases(tx, now())) },
  ],
  takeOut: { account: ({ db }, accountId) => takenModeration(db.reads, accountId) },
  erase: {
    // The log keeps its rows, without the account.
    accountTables: ['reports', 'report_notes', 'account_measures', 'audit_log', 'legal_notices'],
    account: forgetAccountHere,
    work: async (tx, now, workId) => {
      await forgetWork(tx, now, workId);
      return [];
    },
  },
};
