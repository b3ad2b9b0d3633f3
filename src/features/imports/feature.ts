import { z } from 'zod';
import type { Feature } from '../../platform/feature.ts';
import type { ArchiveEnv } from '../accounts/index.ts';
import { eraseSource, REMOVE_ORIGINAL, removeOriginal } from './actions.ts';
import { importRoutes } from './routes.ts';

export const importsFeature: Feature<ArchiveEnv> = {
  name: 'imports',
  routes: importRoutes,
  jobs: ({ db, files }) => [
    {
      kind: REMOVE_ORIGINAL,
      run: (payload) => db.write((tx) => removeOriginal(tx, files, z.string().parse(payload))),
    },
  ],
  erase: {
    accountTables: [],
    work: async (tx, now, workId) => {
      const blob = await eraseSource(tx, now, workId);
      return blob === null ? [] : [blob];
    },
  },
};
