import type { Feature } from '../../platform/feature.ts';
import type { ArchiveEnv } from '../accounts/index.ts';
import { takenSeries } from './take-out.queries.ts';
import { leaveAllSeries } from './actions.ts';

export const seriesFeature: Feature<ArchiveEnv> = {
  name: 'series',
  takeOut: { work: ({ db }, _accountId, workId) => takenSeries(db.reads, workId) },
  erase: {
    accountTables: [],
    work: async (tx, _now, workId) => {
      await leaveAllSeries(tx, workId);
      return [];
    },
  },
};
