/** Followers of the log: told with a projection that mirrors things, and a reaction that puts a job for each. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testSite } from '../../../test/site.ts';
import type { Database } from '../db/database.ts';
import type { Tx } from '../db/tables.ts';
import { enqueue } from '../jobs/queue.ts';
import { catchUp, once, type Projection, type Reaction } from './consumers.ts';
import { append, EVENT_DAYS, logHead, pruneEvents } from './log.ts';

async function setThing(db: Database, id: number, value: string | null, at = 1): Promise<void> {
  await db.write(async (tx) => {
    await keep(tx, `thing:${id}`, value);
    await append(tx, at, { kind: 'thing.changed', subject: 'thing', subjectId: id });
  });
}

async function keep(tx: Tx, key: string, value: string | null): Promise<void> {
  await tx.deleteFrom('archive_state').where('key', '=', key).execute();
  if (value !== null) await tx.insertInto('archive_state').values({ key, value }).execute();
}

async function rowsOf(db: Pick<Database, 'reads'>, prefix: string): Promise<Record<string, string>> {
  const rows = await db.reads.selectFrom('archive_state').selectAll().execute();
  return Object.fromEntries(
    rows.filter((row) => row.key.startsWith(prefix)).map((row) => [row.key.slice(prefix.length), row.value]),
  );
}

/** Keeps a copy of every thing. `failing` counts the calls that still end badly, after having written. */
function mirror(name = 'mirror') {
  const made = { rebuilt: 0, applied: 0, failing: 0 };
  const projection: Projection = {
    type: 'projection',
    name,
    async rebuild(db) {
      made.rebuilt += 1;
      const things = await rowsOf(db, 'thing:');
      await db.write(async (tx) => {
        await tx.deleteFrom('archive_state').where('key', 'like', `${name}:%`).execute();
        for (const [id, value] of Object.entries(things)) await keep(tx, `${name}:${id}`, value);
      });
    },
    async apply(tx, events) {
      for (const event of events) {
        if (event.subject !== 'thing') continue;
        const row = await tx
          .selectFrom('archive_state')
          .select('value')
          .where('key', '=', `thing:${event.subjectId}`)
          .executeTakeFirst();
        await keep(tx, `${name}:${event.subjectId}`, row?.value ?? null);
        made.applied += 1;
      }
      if (made.failing > 0) {
        made.failing -= 1;
        throw new Error('the power went');
      }
    },
  };
  return { projection, made };
}

const letters: Reaction = {
  type: 'reaction',
  name: 'letters',
  async react(tx, events) {
    for (const event of events) {
      if (event.subject !== 'thing') continue;
      for (const reader of ['ada', 'ben']) {
        if (await once(tx, 'letters', event.id, reader, 1)) await enqueue(tx, 1, { kind: 'letter', payload: reader });
      }
    }
  },
};
const lettersIn = async (db: Database) =>
  (await db.reads.selectFrom('jobs').select('payload').where('kind', '=', 'letter').execute()).length;

test('a projection begins by making everything from the truth, then follows', async () => {
  const { db } = (await testSite()).ground;
  const { projection, made } = mirror();
  await setThing(db, 1, 'one');
  await catchUp(db, projection);
  expect(made).toMatchObject({ rebuilt: 1, applied: 0 });
  await setThing(db, 2, 'two');
  await setThing(db, 1, null);
  expect(await catchUp(db, projection)).toBe(2);
  expect(await rowsOf(db, 'mirror:')).toEqual({ 2: 'two' });
  expect(await catchUp(db, projection)).toBe(0);
  expect(made.rebuilt).toBe(1);
});

test('what a follower passes over is no transaction of its own, and hides nothing that comes after it', async () => {
  const { db } = (await testSite()).ground;
  const seen: string[] = [];
  const reaction: Reaction = {
    type: 'reaction',
    name: 'choosy',
    passesOver: ['thing.counted'],
    react: async (_tx, events) => void seen.push(...events.map(({ kind, subjectId }) => `${kind} ${subjectId}`)),
  };
  const count = (times: number) =>
    db.write(async (tx) => {
      for (let time = 0; time < times; time += 1)
        await append(tx, 1, { kind: 'thing.counted', subject: 'thing', subjectId: 1 });
    });
  const cursor = async () =>
    (await db.reads.selectFrom('event_cursors').select('event_id').where('consumer', '=', 'choosy').executeTakeFirst())
      ?.event_id;
  await catchUp(db, reaction);
  const began = (await cursor()) ?? 0;
  await count(999);
  expect(await catchUp(db, reaction)).toBe(0);
  expect(await cursor()).toBe(began);
  await setThing(db, 7, 'seven');
  await count(3);
  await setThing(db, 8, 'eight');
  expect(await catchUp(db, reaction)).toBe(2);
  expect(await cursor()).toBe(began + 1_004);
  await count(1_000);
  expect(await catchUp(db, reaction)).toBe(0);
  expect(await cursor()).toBe(began + 2_004);
  expect(seen).toEqual(['thing.changed 7', 'thing.changed 8']);
});

test('following, rebuilding and failing in between all end at the same', async () => {
  const { db } = (await testSite()).ground;
  const step = fc.oneof(
    fc.record({ id: fc.integer({ min: 1, max: 4 }), value: fc.option(fc.constantFrom('a', 'b', 'c')) }),
    fc.constant('follow' as const),
    fc.constant('fail' as const),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const { projection, made } = mirror();
      for (const one of steps) {
        if (one === 'fail') made.failing = 1;
        if (typeof one === 'string') await catchUp(db, projection).catch(() => {});
        else await setThing(db, one.id, one.value);
      }
      made.failing = 0;
      await catchUp(db, projection);
      const followed = await rowsOf(db, 'mirror:');
      expect(followed).toEqual(await rowsOf(db, 'thing:'));
      await projection.rebuild(db);
      expect(await rowsOf(db, 'mirror:')).toEqual(followed);
    }),
    { numRuns: 15 },
  );
});

