/** The real program as a process of its own: started, listened to, and killed without warning. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Where a program keeps what it keeps. */
export interface Place {
  folder: string;
  /** PostgreSQL's address, or null for SQLite inside the folder. */
  databaseUrl: string | null;
}

export interface Program {
  /** What it has printed so far. */
  output(): string;
  /** Ends it as a power cut would. Resolves once it is gone. */
  kill(): Promise<void>;
  /** Asks it to stop. */
  stop(): Promise<void>;
  /** Ctrl-C: all of its processes hear it, as from a terminal. Resolves to its exit code. */
  interrupt(): Promise<number | null>;
  /** Its exit code once it has ended by itself; null when a signal ended it. */
  ended: Promise<number | null>;
}

/** The program from source, or, where FANFOLD_PROGRAM names it, as it was compiled. */
const FANFOLD = process.env['FANFOLD_PROGRAM'] ?? 'src/main.ts';

/** Starts `fanfold`, or another script that does as it does, with these arguments, and with settings of its own. */
export function startProgram(
  args: readonly string[],
  place: Place,
  samples = false,
  script = FANFOLD,
  settings: Record<string, string> = {},
): Program {
  const { DATABASE_URL: _, ...environment } = process.env;
  const source = script.endsWith('.ts') ? ['--import', 'tsx'] : [];
  const child = spawn(process.execPath, [...source, script, ...args], {
    cwd: ROOT,
    env: {
      ...environment,
      NODE_ENV: 'production',
      PORT: '0',
      FANFOLD_DATA: place.folder,
      FANFOLD_SAMPLES: samples ? 'yes' : 'no',
      LOG_LEVEL: 'error',
      ...(place.databaseUrl === null ? {} : { DATABASE_URL: place.databaseUrl }),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that a signal for the whole group leaves the tests alone.
    detached: true,
  });
  let output = '';
  const listen = (chunk: string) => (output += chunk);
  child.stdout.setEncoding('utf8').on('data', listen);
  child.stderr.setEncoding('utf8').on('data', listen);
  // All that it wrote has arrived once its pipes are closed.
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  const interrupt = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
    return ended;
  };
  return { output: () => output, ended, kill: () => end('SIGKILL'), stop: () => end('SIGTERM'), interrupt };
}

/** Waits until a running program has printed something. @throws with its output when it ends before that. */
export async function printed(program: Program, pattern: RegExp): Promise<RegExpExecArray> {
  let over = false;
  void program.ended.then(() => (over = true));
  for (;;) {
    const found = pattern.exec(program.output());
    if (found) return found;
    if (over) throw new Error(`The program ended before it printed ${pattern.source}:\n${program.output()}`);
    await sleep(10);
  }
}
