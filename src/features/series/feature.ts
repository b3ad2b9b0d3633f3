import type { Feature } from '../../platform/feature.ts';
import type { ArchiveEnv } from '../accounts/index.ts';
import { leaveAllSeries } from './actions.ts';

export const seriesFeature: Feature<ArchiveEnv> = {
  name: 'series',
  erase: {
    accountTables: [],
    work: async (tx, _now, workId) => {
      await leaveAllSeries(tx, workId);
      return [];
    },
  },
};
