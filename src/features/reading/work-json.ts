/** A work whole, as the API and `fanfold show --json` give it: one shape, described once. */
import { z } from 'zod';
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { archiveWords, cardToJson, htmlJson, isoTime, timeJson, workCardJson } from '../browse/index.ts';
import { seriesOfWorks } from '../series/index.ts';
import { chapterTexts, findWork, mayManageWork, type ChapterWhole, type WorkWhole } from '../works/index.ts';
import type { TogetherView } from './pages/Together.tsx';
import { togetherOf } from './together.view.ts';
import { chapterHref } from './work-page-view.ts';

const chapterJson = z.object({
  id: z.string(),
  position: z.int().min(1),
  title: z.string(),
  warnings: z.string().meta({ description: 'What readers should know before this chapter; plain text.' }),
  summary: htmlJson,
  notes: htmlJson,
  endNotes: htmlJson,
  html: z.string(),
  words: z.int(),
  status: z.enum(['draft', 'scheduled', 'posted']),
  posted: timeJson,
  url: z.string(),
});

const relatedJson = z
  .array(z.object({ title: z.string(), creators: z.array(z.string()), url: z.string() }))
  .meta({ description: 'As far as both sides agreed and the one who asks may see them.' });

export const workJson = workCardJson
  .extend({
    notes: htmlJson,
    endNotes: htmlJson,
    source: z.string().nullable().meta({ description: 'Where the work was posted before.' }),
    archivedBy: z.string().nullable().meta({ description: 'The pseud that brought the work here.' }),
    notices: z
      .array(z.string())
      .optional()
      .meta({ description: 'For those who keep the work: what its import wants looked at.' }),
    gifts: z.array(z.string()).meta({ description: 'For whom the work is, of those who agreed to be named.' }),
    inspiredBy: relatedJson,
    translationOf: relatedJson,
    inspired: relatedJson,
    translations: relatedJson,
    chapters: z.array(chapterJson),
  })
  .meta({ id: 'Work' });

export type WorkJson = z.infer<typeof workJson>;

/** One work whole, if the viewer may read it. `origin`: what addresses begin with, or '' for paths. */
export async function wholeWorkJson(
  handle: Handle,
  viewer: Viewer,
  publicId: string,
  origin: string,
): Promise<WorkJson | null> {
  const work = await findWork(handle, viewer, publicId);
  if (!work) return null;
  const chapters = await chapterTexts(handle, work.chapters);
  const series = (await seriesOfWorks(handle, viewer, [work.id])).get(work.id) ?? [];
  const words = await archiveWords(handle);
  const together = await togetherOf(handle, viewer, work.id, words);
  const related = (titles: TogetherView['inspired']) =>
    titles.map((one) => ({
      title: one.title,
      creators: one.creators.map((creator) => creator.name),
      url: one.elsewhere ? one.href : origin + one.href,
    }));
  return {
    ...cardToJson({ card: work, series }, words, origin),
    notes: work.notesHtml,
    endNotes: work.endNotesHtml,
    source: work.sourceUrl,
    archivedBy: work.archivedBy,
    ...(mayManageWork(work.relations) ? { notices: work.notices } : {}),
    gifts: together.recipients.map((recipient) => recipient.name),
    inspiredBy: related(together.inspiredBy),
    translationOf: related(together.translationOf),
    inspired: related(together.inspired),
    translations: related(together.translations),
    chapters: chapters.map((chapter) => chapterToJson(work, chapter, origin)),
  };
}

function chapterToJson(work: WorkWhole, chapter: ChapterWhole, origin: string): z.infer<typeof chapterJson> {
  return {
    id: chapter.publicId,
    position: chapter.position,
    title: chapter.title,
    warnings: chapter.warnings,
    summary: chapter.summaryHtml,
    notes: chapter.notesHtml,
    endNotes: chapter.endNotesHtml,
    html: chapter.html,
    words: chapter.words,
    status: chapter.state,
    posted: isoTime(chapter.postedAt),
    url: origin + chapterHref(work, chapter),
  };
}
