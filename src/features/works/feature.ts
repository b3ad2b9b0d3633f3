import type { Feature } from '../../platform/feature.ts';
import type { ArchiveEnv } from '../accounts/index.ts';
import { eraseWorkRows } from './actions.ts';
import { workRoutes } from './routes.tsx';

export const worksFeature: Feature<ArchiveEnv> = {
  name: 'works',
  routes: workRoutes,
  erase: {
    // A revision keeps its text when the account that saved it goes; only the name of the saver is taken out.
    accountTables: ['chapter_revisions'],
    account: async (tx, _now, accountId) => {
      await tx.updateTable('chapter_revisions').set({ saved_by: null }).where('saved_by', '=', accountId).execute();
    },
    work: async (tx, now, workId) => {
      await eraseWorkRows(tx, now, workId);
      return [];
    },
  },
};
