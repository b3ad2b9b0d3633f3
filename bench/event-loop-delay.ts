/**
 * Loaded beside a program by `node --import`: measures how late its event loop is. SIGUSR2 writes what was measured
 * since the last SIGUSR2 to the file that EVENT_LOOP_DELAY_FILE names, and begins anew.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Milliseconds between looks. The histogram counts from look to look, so a loop that is on time shows this much. */
const EVERY_MS = 2;

const file = process.env['EVENT_LOOP_DELAY_FILE'];
if (file !== undefined) {
  const delays = monitorEventLoopDelay({ resolution: EVERY_MS });
  delays.enable();
  process.on('SIGUSR2', () => {
    const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - EVERY_MS);
    const seen = {
      p50: late(delays.percentile(50)),
      p99: late(delays.percentile(99)),
      max: late(delays.max),
      looks: delays.count,
    };
    writeFileSync(`${file}.part`, JSON.stringify(seen));
    renameSync(`${file}.part`, file);
    delays.reset();
  });
}
