import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { testSite } from '../../../test/site.ts';
import { append, EVENT_DAYS, eventsAfter, logHead, pruneEvents } from './log.ts';

const DAY = 86_400_000;
const thing = (subjectId: number) => ({ kind: 'thing.made', subject: 'thing', subjectId });

test('events come back as they were appended, oldest first', async () => {
  const { db } = (await testSite()).ground;
  const head = await logHead(db.reads);
  await db.write((tx) => append(tx, 5, thing(1), { ...thing(2), workId: 7, version: 3 }));
  const events = await eventsAfter(db.reads, head, 10);
  expect(events).toMatchObject([
    { kind: 'thing.made', subject: 'thing', subjectId: 1, workId: null, version: 0, at: 5 },
    { subjectId: 2, workId: 7, version: 3 },
  ]);
  expect(await eventsAfter(db.reads, head, 1)).toHaveLength(1);
  expect(await logHead(db.reads)).toBe(events[1]?.id);
});

test('appending nothing is fine', async () => {
  const { db } = (await testSite()).ground;
  const head = await logHead(db.reads);
  await db.write((tx) => append(tx, 1));
  expect(await logHead(db.reads)).toBe(head);
});

test('a follower that goes on from the last id it saw misses nothing, however transactions overlap', async () => {
  const { db } = (await testSite()).ground;
  const start = await logHead(db.reads);
  const seen: number[] = [];
  let writing = true;
  const follow = async () => {
    for (let cursor = start; ;) {
      const last = !writing;
      const events = await eventsAfter(db.reads, cursor, 100);
      seen.push(...events.map((event) => event.subjectId));
      cursor = events.at(-1)?.id ?? cursor;
      if (last && events.length === 0) return;
      await sleep(1);
    }
  };
  const write = (number: number) =>
    db.write(async (tx) => {
      await sleep((number * 7) % 5);
      await append(tx, 1, thing(number));
      // Long enough for a later one to overtake, if it could.
      await sleep((number * 3) % 8);
    });
  const following = follow();
  await Promise.all(Array.from({ length: 40 }, (_, number) => write(number)));
  writing = false;
  await following;
  expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, number) => number));
});

test('events older than 30 days go, but the newest one stays so that the head is known', async () => {
  const { db } = (await testSite()).ground;
  const now = 100 * DAY;
  await db.write((tx) => tx.deleteFrom('events').execute());
  await db.write((tx) => append(tx, now - (EVENT_DAYS + 2) * DAY, thing(1)));
  await db.write((tx) => append(tx, now - (EVENT_DAYS - 1) * DAY, thing(2)));
  await db.write((tx) => pruneEvents(tx, now));
  expect((await eventsAfter(db.reads, 0, 10)).map((event) => event.subjectId)).toEqual([2]);
  const head = await logHead(db.reads);
  await db.write((tx) => pruneEvents(tx, now + 100 * DAY));
  expect(await logHead(db.reads)).toBe(head);
});
