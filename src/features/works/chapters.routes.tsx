/** The chapters of a work, for those who keep it: one page for all of them, a form for each, and what can be done with each. */
import type { Hono } from 'hono';
import type { VNode } from 'preact';
import type { Tx } from '../../platform/db/tables.ts';
import type { Ground } from '../../platform/ground.ts';
import { readForm, type Form } from '../../platform/http/form.ts';
import { showPage } from '../../ui/show.ts';
import { seeOther, type ArchiveContext, type ArchiveEnv, type Viewer } from '../accounts/index.ts';
import { CHAPTER_CHARACTERS, CHAPTER_WARNINGS_CHARACTERS, UNDO_DAYS } from '../site/index.ts';
import { languages } from '../tags/index.ts';
import { dateWork, deleteChapter, reorderChapters, restoreChapter } from './arranging.actions.ts';
import { orderFrom } from './chapter-order.ts';
import { postChapter, scheduleChapter, withdrawChapter } from './chapter-posting.actions.ts';
import type { RescueNeeds } from './clean-text.routes.ts';
import { formOf, slipOf, type Place } from './autosave.ts';
import { savedBefore, settleSheet } from './autosaves.actions.ts';
import { openSheet, type Autosave } from './autosaves.queries.ts';
import { comparedChapter, NO_CHAPTER } from './compared.view.ts';
import type { ComparedPart } from './pages/Compared.tsx';
import { askedFor, wasSignedOut, type SignInNeeds } from './sheet.web.ts';
import { sheetView } from './sheet.view.ts';
import { showWithoutPlace } from './gone.web.tsx';
import { dayField, dayFrom, minuteField, minuteFrom, minuteWords } from './dates.ts';
import { languageViews, WORK_LIMITS } from './form-view.ts';
import { deletedChapters, keptChapters, writtenChapter, type WrittenChapter } from './kept-chapters.queries.ts';
import type { ChapterValues } from './pages/ChapterFields.tsx';
import { ChapterFormPage } from './pages/ChapterFormPage.tsx';
import { ChaptersPage } from './pages/ChaptersPage.tsx';
import { chapterFrom } from './new-chapter.form.ts';
import { previewChapter } from './preview.view.ts';
import { rescued, rescueNotice } from './rescue.form.ts';
import { scheduleWork } from './schedule.actions.ts';
import { numberTyped } from './typed.ts';
import { mayChangeWork } from './visibility.ts';
import { findWork } from './work.queries.ts';
import { chapterPath, workPath, type ChapterHead, type ChapterRefusal, type WorkWhole } from './work.ts';
import { saveChapter, writeChapter } from './writing.actions.ts';
import {
  CHANGED_SINCE,
  chapterErrorsFor,
  chapterValues,
  NOTATIONS,
  readChapterForm,
  refusalWords,
  type ChapterErrors,
} from './writing-form.ts';
import type { PreviewNeeds } from './writing.routes.tsx';

/** Works with more chapters than this are put in order one chapter at a time: a form has only so many fields. */
const ORDERED_AT_ONCE = 200;
const DAY_MS = 86_400_000;

const zoneOf = (c: ArchiveContext) => c.var.preferences.timeZone;

type Act = (tx: Tx, at: number, viewer: Viewer, work: string, chapter: string) => Promise<object | ChapterRefusal>;

