/** Runs due jobs one after another, and puts those that come round by the clock. */
import type { Database } from '../db/database.ts';
import type { Tx } from '../db/tables.ts';
import { Hopeless } from './hopeless.ts';
import { enqueue, failJob, finishJob, MAX_ATTEMPTS, takeJob, type TakenJob } from './queue.ts';

/** What a feature offers to do: one kind of job, and how often it comes round by itself, if it does. */
export interface JobKind {
  kind: string;
  /** Milliseconds between two runs, for work that comes round by the clock. */
  every?: number;
  /** Milliseconds before the second try, doubled with each further one; 2 seconds when not said. */
  firstPause?: number;
  /** Does the job. Throwing means "try again later", and `Hopeless` "never". Must bear being run twice. */
  run(payload: unknown): Promise<void>;
}

export interface JobRunner {
  /** Runs everything that is due. @returns how many jobs were run. */
  runDue(): Promise<number>;
}

export function jobRunner(
  db: Database,
  kinds: readonly JobKind[],
  now: () => number,
  report: (job: TakenJob, error: unknown) => void,
): JobRunner {
  const byKind = new Map(kinds.map((kind) => [kind.kind, kind]));
  return {
    async runDue() {
      await db.write((tx) => putTimed(tx, kinds, now()));
      let ran = 0;
      for (;;) {
        const job = await db.write((tx) => takeJob(tx, now()));
        if (!job) return ran;
        ran += 1;
        const kind = byKind.get(job.kind);
        try {
          if (!kind) throw new Error(`No part of this version knows how to do "${job.kind}".`);
          await kind.run(job.payload);
          await db.write((tx) => finishJob(tx, now(), job.id));
        } catch (error) {
          report(job, error);
          const last = error instanceof Hopeless ? { ...job, attempt: MAX_ATTEMPTS } : job;
          const said = error instanceof Error ? error.message : String(error);
          await db.write((tx) => failJob(tx, now(), last, said, kind?.firstPause));
        }
      }
    },
  };
}

/** Puts a job for each kind whose time has come, and notes its next time. */
async function putTimed(tx: Tx, kinds: readonly JobKind[], now: number): Promise<void> {
  const times = new Map((await tx.selectFrom('cron').selectAll().execute()).map((row) => [row.name, row.next_at]));
  for (const { kind, every } of kinds) {
    if (every === undefined || !isDue(times.get(kind) ?? 0, every, now)) continue;
    await enqueue(tx, now, { kind, uniqueKey: `cron:${kind}` });
    await tx
      .insertInto('cron')
      .values({ name: kind, next_at: now + every })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ next_at: now + every }))
      .execute();
  }
}

/** A time further ahead than one round was noted by a clock that has been set back since: waiting for it could take years. */
function isDue(nextAt: number, every: number, now: number): boolean {
  return nextAt <= now || nextAt > now + every;
}
