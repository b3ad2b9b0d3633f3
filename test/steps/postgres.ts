/**
 * A PostgreSQL for the tests: the one that `TEST_DATABASE_URL` names, or a cluster of our own in a temporary folder,
 * started on a free port of the loopback address and removed afterwards. It keeps nothing, so it need not be durable.
 */
import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { roomiest } from './step.ts';

/** The oldest release that the program supports. */
const OLDEST = 15;
const USER = 'fanfold';
/** Rows come in the order of a language, not of bytes, so that a test which relies on bytes fails here. */
const ORDER = ['--encoding=UTF8', '--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=en-US'];

export interface TestPostgres {
  url: string;
  stop: () => void;
}

/** Finds or starts one. Null when PostgreSQL 15 or newer is not installed. */
export async function openTestPostgres(): Promise<TestPostgres | null> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, stop: () => undefined };
  const programs = programsFolder();
  return programs === null ? null : startCluster(programs);
}

function programsFolder(): string | null {
  const debian = '/usr/lib/postgresql';
  const packaged = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...packaged.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  return (
    folders.find(
      (folder) => existsSync(join(folder, 'pg_ctl')) && existsSync(join(folder, 'initdb')) && isNewEnough(folder),
    ) ?? null
  );
}

function isNewEnough(folder: string): boolean {
  const said = execFileSync(join(folder, 'pg_ctl'), ['--version'], { encoding: 'utf8' });
  return Number(/(\d+)/.exec(said)?.[1] ?? 0) >= OLDEST;
}

async function startCluster(programs: string): Promise<TestPostgres> {
  const folder = mkdtempSync(join(roomiest(), 'fanfold-postgres-'));
  const data = join(folder, 'data');
  const port = await freePort();
  // PostgreSQL refuses to run as root: there the packaged user runs it, and owns the folder.
  const asRoot = process.getuid?.() === 0;
  if (asRoot) giveToPostgres(folder);
  const call = (name: string, args: string[]) => {
    const command = [join(programs, name), ...args];
    const [program = '', ...rest] = asRoot ? ['runuser', '-u', 'postgres', '--', ...command] : command;
    execFileSync(program, rest, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], timeout: 60_000 });
  };
  let stopped = false;
  const stop = () => {
    if (stopped) return;
    stopped = true;
    try {
      call('pg_ctl', ['stop', '-D', data, '-m', 'immediate', '-w']);
    } catch {
      // It was not running: nothing is left to stop.
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    call('initdb', ['-D', data, '-U', USER, '--auth=trust', '--no-sync', ...ORDER]);
    const settings = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=${folder}
      -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200`;
    call('pg_ctl', ['start', '-D', data, '-w', '-l', join(folder, 'log'), '-o', settings.replace(/\s+/g, ' ')]);
  } catch (error) {
    stop();
    throw error;
  }
  return { url: `postgres://${USER}@127.0.0.1:${port}/postgres`, stop };
}

function giveToPostgres(folder: string): void {
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }).trim());
  chownSync(folder, id('-u'), id('-g'));
  if (statSync(folder).uid === 0)
    throw new Error('PostgreSQL runs as root only where its package has made a user for it.');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
