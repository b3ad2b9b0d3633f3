import type { Feature } from '../../platform/feature.ts';
import type { ArchiveEnv } from '../accounts/index.ts';
import { UNDO_DAYS } from '../site/index.ts';
import { forgetMaker, leaveAllSeries } from './actions.ts';
import { eraseSeries } from './own.actions.ts';
import { seriesPastUndo } from './own.queries.ts';
import { seriesRoutes } from './routes.tsx';
import { takenOwnSeries, takenSeries } from './take-out.queries.ts';

export { placeManyTyped, placeTyped, seriesFieldFor, seriesMistake } from './placing.web.tsx';

const DAY_MS = 86_400_000;
const PIECE = 50;

export const seriesFeature: Feature<ArchiveEnv> = {
  name: 'series',
  takesLong: /^\/(?:account\/series\/new|series\/[^/]+\/edit)$/,
  takeOut: {
    account: ({ db }, accountId) => takenOwnSeries(db.reads, accountId),
    work: ({ db }, accountId, workId) => takenSeries(db.reads, accountId, workId),
  },
  routes: (web, ground) => seriesRoutes(web, ground),
  jobs: ({ db, now }) => [
    {
      kind: 'erase-deleted-series',
      every: DAY_MS / 4,
      run: async () => {
        for (;;) {
          const ids = await seriesPastUndo(db.reads, now() - UNDO_DAYS * DAY_MS, PIECE);
          if (ids.length === 0) return;
          for (const id of ids) await db.write((tx) => eraseSeries(tx, now(), id));
        }
      },
    },
  ],
  erase: {
    accountTables: ['series'],
    account: (tx, _now, accountId) => forgetMaker(tx, accountId),
    work: async (tx, _now, workId) => {
      await leaveAllSeries(tx, workId);
      return [];
    },
  },
};
