/** Reads that join works, tags and series into what lists show. */
import { nameKey } from '../../platform/db/name-key.ts';
import { logHead } from '../../platform/events/log.ts';
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { seriesOfWorks } from '../series/index.ts';
import { WORKS_PER_PAGE } from '../site/index.ts';
import { languages, vocabulary, type Language, type Tag, type TagKind, type Vocabulary } from '../tags/index.ts';
import {
  audienceOf,
  countWords,
  countWorks,
  pageOfWorks,
  workCards,
  type ListOf,
  type WorkCard,
} from '../works/index.ts';
import type { Series } from '../series/index.ts';
import './tables.ts';

/** What blurbs need besides the works: the archive's words and languages, and where the works stand in series. */
export interface ListedWork {
  card: WorkCard;
  series: { series: Series; position: number }[];
}

export interface Words {
  vocabulary: Vocabulary;
  languages: ReadonlyMap<string, Language>;
}

export async function archiveWords(handle: Handle): Promise<Words> {
  const [terms, known] = await Promise.all([vocabulary(handle), languages(handle)]);
  return { vocabulary: terms, languages: new Map(known.map((language) => [language.code, language])) };
}

/** Works for a list, in the order of the ids, with their series. */
export async function listedWithSeries(handle: Handle, viewer: Viewer, ids: readonly number[]): Promise<ListedWork[]> {
  const [cards, series] = await Promise.all([workCards(handle, viewer, ids), seriesOfWorks(handle, viewer, ids)]);
  return cards.map((card) => ({ card, series: series.get(card.id) ?? [] }));
}

export interface ListPage {
  total: number;
  page: number;
  pages: number;
  works: ListedWork[];
}

/** One page of a list. A page beyond the last one is empty; `page` is at least 1. */
export async function listPage(
  handle: Handle,
  viewer: Viewer,
  list: ListOf,
  page: number,
  totals: Totals,
  perPage: number = WORKS_PER_PAGE,
): Promise<ListPage> {
  const total = await totals.works(handle, viewer, list);
  const ids = await pageOfWorks(handle, viewer, list, { offset: (page - 1) * perPage, limit: perPage, total });
  return {
    total,
    page,
    pages: Math.max(1, Math.ceil(total / perPage)),
    works: await listedWithSeries(handle, viewer, ids),
  };
}

/** Totals of lists, remembered for each audience until something happens in the archive. */
export interface Totals {
  works(handle: Handle, viewer: Viewer, list: ListOf): Promise<number>;
  words(handle: Handle, viewer: Viewer): Promise<number>;
}

const REMEMBERED = 2_000;

export function rememberedTotals(): Totals {
  let head = -1;
  const totals = new Map<string, number>();
  const remember = async (handle: Handle, key: string, count: () => Promise<number>) => {
    const newest = await logHead(handle);
    if (newest !== head || totals.size > REMEMBERED) totals.clear();
    head = newest;
    const known = totals.get(key);
    if (known !== undefined) return known;
    const counted = await count();
    // Whoever asked meanwhile may have seen a newer head: a count from before it is not for them.
    if (head === newest) totals.set(key, counted);
    return counted;
  };
  return {
    works: (handle, viewer, list) =>
      remember(handle, `${audienceOf(viewer)} works ${listKey(list)}`, () => countWorks(handle, viewer, list)),
    words: (handle, viewer) => remember(handle, `${audienceOf(viewer)} words`, () => countWords(handle, viewer)),
  };
}

function listKey(list: ListOf): string {
  if (list.of === 'tag') return `tag ${list.tag.id}`;
  if (list.of === 'creator') return `creator ${list.creator.kind} ${list.creator.id}`;
  return 'everything';
}

export interface CountedTag {
  tag: Pick<Tag, 'id' | 'kind' | 'name'>;
  works: number;
}

/** Concepts of a kind with how many works of the viewer's lists stand under them, most first. */
export async function countedTags(
  handle: Handle,
  viewer: Viewer,
  kind: TagKind,
  limit: number | null,
): Promise<CountedTag[]> {
  const column = audienceOf(viewer) === 'guest' ? 'tag_counts.guest' : 'tag_counts.account';
  let query = handle
    .selectFrom('tag_counts')
    .innerJoin('tags', 'tags.id', 'tag_counts.tag_id')
    .select(['tags.id', 'tags.kind', 'tags.name', `${column} as works`])
    .where('tag_counts.kind', '=', kind)
    .where(column, '>', 0)
    .orderBy(column, 'desc')
    .orderBy('tags.name_key');
  if (limit !== null) query = query.limit(limit);
  const rows = await query.execute();
  return rows.map((row) => ({ tag: { id: row.id, kind: row.kind, name: row.name }, works: row.works }));
}

/** How many concepts of a kind have works in the viewer's lists. */
export async function countTagsInUse(handle: Handle, viewer: Viewer, kind: TagKind): Promise<number> {
  const column = audienceOf(viewer) === 'guest' ? 'tag_counts.guest' : 'tag_counts.account';
  const row = await handle
    .selectFrom('tag_counts')
    .select((count) => count.fn.countAll<number>().as('tags'))
    .where('kind', '=', kind)
    .where(column, '>', 0)
    .executeTakeFirstOrThrow();
  return Number(row.tags);
}

/** Names of concepts of a kind that stand on works in the viewer's lists, most used first: what a form may offer. */
export async function namesInUse(
  handle: Handle,
  viewer: Viewer,
  kind: TagKind,
  page: { begins: string; limit: number },
): Promise<string[]> {
  const column = audienceOf(viewer) === 'guest' ? 'tag_counts.guest' : 'tag_counts.account';
  const key = nameKey(page.begins);
  let query = handle
    .selectFrom('tag_counts')
    .innerJoin('tags', 'tags.id', 'tag_counts.tag_id')
    .select('tags.name')
    .where('tag_counts.kind', '=', kind)
    .where(column, '>', 0);
  if (key !== '') query = query.where('tags.name_key', '>=', key).where('tags.name_key', '<', `${key}\u{10ffff}`);
  const rows = await query.orderBy(column, 'desc').orderBy('tags.name_key').limit(page.limit).execute();
  return rows.map((row) => row.name);
}
