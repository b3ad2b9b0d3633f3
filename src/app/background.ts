/** What goes on beside answering requests: the followers of the event log, jobs, and the tidying of the database file. */
import type { Feature } from '../platform/feature.ts';
import { catchUp } from '../platform/events/consumers.ts';
import { wakeOnWrites } from '../platform/events/wakeup.ts';
import type { Ground } from '../platform/ground.ts';
import { jobRunner } from '../platform/jobs/runner.ts';
import type { ArchiveEnv } from '../features/accounts/index.ts';

const JOBS_EVERY_MS = 15_000;
const CHECKPOINT_EVERY_MS = 60_000;

export interface Background {
  /** Stops after what is under way. */
  stop(): Promise<void>;
}

export function startBackground(ground: Ground, features: readonly Feature<ArchiveEnv>[]): Background {
  const consumers = features.flatMap((feature) => feature.consumers?.(ground) ?? []);
  const kinds = features.flatMap((feature) => feature.jobs?.(ground) ?? []);
  const jobs = jobRunner(ground.db, kinds, ground.now, (job, error) =>
    ground.log.error({ job: job.id, kind: job.kind, attempt: job.attempt, error: messageOf(error) }, 'job failed'),
  );

  const follow = async () => {
    let failed: unknown;
    for (const consumer of consumers) {
      try {
        await catchUp(ground.db, consumer);
      } catch (error) {
        failed = error;
        ground.log.error({ consumer: consumer.name, error: messageOf(error) }, 'consumer failed');
      }
    }
    // The others have had their turn; failing as a whole asks for another.
    if (failed !== undefined) throw failed;
  };
  const stopFollowing = wakeOnWrites(ground.db, follow);

  let running: Promise<unknown> = Promise.resolve();
  const tick = (work: () => Promise<unknown> | void) => () => {
    running = running
      .then(work)
      .catch((error: unknown) => ground.log.error({ error: messageOf(error) }, 'background work failed'));
  };
  const runJobs = tick(() => jobs.runDue());
  const timers = [
    setInterval(runJobs, JOBS_EVERY_MS),
    setInterval(
      tick(() => ground.db.checkpoint()),
      CHECKPOINT_EVERY_MS,
    ),
  ];
  for (const timer of timers) timer.unref();
  runJobs();
  for (const feature of features) void startOne(ground, feature);
  return {
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      for (const feature of features) await feature.stop?.();
      await stopFollowing();
      await running;
    },
  };
}

/** What a feature cannot begin is told, and keeps nothing else from beginning. */
async function startOne(ground: Ground, feature: Feature<ArchiveEnv>): Promise<void> {
  try {
    await feature.start?.();
  } catch (error) {
    ground.log.error({ feature: feature.name, error: messageOf(error) }, 'a feature did not start');
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