export function chapterRoutes(
  web: Hono<ArchiveEnv>,
  ground: Ground,
  needs: PreviewNeeds & RescueNeeds & SignInNeeds,
): void {
  const { db, now, cleaner } = ground;
  const handle = db.reads;

  const ownWork = async (c: ArchiveContext): Promise<WorkWhole | null> => {
    const work = await findWork(handle, c.var.viewer, c.req.param('id') ?? '');
    return work && mayChangeWork(c.var.viewer, work) ? work : null;
  };
  const languageOf = async (work: WorkWhole) => languageViews(await languages(handle)).get(work.language ?? '') ?? null;
  const backToAll = (c: ArchiveContext) => `/works/${c.req.param('id') ?? ''}/chapters`;

  /** Does something and goes back to all chapters, with a sentence about it or about why it was not done. */
  const after = (c: ArchiveContext, answer: object | ChapterRefusal, text: string, undo?: { action: string }) => {
    if (!('refusal' in answer))
      return seeOther(c, backToAll(c), { kind: 'done', text, ...(undo ? { undo: { ...undo, label: 'Undo' } } : {}) });
    if (answer.refusal === 'not-found') return c.notFound();
    return seeOther(c, backToAll(c), { kind: 'refused', text: refusalWords(answer) });
  };
  const change = (c: ArchiveContext, act: Act) =>
    db.writeUnlessRefused((tx) => act(tx, now(), c.var.viewer, c.req.param('id') ?? '', c.req.param('chapter') ?? ''));

  web.get('/works/:id/chapters', async (c) => {
    const work = await ownWork(c);
    if (!work) return c.notFound();
    const chapters = await keptChapters(handle, work);
    const base = `/works/${work.publicId}`;
    const deleted = await deletedChapters(handle, work);
    return showPage(
      c,
      <ChaptersPage
        site={c.var.site}
        view={{
          work: { title: work.title, href: workPath(work), language: await languageOf(work), state: work.state },
          base,
          scheduledFor: work.publishAt === null ? null : minuteWords(work.publishAt, zoneOf(c)),
          timeZone: zoneOf(c),
          nextHour: minuteField(Math.ceil((now() + 1) / 3_600_000) * 3_600_000, zoneOf(c)),
          day: dayField(work.postedAt),
          planned: work.plannedChapters,
          atOnce: chapters.length <= ORDERED_AT_ONCE,
          chapters: chapters.map((chapter, index) => ({
            ...chapter,
            position: index + 1,
            base: `${base}/chapters/${chapter.publicId}`,
            href: chapterPath(work, chapter),
            scheduledFor: chapter.publishAt === null ? null : minuteWords(chapter.publishAt, zoneOf(c)),
          })),
          deleted: deleted.map((chapter) => ({
            ...chapter,
            erasedAt: chapter.deletedAt + UNDO_DAYS * DAY_MS,
            undo: { action: `${base}/chapters/${chapter.publicId}/restoration` },
          })),
        }}
      />,
    );
  });

  web.post('/works/:id/chapters/order', async (c) => {
    const work = await ownWork(c);
    if (!work) return c.notFound();
    const form = await readForm(c);
    const seen = (form.one('chapters') ?? '').split(',');
    const order = orderFrom(seen.map((one, index) => ({ one, typed: placeTyped(form, index) })));
    const answer = await change(c, (tx, at, viewer, id) => reorderChapters(tx, at, viewer, id, order));
    return after(c, answer, 'The chapters have their new order.');
  });

  web.post('/works/:id/schedule', async (c) => {
    const work = await ownWork(c);
    if (!work) return c.notFound();
    const form = await readForm(c);
    const at = form.one('draft') !== undefined ? null : minuteFrom(form.one('at') ?? '', now(), zoneOf(c));
    if (typeof at === 'string') return seeOther(c, backToAll(c), { kind: 'refused', text: at });
    const answer = await change(c, (tx, moment, viewer, id) => scheduleWork(tx, moment, viewer, id, at));
    if ('refusal' in answer && answer.refusal === 'incomplete')
      return seeOther(c, `/works/${work.publicId}/edit`, {
        kind: 'refused',
        text: 'Something is still missing before this work can be posted or scheduled.',
      });
    const when = at === null ? null : minuteWords(at, zoneOf(c));
    return after(c, answer, when === null ? 'The work is a draft again.' : `It will be posted on ${when}.`);
  });

  web.post('/works/:id/day', async (c) => {
    const work = await ownWork(c);
    if (!work) return c.notFound();
    const day = dayFrom((await readForm(c)).one('day') ?? '', now());
    if (day === null || typeof day === 'string')
      return seeOther(c, backToAll(c), { kind: 'refused', text: day ?? 'Type a day.' });
    const answer = await change(c, (tx, at, viewer, id) => dateWork(tx, at, viewer, id, day));
    return after(c, answer, `The work bears the day ${dayField(day)}.`);
  });

  web.post('/works/:id/chapters/:chapter/publication', async (c) => {
    const silently = (await readForm(c)).one('silently') !== undefined;
    const answer = await change(c, (tx, at, viewer, id, chapter) =>
      postChapter(tx, at, viewer, id, chapter, { silently }),
    );
    return after(c, answer, 'The chapter is posted.');
  });

  web.post('/works/:id/chapters/:chapter/withdrawal', async (c) => {
    return after(c, await change(c, withdrawChapter), 'The chapter is a draft again. Only you can see it.');
  });

  web.post('/works/:id/chapters/:chapter/schedule', async (c) => {
    if (!(await ownWork(c))) return c.notFound();
    const at = minuteFrom((await readForm(c)).one('at') ?? '', now(), zoneOf(c));
    if (typeof at === 'string') return seeOther(c, backToAll(c), { kind: 'refused', text: at });
    const answer = await change(c, (tx, moment, viewer, id, chapter) =>
      scheduleChapter(tx, moment, viewer, id, chapter, at),
    );
    return after(c, answer, `The chapter will be posted on ${minuteWords(at, zoneOf(c))}.`);
  });

  web.post('/works/:id/chapters/:chapter/deletion', async (c) => {
    const undo = { action: `${backToAll(c)}/${c.req.param('chapter')}/restoration` };
    const text = `The chapter is deleted. You can take that back for ${UNDO_DAYS} days.`;
    return after(c, await change(c, deleteChapter), text, undo);
  });

  web.post('/works/:id/chapters/:chapter/restoration', async (c) => {
    return after(c, await change(c, restoreChapter), 'The chapter is back.');
  });

  interface Shown {
    work: WorkWhole;
    /** Null for one that is not there yet. */
    chapter: WrittenChapter | null;
    values?: ChapterValues;
    errors?: ChapterErrors;
    /** Whether it was saved meanwhile. */
    stale?: boolean;
    silently?: boolean;
    has?: number;
    preview?: VNode;
    /** What was sent, where it comes back. */
    form?: Form;
    /** What it is filled with, that was typed before. */
    takenUp?: Autosave | null;
    /** What was saved meanwhile beside what was typed. */
    parts?: ComparedPart[];
  }

  const showForm = async (c: ArchiveContext, shown: Shown) => {
    const { work, chapter, errors = {} } = shown;
    const base = `/works/${work.publicId}/chapters`;
    const place = placeOf(work, chapter);
    const revision = shown.takenUp?.base ?? chapter?.revision ?? null;
    const sheet = await openSheet(handle, c.var.viewer, place, shown);
    return showPage(
      c,
      <ChapterFormPage
        site={c.var.site}
        view={{
          action: chapter ? `${base}/${chapter.publicId}/edit` : `${base}/new`,
          work: { title: work.title, href: workPath(work), language: await languageOf(work) },
          position: positionOf(work, chapter),
          revision,
          sheet: sheetView(sheet, revision ?? 0, shown.takenUp, zoneOf(c)),
          parts: shown.parts ?? null,
          revisionsHref: chapter ? `${base}/${chapter.publicId}/revisions` : null,
          chaptersHref: base,
          mayPost: work.state === 'posted' && chapter?.state !== 'posted',
          posted: chapter?.state === 'posted',
          values: shown.values ?? chapterValues(chapter),
          silently: shown.silently ?? false,
          errors,
          saved: shown.stale ? chapterValues(chapter) : null,
          notations: NOTATIONS,
          limits: { ...WORK_LIMITS, warnings: CHAPTER_WARNINGS_CHARACTERS },
          textLimit: { most: CHAPTER_CHARACTERS, has: shown.has ?? chapter?.text.html.length ?? 0 },
          preview: shown.preview ?? null,
        }}
      />,
      Object.keys(errors).length > 0 ? 422 : 200,
    );
  };

  /** Reads and cleans what was typed, and shows it, or saves it and perhaps posts it. */
  const takeForm = async (c: ArchiveContext, form: Form, work: WorkWhole, chapter: WrittenChapter | null) => {
    const slip = slipOf(form);
    const values = readChapterForm(form);
    const silently = form.one('silently') !== undefined;
    const typed = { work, chapter, values, silently, form };
    if (form.one('then') === 'rescue') {
      const found = await rescued(cleaner, needs, values, work.language ?? '');
      c.set('site', { ...c.var.site, notice: rescueNotice(values.text, found.text) });
      return showForm(c, { ...typed, values: found });
    }
    const { chapter: text, errors } = await chapterFrom(ground, values, chapter);
    if (!text) return showForm(c, { ...typed, errors });
    const counted = { ...typed, has: text.text.html.length };
    if (Object.keys(errors).length > 0) return showForm(c, { ...counted, errors });
    const then = form.one('then');
    if (then === 'preview') {
      const shown = previewChapter(headOf(work, chapter), text);
      const skin = await needs.skins.sheetOfWork(handle, c.var.viewer, work.id);
      const preview = await needs.preview(handle, c.var.site, { work, chapter: shown, whole: false, skin });
      return showForm(c, { ...counted, preview });
    }
    const madeFrom = numberTyped(form.one('revision')) ?? 0;
    const { viewer } = c.var;
    // What was typed is kept by the form that comes back, so nothing of a refused posting need stay written.
    const answer = await db.writeUnlessRefused(async (tx) => {
      const before = await savedBefore(tx, viewer, slip, chapter?.publicId);
      if (before?.same) return chapter && before.changedSince ? { refusal: 'saved-since' as const } : before;
      if (before && !chapter) return { refusal: 'impossible' as const, reason: SAVED_BEFORE };
      const saved = chapter
        ? await saveChapter(tx, now(), viewer, work.publicId, chapter.publicId, { madeFrom, text })
        : await writeChapter(tx, now(), viewer, work.publicId, text);
      if ('refusal' in saved) return saved;
      const done =
        then === 'post' ? await postChapter(tx, now(), viewer, work.publicId, saved.chapter, { silently }) : saved;
      if (!('refusal' in done)) await settleSheet(tx, now(), viewer, slip, work.publicId, chapter?.publicId);
      return done;
    });
    if ('refusal' in answer) {
      if (answer.refusal === 'not-found') return showWithoutPlace(ground, c, form);
      const stale = answer.refusal === 'changed-meanwhile' || answer.refusal === 'saved-since';
      const saved = stale && chapter ? await writtenChapter(handle, work, chapter.publicId) : chapter;
      const parts = stale ? comparedChapter(saved ?? NO_CHAPTER, text) : [];
      const { form: sent, ...unsent } = counted;
      // Under a new sheet where this one was saved already: who saves once more after the sentence means another chapter.
      const again =
        answer.refusal === 'impossible' && answer.reason === SAVED_BEFORE ? unsent : { ...unsent, form: sent };
      return showForm(c, { ...again, chapter: saved, stale, parts, errors: chapterErrorsFor(answer) });
    }
    const done =
      'changedSince' in answer && answer.changedSince
        ? CHANGED_SINCE
        : then === 'post'
          ? 'Saved and posted.'
          : 'Saved.';
    return seeOther(c, backToAll(c), { kind: 'done', text: done });
  };

  web.get('/works/:id/chapters/new', async (c) => {
    const work = await ownWork(c);
    return work ? openForm(c, work, null) : c.notFound();
  });

  web.post('/works/:id/chapters/new', async (c) => {
    const form = await readForm(c);
    if (wasSignedOut(c, form)) return needs.askToSignInAgain(c, form);
    const work = await ownWork(c);
    return work ? takeForm(c, form, work, null) : showWithoutPlace(ground, c, form);
  });

  web.get('/works/:id/chapters/:chapter/edit', async (c) => {
    const work = await ownWork(c);
    const chapter = work ? await writtenChapter(handle, work, c.req.param('chapter')) : null;
    return work && chapter ? openForm(c, work, chapter) : c.notFound();
  });

  web.post('/works/:id/chapters/:chapter/edit', async (c) => {
    const form = await readForm(c);
    if (wasSignedOut(c, form)) return needs.askToSignInAgain(c, form);
    const work = await ownWork(c);
    const chapter = work ? await writtenChapter(handle, work, c.req.param('chapter')) : null;
    return work && chapter ? takeForm(c, form, work, chapter) : showWithoutPlace(ground, c, form);
  });

  /** The form as the chapter stands, or filled with what was typed before. */
  const openForm = async (c: ArchiveContext, work: WorkWhole, chapter: WrittenChapter | null) => {
    const takenUp = await askedFor(handle, c, placeOf(work, chapter));
    if (!takenUp) return showForm(c, { work, chapter });
    return showForm(c, { work, chapter, values: readChapterForm(formOf(takenUp.fields)), takenUp });
  };
}

const SAVED_BEFORE =
  'This form was saved already: the chapter is among the others. What you have typed since is here, and saving it makes another chapter.';

function placeOf(work: WorkWhole, chapter: WrittenChapter | null): Place {
  return chapter
    ? { kind: 'chapter', work: work.publicId, chapter: chapter.publicId }
    : { kind: 'new-chapter', work: work.publicId };
}

/** The number typed beside a chapter; or, of one chapter that is moved alone, where it goes. */
function placeTyped(form: Form, index: number): string {
  const move = numberTyped(form.one('move'));
  if (move === null) return form.all('place[]')[index] ?? '';
  return move === index + 1 ? (form.one('to') ?? '') : '';
}

function positionOf(work: WorkWhole, chapter: WrittenChapter | null): number {
  return chapter === null ? work.chapters.length + 1 : headOf(work, chapter).position;
}

function headOf(work: WorkWhole, chapter: WrittenChapter | null): ChapterHead {
  const head = work.chapters.find((one) => one.publicId === chapter?.publicId);
  if (head) return head;
  const position = work.chapters.length + 1;
  return { id: 0, publicId: '', position, title: '', state: 'draft', words: 0, postedAt: null, publishAt: null };
}
