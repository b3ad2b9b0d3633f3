/** What those who keep a work do with it: review drafts, correct, post, delete, restore. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { pageAsked, readForm, type Form } from '../../platform/http/form.ts';
import type { Handle, Tx } from '../../platform/db/tables.ts';
import { showPage } from '../../ui/show.ts';
import { may, seeOther, type ArchiveContext, type ArchiveEnv } from '../accounts/index.ts';
import { siteRules, UNDO_DAYS, WORKS_PER_PAGE } from '../site/index.ts';
import { languages, vocabulary } from '../tags/index.ts';
import { formOf, slipOf } from './autosave.ts';
import { savedBefore, settleSheet } from './autosaves.actions.ts';
import type { GivingNeeds } from './giving-needs.form.ts';
import type { InvitingNeeds } from './inviting.form.ts';
import { autosavesOf, openSheet, type Autosave } from './autosaves.queries.ts';
import { autosaveRoutes } from './autosaves.routes.tsx';
import { comparedWithForm } from './compared-work.form.ts';
import type { ComparedPart } from './pages/Compared.tsx';
import { askedFor, wasSignedOut, type SignInNeeds } from './sheet.web.ts';
import { sheetView, unsavedRows } from './sheet.view.ts';
import { deleteWork, restoreWork } from './deletion.actions.ts';
import { editWork } from './editing.actions.ts';
import { postWork } from './posting.actions.ts';
import { cleanShortTexts } from './clean-texts.form.ts';
import { minuteWords } from './dates.ts';
import { showWithoutPlace } from './gone.web.tsx';
import { errorsFor, lengthErrors, readChanges, readEditForm, valuesOf, type EditErrors } from './edit-form.ts';
import { DeletedPage } from './pages/DeletedPage.tsx';
import { DeleteWorkPage } from './pages/DeleteWorkPage.tsx';
import { DraftsPage } from './pages/DraftsPage.tsx';
import { EditWorkPage } from './pages/EditWorkPage.tsx';
import type { EditWorkValues } from './pages/WorkFields.tsx';
import { workCards } from './cards.queries.ts';
import { chapterCounts, countComplete, deletedWorks, ownWorks, scheduledHours } from './own.queries.ts';
import { findWork } from './work.queries.ts';
import { decideAbout } from './deciding.actions.ts';
import { decidingTyped, decidingView } from './deciding.form.ts';
import { signWork } from './signing.actions.ts';
import { signersTyped, signingView, UNSIGNED } from './signing.form.ts';
import { numberTyped } from './typed.ts';
import { mayChangeWork } from './visibility.ts';
import { languageViews, workChoices, WORK_LIMITS } from './form-view.ts';
import { chapterRoutes } from './chapters.routes.tsx';
import { coCreatorRoutes, deletionSentence } from './co-creators.routes.tsx';
import { deletionStanding, type DeletionStanding } from './co-creators.queries.ts';
import { ownWorksRoutes, type BulkNeeds } from './own-works.routes.tsx';
import { revisionRoutes, type RevisionNeeds } from './revisions.routes.tsx';
import { splittingRoutes } from './splitting.routes.tsx';
import { cleanTextRoutes, type RescueNeeds } from './clean-text.routes.ts';
import { NO_SUCH_SKIN } from './skin-needs.form.ts';
import { writingRoutes, type PreviewNeeds } from './writing.routes.tsx';
import { missingForPosting, MISSING_WORDS, workPath, type WorkWhole } from './work.ts';
import { NOTATIONS, notationTyped } from './writing-form.ts';

const DAY_MS = 86_400_000;
/** Drafts posted in one transaction when many are posted at once. */
const POST_PIECE = 10;

/** What works need from the features above them. */
export interface WorkNeeds extends PreviewNeeds, RescueNeeds, SignInNeeds, RevisionNeeds, BulkNeeds {
  giving: GivingNeeds;
  /** Works that came in by import, which can be remembered as removed on request when they are deleted. */
  removals: {
    isImported: (handle: Handle, workId: number) => Promise<boolean>;
    remember: (tx: Tx, now: number, workId: number, note: string) => Promise<boolean>;
  };
}

