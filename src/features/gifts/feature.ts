import type { Feature } from '../../platform/feature.ts';
import type { ArchiveEnv } from '../accounts/index.ts';
import { takenGiftsOfWork, takenGiftsTo } from './take-out.queries.ts';
import { forgetGiftsOf, forgetRecipient } from './actions.ts';
import { giftRoutes } from './routes.tsx';

export const giftsFeature: Feature<ArchiveEnv> = {
  name: 'gifts',
  routes: giftRoutes,
  takeOut: {
    account: ({ db }, accountId) => takenGiftsTo(db.reads, accountId),
    work: ({ db }, _accountId, workId) => takenGiftsOfWork(db.reads, workId),
  },
  erase: {
    accountTables: ['gifts'],
    account: forgetRecipient,
    work: async (tx, _now, workId) => {
      await forgetGiftsOf(tx, workId);
      return [];
    },
  },
};
