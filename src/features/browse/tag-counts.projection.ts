/**
 * How many works stand under each concept, for guests and for accounts, kept by following the event log. A work's
 * contribution is kept beside the counts and every change is applied as a difference, so events may come twice.
 */
import { chunks } from '../../platform/db/chunks.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Projection } from '../../platform/events/consumers.ts';
import type { LoggedEvent } from '../../platform/events/log.ts';
import type { Flag, Handle, Tx } from '../../platform/db/tables.ts';
import { conceptsOf, tagsById, tagsMeantBy } from '../tags/index.ts';
import { worksForIndex } from '../works/index.ts';
import './tables.ts';

interface Contribution {
  guest: Flag;
  account: Flag;
  concepts: number[];
}

const NOTHING: Contribution = { guest: 0, account: 0, concepts: [] };
/** Works counted in one transaction of a rebuild. */
const REBUILD_PIECE = 50;

export const tagCounts: Projection = {
  type: 'projection',
  name: 'tag-counts',

  async rebuild(db: Database) {
    await db.write(async (tx) => {
      await tx.deleteFrom('tag_counts').execute();
      await tx.deleteFrom('counted_works').execute();
    });
    let after = 0;
    for (;;) {
      const ids = (await worksForIndex(db.reads, { after, limit: REBUILD_PIECE })).map((work) => work.id);
      const last = ids.at(-1);
      if (last === undefined) return;
      await db.write((tx) => recount(tx, ids));
      after = last;
    }
  },

  async apply(tx: Tx, events: LoggedEvent[]) {
    const works = new Set(events.flatMap((event) => event.workId ?? []));
    // Every posted work was restricted at once: what guests were counted is gone; later changes are events of their own.
    if (events.some((event) => event.kind === 'works.restricted')) await countNothingForGuests(tx);
    for (const event of events) {
      if (event.subject === 'tag') for (const id of await worksBelow(tx, event.subjectId)) works.add(id);
    }
    await recount(tx, [...works]);
  },
};

async function countNothingForGuests(tx: Tx): Promise<void> {
  await tx.updateTable('tag_counts').set({ guest: 0 }).execute();
  await tx.updateTable('counted_works').set({ guest: 0 }).execute();
}

/** Works that stand under a tag now or did when they were counted last. */
async function worksBelow(tx: Tx, tagId: number): Promise<number[]> {
  const tag = (await tagsById(tx, [tagId])).get(tagId);
  if (!tag) return [];
  const ids: number[] = [];
  for (const piece of chunks([tagId, ...(await tagsMeantBy(tx, tag))])) {
    ids.push(...(await worksForIndex(tx, { tagIds: piece })).map((work) => work.id));
  }
  return ids;
}

async function recount(tx: Tx, workIds: readonly number[]): Promise<void> {
  for (const piece of chunks(workIds)) {
    const now = await currentContributions(tx, piece);
    const before = await countedContributions(tx, piece);
    const changes = new Map<number, { guest: number; account: number }>();
    for (const id of piece) {
      const old = before.get(id) ?? NOTHING;
      const fresh = now.get(id) ?? NOTHING;
      addTo(changes, old, -1);
      addTo(changes, fresh, 1);
      await keep(tx, id, fresh, before.has(id));
    }
    await applyChanges(tx, changes);
  }
}

function addTo(
  changes: Map<number, { guest: number; account: number }>,
  contribution: Contribution,
  sign: 1 | -1,
): void {
  for (const concept of contribution.concepts) {
    const change = changes.get(concept) ?? { guest: 0, account: 0 };
    change.guest += sign * contribution.guest;
    change.account += sign * contribution.account;
    changes.set(concept, change);
  }
}

async function currentContributions(handle: Handle, ids: readonly number[]): Promise<Map<number, Contribution>> {
  const works = await worksForIndex(handle, { ids });
  const contributions = new Map<number, Contribution>();
  for (const work of works) {
    if (!work.listedAccount) continue;
    contributions.set(work.id, {
      guest: work.listedGuest ? 1 : 0,
      account: 1,
      concepts: await conceptsOf(handle, work.tagIds),
    });
  }
  return contributions;
}

async function countedContributions(tx: Tx, ids: readonly number[]): Promise<Map<number, Contribution>> {
  const rows = await tx
    .selectFrom('counted_works')
    .selectAll()
    .where('work_id', 'in', [...ids])
    .execute();
  return new Map(
    rows.map((row) => [
      row.work_id,
      { guest: row.guest, account: row.account, concepts: JSON.parse(row.concepts) as number[] },
    ]),
  );
}

async function keep(tx: Tx, id: number, fresh: Contribution, wasCounted: boolean): Promise<void> {
  if (fresh === NOTHING) {
    if (wasCounted) await tx.deleteFrom('counted_works').where('work_id', '=', id).execute();
    return;
  }
  const values = { guest: fresh.guest, account: fresh.account, concepts: JSON.stringify(fresh.concepts) };
  await tx
    .insertInto('counted_works')
    .values({ work_id: id, ...values })
    .onConflict((conflict) => conflict.column('work_id').doUpdateSet(values))
    .execute();
}

async function applyChanges(tx: Tx, changes: ReadonlyMap<number, { guest: number; account: number }>): Promise<void> {
  const touched = [...changes].filter(([, change]) => change.guest !== 0 || change.account !== 0);
  const tags = await tagsById(
    tx,
    touched.map(([id]) => id),
  );
  for (const [id, change] of touched) {
    const kind = tags.get(id)?.kind;
    if (kind === undefined) {
      // The last work of a tag was erased, and the tag with it.
      await tx.deleteFrom('tag_counts').where('tag_id', '=', id).execute();
      continue;
    }
    await tx
      .insertInto('tag_counts')
      .values({ tag_id: id, kind, guest: change.guest, account: change.account })
      .onConflict((conflict) =>
        conflict.column('tag_id').doUpdateSet((set) => ({
          guest: set('tag_counts.guest', '+', change.guest),
          account: set('tag_counts.account', '+', change.account),
        })),
      )
      .execute();
  }
}
