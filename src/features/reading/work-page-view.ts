/** From a work to what its pages show. Pure. */
import { headingsFrom } from '../../platform/html/headings.ts';
import type { FormTarget } from '../../ui/site-view.ts';
import { describeWork, type Words } from '../browse/index.ts';
import { seriesPath, type SeriesPlace } from '../series/index.ts';
import {
  chapterPath,
  entireWorkPath,
  missingForPosting,
  MISSING_WORDS,
  workPath,
  type ChapterHead,
  type ChapterWhole,
  type WorkCard,
  type WorkWhole,
} from '../works/index.ts';
import type { TogetherView } from './pages/Together.tsx';
import type { ChapterLink, ChapterText, WorkTools, WorkView } from './pages/work-view.ts';

/** The page's own headings end with the chapter's title, an h2. */
const STORY_HEADINGS = 3;

export interface WorkSurroundings {
  words: Words;
  places: readonly SeriesPlace[];
  /** Works before and after this one in its series, by id. */
  neighbours: ReadonlyMap<number, WorkCard>;
  together: TogetherView;
  /** Whether the viewer may change the work. */
  mayChange: boolean;
  /** What those who keep the work are told, where it is hidden. */
  whyHidden: { reason: string } | null;
  /** Whether one of its creators asks the others to delete it; asked for those alone who may change it. */
  deletionAsked: boolean;
  /** Whether the original file can be had here. */
  original: boolean;
  /** The creator's style, and whether the reader leaves such styles on; null where the work has none. */
  skin: { sheet: string; on: boolean } | null;
}

export function workView(work: WorkWhole, around: WorkSurroundings): WorkView {
  const link = (id: number | null) => {
    const card = id === null ? undefined : around.neighbours.get(id);
    return card ? { href: workPath(card), title: card.title } : null;
  };
  return {
    ...describeWork(work, around.words),
    id: work.publicId,
    href: workPath(work),
    title: work.title,
    archivedBy: work.archivedBy === null || work.sample ? null : { name: work.archivedBy, href: null },
    series: around.places.map((place) => ({
      title: place.series.title,
      href: seriesPath(place.series),
      position: place.position,
      previous: link(place.previousId),
      next: link(place.nextId),
    })),
    together: around.together,
    chapters: {
      posted: work.state === 'posted' ? work.postedChapters : work.chapters.length,
      planned: work.plannedChapters,
    },
    words: work.words,
    kudos: work.kudos,
    comments: work.comments,
    bookmarks: work.bookmarks,
    hits: work.hits,
    postedAt: work.postedAt,
    updatedAt: work.postedAt === null ? null : work.updatedAt,
    source: work.sourceUrl === null ? null : { href: work.sourceUrl, host: new URL(work.sourceUrl).host },
    summary: textOrNull(work.summaryHtml),
    notes: textOrNull(work.notesHtml),
    endNotes: textOrNull(work.endNotesHtml),
    restricted: work.restricted,
    draft: work.state !== 'posted',
    hidden: work.hidden,
    whyHidden: around.whyHidden?.reason ?? null,
    noindex: work.noindex || work.restricted || work.adult || work.state !== 'posted',
    ...work.decisions,
    entireHref: entireWorkPath(work),
    ...(around.skin ? { skin: around.skin } : {}),
    ...(around.mayChange ? { tools: tools(work, around) } : {}),
  };
}

function tools(work: WorkWhole, { original, deletionAsked }: WorkSurroundings): WorkTools {
  const base = `/works/${work.publicId}`;
  const post: FormTarget = { action: `${base}/publication` };
  const missing = missingForPosting({ ...work, chapters: work.chapters.length }).map((one) => MISSING_WORDS[one]);
  return {
    editHref: `${base}/edit`,
    chaptersHref: `${base}/chapters`,
    publishAt: work.state === 'scheduled' ? work.publishAt : null,
    deleteHref: `${base}/delete`,
    deletionAsked,
    concealed: [
      ...(work.anonymous ? ['Anonymous: readers do not see who wrote it.'] : []),
      ...(work.unrevealed ? ['Unrevealed: nobody but its creators sees that it is there.'] : []),
    ],
    missing,
    notices: work.notices.length,
    originalHref: original ? `${base}/original` : null,
    reviewHref: original ? `${base}/review` : null,
    ...(work.state === 'draft' && missing.length === 0 ? { post } : {}),
  };
}

export function chapterLinks(work: WorkWhole): ChapterLink[] {
  return work.chapters.map((chapter) => ({
    position: chapter.position,
    title: textOrNull(chapter.title),
    href: chapterHref(work, chapter),
    words: chapter.words,
    postedAt: chapter.postedAt,
    draft: work.state === 'posted' && chapter.state !== 'posted',
  }));
}

/** The first chapter is read on the work's own page. */
export function chapterHref(work: WorkWhole, chapter: ChapterHead): string {
  return chapter.position === 1 ? workPath(work) : chapterPath(work, chapter);
}

export function chapterText(work: WorkWhole, chapter: ChapterWhole): ChapterText {
  return {
    id: chapter.publicId,
    position: chapter.position,
    title: textOrNull(chapter.title),
    warnings: textOrNull(chapter.warnings),
    summary: textOrNull(chapter.summaryHtml),
    notes: textOrNull(chapter.notesHtml),
    html: headingsFrom(chapter.html, STORY_HEADINGS),
    endNotes: textOrNull(chapter.endNotesHtml),
    words: chapter.words,
    draft: work.state === 'posted' && chapter.state !== 'posted',
  };
}

function textOrNull(text: string): string | null {
  return text === '' ? null : text;
}
