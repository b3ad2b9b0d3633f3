import type { Feature } from '../../platform/feature.ts';
import type { ArchiveEnv } from '../accounts/index.ts';
import { hostingRoutes, type HostingNeeds } from './routes.tsx';

export function hostingFeature(needs: HostingNeeds): Feature<ArchiveEnv> {
  return { name: 'hosting', routes: (web, ground) => hostingRoutes(web, ground, needs) };
}
