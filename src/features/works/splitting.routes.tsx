/** Chapters cut in two and put together, for those who keep the work: a page asks where, and says what becomes of what. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { readForm } from '../../platform/http/form.ts';
import { escapeHtml, plainText } from '../../platform/html/text.ts';
import { showPage } from '../../ui/show.ts';
import { seeOther, type ArchiveContext, type ArchiveEnv } from '../accounts/index.ts';
import { TITLE_CHARACTERS } from '../site/index.ts';
import { languages } from '../tags/index.ts';
import { cutBefore, joined, opening, topPieces, type Seam } from './chapter-parts.ts';
import { cleanChapter } from './clean-texts.form.ts';
import { languageViews } from './form-view.ts';
import { keptChapters, writtenChapter, type WrittenChapter } from './kept-chapters.queries.ts';
import { MergeChaptersPage } from './pages/MergeChaptersPage.tsx';
import { SplitChapterPage } from './pages/SplitChapterPage.tsx';
import { mergeChapters, splitChapter } from './splitting.actions.ts';
import { numberTyped, typedIn } from './typed.ts';
import { mayChangeWork } from './visibility.ts';
import { findWork } from './work.queries.ts';
import { workPath, type ChapterRefusal, type WorkWhole } from './work.ts';
import { chapterLengthErrors, refusalWords } from './writing-form.ts';

/** A chapter with its work, and the one behind it. */
interface Own {
  work: WorkWhole;
  chapter: WrittenChapter;
  position: number;
  next: WrittenChapter | null;
}

