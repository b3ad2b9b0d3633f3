import type { Feature } from '../../platform/feature.ts';
import type { ArchiveEnv } from '../accounts/index.ts';
import { leavingRoutes, type LeavingNeeds } from './routes.tsx';

/** `needs`: what all features do together when somebody goes. */
export function leavingFeature(needs: LeavingNeeds): Feature<ArchiveEnv> {
  return { name: 'leaving', routes: (web, ground) => leavingRoutes(web, ground, needs) };
}
