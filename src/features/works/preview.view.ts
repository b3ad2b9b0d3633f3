/** A work and a chapter that nothing has been written of, in the shape of those that have: to show how they will be read. Pure. */
import { NEW_WORK_DECISIONS } from './deciding.ts';
import type { NewChapter, NewWork } from './drafts.actions.ts';
import type { ChapterHead, ChapterWhole, WorkWhole } from './work.ts';

/** A new work with its one chapter, signed by these pseuds. */
export function previewOf(
  work: NewWork,
  chapter: NewChapter,
  pseuds: readonly { publicId: string; name: string }[],
  now: number,
): { work: WorkWhole; chapter: ChapterWhole } {
  const head: ChapterHead = {
    id: 0,
    publicId: '',
    position: 1,
    title: chapter.title,
    state: 'posted',
    words: chapter.words,
    postedAt: chapter.postedAt ?? now,
    publishAt: null,
  };
  return {
    work: {
      id: 0,
      publicId: '',
      title: work.title,
      language: work.language,
      creators: pseuds.map(({ publicId, name }) => ({ kind: 'pseud', publicId, name })),
      creatorsConcealed: false,
      tags: work.tags.map((tag, id) => ({ ...tag, id })),
      summaryHtml: work.summary.html,
      notesHtml: work.notes.html,
      endNotesHtml: work.endNotes.html,
      summarySource: work.summary.source,
      notesSource: work.notes.source,
      endNotesSource: work.endNotes.source,
      format: work.format,
      status: work.status,
      plannedChapters: work.plannedChapters,
      postedChapters: 1,
      words: chapter.words,
      kudos: 0,
      comments: 0,
      bookmarks: 0,
      hits: 0,
      adult: false,
      noindex: work.noindex,
      sample: false,
      postedAt: work.postedAt ?? now,
      updatedAt: work.updatedAt ?? now,
      version: 0,
      createdAt: now,
      state: 'posted',
      restricted: work.restricted,
      unrevealed: false,
      anonymous: false,
      hidden: false,
      deleted: false,
      decisions: NEW_WORK_DECISIONS,
      sourceUrl: null,
      archivedBy: null,
      notices: [],
      publishAt: null,
      deletedAt: null,
      relations: new Set(),
      chapters: [head],
    },
    chapter: previewChapter(head, chapter),
  };
}

/** A chapter as it will be read at its place. */
export function previewChapter(head: ChapterHead, chapter: NewChapter): ChapterWhole {
  return {
    ...head,
    title: chapter.title,
    words: chapter.words,
    warnings: chapter.warnings ?? '',
    summaryHtml: chapter.summary.html,
    notesHtml: chapter.notes.html,
    endNotesHtml: chapter.endNotes.html,
    html: chapter.text.html,
  };
}
