/**
 * Takes a form only from the account that its page was made for. Two people share a browser, or one person has two accounts: a form
 * that was opened before somebody else signed in in another tab would otherwise be saved as theirs.
 */
import type { MiddlewareHandler } from 'hono';
import { readForm } from '../platform/http/form.ts';
import { MADE_FOR } from '../platform/http/made-for.ts';
import type { ArchiveEnv } from '../features/accounts/index.ts';
import { holdsWords, isPageForm, showNotSent } from './not-sent.tsx';

/** Whoever presses this wants nobody to be signed in, whoever it is. */
const SIGN_OUT = '/sessions/end';

/**
 * Refuses forms that another account has opened, with status 409, and shows them again with all that was typed. One with words in it
 * that comes when nobody is signed in any more is shown again with 401. Forms with files are read, and asked about, by who takes the
 * files; a form without a key is no page's of somebody signed in.
 */
export const ownFormsOnly: MiddlewareHandler<ArchiveEnv> = async (c, next) => {
  if (!isPageForm(c) || c.var.apiToken || c.req.path === SIGN_OUT) return next();
  if (!new RegExp(`(?:^|&)${MADE_FOR}=`).test(await c.req.text())) return next();
  const form = await readForm(c);
  const madeFor = form.one(MADE_FOR) ?? '';
  if (c.var.viewer.accountId !== null)
    return madeFor === c.var.site.madeFor ? next() : showNotSent(c, 'another', form, madeFor);
  // Forms for writing have a way of their own through a sign-in.
  const isTyped = form.one('sheet') === undefined && holdsWords(form);
  return isTyped ? showNotSent(c, 'signed-out', form, madeFor) : next();
};
