import type { Feature } from '../../platform/feature.ts';
import type { ArchiveEnv } from '../accounts/index.ts';
import { forgetGiftsOf, forgetRecipient } from './actions.ts';
import { giftRoutes } from './routes.tsx';

export const giftsFeature: Feature<ArchiveEnv> = {
  name: 'gifts',
  routes: giftRoutes,
  erase: {
    accountTables: ['gifts'],
    account: forgetRecipient,
    work: async (tx, _now, workId) => {
      await forgetGiftsOf(tx, workId);
      return [];
    },
  },
};
