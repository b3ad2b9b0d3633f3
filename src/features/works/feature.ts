import type { Feature } from '../../platform/feature.ts';
import type { ArchiveEnv } from '../accounts/index.ts';
import { eraseWorkRows, forgetAccount } from './actions.ts';
import { workRoutes, type WorkNeeds } from './routes.tsx';

/** `needs`: what the features above hand down. */
export const worksFeature = (needs: WorkNeeds): Feature<ArchiveEnv> => ({
  name: 'works',
  routes: (web, ground) => workRoutes(web, ground, needs),
  erase: {
    // What becomes of somebody's works is asked before; here only their name is taken out of what stays.
    accountTables: ['works', 'work_creators', 'chapter_revisions'],
    account: forgetAccount,
    work: async (tx, now, workId) => {
      await eraseWorkRows(tx, now, workId);
      return [];
    },
  },
});
