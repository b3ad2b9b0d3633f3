/**
 * Writing that goes on after somebody has signed in again. What their browser carried through the sign-in is kept as an
 * autosave, and the form comes back filled with it. Nothing is saved by that.
 */
import { newPublicId } from '../../platform/db/public-id.ts';
import type { Ground } from '../../platform/ground.ts';
import { MADE_FOR } from '../../platform/http/made-for.ts';
import { showPage } from '../../ui/show.ts';
import { deviceKey, isHeld, may, seeOther, viewerOf, type ArchiveContext } from '../accounts/index.ts';
import { baseOf, carriedForm, placeFrom, placePath, slipOf, typedFields } from './autosave.ts';
import { keepAutosave } from './autosaves.actions.ts';
import { mayWriteAt } from './autosaves.queries.ts';
import { UnsavedPage } from './pages/UnsavedPage.tsx';
import { typedTexts } from './sheet.view.ts';

const GOES_ON = 'You are signed in again. Nothing is saved yet: look at what you typed, and save it.';
const NOT_THEIRS =
  'You are signed in, with an account that does not write this, or did not open this form. Nothing is saved. Copy from here what you typed.';
const HELD =
  'You are signed in. Nothing is saved: while your account is suspended or banned, you can read, take everything out and delete your account. Copy from here what you typed.';

/**
 * Goes on with a form that somebody who was signed out has sent. `typed`: the form as their browser carried it.
 * @returns the form's own address; the texts alone, to copy, where this account does not write there (it may be another than
 * the one that typed them); null where no form for writing was carried.
 */
export async function resumeWriting(
  ground: Ground,
  c: ArchiveContext,
  accountId: number,
  back: string,
  typed: string,
): Promise<Response | null> {
  const place = placeFrom(back);
  const form = carriedForm(typed);
  if (place === null || form === null) return null;
  const { db, now } = ground;
  const viewer = await viewerOf(db.reads, accountId);
  const fields = typedFields(form);
  const madeFor = form.one(MADE_FOR);
  const isTheirs = madeFor === undefined || madeFor === (await deviceKey(db.reads, accountId));
  if (isTheirs && viewer && may(viewer, 'change-own-works') && (await mayWriteAt(db.reads, viewer, place))) {
    const kept = await db.writeUnlessRefused(async (tx) => {
      const slip = slipOf(form);
      // A sheet that was saved meanwhile, or has sent more, keeps what it has: this goes beside it.
      const sheet = slip?.sheet ?? newPublicId();
      const sent = { place: placePath(place), base: baseOf(form), sequence: (slip?.sequence ?? 0) + 1, fields };
      const first = await keepAutosave(tx, now(), viewer, sheet, sent);
      if ('saved' in first && first.saved === sent.sequence && !first.over && !first.other) return { sheet };
      const other = newPublicId();
      const second = await keepAutosave(tx, now(), viewer, other, { ...sent, sequence: 1 });
      return 'refusal' in second ? second : { sheet: other };
    });
    if ('sheet' in kept) return seeOther(c, `${placePath(place)}?typed=${kept.sheet}`, { kind: 'done', text: GOES_ON });
  }
  return showPage(
    c,
    <UnsavedPage
      site={c.var.site}
      view={{
        what: 'Not saved',
        standing: viewer && isHeld(viewer) ? HELD : NOT_THEIRS,
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
