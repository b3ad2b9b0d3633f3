import type { Feature } from '../../platform/feature.ts';
import { eraseAccountRows, forgetEndedSessions } from './actions.ts';
import { accountRoutes } from './routes.tsx';
import type { ArchiveEnv } from './web.ts';

const HOUR_MS = 3_600_000;

export const accountsFeature: Feature<ArchiveEnv> = {
  name: 'accounts',
  routes: accountRoutes,
  jobs: ({ db, now }) => [
    {
      kind: 'forget-ended-sessions',
      every: 6 * HOUR_MS,
      run: () => db.write((tx) => forgetEndedSessions(tx, now())),
    },
  ],
  erase: {
    accountTables: ['account_roles', 'pseuds', 'sessions', 'owner_links'],
    account: eraseAccountRows,
  },
};
