/**
 * What full text search reads of works: words alone, of works that stand in some audience's lists, and of their posted
 * chapters. An anonymous work has no byline here. No viewer: what is read may be searched, and shown to nobody.
 */
import { chunks } from '../../platform/db/chunks.ts';
import type { Handle } from '../../platform/db/tables.ts';
import './tables.ts';

/** What stands on a work. */
export interface TextWork {
  id: number;
  title: string;
  /** Public names, in order. */
  byline: readonly string[];
  /** The pseuds among them. */
  pseudIds: readonly number[];
  /** Names of its tags, and of the canonical tags that they stand for. */
  tags: readonly string[];
  summaryHtml: string;
  notesHtml: string;
  endNotesHtml: string;
}

/** A posted chapter, and the id of the revision that readers see: another text is another revision. */
export interface TextChapterHead {
  id: number;
  workId: number;
  revisionId: number;
}

export interface TextChapter extends TextChapterHead {
  title: string;
  summaryHtml: string;
  notesHtml: string;
  endNotesHtml: string;
  html: string;
}

function listed(handle: Handle) {
  // Who has an account sees all that guests see.
  return handle.selectFrom('works').where('works.listed_account', '=', 1);
}

/** How many works there are to search. */
export async function countTextWorks(handle: Handle): Promise<number> {
  const row = await listed(handle)
    .select((count) => count.fn.countAll<number>().as('works'))
    .executeTakeFirstOrThrow();
  return Number(row.works);
}

/** The ids of so many works to search, after an id, ascending. */
export async function textWorkIds(handle: Handle, after: number, limit: number): Promise<number[]> {
  const rows = await listed(handle)
    .select('works.id')
    .where('works.id', '>', after)
    .orderBy('works.id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** What stands on works. Those that are gone or stand in no lists are not answered. */
export async function textWorks(handle: Handle, ids: readonly number[]): Promise<TextWork[]> {
  const works: TextWork[] = [];
  for (const piece of chunks(ids)) {
    const rows = await listed(handle)
      .select([
        'works.id',
        'works.title',
        'works.summary_html as summaryHtml',
        'works.notes_html as notesHtml',
        'works.end_notes_html as endNotesHtml',
      ])
      .where('works.id', 'in', piece)
      .orderBy('works.id')
      .execute();
    const creators = await publicNames(handle, piece);
    const tags = await tagNames(handle, piece);
    for (const row of rows) {
      const names = creators.get(row.id) ?? [];
      works.push({
        ...row,
        byline: names.map((one) => one.name),
        pseudIds: names.flatMap((one) => one.pseudId ?? []),
        tags: [...new Set(tags.get(row.id))],
      });
    }
  }
  return works;
}

async function publicNames(handle: Handle, workIds: readonly number[]) {
  const rows = await listed(handle)
    .innerJoin('work_creators', 'work_creators.work_id', 'works.id')
    .leftJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
    .leftJoin('imported_creators', 'imported_creators.id', 'work_creators.imported_creator_id')
    .select(['works.id', 'work_creators.pseud_id', 'pseuds.name as pseud', 'imported_creators.name as imported'])
    .where('works.id', 'in', workIds)
    .where('works.anonymous', '=', 0)
    .where('work_creators.state', '=', 'accepted')
    .orderBy('works.id')
    .orderBy('work_creators.position')
    .execute();
  const named = rows.map((row) => ({ workId: row.id, pseudId: row.pseud_id, name: row.pseud ?? row.imported ?? '' }));
  return Map.groupBy(named, (one) => one.workId);
}

async function tagNames(handle: Handle, workIds: readonly number[]): Promise<Map<number, string[]>> {
  const rows = await handle
    .selectFrom('work_tags')
    .innerJoin('tags', 'tags.id', 'work_tags.tag_id')
    .leftJoin('tags as canonical', 'canonical.id', 'tags.synonym_of')
    .select(['work_tags.work_id', 'tags.name', 'canonical.name as canonicalName'])
    .where('work_tags.work_id', 'in', workIds)
    .orderBy('work_tags.work_id')
    .orderBy('work_tags.kind')
    .orderBy('work_tags.position')
    .orderBy('work_tags.tag_id')
    .execute();
  const names = new Map<number, string[]>();
  for (const row of rows) {
    const list = names.get(row.work_id) ?? [];
    list.push(row.name, ...(row.canonicalName === null ? [] : [row.canonicalName]));
    names.set(row.work_id, list);
  }
  return names;
}

function postedChapters(handle: Handle) {
  return listed(handle)
    .innerJoin('chapters', 'chapters.work_id', 'works.id')
    .innerJoin('chapter_revisions', (join) =>
      join
        .onRef('chapter_revisions.chapter_id', '=', 'chapters.id')
        .onRef('chapter_revisions.number', '=', 'chapters.revision'),
    )
    .where('chapters.state', '=', 'posted')
    .where('chapters.deleted_at', 'is', null)
    .select(['chapters.id', 'works.id as workId', 'chapter_revisions.id as revisionId']);
}

/** The posted chapters of works, in order. */
export async function textChapterHeads(handle: Handle, workIds: readonly number[]): Promise<TextChapterHead[]> {
  const heads: TextChapterHead[] = [];
  for (const piece of chunks(workIds)) {
    const rows = postedChapters(handle).where('works.id', 'in', piece).orderBy('works.id').orderBy('chapters.position');
    heads.push(...(await rows.execute()));
  }
  return heads;
}

/** The words of posted chapters, by id. Takes few: they are long. */
export async function textChapters(handle: Handle, ids: readonly number[]): Promise<TextChapter[]> {
  if (ids.length === 0) return [];
  return postedChapters(handle)
    .select([
      'chapter_revisions.title',
      'chapter_revisions.summary_html as summaryHtml',
      'chapter_revisions.notes_html as notesHtml',
      'chapter_revisions.end_notes_html as endNotesHtml',
      'chapter_revisions.html',
    ])
    .where('chapters.id', 'in', [...ids])
    .execute();
}

/** Works, after an id, in whose row a name can have changed: those with this tag or a synonym of it, or with this pseud. */
export async function textWorksNamed(
  handle: Handle,
  by: { tagId: number } | { pseudId: number },
  after: number,
  limit: number,
): Promise<number[]> {
  const works = listed(handle).select('works.id').where('works.id', '>', after).orderBy('works.id').limit(limit);
  const rows = await (
    'tagId' in by
      ? works.where('works.id', 'in', (sub) =>
          sub
            .selectFrom('work_tags')
            .innerJoin('tags', 'tags.id', 'work_tags.tag_id')
            .select('work_tags.work_id')
            .where((tag) => tag.or([tag('tags.id', '=', by.tagId), tag('tags.synonym_of', '=', by.tagId)])),
        )
      : works.where('works.id', 'in', (sub) =>
          sub.selectFrom('work_creators').select('work_id').where('pseud_id', '=', by.pseudId),
        )
  ).execute();
  return rows.map((row) => row.id);
}

/** Those of the pseuds that stand in a byline: one whose account was erased does not any more. */
export async function pseudsInBylines(handle: Handle, pseudIds: readonly number[]): Promise<Set<number>> {
  const found = new Set<number>();
  for (const piece of chunks(pseudIds)) {
    const rows = await handle
      .selectFrom('work_creators')
      .select('pseud_id')
      .distinct()
      .where('pseud_id', 'in', piece)
      .execute();
    for (const row of rows) if (row.pseud_id !== null) found.add(row.pseud_id);
  }
  return found;
}
