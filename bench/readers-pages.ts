/** The pages that a bench's readers ask for: mostly lists, narrowed by popular tags more often than by others. */
import type { ReadDatabase } from '../src/platform/db/database.ts';
import { tagPath } from '../src/features/tags/index.ts';
import { CONCEPT_KINDS, type ConceptKind } from '../src/features/browse/browse-query.ts';
import { questionsFor, type CountedTag } from './browse-questions.ts';
import { randomFrom, weighted, type Random } from './random.ts';

export interface AskedPage {
  kind: string;
  path: string;
}

/** Of a hundred pages so many are of this kind. */
const MIX = { works: 20, tag: 30, question: 15, deep: 10, search: 10, json: 10, work: 5 };
const SORTS = ['updated', 'posted', 'words', 'kudos', 'hits', 'title', '-updated'];
const RATINGS = ['General Audiences', 'Teen And Up Audiences', 'Mature', 'Explicit'];
const RANGES = ['..1000', '1000..5000', '5000..', '50000..'];
/** Tags on fewer works than this are not asked for by readers of the bench. */
const LEAST = 3;
const PER_PAGE = 25;

/** So many pages of an archive of so many works, the same for the same seed. */
export async function pagesToAsk(
  reads: ReadDatabase['reads'],
  works: number,
  count: number,
  seed: number,
): Promise<AskedPage[]> {
  const random = randomFrom(seed);
  const tags = await tagsByUse(reads);
  const pickTag = weighted(tags.map((tag) => tag.works));
  const aTag = (): CountedTag => {
    const tag = tags[pickTag(random)];
    if (tag === undefined) throw new Error('The archive has no tags to ask for.');
    return tag;
  };
  const questions = questionsFor(works, tags);
  const publicIds = (
    await reads.selectFrom('works').select('public_id').where('restricted', '=', 0).orderBy('id').limit(1_000).execute()
  ).map((work) => work.public_id);
  const makers: Record<keyof typeof MIX, () => string> = {
    works: () => withQuery('/works', { page: String(1 + Math.floor(20 * random.next() ** 3)) }),
    tag: () => withQuery(tagPath(aTag()), narrowed(random)),
    question: () => `/works?${random.pick(questions).address}`,
    deep: () => withQuery('/works', { sort: random.pick(SORTS), page: String(1 + random.below(pagesFor(works))) }),
    search: () => withQuery('/search', { q: aTag().name }),
    json: () => `/api/v1/works?${random.pick(questions).address}`,
    work: () => `/works/${random.pick(publicIds)}`,
  };
  const kinds = Object.keys(MIX) as (keyof typeof MIX)[];
  const pickKind = weighted(kinds.map((kind) => MIX[kind]));
  return Array.from({ length: count }, () => {
    const kind = kinds[pickKind(random)] ?? 'works';
    return { kind, path: makers[kind]() };
  });
}

/** Nearly as many pages as guests have of all works. */
function pagesFor(works: number): number {
  return Math.max(1, Math.floor((works * 0.9) / PER_PAGE));
}

/** What a reader adds to a tag: often nothing. */
function narrowed(random: Random): Record<string, string> {
  return {
    ...(random.chance(0.3) ? { rating: random.pick(RATINGS) } : {}),
    ...(random.chance(0.2) ? { 'not-tag': 'Angst' } : {}),
    ...(random.chance(0.2) ? { words: random.pick(RANGES) } : {}),
    ...(random.chance(0.2) ? { complete: 'yes' } : {}),
    ...(random.chance(0.4) ? { sort: random.pick(SORTS) } : {}),
  };
}

function withQuery(path: string, query: Record<string, string>): string {
  const params = new URLSearchParams(query).toString();
  return params === '' ? path : `${path}?${params}`;
}

/** Tags of each kind, those on most works first. */
async function tagsByUse(reads: ReadDatabase['reads']): Promise<CountedTag[]> {
  const rows = await reads
    .selectFrom('work_tags')
    .innerJoin('tags', 'tags.id', 'work_tags.tag_id')
    .select(['tags.id', 'tags.kind', 'tags.name', (count) => count.fn.countAll<number>().as('works')])
    .groupBy(['tags.id', 'tags.kind', 'tags.name'])
    .having((count) => count.fn.countAll<number>(), '>=', LEAST)
    .orderBy('works', 'desc')
    .execute();
  return rows.flatMap((row) => {
    const kind: ConceptKind | undefined = CONCEPT_KINDS.find((one) => one === row.kind);
    return kind === undefined ? [] : [{ id: row.id, kind, name: row.name, works: row.works }];
  });
}
