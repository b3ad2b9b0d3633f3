import type { Feature } from '../../platform/feature.ts';
import type { ArchiveEnv } from '../accounts/index.ts';
import { readingApi } from './api.ts';
import { readingRoutes, type ReadingNeeds } from './routes.tsx';

export function readingFeature(needs: ReadingNeeds): Feature<ArchiveEnv> {
  return {
    name: 'reading',
    routes: (web, ground) => {
      readingRoutes(web, ground, needs);
      readingApi(web, ground);
    },
  };
}
