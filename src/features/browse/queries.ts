/** Reads that join works, tags and series into what lists show. */
import { logHead } from '../../platform/events/log.ts';
import { untilCommitted } from '../../platform/db/committed.ts';
import type { Handle, Reads } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { seriesOfWorks } from '../series/index.ts';
import { languages, vocabulary, type Language, type Vocabulary } from '../tags/index.ts';
import { audienceOf, countWords, workCards, type WorkCard } from '../works/index.ts';
import type { Series } from '../series/index.ts';

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

/** The archive's words as they stand, asked for again only when something was committed. */
export function archiveWordsNow(reads: Reads): () => Promise<Words> {
  return untilCommitted(reads, archiveWords);
}

/** Works for a list, in the order of the ids, with their series. */
export async function listedWithSeries(handle: Handle, viewer: Viewer, ids: readonly number[]): Promise<ListedWork[]> {
  const [cards, series] = await Promise.all([workCards(handle, viewer, ids), seriesOfWorks(handle, viewer, ids)]);
  return cards.map((card) => ({ card, series: series.get(card.id) ?? [] }));
}

/** How many words stand in the lists of an audience: a sum over all works, remembered until something happens. */
export function rememberedWords(): (handle: Handle, viewer: Viewer) => Promise<number> {
  let head = -1;
  const totals = new Map<string, number>();
  return async (handle, viewer) => {
    const newest = await logHead(handle);
    if (newest !== head) totals.clear();
    head = newest;
    const audience = audienceOf(viewer);
    const known = totals.get(audience);
    if (known !== undefined) return known;
    const counted = await countWords(handle, viewer);
    // Whoever asked meanwhile may have seen a newer head: a count from before it is not for them.
    if (head === newest) totals.set(audience, counted);
    return counted;
  };
}
