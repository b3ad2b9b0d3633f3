/** What happens from now on, for tests. */
import type { TestSite } from '../../../test/site.ts';
import { eventsAfter, logHead } from '../../platform/events/log.ts';

/** @returns what asks for all that happened since: kind and work. */
export async function catchEvents(site: TestSite): Promise<() => Promise<string[]>> {
  const { reads } = site.ground.db;
  const from = await logHead(reads);
  return async () => (await eventsAfter(reads, from, 100)).map(({ kind, workId }) => `${kind} ${workId}`);
}
