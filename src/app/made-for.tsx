/**
 * Takes a form only from the account that its page was made for. Two people share a browser, or one person has two accounts: a form
 * that was opened before somebody else signed in in another tab would otherwise be saved as theirs.
 */
import type { MiddlewareHandler } from 'hono';
import { problem } from '../platform/http/problem.ts';
import { readForm, type Form } from '../platform/http/form.ts';
import { MADE_FOR } from '../platform/http/made-for.ts';
import { isWords, NotSentPage } from '../ui/NotSentPage.tsx';
import { showPage } from '../ui/show.ts';
import { neverKept, type ArchiveContext, type ArchiveEnv } from '../features/accounts/index.ts';

const FORM = 'application/x-www-form-urlencoded';
/** Whoever presses this wants nobody to be signed in, whoever it is. */
const SIGN_OUT = '/sessions/end';
/** Names of fields whose values are not sent back. */
export const SECRET_FIELD = /password|confirmation|^presentFor|code|secret|token/i;

/**
 * Refuses forms that another account has opened, with status 409, and shows them again with all that was typed. One with words in it
 * that comes when nobody is signed in any more is shown again with 401. Forms with files are read, and asked about, by who takes the
 * files; a form without a key is no page's of somebody signed in.
 */
export const ownFormsOnly: MiddlewareHandler<ArchiveEnv> = async (c, next) => {
  if (c.req.method !== 'POST' || c.var.apiToken || c.req.path === SIGN_OUT) return next();
  if (!(c.req.header('content-type') ?? '').toLowerCase().startsWith(FORM)) return next();
  if (!new RegExp(`(?:^|&)${MADE_FOR}=`).test(await c.req.text())) return next();
  const form = await readForm(c);
  const madeFor = form.one(MADE_FOR) ?? '';
  if (c.var.viewer.accountId !== null)
    return madeFor === c.var.site.madeFor ? next() : refuse(c, 'another', form, madeFor);
  // Forms for writing have a way of their own through a sign-in.
  const isTyped =
    form.one('sheet') === undefined && !holdsSecret(form) && form.fields().some(([, value]) => isWords(value));
  return isTyped ? refuse(c, 'signed-out', form, madeFor) : next();
};

function holdsSecret(form: Form): boolean {
  return form.fields().some(([name]) => SECRET_FIELD.test(name));
}

function refuse(c: ArchiveContext, why: 'another' | 'signed-out', form: Form, madeFor: string): Response {
  const status = why === 'another' ? 409 : 401;
  if (c.req.header('accept')?.includes('application/json'))
    return problem(
      c,
      status,
      'refused',
      why === 'another' ? 'Another account is signed in now.' : 'You are signed out.',
    );
  const { pathname, search } = new URL(c.req.url);
  const again = {
    action: pathname + search,
    madeFor,
    fields: form.fields().filter(([name]) => name !== MADE_FOR),
  };
  const view = { why, form: holdsSecret(form) ? null : again };
  return neverKept(showPage(c, <NotSentPage site={c.var.site} view={view} />, status));
}
