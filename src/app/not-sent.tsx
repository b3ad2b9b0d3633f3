/** Shows a form that was not taken to who sent it, with all that was typed. Secrets are never repeated. */
import { problem } from '../platform/http/problem.ts';
import { readForm, saysForm, type Form } from '../platform/http/form.ts';
import { MADE_FOR } from '../platform/http/made-for.ts';
import { isWords, NotSentPage, type NotSentView } from '../ui/NotSentPage.tsx';
import { showPage } from '../ui/show.ts';
import { localPath, neverKept, type ArchiveContext } from '../features/accounts/index.ts';

/** Names of fields whose values are not sent back. */
export const SECRET_FIELD = /password|confirmation|^presentFor|code|secret|token|credential/i;

const ANSWERS = {
  another: { status: 409, words: 'Another account is signed in now.' },
  'signed-out': { status: 401, words: 'You are signed out.' },
  held: { status: 403, words: 'Your account is suspended or banned.' },
} as const;

/** Whether a request holds a form as pages send it. */
export function isPageForm(c: ArchiveContext): boolean {
  return c.req.method === 'POST' && saysForm(c);
}

/** Whether a form holds words that are worth keeping, and no secret. */
export function holdsWords(form: Form): boolean {
  return !holdsSecret(form) && form.fields().some(([name, value]) => isWords(name, value));
}

/** Answers a form that is not taken, whatever it holds. `madeFor`: the key of the account that opened it. */
export function showNotSent(c: ArchiveContext, why: NotSentView['why'], form: Form, madeFor: string): Response {
  const { status, words } = ANSWERS[why];
  if (c.req.header('accept')?.includes('application/json')) return problem(c, status, 'refused', words);
  const { pathname, search } = new URL(c.req.url);
  const again = {
    action: pathname + search,
    madeFor,
    isWriting: form.one('sheet') !== undefined,
    fields: form.fields().filter(([name]) => name !== MADE_FOR),
  };
  const view = { why, back: placeOfForm(c), form: holdsWords(form) ? again : null };
  return neverKept(showPage(c, <NotSentPage site={c.var.site} view={view} />, status));
}

/** The words of a form that somebody suspended or banned has sent, to copy; null for a form without any, and for what is no form. */
export async function showHeldTheirWords(c: ArchiveContext): Promise<Response | null> {
  if (!isPageForm(c) || c.var.apiToken) return null;
  const form = await readForm(c);
  return holdsWords(form) ? showNotSent(c, 'held', form, '') : null;
}

function holdsSecret(form: Form): boolean {
  return form.fields().some(([name]) => SECRET_FIELD.test(name));
}

/** The page of this archive on which a form stood, as far as the browser says; the first page otherwise. */
function placeOfForm(c: ArchiveContext): string {
  const from = URL.parse(c.req.header('referer') ?? '');
  const own = [URL.parse(c.var.site.origin)?.host, c.req.header('host')];
  return from && own.includes(from.host) ? localPath(from.pathname + from.search) : '/';
}
