/** What a step of `npm test` is, and how a program is run in one. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** How a step went. `output` is shown when it failed; `needs` says what to install when it could not run. */
export type Outcome = { ran: true; counts: Counts; output: string } | { ran: false; reason: string; needs: string };

export interface Step {
  /** What a person types after `--only`. */
  id: string;
  name: string;
  run: () => Promise<Outcome>;
}

export interface Finished {
  code: number;
  output: string;
}

/** Added to the environment; a name with `undefined` is taken away. */
export type Environment = Record<string, string | undefined>;

const running = new Set<ChildProcess>();

/** The environment of everything run here: the project's own programs first on the path, no database unless given. */
export function environmentWith(more: Environment): NodeJS.ProcessEnv {
  const path = [join(ROOT, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const all: Environment = {
    ...process.env,
    PATH: path,
    NO_COLOR: '1',
    FORCE_COLOR: undefined,
    DATABASE_URL: undefined,
  };
  const given = Object.entries({ ...all, TEST_DATABASE_URL: undefined, ...more });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

/** Runs a program in the root of the repository and collects all that it says. */
export function run(program: string, args: readonly string[], more: Environment = {}): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, env: environmentWith(more), stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let output = '';
    const listen = (chunk: string) => (output += chunk);
    child.stdout.setEncoding('utf8').on('data', listen);
    child.stderr.setEncoding('utf8').on('data', listen);
    child.on('error', (error) => {
      running.delete(child);
      resolve({ code: 127, output: `${output}${error.message}\n` });
    });
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Runs a script with the Node that runs this. */
export function runNode(args: readonly string[], more: Environment = {}): Promise<Finished> {
  return run(process.execPath, args, more);
}

/**
 * The folder for what tests write: in memory where there is room. Every test has an archive of its own, which waits for the disk
 * at each commit, or a database of three hundred files.
 */
export function roomiest(): string {
  const memory = '/dev/shm';
  const room = existsSync(memory) ? statfsSync(memory) : null;
  return room !== null && room.bavail * room.bsize > 2e9 ? memory : tmpdir();
}

/** Ends what is still running here. For an interrupted test run. */
export function endRunning(): void {
  for (const child of running) child.kill('SIGTERM');
}

/** A step that is one check: passed when every program it ran answered 0. */
export function oneCheck(finished: readonly Finished[]): Outcome {
  const passed = finished.every(({ code }) => code === 0);
  const counts = { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
  return { ran: true, counts, output: finished.map(({ output }) => output).join('') };
}
