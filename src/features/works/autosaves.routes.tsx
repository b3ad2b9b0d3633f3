/** What is typed and not saved: the script sends it here, and here its writer looks at it, takes it up or throws it away. */
import type { Hono } from 'hono';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Ground } from '../../platform/ground.ts';
import { isPublicId } from '../../platform/db/public-id.ts';
import { readForm } from '../../platform/http/form.ts';
import { limit } from '../../platform/http/limit.ts';
import { showPage } from '../../ui/show.ts';
import {
  deviceKey,
  localPath,
  may,
  seeOther,
  type ArchiveContext,
  type ArchiveEnv,
  type Viewer,
} from '../accounts/index.ts';
import { languages } from '../tags/index.ts';
import { AUTOSAVE_BYTES, AUTOSAVE_RATE, autosaveShape, formOf, type SentAutosave } from './autosave.ts';
import { keepAutosave, throwAway } from './autosaves.actions.ts';
import { findAutosave, type Autosave } from './autosaves.queries.ts';
import { cleanChapter, cleanShortTexts } from './clean-texts.form.ts';
import { comparedWithForm } from './compared-work.form.ts';
import { comparedChapter, NO_CHAPTER } from './compared.view.ts';
import { minuteWords } from './dates.ts';
import { readEditForm } from './edit-form.ts';
import { languageViews } from './form-view.ts';
import { writtenChapter } from './kept-chapters.queries.ts';
import type { ComparedPart } from './pages/Compared.tsx';
import { UnsavedPage } from './pages/UnsavedPage.tsx';
import { takeUpPath, throwAwayTarget, typedTexts, whatItIs } from './sheet.view.ts';
import { numberTyped } from './typed.ts';
import { findWork } from './work.queries.ts';
import type { WorkWhole } from './work.ts';
import { notationTyped, readChapterForm } from './writing-form.ts';

/** What the script is told where nothing was kept: the text stays on the device then. */
const SIGNED_OUT = 'You are signed out.';
const ANOTHER = 'Another account is signed in in this browser now.';

export function autosaveRoutes(web: Hono<ArchiveEnv>, ground: Ground): void {
  const { db, now, cleaner } = ground;
  const handle = db.reads;
  const rate = limit(AUTOSAVE_RATE.points, AUTOSAVE_RATE.seconds);

  web.post('/autosaves/:sheet', async (c) => {
    const { viewer } = c.var;
    if (viewer.accountId === null) return say(c, 401, { reason: SIGNED_OUT });
    const wait = await rate.take(`account ${viewer.accountId}`);
    if (wait !== null) {
      c.header('Retry-After', String(wait));
      return say(c, 429, { reason: `That was very often. It is sent again in ${wait} seconds.` });
    }
    const sheet = c.req.param('sheet');
    const sent = await readAutosave(c);
    if (sent === 'too-large') return say(c, 413, { reason: 'This is longer than can wait here unsaved.' });
    if (sent === null || !isPublicId(sheet)) return say(c, 400, { reason: 'This is no form of the archive.' });
    // The cookie alone says who sends it now, and not who typed it.
    if (sent.device !== (await deviceKey(handle, viewer.accountId)))
      return say(c, 401, { reason: ANOTHER, another: true });
    const answer = await db.writeUnlessRefused((tx) => keepAutosave(tx, now(), viewer, sheet, sent));
    if (!('refusal' in answer)) return say(c, 200, answer);
    return answer.refusal === 'not-found'
      ? say(c, 404, { reason: 'This is not here any more, or not yours to write.' })
      : say(c, 422, { reason: answer.reason });
  });

  web.get('/unsaved/:sheet', async (c) => {
    const found = await findAutosave(handle, c.var.viewer, c.req.param('sheet'));
    if (!found) return c.notFound();
    const writes = may(c.var.viewer, 'change-own-works');
    const work =
      found.place === null || found.place.kind === 'new-work'
        ? null
        : await findWork(handle, c.var.viewer, found.place.work);
    const known = languageViews(await languages(handle));
    const form = formOf(found.fields);
    const language = known.get(work?.language ?? form.one('language') ?? '') ?? null;
    return showPage(
      c,
      <UnsavedPage
        site={c.var.site}
        view={{
          what: whatItIs(found),
          standing: `It was typed until ${minuteWords(found.savedAt, c.var.preferences.timeZone)}, and is not saved. Only you can see it, and it does not expire.`,
          language,
          takeUpHref: writes ? takeUpPath(found) : null,
          throwAway: throwAwayTarget(found, '/drafts'),
          parts: work ? await beside(c.var.viewer, found, work) : null,
          texts: typedTexts(found.fields),
        }}
      />,
    );
  });

  /** What is saved at its place and what was typed, side by side; null where nothing is saved yet. */
  const beside = async (viewer: Viewer, found: Autosave, work: WorkWhole): Promise<ComparedPart[] | null> => {
    const form = formOf(found.fields);
    if (found.place?.kind === 'chapter') {
      const saved = await writtenChapter(handle, work, found.place.chapter);
      const typed = await cleanChapter(cleaner, readChapterForm(form), null);
      return typed && comparedChapter(saved ?? NO_CHAPTER, typed);
    }
    if (found.place?.kind !== 'work') return null;
    const typed = await cleanShortTexts(cleaner, notationTyped(form, work.format), readEditForm(form));
    return typed && comparedWithForm(handle, viewer, work, form, typed);
  };

  web.post('/unsaved/:sheet/deletion', async (c) => {
    const form = await readForm(c);
    const seen = { sheet: c.req.param('sheet'), sequence: numberTyped(form.one('seen')) ?? 0 };
    const answer = await db.write((tx) => throwAway(tx, now(), c.var.viewer, seen));
    const back = form.one('return') === undefined ? '/drafts' : localPath(form.one('return'));
    if (!('refusal' in answer)) return seeOther(c, back, { kind: 'done', text: 'What you typed is thrown away.' });
    if (!(await findAutosave(handle, c.var.viewer, seen.sheet))) return c.notFound();
    return seeOther(c, back, {
      kind: 'refused',
      text: 'More was typed there meanwhile, perhaps in another tab. It is still here: look again.',
    });
  });
}

async function readAutosave(c: Context): Promise<(SentAutosave & { device: string }) | 'too-large' | null> {
  const body = await c.req.text();
  if (Buffer.byteLength(body) > AUTOSAVE_BYTES) return 'too-large';
  try {
    const read = autosaveShape.safeParse(JSON.parse(body));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

function say(c: ArchiveContext, status: ContentfulStatusCode, answer: object): Response {
  c.header('Cache-Control', 'no-store');
  return c.json(answer, status);
}
