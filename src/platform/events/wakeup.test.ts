import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { testSite } from '../../../test/site.ts';
import { migrations } from '../../../migrations/index.ts';
import { openDatabase, type Database } from '../db/database.ts';
import { append, logHead } from './log.ts';
import { wakeOnWrites } from './wakeup.ts';

const happen = (db: Database) =>
  db.write((tx) => append(tx, 1, { kind: 'thing.made', subject: 'thing', subjectId: 1 }));

/** Wakes up and remembers how far the log was each time. */
function sleeper(db: Database, wakingMs = 0) {
  const state = { at: -1, times: 0, together: 0, most: 0 };
  const stop = wakeOnWrites(db, async () => {
    state.together += 1;
    state.most = Math.max(state.most, state.together);
    const head = await logHead(db.reads);
    await sleep(wakingMs);
    state.at = head;
    state.times += 1;
    state.together -= 1;
  });
  onTestFinished(stop);
  return { state, stop };
}

const soon = { timeout: 1_000, interval: 10 };

test('the first look comes by itself', async () => {
  const { db } = (await testSite()).ground;
  const { state } = sleeper(db);
  await vi.waitFor(() => expect(state.times).toBe(1), soon);
});

test('a write of this process wakes', async () => {
  const { db } = (await testSite()).ground;
  const { state } = sleeper(db);
  await happen(db);
  const head = await logHead(db.reads);
  await vi.waitFor(() => expect(state.at).toBe(head), soon);
});

test('a write of another process wakes within a second', async () => {
  const site = await testSite();
  const { dataFolder, databaseUrl } = site.ground.config;
  const other = await openDatabase({ dataFolder, databaseUrl, migrations });
  onTestFinished(() => other.close());
  const { state } = sleeper(site.ground.db);
  await vi.waitFor(() => expect(state.times).toBeGreaterThan(0), soon);
  await happen(other);
  const head = await logHead(other.reads);
  await vi.waitFor(() => expect(state.at).toBe(head), soon);
});

test('nothing that happens while it is awake is lost, and it is never awake twice at once', async () => {
  const { db } = (await testSite()).ground;
  const { state } = sleeper(db, 7);
  for (let round = 0; round < 25; round++) {
    await happen(db);
    await sleep(round % 4);
  }
  const head = await logHead(db.reads);
  await vi.waitFor(() => expect(state.at).toBe(head), soon);
  expect(state.most).toBe(1);
});

test('once stopped it sleeps, after what was under way', async () => {
  const { db } = (await testSite()).ground;
  const { state, stop } = sleeper(db, 20);
  await happen(db);
  await sleep(5);
  await stop();
  expect(state.together).toBe(0);
  const { times } = state;
  await happen(db);
  await sleep(60);
  expect(state.times).toBe(times);
});
