/** Works as lists show them. Every read that returns other people's things takes the viewer and asks the truth table. */
import { chunks } from '../../platform/db/chunks.ts';
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { decisionsIn } from './deciding.ts';
import type { WorkStanding } from './visibility.ts';
import { mayKnowCreatorsSql, visibleWorks } from './visible.ts';
import type { Creator, WorkCard, WorkTag } from './work.ts';
import type { WorksTable } from './tables.ts';
import type { Selectable } from 'kysely';

type WorkRow = Selectable<WorksTable>;

/** Works as lists show them, in the order of the ids; what the viewer may not read is left out, whoever made the list. */
export async function workCards(handle: Handle, viewer: Viewer, ids: readonly number[]): Promise<WorkCard[]> {
  const cards = new Map<number, WorkCard>();
  for (const piece of chunks([...new Set(ids)])) {
    // Asked at once: a database on the other end of a line answers them in the time of one.
    const [rows, tags, creators] = await Promise.all([
      visibleWorks(handle, viewer).where('works.id', 'in', piece).selectAll('works').execute(),
      tagsOf(handle, piece),
      creatorsOf(handle, viewer, piece),
    ]);
    for (const row of rows) cards.set(row.id, cardOf(row, tags.get(row.id) ?? [], creators.get(row.id)));
  }
  return ids.flatMap((id) => cards.get(id) ?? []);
}

export function standingOf(row: WorkRow): WorkStanding {
  return {
    state: row.state,
    restricted: row.restricted === 1,
    unrevealed: row.unrevealed === 1,
    anonymous: row.anonymous === 1,
    hidden: row.hidden === 1,
    deleted: row.deleted_at !== null,
  };
}

export function cardOf(row: WorkRow, tags: WorkTag[], creators: Creator[] | undefined): WorkCard {
  return {
    ...standingOf(row),
    id: row.id,
    publicId: row.public_id,
    title: row.title,
    language: row.language,
    creators: creators ?? [],
    creatorsConcealed: creators === undefined,
    tags,
    summaryHtml: row.summary_html,
    status: row.status,
    plannedChapters: row.planned_chapters,
    postedChapters: row.posted_chapters,
    words: row.words,
    kudos: row.kudos,
    comments: row.comments,
    bookmarks: row.bookmarks,
    hits: row.hits,
    adult: row.adult === 1,
    noindex: row.noindex === 1,
    decisions: decisionsIn(row),
    sample: row.sample === 1,
    postedAt: row.posted_at,
    updatedAt: row.updated_at,
    version: row.version,
    createdAt: row.created_at,
  };
}

export async function tagsOf(handle: Handle, workIds: readonly number[]): Promise<Map<number, WorkTag[]>> {
  const rows = await handle
    .selectFrom('work_tags')
    .innerJoin('tags', 'tags.id', 'work_tags.tag_id')
    .select(['work_tags.work_id', 'tags.id', 'work_tags.kind', 'tags.name'])
    .where('work_tags.work_id', 'in', workIds)
    .orderBy('work_tags.work_id')
    .orderBy('work_tags.position')
    .execute();
  const tags = new Map<number, WorkTag[]>();
  for (const row of rows) {
    const list = tags.get(row.work_id) ?? [];
    list.push({ id: row.id, kind: row.kind, name: row.name });
    tags.set(row.work_id, list);
  }
  return tags;
}

/** Public bylines. A work that is absent from the answer is anonymous to this viewer. */
export async function creatorsOf(
  handle: Handle,
  viewer: Viewer,
  workIds: readonly number[],
): Promise<Map<number, Creator[]>> {
  const rows = await handle
    .selectFrom('works')
    .where('works.id', 'in', workIds)
    .where((works) => mayKnowCreatorsSql(works, viewer))
    .leftJoin('work_creators', (join) =>
      join.onRef('work_creators.work_id', '=', 'works.id').on('work_creators.state', '=', 'accepted'),
    )
    .leftJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
    .leftJoin('imported_creators', 'imported_creators.id', 'work_creators.imported_creator_id')
    .select([
      'works.id',
      'pseuds.public_id as pseud_public_id',
      'pseuds.name as pseud_name',
      'imported_creators.public_id as imported_public_id',
      'imported_creators.name as imported_name',
    ])
    .orderBy('works.id')
    .orderBy('work_creators.position')
    .execute();
  const creators = new Map<number, Creator[]>();
  for (const row of rows) {
    const list = creators.get(row.id) ?? [];
    if (row.pseud_public_id !== null && row.pseud_name !== null) {
      list.push({ kind: 'pseud', publicId: row.pseud_public_id, name: row.pseud_name });
    }
    if (row.imported_public_id !== null && row.imported_name !== null) {
      list.push({ kind: 'imported', publicId: row.imported_public_id, name: row.imported_name });
    }
    creators.set(row.id, list);
  }
  return creators;
}