test('what was applied when the power went is neither half there nor lost', async () => {
  const { db } = (await testSite()).ground;
  const { projection, made } = mirror();
  await catchUp(db, projection);
  await setThing(db, 1, 'one');
  made.failing = 1;
  await expect(catchUp(db, projection)).rejects.toThrow('the power went');
  expect(await rowsOf(db, 'mirror:')).toEqual({});
  expect(await catchUp(db, projection)).toBe(1);
  expect(await rowsOf(db, 'mirror:')).toEqual({ 1: 'one' });
});

test('more events than one transaction takes are all taken', async () => {
  const { db } = (await testSite()).ground;
  const { projection } = mirror();
  await catchUp(db, projection);
  await db.write(async (tx) => {
    for (let id = 1; id <= 100; id++) await keep(tx, `thing:${id}`, String(id));
    await append(
      tx,
      1,
      ...Array.from({ length: 100 }, (_, at) => ({ kind: 'thing.changed', subject: 'thing', subjectId: at + 1 })),
    );
  });
  expect(await catchUp(db, projection)).toBe(100);
  expect(Object.keys(await rowsOf(db, 'mirror:'))).toHaveLength(100);
});

test('two who follow at once take each event once', async () => {
  const { db } = (await testSite()).ground;
  const tally: Reaction = {
    type: 'reaction',
    name: 'tally',
    async react(tx, events) {
      const row = await tx.selectFrom('archive_state').select('value').where('key', '=', 'tally').executeTakeFirst();
      await new Promise((resolve) => setTimeout(resolve, 5));
      await keep(tx, 'tally', String(Number(row?.value ?? 0) + events.length));
    },
  };
  await catchUp(db, tally);
  for (let id = 1; id <= 60; id++) await setThing(db, id, 'x');
  await Promise.all([catchUp(db, tally), catchUp(db, tally), catchUp(db, tally)]);
  expect(await rowsOf(db, 'tally')).toEqual({ '': '60' });
});

test('a restored copy of the archive makes a projection rebuild', async () => {
  const { db } = (await testSite()).ground;
  const { projection, made } = mirror();
  await catchUp(db, projection);
  await db.write((tx) => keep(tx, 'epoch', 'another'));
  await db.write((tx) => keep(tx, 'thing:9', 'came with the copy'));
  await catchUp(db, projection);
  expect(made.rebuilt).toBe(2);
  expect(await rowsOf(db, 'mirror:')).toEqual({ 9: 'came with the copy' });
  await catchUp(db, projection);
  expect(made.rebuilt).toBe(2);
});

test('a projection left behind the pruned log rebuilds', async () => {
  const { db } = (await testSite()).ground;
  const { projection, made } = mirror();
  await setThing(db, 1, 'one');
  await catchUp(db, projection);
  await setThing(db, 2, 'two');
  await setThing(db, 3, 'three');
  await db.write((tx) => pruneEvents(tx, Date.now() + (EVENT_DAYS + 1) * 86_400_000));
  await catchUp(db, projection);
  expect(made.rebuilt).toBe(2);
  expect(await rowsOf(db, 'mirror:')).toEqual({ 1: 'one', 2: 'two', 3: 'three' });
});

test('a gap in the log, as a write that was rolled back leaves, is no pruning', async () => {
  const { db } = (await testSite()).ground;
  const { projection, made } = mirror();
  await setThing(db, 1, 'one');
  await catchUp(db, projection);
  const head = await logHead(db.reads);
  await db.write((tx) => tx.deleteFrom('events').execute());
  await db.write((tx) =>
    tx
      .insertInto('events')
      .values({ id: head + 2, kind: 'thing.set', subject: 'thing', subject_id: 1, work_id: null, version: 0, at: 0 })
      .execute(),
  );
  await catchUp(db, projection);
  expect(made.rebuilt).toBe(1);
});

test('a projection ahead of the log, as after an older copy was put back, rebuilds', async () => {
  const { db } = (await testSite()).ground;
  const { projection, made } = mirror();
  await setThing(db, 1, 'one');
  await catchUp(db, projection);
  await db.write((tx) => tx.updateTable('event_cursors').set({ event_id: 1_000_000 }).execute());
  await catchUp(db, projection);
  expect(made.rebuilt).toBe(2);
});

test('a reaction leaves alone what happened before it was there', async () => {
  const { db } = (await testSite()).ground;
  await setThing(db, 1, 'one');
  await catchUp(db, letters);
  expect(await lettersIn(db)).toBe(0);
  await setThing(db, 2, 'two');
  await catchUp(db, letters);
  expect(await lettersIn(db)).toBe(2);
});

test('a reaction does nothing twice, also when the events come again', async () => {
  const { db } = (await testSite()).ground;
  await catchUp(db, letters);
  const start = await logHead(db.reads);
  await setThing(db, 1, 'one');
  await setThing(db, 2, 'two');
  await catchUp(db, letters);
  await db.write((tx) =>
    tx.updateTable('event_cursors').set({ event_id: start }).where('consumer', '=', 'letters').execute(),
  );
  expect(await catchUp(db, letters)).toBe(2);
  expect(await lettersIn(db)).toBe(4);
});

test('a reaction is silent after a restore', async () => {
  const { db } = (await testSite()).ground;
  await catchUp(db, letters);
  await setThing(db, 1, 'one');
  await db.write((tx) => keep(tx, 'epoch', 'another'));
  await catchUp(db, letters);
  expect(await lettersIn(db)).toBe(0);
});
