import type { Feature } from '../../platform/feature.ts';
import type { ArchiveEnv } from '../accounts/index.ts';
import { eraseSource } from './actions.ts';
import { importRoutes } from './routes.ts';

export const importsFeature: Feature<ArchiveEnv> = {
  name: 'imports',
  routes: importRoutes,
  erase: {
    accountTables: [],
    work: async (tx, _now, workId) => {
      const blob = await eraseSource(tx, workId);
      return blob === null ? [] : [blob];
    },
  },
};
