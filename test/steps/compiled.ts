/** The compiled build, started once on an empty folder: it answers, and it stops when asked to. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentWith, type Finished, ROOT } from './step.ts';

/** What a release runs. */
export const COMPILED = join(ROOT, 'dist', 'src', 'main.js');

const START_MS = 30_000;
const STOP_MS = 10_000;

/** Starts `dist/`, asks for pages, stops it. Code 0 when all went as it should; the output says what did not. */
export async function tryCompiled(): Promise<Finished> {
  const folder = mkdtempSync(join(tmpdir(), 'fanfold-compiled-'));
  const environment = environmentWith({
    PORT: '0',
    HOST: '127.0.0.1',
    FANFOLD_DATA: folder,
    FANFOLD_SAMPLES: 'no',
    FANFOLD_URL: undefined,
  });
  const program = spawn(process.execPath, [COMPILED, 'serve'], {
    cwd: ROOT,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = once(program, 'exit').then(([code, signal]) => `${code ?? signal}`);
  const listen = (chunk: string) => (output += chunk);
  program.stdout.setEncoding('utf8').on('data', listen);
  program.stderr.setEncoding('utf8').on('data', listen);
  const problems: string[] = [];
  try {
    const address = await within(START_MS, Promise.race([addressIn(() => output), ended.then(() => null)]));
    if (address === null) problems.push('The compiled build ended, or printed no address within 30 s.');
    else for (const path of ['/healthz', '/works']) problems.push(...(await problemAt(`${address}${path}`)));
    program.kill('SIGTERM');
    const code = await within(STOP_MS, ended);
    if (code !== '0') problems.push(code === null ? 'It did not stop within 10 s.' : `It ended with ${code}, not 0.`);
  } finally {
    program.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
  return { code: problems.length === 0 ? 0 : 1, output: [output, ...problems, ''].join('\n') };
}

async function addressIn(output: () => string): Promise<string> {
  for (;;) {
    const address = /https?:\/\/[^\s/"]+/.exec(output())?.[0];
    if (address !== undefined) return address;
    await pause(50);
  }
}

async function problemAt(url: string): Promise<string[]> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    await response.arrayBuffer();
    return response.status === 200 ? [] : [`${url} answered ${response.status}, not 200.`];
  } catch (error) {
    return [`${url} did not answer: ${String(error)}`];
  }
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T | null> {
  return Promise.race([promise, pause(ms).then(() => null)]);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