export function workRoutes(web: Hono<ArchiveEnv>, ground: Ground, needs: WorkNeeds & InvitingNeeds): void {
  const { db, now, cleaner } = ground;
  const handle = db.reads;

  const ownWork = async (c: ArchiveContext): Promise<WorkWhole | null> => {
    const work = await findWork(handle, c.var.viewer, c.req.param('id') ?? '');
    return work && mayChangeWork(c.var.viewer, work) ? work : null;
  };

  writingRoutes(web, ground, needs);
  chapterRoutes(web, ground, needs);
  revisionRoutes(web, ground, needs);
  splittingRoutes(web, ground);
  coCreatorRoutes(web, ground, needs);
  cleanTextRoutes(web, ground, needs);
  autosaveRoutes(web, ground);
  ownWorksRoutes(web, ground, needs);

  web.get('/drafts', async (c) => {
    const { viewer } = c.var;
    if (viewer.accountId === null) return c.notFound();
    const page = pageAsked(c.req.query('page'));
    const drafts = await ownWorks(handle, viewer, 'unposted', {
      offset: (page - 1) * WORKS_PER_PAGE,
      limit: WORKS_PER_PAGE,
    });
    const cards = await workCards(handle, viewer, drafts.ids);
    const chapters = await chapterCounts(handle, drafts.ids);
    const hours = await scheduledHours(handle, drafts.ids);
    const known = languageViews(await languages(handle));
    return showPage(
      c,
      <DraftsPage
        site={c.var.site}
        view={{
          total: drafts.total,
          complete: await countComplete(handle, viewer),
          postAll: { action: '/drafts/publication' },
          drafts: cards.map((card) => ({
            id: card.publicId,
            href: workPath(card),
            title: card.title,
            language: known.get(card.language ?? '') ?? null,
            creators: card.creators.map((creator) => creator.name),
            fandoms: card.tags.filter((tag) => tag.kind === 'fandom').map((tag) => tag.name),
            words: card.words,
            chapters: chapters.get(card.id) ?? 0,
            savedAt: card.createdAt,
            scheduled: hours.has(card.id) ? minuteWords(hours.get(card.id) ?? 0, c.var.preferences.timeZone) : null,
            chaptersHref: `/works/${card.publicId}/chapters`,
            missing: missingForPosting({ ...card, chapters: chapters.get(card.id) ?? 0 }).map(
              (one) => MISSING_WORDS[one],
            ),
            editHref: `/works/${card.publicId}/edit`,
            deleteHref: `/works/${card.publicId}/delete`,
            post: { action: `/works/${card.publicId}/publication` },
          })),
          pagination: {
            page,
            pages: Math.max(1, Math.ceil(drafts.total / WORKS_PER_PAGE)),
            hrefOf: (number) => (number === 1 ? '/drafts' : `/drafts?page=${number}`),
          },
          deletedHref: '/deleted',
          unsaved:
            page === 1
              ? unsavedRows(
                  await autosavesOf(handle, viewer),
                  may(viewer, 'change-own-works'),
                  c.var.preferences.timeZone,
                )
              : [],
        }}
      />,
    );
  });

  web.post('/drafts/publication', async (c) => {
    const { viewer } = c.var;
    if (viewer.accountId === null) return c.notFound();
    const { ids } = await ownWorks(handle, viewer, 'drafts', { offset: 0, limit: Number.MAX_SAFE_INTEGER });
    let posted = 0;
    let kept = 0;
    for (let from = 0; from < ids.length; from += POST_PIECE) {
      const cards = await workCards(handle, viewer, ids.slice(from, from + POST_PIECE));
      const answers = await db.write(async (tx) => {
        const each = [];
        for (const card of cards) each.push(await postWork(tx, now(), viewer, card.publicId));
        return each;
      });
      posted += answers.filter((answer) => !('refusal' in answer)).length;
      kept += answers.filter((answer) => 'refusal' in answer).length;
    }
    const left = kept === 0 ? '' : ` ${kept} that still need something stayed drafts.`;
    return seeOther(c, '/drafts', {
      kind: 'done',
      text: `${posted} ${posted === 1 ? 'draft is' : 'drafts are'} posted.${left}`,
    });
  });

  web.get('/deleted', async (c) => {
    const { viewer } = c.var;
    if (viewer.accountId === null) return c.notFound();
    const { ids } = await ownWorks(handle, viewer, 'deleted', { offset: 0, limit: 500 });
    const works = await deletedWorks(handle, viewer, ids);
    const known = languageViews(await languages(handle));
    const agreements = new Map<number, DeletionStanding>();
    for (const work of works) agreements.set(work.id, await deletionStanding(handle, viewer, work.id));
    return showPage(
      c,
      <DeletedPage
        site={c.var.site}
        view={{
          draftsHref: '/drafts',
          works: works.map((work) => ({
            id: work.publicId,
            title: work.title,
            language: known.get(work.language ?? '') ?? null,
            creators: work.creators,
            words: work.words,
            chapters: work.chapters,
            deletedAt: work.deletedAt,
            erasedAt: work.deletedAt + UNDO_DAYS * DAY_MS,
            undo: { action: `/works/${work.publicId}/restoration` },
            erase: { action: `/works/${work.publicId}/erasure` },
            agreement: agreements.get(work.id) ?? null,
          })),
        }}
      />,
    );
  });

  const showEdit = async (
    c: ArchiveContext,
    work: WorkWhole,
    values: EditWorkValues | null,
    errors: EditErrors,
    more: {
      form?: Form;
      takenUp?: Autosave | null;
      parts?: ComparedPart[];
      signing?: { typed: string[] | null; error?: string };
      seriesError?: { name: string; text: string } | null;
    } = {},
  ) => {
    const signing = more.signing ?? { typed: null };
    const typed = more.form ?? (more.takenUp ? formOf(more.takenUp.fields) : undefined);
    const version = more.takenUp?.base ?? work.version;
    const sheet = await openSheet(handle, c.var.viewer, { kind: 'work', work: work.publicId }, more);
    const words = await vocabulary(handle);
    const known = await languages(handle);
    const rules = await siteRules(handle);
    return showPage(
      c,
      <EditWorkPage
        site={c.var.site}
        view={{
          action: `/works/${work.publicId}/edit`,
          workHref: workPath(work),
          draft: work.state === 'draft',
          version,
          sheet: sheetView(sheet, version, more.takenUp, c.var.preferences.timeZone),
          parts: more.parts ?? null,
          creators: work.creators.map((creator) => creator.name),
          storedTitle: work.title,
          signing: await signingView(handle, c.var.viewer, work.id, signing.typed, signing.error),
          storedLanguage: languageViews(known).get(work.language ?? '') ?? null,
          chaptersPosted: work.chapters.length,
          notices: work.notices,
          skin: await needs.skins.field(handle, c.var.viewer, work.id, typed?.one('skin')),
          series: await needs.series.field(handle, c.var.viewer, work.id, typed),
          seriesError: more.seriesError ?? null,
          deciding: await decidingView(handle, c.var.viewer, work, typed),
          values: values ?? valuesOf(work, words),
          errors,
          choices: workChoices(words, known, rules),
          limits: WORK_LIMITS,
          format: typed ? notationTyped(typed, work.format) : work.format,
          notations: NOTATIONS,
        }}
      />,
      Object.keys(errors).length > 0 || signing.error !== undefined || more.seriesError ? 422 : 200,
    );
  };

  web.get('/works/:id/edit', async (c) => {
    const work = await ownWork(c);
    if (!work) return c.notFound();
    const takenUp = await askedFor(handle, c, { kind: 'work', work: work.publicId });
    const typed = takenUp && formOf(takenUp.fields);
    const signing = { typed: typed && signersTyped(typed) };
    return showEdit(c, work, typed && readEditForm(typed), {}, { takenUp, signing });
  });

  web.post('/works/:id/edit', async (c) => {
    const form = await readForm(c);
    if (wasSignedOut(c, form)) return needs.askToSignInAgain(c, form);
    const work = await ownWork(c);
    if (!work) return showWithoutPlace(ground, c, form);
    const slip = slipOf(form);
    const values = readEditForm(form);
    const signers = signersTyped(form);
    const again = (
      of: WorkWhole,
      errors: EditErrors,
      {
        unsigned = signers?.length === 0,
        parts = [],
        seriesError = needs.series.mistake(form),
      }: { unsigned?: boolean; parts?: ComparedPart[]; seriesError?: { name: string; text: string } | null } = {},
    ) =>
      showEdit(c, of, values, errors, {
        form,
        parts,
        seriesError,
        signing: { typed: signers, ...(unsigned ? { error: UNSIGNED } : {}) },
      });
    const read = readChanges(values, {
      vocabulary: await vocabulary(handle),
      languages: await languages(handle),
      chapters: work.chapters.length,
      stored: work,
    });
    if ('errors' in read) return again(work, read.errors);
    const format = notationTyped(form, work.format);
    const short = await cleanShortTexts(cleaner, format, values);
    if (!short) return again(work, { summary: 'These texts could not be read.' });
    const { summary, notes, endNotes, rules } = short;
    const tooLong = lengthErrors([
      ['summary', summary, work.summarySource],
      ['notes', notes, work.notesSource],
      ['endNotes', endNotes, work.endNotesSource],
    ]);
    if (Object.keys(tooLong).length > 0) return again(work, tooLong);
    if (signers?.length === 0 || needs.series.mistake(form)) return again(work, {});
    const posting = form.one('then') === 'post';
    const madeFrom = numberTyped(form.one('version'));
    const changes = { ...read.changes, madeFrom, format, summary, notes, endNotes, rules };
    let isWorn = true;
    // What was typed is kept by the form that comes back, so nothing of a refused posting need stay written.
    const answer = await db.writeUnlessRefused(async (tx) => {
      const before = await savedBefore(tx, c.var.viewer, slip);
      if (before?.same) return before.changedSince ? { refusal: 'saved-since' as const } : before;
      const edited = await editWork(tx, now(), c.var.viewer, work.publicId, changes);
      if ('refusal' in edited) return edited;
      isWorn = await needs.skins.wear(tx, now(), c.var.viewer, work.publicId, form.one('skin'));
      const decided = decidingTyped(form);
      if (decided) await decideAbout(tx, now(), c.var.viewer, work.publicId, decided);
      const misplaced = await needs.series.place(tx, now(), c.var.viewer, work.publicId, form);
      if (misplaced !== null) return { refusal: 'misplaced' as const, text: misplaced };
      const signed = signers === null ? edited : await signWork(tx, now(), c.var.viewer, work.publicId, signers);
      const done = 'refusal' in signed || !posting ? signed : await postWork(tx, now(), c.var.viewer, work.publicId);
      if (!('refusal' in done)) await settleSheet(tx, now(), c.var.viewer, slip, work.publicId);
      return done;
    });
    if ('refusal' in answer) {
      if (answer.refusal === 'not-found') return showWithoutPlace(ground, c, form);
      const since = (await ownWork(c)) ?? work;
      if (answer.refusal === 'unsigned') return again(since, {}, { unsigned: true });
      if (answer.refusal === 'misplaced')
        return again(since, {}, { seriesError: { name: 'newSeries', text: answer.text } });
      const parts =
        answer.refusal === 'changed-meanwhile' || answer.refusal === 'saved-since'
          ? await comparedWithForm(handle, c.var.viewer, since, form, short)
          : [];
      return again(since, errorsFor(answer), { parts });
    }
    return seeOther(c, workPath({ publicId: work.publicId, title: read.changes.title }), {
      kind: 'done',
      text: `${posting ? 'Saved and posted.' : 'Your changes are saved.'}${isWorn ? '' : ` ${NO_SUCH_SKIN}`}`,
    });
  });

  web.post('/works/:id/publication', async (c) => {
    const work = await ownWork(c);
    if (!work) return c.notFound();
    const answer = await db.write((tx) => postWork(tx, now(), c.var.viewer, work.publicId));
    if (!('refusal' in answer)) return seeOther(c, workPath(work), { kind: 'done', text: 'This work is posted.' });
    if (answer.refusal === 'not-found') return c.notFound();
    return showEdit(c, work, null, errorsFor(answer));
  });

  web.get('/works/:id/delete', async (c) => {
    const work = await ownWork(c);
    if (!work) return c.notFound();
    return showPage(
      c,
      <DeleteWorkPage
        site={c.var.site}
        view={{
          title: work.title,
          language: languageViews(await languages(handle)).get(work.language ?? '') ?? null,
          creators: work.creators.map((creator) => creator.name),
          draft: work.state === 'draft',
          words: work.words,
          chapters: work.chapters.length,
          kudos: work.kudos,
          comments: work.comments,
          bookmarks: work.bookmarks,
          imported: await needs.removals.isImported(handle, work.id),
          agreement: await deletionStanding(handle, c.var.viewer, work.id),
          keep: { action: `/works/${work.publicId}/deletion/withdrawal` },
          confirm: { action: `/works/${work.publicId}/deletion` },
          orphanHref: `/works/${work.publicId}/orphaning`,
          cancelHref: workPath(work),
        }}
      />,
    );
  });

  web.post('/works/:id/deletion', async (c) => {
    const form = await readForm(c);
    const remember = form.one('requested') !== undefined;
    const note = (form.one('note') ?? '').replace(/\s+/gu, ' ').trim().slice(0, 200);
    const id = c.req.param('id');
    const answer = await db.write(async (tx) => {
      const deletion = await deleteWork(tx, now(), c.var.viewer, id);
      if ('refusal' in deletion || !deletion.deleted) return deletion;
      if (remember) await needs.removals.remember(tx, now(), deletion.id, note);
      return deletion;
    });
    if ('refusal' in answer) return c.notFound();
    return seeOther(c, answer.deleted ? '/drafts' : `/works/${id}/delete`, {
      kind: 'done',
      text: deletionSentence(answer.deleted),
      ...(answer.deleted ? { undo: { action: `/works/${id}/restoration`, label: 'Undo' } } : {}),
    });
  });

  web.post('/works/:id/restoration', async (c) => {
    const id = c.req.param('id');
    const answer = await db.write((tx) => restoreWork(tx, now(), c.var.viewer, id));
    if ('refusal' in answer) return c.notFound();
    return seeOther(c, `/works/${id}`, { kind: 'done', text: 'The work is back.' });
  });
}
