/** The real program, started beside a bench as a person would start it, and watched from outside. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(import.meta.dirname, '..');
const DELAY_PROBE = new URL('./event-loop-delay.ts', import.meta.url).href;
const TICKS_A_SECOND = 100;

export interface Program {
  process: ChildProcess;
  /** Called for each line it prints. */
  onLine(listener: (line: string) => void): void;
  /** Its exit code, once it has ended. */
  ended: Promise<number | null>;
}

/** Starts Fanfold with a data folder of its own. `delayFile`: where its event loop's delay is written on SIGUSR2. */
export function startProgram(args: readonly string[], dataFolder: string, delayFile?: string): Program {
  const child = spawn(join(ROOT, 'fanfold'), args, {
    cwd: ROOT,
    env: {
      ...process.env,
      FANFOLD_DATA: dataFolder,
      FANFOLD_SAMPLES: 'no',
      PORT: '0',
      LOG_LEVEL: 'error',
      ...(delayFile === undefined ? {} : { EVENT_LOOP_DELAY_FILE: delayFile, NODE_OPTIONS: `--import ${DELAY_PROBE}` }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  return {
    process: child,
    onLine: (listener) => lines.on('line', listener),
    ended: once(child, 'exit').then(([code]) => code as number | null),
  };
}

/** Starts a server and waits until it says where it is. */
export async function startServer(
  dataFolder: string,
  delayFile: string,
): Promise<{ program: Program; address: string }> {
  const program = startProgram(['serve'], dataFolder, delayFile);
  const address = await new Promise<string>((resolve, reject) => {
    program.onLine((line) => {
      const found = /https?:\/\/[^\s/]+/.exec(line)?.[0];
      if (found !== undefined) resolve(found);
    });
    program.ended.then((code) => reject(new Error(`The server ended with ${code}.`)), reject);
  });
  return { program, address };
}

/** A program's process and those that it has started, and so on; those that are gone left out. */
function processesOf(program: Program): number[] {
  const all = [program.process.pid ?? 0];
  for (const pid of all) {
    for (const thread of entriesOf(`/proc/${pid}/task`)) {
      const children = contentOf(`/proc/${pid}/task/${thread}/children`) ?? '';
      all.push(...children.split(' ').filter(Boolean).map(Number));
    }
  }
  return all;
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function contentOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function sumOf(numbers: readonly (number | null)[]): number | null {
  const known = numbers.filter((number) => number !== null);
  return known.length === 0 ? null : known.reduce((sum, number) => sum + number, 0);
}

/**
 * What a running program holds in memory now, with the processes it has started, in megabytes; null once it is gone. What
 * processes share, such as Node itself, counts once.
 */
export function memoryOf(program: Program): number | null {
  const megabytes = processesOf(program).map((pid) => {
    const shared = /^Pss:\s+(\d+)/m.exec(contentOf(`/proc/${pid}/smaps_rollup`) ?? '')?.[1];
    const kilobytes = shared ?? /VmRSS:\s+(\d+)/.exec(contentOf(`/proc/${pid}/status`) ?? '')?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  });
  return sumOf(megabytes);
}

/** Seconds of processor time a running program and its processes have used so far; null once it is gone. */
export function processorSecondsOf(program: Program): number | null {
  const seconds = processesOf(program).map((pid) => {
    const [, after] = contentOf(`/proc/${pid}/stat`)?.split(') ') ?? [];
    if (after === undefined) return null;
    const fields = after.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
  });
  return sumOf(seconds);
}

/** Seconds for which a running process was ready to work and had to wait for a processor; null once it is gone. */
export function waitedSecondsOf(program: Program): number | null {
  try {
    const { pid } = program.process;
    const nanoseconds = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[1];
    return nanoseconds === undefined ? null : Number(nanoseconds) / 1e9;
  } catch {
    return null;
  }
}

/**
 * Seconds of processor time that the busiest thread of a running program has used so far; null once it is gone. However
 * many processors there are, no run is shorter than this.
 */
export function busiestThreadSecondsOf(program: Program): number | null {
  const seconds = processesOf(program).flatMap((pid) =>
    entriesOf(`/proc/${pid}/task`).map((thread) => {
      const nanoseconds = contentOf(`/proc/${pid}/task/${thread}/schedstat`)?.split(' ')[0];
      return nanoseconds === undefined ? 0 : Number(nanoseconds) / 1e9;
    }),
  );
  return seconds.length === 0 ? null : Math.max(...seconds);
}