export function splittingRoutes(web: Hono<ArchiveEnv>, ground: Ground): void {
  const { db, now, cleaner } = ground;
  const handle = db.reads;

  const own = async (c: ArchiveContext): Promise<Own | null> => {
    const work = await findWork(handle, c.var.viewer, c.req.param('id') ?? '');
    if (!work || !mayChangeWork(c.var.viewer, work)) return null;
    const all = await keptChapters(handle, work);
    const at = all.findIndex((one) => one.publicId === c.req.param('chapter'));
    const chapter = await writtenChapter(handle, work, all[at]?.publicId ?? '');
    const next = await writtenChapter(handle, work, all[at + 1]?.publicId ?? '');
    return chapter ? { work, chapter, position: at + 1, next } : null;
  };
  const headOf = async ({ work, chapter, position }: Own) => ({
    work: {
      title: work.title,
      href: workPath(work),
      language: languageViews(await languages(handle)).get(work.language ?? '') ?? null,
    },
    chaptersHref: `/works/${work.publicId}/chapters`,
    base: `/works/${work.publicId}/chapters/${chapter.publicId}`,
    position,
    title: chapter.title,
    revision: chapter.revision,
  });

  const showSplit = async (c: ArchiveContext, it: Own, typed: { at: string; title: string }, error?: string) =>
    showPage(
      c,
      <SplitChapterPage
        site={c.var.site}
        view={{
          ...(await headOf(it)),
          becomesHtml: it.chapter.format !== 'html',
          pieces: topPieces(it.chapter.text.html).map((piece) => opening(plainText(piece))),
          typed,
          titleLimit: TITLE_CHARACTERS,
          error: error ?? null,
        }}
      />,
      error === undefined ? 200 : 422,
    );

  web.get('/works/:id/chapters/:chapter/split', async (c) => {
    const it = await own(c);
    return it ? showSplit(c, it, { at: '', title: '' }) : c.notFound();
  });

  web.post('/works/:id/chapters/:chapter/split', async (c) => {
    const it = await own(c);
    if (!it) return c.notFound();
    const { work, chapter } = it;
    const form = await readForm(c);
    const { line } = typedIn(form);
    const typed = { at: line('at'), title: line('title') };
    const madeFrom = numberTyped(form.one('revision')) ?? 0;
    if (madeFrom !== chapter.revision) return showSplit(c, it, { at: '', title: typed.title }, CHANGED);
    if (typed.title.length > TITLE_CHARACTERS)
      return showSplit(c, it, typed, `A title has at most ${TITLE_CHARACTERS} characters.`);
    const cut = cutBefore(chapter.text.html, numberTyped(typed.at) ?? 0);
    if (!cut) return showSplit(c, it, typed, 'Choose where the second chapter begins.');
    const previous = chapter.text.html;
    const around = { format: 'html' as const, postedOn: '', summary: '', notes: '', endNotes: '' };
    // Nobody can say here which half they are about.
    const chapterWarnings = chapter.warnings;
    const first = await cleanChapter(
      cleaner,
      { ...around, chapterWarnings, chapterTitle: chapter.title, text: cut.first },
      chapter.postedAt,
      previous,
    );
    const second = await cleanChapter(
      cleaner,
      { ...around, chapterWarnings, chapterTitle: typed.title, text: cut.second },
      chapter.postedAt,
      previous,
    );
    if (!first || !second) return showSplit(c, it, typed, 'This text could not be read.');
    const answer = await db.writeUnlessRefused((tx) =>
      splitChapter(tx, now(), c.var.viewer, work.publicId, chapter.publicId, {
        madeFrom,
        // What stands before a text stays with its beginning, what stands behind it with its end.
        first: { ...first, summary: asHtml(chapter.summary), notes: asHtml(chapter.notes) },
        second: { ...second, endNotes: asHtml(chapter.endNotes) },
      }),
    );
    return after(c, answer, 'The chapter is two now.');
  });

  const showMerge = async (c: ArchiveContext, it: Own, next: WrittenChapter, seam: Seam, error?: string) =>
    showPage(
      c,
      <MergeChaptersPage
        site={c.var.site}
        view={{
          ...(await headOf(it)),
          next: { publicId: next.publicId, title: next.title, revision: next.revision },
          becomesHtml: it.chapter.format !== 'html' || next.format !== 'html',
          seam,
          error: error ?? null,
        }}
      />,
      error === undefined ? 200 : 422,
    );

  web.get('/works/:id/chapters/:chapter/merge', async (c) => {
    const it = await own(c);
    return it?.next ? showMerge(c, it, it.next, it.next.title === '' ? 'break' : 'title') : c.notFound();
  });

  web.post('/works/:id/chapters/:chapter/merge', async (c) => {
    const it = await own(c);
    if (!it?.next) return c.notFound();
    const { work, chapter, next } = it;
    const form = await readForm(c);
    const seam = SEAMS.find((one) => one === form.one('seam')) ?? 'nothing';
    const madeFrom = numberTyped(form.one('revision')) ?? 0;
    const nextMadeFrom = numberTyped(form.one('nextRevision')) ?? 0;
    if (form.one('next') !== next.publicId || madeFrom !== chapter.revision || nextMadeFrom !== next.revision)
      return showMerge(c, it, next, seam, CHANGED);
    const both = (of: 'summary' | 'notes' | 'endNotes') => joined(chapter[of].html, next[of].html, 'nothing', '');
    const text = await cleanChapter(
      cleaner,
      {
        format: 'html',
        postedOn: '',
        chapterTitle: chapter.title,
        chapterWarnings: [...new Set([chapter.warnings, next.warnings])].filter((one) => one !== '').join('; '),
        summary: both('summary'),
        notes: both('notes'),
        endNotes: both('endNotes'),
        text: joined(chapter.text.html, next.text.html, seam, escapeHtml(next.title)),
      },
      chapter.postedAt,
      `${chapter.text.html}\n${next.text.html}`,
    );
    if (!text) return showMerge(c, it, next, seam, 'These texts could not be read.');
    const tooLong = Object.values(chapterLengthErrors(text, null))[0];
    if (tooLong !== undefined) return showMerge(c, it, next, seam, `Together they are too long. ${tooLong}`);
    const answer = await db.writeUnlessRefused((tx) =>
      mergeChapters(tx, now(), c.var.viewer, work.publicId, chapter.publicId, {
        next: next.publicId,
        madeFrom,
        nextMadeFrom,
        text,
      }),
    );
    const undo = { action: `/works/${work.publicId}/chapters/${next.publicId}/restoration` };
    return after(c, answer, 'The two chapters are one now.', undo);
  });
}

const SEAMS: readonly Seam[] = ['nothing', 'break', 'title'];
const CHANGED = 'The chapters were changed meanwhile. Look again.';

function asHtml(text: { html: string }): { source: string; html: string } {
  return { source: text.html, html: text.html };
}

function after(c: ArchiveContext, answer: object | ChapterRefusal, text: string, second?: { action: string }) {
  const back = `/works/${c.req.param('id') ?? ''}/chapters`;
  if (!('refusal' in answer)) {
    // The first chapter keeps the joined text: its revisions lead back to what it was.
    const undo = second ? { undo: { ...second, label: 'Take the second chapter back' } } : {};
    return seeOther(c, back, { kind: 'done', text, ...undo });
  }
  if (answer.refusal === 'not-found') return c.notFound();
  return seeOther(c, back, { kind: 'refused', text: refusalWords(answer) });
}
