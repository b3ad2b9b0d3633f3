import { readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';

/** How nice each thread of this process is: the 19th number of its line, see proc(5). */
function niceness(): Map<string, number> {
  const threads = readdirSync('/proc/self/task');
  return new Map(
    threads.map((thread) => {
      const [, numbers = ''] = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8').split(') ');
      return [thread, Number(numbers.split(' ')[16])];
    }),
  );
}

test.runIf(process.platform === 'linux')('a thread that gives way is nicer than before, and it alone', async () => {
  const before = niceness();
  const worker = new Worker(new URL('./give-way.fixture.ts', import.meta.url));
  await once(worker, 'message');
  const nicer = [...niceness()].filter(
    ([thread, nice]) => nice !== (before.get(thread) ?? before.get(String(process.pid))),
  );
  await worker.terminate();
  expect(nicer).toHaveLength(1);
  expect(nicer[0]?.[1]).toBe(10);
  expect(before.has(nicer[0]?.[0] ?? '')).toBe(false);
});
