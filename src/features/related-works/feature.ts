import type { Feature } from '../../platform/feature.ts';
import type { ArchiveEnv } from '../accounts/index.ts';
import { takenRelations } from './take-out.queries.ts';
import { forgetRelationsOf } from './actions.ts';
import { relationLetters } from './letters.reaction.ts';
import { relatedWorkRoutes } from './routes.tsx';

export const relatedWorksFeature: Feature<ArchiveEnv> = {
  name: 'related-works',
  routes: relatedWorkRoutes,
  consumers: ({ now }) => [relationLetters(now)],
  takeOut: { work: ({ db }, accountId, workId) => takenRelations(db.reads, accountId, workId) },
  erase: {
    accountTables: [],
    work: async (tx, now, workId) => {
      await forgetRelationsOf(tx, now, workId);
      return [];
    },
  },
};
