/** Two restores into one place do not meet: the second is refused, and one that was killed keeps nobody out. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { makeWork } from '../../test/cast.ts';
import { onPostgres, testSite } from '../../test/site.ts';
import { lockPlace } from '../platform/backup/one-restore.ts';
import { lockFile } from '../platform/files/file-lock.ts';
import type { Config } from '../platform/config/config.ts';
import { backup, emptyPlace, everything, opened, scratch, silent } from './backup.fixture.ts';
import { restoreCommand } from './restore.ts';

async function archive() {
  const { path } = await scratch();
  const site = await testSite();
  await makeWork(site, { title: 'One', by: [site.owner] }, { state: 'posted' });
  await backup(site.ground.config, path('a.tar'));
  return { path, site, restore: (config: Config) => restoreCommand(config, path('a.tar'), [], silent, silent) };
}

test('of two at once one is refused with a sentence, and the other restores all of it', async () => {
  const { path, site, restore } = await archive();
  const config = await emptyPlace(path('new'));
  const ends = await Promise.allSettled([restore(config), restore(config)]);
  expect(ends.map((end) => end.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const [refused] = ends.flatMap((end) => (end.status === 'rejected' ? [String(end.reason)] : []));
  expect(refused).toMatch(/Another restore into .*new is under way\. Wait until it has ended\.$/);
  expect(await everything((await opened(config)).db.reads)).toEqual(await everything(site.ground.db.reads));
  expect(existsSync(path('new/restoring.lock'))).toBe(false);
});

test.runIf(onPostgres)('so it is with two folders and one database', async () => {
  const { path, site, restore } = await archive();
  const config = await emptyPlace(path('new'));
  const other = { ...config, dataFolder: path('other') };
  const ends = await Promise.allSettled([restore(config), restore(other)]);
  const [refused] = ends.flatMap((end) => (end.status === 'rejected' ? [String(end.reason)] : []));
  expect(refused).toMatch(/Another restore into the database .* is under way|is not empty/);
  const won = ends[0]?.status === 'fulfilled' ? config : other;
  expect(await everything((await opened(won)).db.reads)).toEqual(await everything(site.ground.db.reads));
  expect(existsSync(won === config ? path('other') : path('new'))).toBe(false);
});

test('what another process holds is refused until that is killed, and then its lock means nothing', async () => {
  const { path, restore } = await archive();
  const config = await emptyPlace(path('new'));
  await mkdir(path('new'));
  const file = new URL('../platform/files/file-lock.ts', import.meta.url).href;
  const script = `const { lockFile } = await import(${JSON.stringify(file)});
    const lock = lockFile(${JSON.stringify(path('new/restoring.lock'))});
    console.log(lock !== null);
    setInterval(() => lock?.release === undefined, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void holder.kill('SIGKILL'));
  const [said] = (await once(holder.stdout, 'data')) as [Buffer];
  expect(said.toString()).toBe('true\n');
  await expect(restore(config)).rejects.toThrow(/is under way/);
  expect(await readdir(path('new'))).toEqual(['restoring.lock']);
  const gone = once(holder, 'exit');
  holder.kill('SIGKILL');
  await gone;
  await restore(config);
  expect(await readdir(path('new'))).not.toContain('restoring.lock');
});

test('a lock on a file that was replaced meanwhile is none', async () => {
  const { path } = await scratch();
  const place = path('restoring.lock');
  let released = 0;
  const replaced = (at: string) => {
    const lock = lockFile(at);
    rmSync(at);
    writeFileSync(at, '');
    return lock && { release: () => (lock.release(), void (released += 1)) };
  };
  expect(lockPlace(place, replaced)).toBeNull();
  expect(released).toBe(1);
  const gone = (at: string) => {
    const lock = lockFile(at);
    rmSync(at);
    return lock;
  };
  expect(lockPlace(place, gone)).toBeNull();
  const lock = lockPlace(place);
  expect(lock).not.toBeNull();
  expect(statSync(place).mode & 0o777).toBe(0o600);
  expect(lockPlace(place)).toBeNull();
  lock?.release();
});

test('a lock that has been given back can be taken again', async () => {
  const { path } = await scratch();
  const first = lockFile(path('lock'));
  expect(first).not.toBeNull();
  expect(lockFile(path('lock'))).toBeNull();
  first?.release();
  const second = lockFile(path('lock'));
  expect(second).not.toBeNull();
  second?.release();
});
