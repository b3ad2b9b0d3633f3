/** Writing: the form for a new work with its first chapter. What is refused comes back as it was typed. */
import type { Hono } from 'hono';
import type { VNode } from 'preact';
import type { Handle } from '../../platform/db/tables.ts';
import type { Ground } from '../../platform/ground.ts';
import { readForm, type Form } from '../../platform/http/form.ts';
import { showPage } from '../../ui/show.ts';
import type { SiteView } from '../../ui/site-view.ts';
import { may, seeOther, type ArchiveContext, type ArchiveEnv } from '../accounts/index.ts';
import { CHAPTER_CHARACTERS, siteRules } from '../site/index.ts';
import { languages, vocabulary } from '../tags/index.ts';
import type { RescueNeeds } from './clean-text.routes.ts';
import { formOf, slipOf } from './autosave.ts';
import { openSheet, type Autosave } from './autosaves.queries.ts';
import { askedFor, wasSignedOut, type SignInNeeds } from './sheet.web.ts';
import { sheetView } from './sheet.view.ts';
import { errorsFor } from './edit-form.ts';
import { workChoices, WORK_LIMITS } from './form-view.ts';
import { makeWork } from './new-work.actions.ts';
import { newWorkFrom } from './new-work.form.ts';
import { previewOf } from './preview.view.ts';
import { rescued, rescueNotice } from './rescue.form.ts';
import { NewWorkPage, type NewWorkValues } from './pages/NewWorkPage.tsx';
import type { SeriesNeeds } from './series-needs.form.ts';
import { decidingSaid, decidingView } from './deciding.form.ts';
import { newWorkDefaults } from './deciding.queries.ts';
import { signingPseuds } from './signing.queries.ts';
import { NO_SUCH_SKIN, type SkinNeeds } from './skin-needs.form.ts';
import { workPath, type ChapterWhole, type WorkWhole } from './work.ts';
import { blankWork, CHANGED_SINCE, NOTATIONS, readNewWork, type NewWorkErrors } from './writing-form.ts';

/** What shows a work as it will be read: its title page where `whole`, and a chapter. */
export interface PreviewNeeds {
  preview: (
    handle: Handle,
    site: SiteView,
    shown: { work: WorkWhole; chapter: ChapterWhole; whole: boolean; skin: string | null },
  ) => Promise<VNode>;
  skins: SkinNeeds;
  series: SeriesNeeds;
}

const SAVED_BEFORE =
  'This form was saved already: the work is among your drafts or posted. What you have typed since is here, and saving it makes another work.';

export function writingRoutes(
  web: Hono<ArchiveEnv>,
  ground: Ground,
  needs: PreviewNeeds & RescueNeeds & SignInNeeds,
): void {
  const { db, now, cleaner } = ground;
  const handle = db.reads;
  const mayWrite = (c: ArchiveContext) => c.var.viewer.accountId !== null && may(c.var.viewer, 'change-own-works');

  const show = async (
    c: ArchiveContext,
    values: NewWorkValues,
    errors: NewWorkErrors,
    more: {
      preview?: VNode;
      has?: number;
      form?: Form;
      takenUp?: Autosave | null;
      seriesError?: { name: string; text: string } | null;
    } = {},
  ) => {
    const typed = more.form ?? (more.takenUp ? formOf(more.takenUp.fields) : undefined);
    const sheet = await openSheet(handle, c.var.viewer, { kind: 'new-work' }, more);
    const pseuds = await signingPseuds(handle, c.var.viewer);
    return showPage(
      c,
      <NewWorkPage
        site={c.var.site}
        view={{
          action: '/works/new',
          values,
          errors,
          choices: workChoices(await vocabulary(handle), await languages(handle), await siteRules(handle)),
          limits: WORK_LIMITS,
          pseuds: pseuds.map((pseud) => ({ value: pseud.publicId, label: pseud.name })),
          notations: NOTATIONS,
          textLimit: { most: CHAPTER_CHARACTERS, ...(more.has === undefined ? {} : { has: more.has }) },
          preview: more.preview ?? null,
          sheet: sheetView(sheet, 0, more.takenUp, c.var.preferences.timeZone),
          skin: await needs.skins.field(handle, c.var.viewer, null, typed?.one('skin')),
          series: await needs.series.field(handle, c.var.viewer, null, typed),
          seriesError: more.seriesError ?? null,
          deciding: await decidingView(handle, c.var.viewer, null, typed),
        }}
      />,
      Object.keys(errors).length > 0 || more.seriesError ? 422 : 200,
    );
  };

  web.get('/works/new', async (c) => {
    if (!mayWrite(c)) return c.notFound();
    const takenUp = await askedFor(handle, c, { kind: 'new-work' });
    if (takenUp) return show(c, readNewWork(formOf(takenUp.fields)), {}, { takenUp });
    const [first] = await signingPseuds(handle, c.var.viewer);
    const { restricted, noindex } = await newWorkDefaults(handle, c.var.viewer);
    const begun = { ...c.var.preferences.writing, restricted, noindex };
    return show(c, { ...blankWork(first?.publicId ?? null), ...begun }, {});
  });

  web.post('/works/new', async (c) => {
    const form = await readForm(c);
    if (wasSignedOut(c, form)) return needs.askToSignInAgain(c, form);
    if (!mayWrite(c)) return c.notFound();
    const slip = slipOf(form);
    const values = readNewWork(form);
    const then = form.one('then') ?? 'save';
    const skin = form.one('skin');
    if (then === 'rescue') {
      const found = await rescued(cleaner, needs, values, values.language);
      c.set('site', { ...c.var.site, notice: rescueNotice(values.text, found.text) });
      return show(c, found, {}, { form });
    }
    const seriesError = needs.series.mistake(form);
    const read = await newWorkFrom(ground, c.var.viewer, values, then === 'post');
    if ('errors' in read) {
      const { errors, ...counted } = read;
      return show(c, values, errors, { ...counted, form, seriesError });
    }
    const { work, chapter, signs } = read;
    const has = chapter.text.html.length;
    if (seriesError) return show(c, values, {}, { has, form, seriesError });
    if (then === 'preview') {
      const sheet = await needs.skins.sheetOfChoice(handle, c.var.viewer, skin);
      const shown = { ...previewOf(work, chapter, signs, now()), whole: true, skin: sheet };
      return show(c, values, {}, { preview: await needs.preview(handle, c.var.site, shown), has, form });
    }
    const decided = await decidingSaid(handle, c.var.viewer, form);
    const said = { slip, skin, decided, form, post: then === 'post' };
    const answer = await db.writeUnlessRefused((tx) => makeWork(tx, now(), c.var.viewer, work, said, needs));
    if ('refusal' in answer) {
      if (answer.refusal === 'not-found') return c.notFound();
      // Under a new sheet: who saves once more after this sentence means another work.
      if (answer.refusal === 'saved-before') return show(c, values, { title: SAVED_BEFORE }, { has });
      if (answer.refusal === 'misplaced')
        return show(c, values, {}, { has, form, seriesError: { name: 'newSeries', text: answer.text } });
      return show(c, values, errorsFor(answer), { has, form });
    }
    return seeOther(c, workPath({ publicId: answer.publicId, title: values.title }), {
      kind: 'done',
      text: answer.changedSince
        ? CHANGED_SINCE
        : `${then === 'post' ? 'Your work is posted.' : 'Your draft is saved.'}${answer.isWorn ? '' : ` ${NO_SUCH_SKIN}`}`,
    });
  });
}
