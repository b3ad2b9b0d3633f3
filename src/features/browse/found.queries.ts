/**
 * Where the words were found in the stories of a page: a few snippets each, leading to their paragraph. The text is read
 * from the truth with the viewer's eyes; behind the adult gate nothing is quoted to who has not passed it.
 */
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { chapterPath, chapterTexts, listedChapters, type ListedChapter } from '../works/index.ts';
import { languageView } from './blurb-view.ts';
import type { TextLeaf, WorkFilter } from './filter/work-filter.ts';
import type { FoundView } from './pages/filtered-list-view.ts';
import type { Words } from './queries.ts';
import type { TextSearch } from './text/text-search.ts';

/** Words of the chapters that are read for one page, whatever was found in them. */
const WORDS_READ = 400_000;

/** @returns for each work, by id, its snippets in the order of its chapters; works without any are left out. */
export async function foundInStories(
  sources: { handle: Handle; text: TextSearch },
  viewer: Viewer,
  ask: { filter: WorkFilter; leaves: readonly TextLeaf[]; works: readonly number[]; words: Words },
): Promise<Map<number, FoundView[]>> {
  const { inText } = ask.filter;
  const leaves = ask.leaves.filter(({ place }) => place === 'text' || (place === null && inText));
  const found = new Map<number, FoundView[]>();
  if (leaves.length === 0 || ask.works.length === 0) return found;
  const places = await sources.text.places(leaves, ask.works);
  const chapters = await listedChapters(sources.handle, viewer, [...places.values()].flat());
  const quotable = withinReason(chapters.filter(({ work }) => viewer.adult || !work.adult));
  const texts = await chapterTexts(sources.handle, quotable);
  const snippets = await sources.text.snippets(
    leaves,
    texts.map(({ id, html }) => ({ key: id, html })),
  );
  const byId = new Map(snippets.map((snippet) => [snippet.key, snippet]));
  for (const chapter of quotable.toSorted((a, b) => a.position - b.position)) {
    const snippet = byId.get(chapter.id);
    if (!snippet) continue;
    const { work } = chapter;
    const { code, dir } = languageView(work.language, ask.words);
    const view: FoundView = {
      where: chapter.title === '' ? `Chapter ${chapter.position}` : `Chapter ${chapter.position}: ${chapter.title}`,
      href: chapterPath(work, chapter) + (snippet.blockId === null ? '' : `#${snippet.blockId}`),
      pieces: snippet.pieces,
      language: { code, dir },
    };
    found.set(work.id, [...(found.get(work.id) ?? []), view]);
  }
  return found;
}

/** One chapter of each work before the second of any, as far as reading them takes no long time. */
function withinReason(chapters: readonly ListedChapter[]): ListedChapter[] {
  const seen = new Map<number, number>();
  const ranked = chapters
    .map((chapter) => {
      const turn = seen.get(chapter.work.id) ?? 0;
      seen.set(chapter.work.id, turn + 1);
      return { chapter, turn };
    })
    .toSorted((a, b) => a.turn - b.turn);
  let words = 0;
  return ranked.flatMap(({ chapter }) => {
    words += chapter.words;
    return words <= WORDS_READ ? [chapter] : [];
  });
}
