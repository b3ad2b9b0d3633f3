import type { Feature } from '../../platform/feature.ts';
import type { ArchiveEnv } from '../accounts/index.ts';
import { browseApi } from './api.ts';
import type { Totals } from './queries.ts';
import { browseRoutes } from './routes.tsx';
import { tagCounts } from './tag-counts.projection.ts';

export function browseFeature(totals: Totals): Feature<ArchiveEnv> {
  return {
    name: 'browse',
    routes: (web, ground) => {
      browseRoutes(web, ground, totals);
      browseApi(web, ground, totals);
    },
    consumers: () => [tagCounts],
  };
}
