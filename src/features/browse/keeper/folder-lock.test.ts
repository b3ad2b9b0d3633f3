import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { indexFolder, lockFolder } from './folder-lock.ts';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fanfold-lock-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return indexFolder({ dataFolder: folder });
}

test('one has the folder, the next gets it when it is given back', () => {
  const folder = newFolder();
  const first = lockFolder(folder);
  expect(first).not.toBeNull();
  expect(lockFolder(folder)).toBeNull();
  // Asking did not take it away from the one who has it.
  expect(lockFolder(folder)).toBeNull();
  first?.release();
  const second = lockFolder(folder);
  expect(second).not.toBeNull();
  second?.release();
});

test('a lock file that something was written into is emptied, and locks as before', () => {
  const folder = newFolder();
  lockFolder(folder)?.release();
  writeFileSync(join(folder, 'owner.db'), 'Nothing that SQLite knows. '.repeat(500));
  const lock = lockFolder(folder);
  expect(lock).not.toBeNull();
  expect(lockFolder(folder)).toBeNull();
  lock?.release();
  expect(statSync(join(folder, 'owner.db')).size).toBe(0);
});

test('another process has it until it is killed', async () => {
  const folder = newFolder();
  const file = new URL('./folder-lock.ts', import.meta.url).href;
  const script = `const { lockFolder } = await import(${JSON.stringify(file)});
    const lock = lockFolder(${JSON.stringify(folder)});
    console.log(lock !== null);
    // Held by what goes on: a lock that nobody remembers is given back with the file.
    setInterval(() => lock?.release === undefined, 1000);`;
  const other = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void other.kill('SIGKILL'));
  const [said] = (await once(other.stdout, 'data')) as [Buffer];
  expect(said.toString()).toBe('true\n');
  expect(lockFolder(folder)).toBeNull();
  const gone = once(other, 'exit');
  other.kill('SIGKILL');
  await gone;
  const lock = lockFolder(folder);
  expect(lock).not.toBeNull();
  lock?.release();
});
