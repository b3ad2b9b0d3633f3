import type { Feature } from '../../platform/feature.ts';
import type { ArchiveEnv, NamesTried } from '../accounts/index.ts';
import { takenGiftsOfWork, takenGiftsTo } from './take-out.queries.ts';
import { forgetGiftsOf, forgetRecipient } from './actions.ts';
import { giftLetters } from './letters.reaction.ts';
import { giftRoutes } from './routes.tsx';

/** @param tried how often an account may name somebody, over all ways in. */
export const giftsFeature = (tried: NamesTried): Feature<ArchiveEnv> => ({
  name: 'gifts',
  routes: (web, ground) => giftRoutes(web, ground, tried),
  consumers: ({ now }) => [giftLetters(now)],
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
});
