/** A form for writing whose place is gone, as a chapter that a co-creator deleted: what was typed is not lost with it. */
import type { Ground } from '../../platform/ground.ts';
import type { Form } from '../../platform/http/form.ts';
import { showPage } from '../../ui/show.ts';
import { may, type ArchiveContext } from '../accounts/index.ts';
import { baseOf, placeFrom, placePath, slipOf, typedFields } from './autosave.ts';
import { keepWithoutPlace } from './autosaves.actions.ts';
import { UnsavedPage } from './pages/UnsavedPage.tsx';
import { typedTexts } from './sheet.view.ts';

const GONE =
  'What you wrote in is not here any more, or not yours to write. Nothing is saved. Copy from here what you typed; it is also among your drafts, as far as it could be kept.';

/**
 * Answers a form that can be saved nowhere.
 * @returns the texts, to copy, for the account that wrote on its sheet before; for everybody else that nothing is here.
 */
export async function showWithoutPlace({ db, now }: Ground, c: ArchiveContext, form: Form): Promise<Response> {
  const { viewer } = c.var;
  const slip = slipOf(form);
  const place = placeFrom(c.req.path);
  if (slip === null || place === null || !may(viewer, 'change-own-works')) return c.notFound();
  const fields = typedFields(form);
  const typed = { place: placePath(place), base: baseOf(form), fields };
  const isTheirs = await db.write((tx) => keepWithoutPlace(tx, now(), viewer, slip, typed));
  if (!isTheirs) return c.notFound();
  return showPage(
    c,
    <UnsavedPage
      site={c.var.site}
      view={{
        what: 'Not saved',
        standing: GONE,
        language: null,
        takeUpHref: null,
        throwAway: null,
        parts: null,
        texts: typedTexts(fields),
      }}
    />,
    404,
  );
}
