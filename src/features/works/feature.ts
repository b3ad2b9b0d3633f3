import type { Feature } from '../../platform/feature.ts';
import type { ArchiveEnv } from '../accounts/index.ts';
import { eraseWorkRows, forgetAccount } from './actions.ts';
import { workRoutes } from './routes.tsx';

export const worksFeature: Feature<ArchiveEnv> = {
  name: 'works',
  routes: workRoutes,
  erase: {
    // What becomes of somebody's works is asked before; here only their name is taken out of what stays.
    accountTables: ['works', 'work_creators', 'chapter_revisions'],
    account: (tx, _now, accountId) => forgetAccount(tx, accountId),
    work: async (tx, now, workId) => {
      await eraseWorkRows(tx, now, workId);
      return [];
    },
  },
};
