import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { answerAsks, askKeeper, type Progress } from './asks.ts';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fanfold-asks-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('an ask is answered, progress is heard on the way, and nothing is left behind', async () => {
  const folder = newFolder();
  let go = () => {};
  const gone = new Promise<void>((resolve) => (go = resolve));
  const end = answerAsks(folder, async (ask, progress) => {
    progress({ done: 1, of: 2 });
    await gone;
    return { asked: ask };
  });
  onTestFinished(end);
  const heard: Progress[] = [];
  const answer = await askKeeper(folder, 'verify', (progress) => {
    heard.push(progress);
    go();
  });
  expect(answer).toEqual({ asked: 'verify' });
  expect(heard).toEqual([{ done: 1, of: 2 }]);
  expect(readdirSync(join(folder, 'asks'))).toEqual([]);
});

test('who asks how things are does not wait for a comparison', async () => {
  const folder = newFolder();
  const end = answerAsks(folder, async (ask) => (ask === 'verify' ? new Promise(() => undefined) : 'well'));
  onTestFinished(end);
  void askKeeper(folder, 'verify', () => undefined, 3_000);
  await expect(askKeeper(folder, 'status', () => undefined)).resolves.toBe('well');
});

test('what goes wrong there is said here', async () => {
  const folder = newFolder();
  const end = answerAsks(folder, () => Promise.reject(new Error('The index has ended.')));
  onTestFinished(end);
  await expect(askKeeper(folder, 'rebuild', () => undefined)).rejects.toThrow('The index has ended.');
});

test('without anybody who answers there is no answer, and files that mean nothing harm nobody', async () => {
  const folder = newFolder();
  expect(await askKeeper(folder, 'status', () => undefined, 300)).toBeNull();
  const asks = join(folder, 'asks');
  writeFileSync(join(asks, 'a stray file'), '');
  // Folders where files should be, and one that is long forgotten: before every real question.
  mkdirSync(join(asks, '0'.repeat(16) + '.status', 'inside'), { recursive: true });
  mkdirSync(join(asks, '00 old', 'inside'), { recursive: true });
  utimesSync(join(asks, '00 old'), 1, 1);
  const end = answerAsks(folder, async () => 'well');
  onTestFinished(end);
  await expect(askKeeper(folder, 'status', () => undefined)).resolves.toBe('well');
});
