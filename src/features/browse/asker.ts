/**
 * Who asks for a list or a search, so that what waits is answered in turns. It goes beside a question, never into it: no
 * answer depends on it, and none is kept by it.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { Asker } from '../../platform/threads/fair-queue.ts';
import type { ArchiveEnv } from '../accounts/index.ts';

/** New with each start: what an address becomes with it says nothing to anybody later. */
const KEY = randomBytes(32);

/** A reader by their account, wherever they are; a guest by their network, which they may share with all other guests. */
export function askerOf({ viewer, network }: Pick<ArchiveEnv['Variables'], 'viewer' | 'network'>): Asker {
  if (viewer.accountId !== null) return { key: `account ${viewer.accountId}`, isOne: true };
  return { key: createHmac('sha256', KEY).update(network).digest('base64url'), isOne: false };
}
