/**
 * A form that arrives when its session has ended. The page asks who sent it to sign in, and carries what they typed along, so
 * that the form comes back as it was. The archive keeps nothing of it until it knows who writes.
 */
import type { Form } from '../../platform/http/form.ts';
import { showPage } from '../../ui/show.ts';
import { SignInPage } from './pages/SignInPage.tsx';
import type { ArchiveContext } from './web.ts';

/**
 * Goes on after a sign-in with a form that was carried along: `back` is the form's address, `typed` its fields as JSON.
 * @returns null for what is no such form.
 */
export type Resume = (c: ArchiveContext, accountId: number, back: string, typed: string) => Promise<Response | null>;

/** Answers a guest's form with the page to sign in by, with status 401. The form is one of a person who was signed in. */
export function askToSignInAgain(c: ArchiveContext, form: Form): Response {
  // A way round by mail would leave behind what was typed.
  const view = { name: '', back: c.req.path, typed: JSON.stringify(form.fields()), mail: false };
  return showPage(c, <SignInPage site={c.var.site} view={view} />, 401);
}
