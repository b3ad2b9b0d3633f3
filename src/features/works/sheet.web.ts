/** What the routes of all forms for writing ask of a request about its sheet. */
import { isPublicId } from '../../platform/db/public-id.ts';
import type { Handle } from '../../platform/db/tables.ts';
import type { Form } from '../../platform/http/form.ts';
import type { ArchiveContext } from '../accounts/index.ts';
import { slipOf, type Place } from './autosave.ts';
import { typedAt, type Autosave } from './autosaves.queries.ts';

/** What the address asks the form to be filled with; null where it names nothing of the viewer's at this place. */
export async function askedFor(handle: Handle, c: ArchiveContext, place: Place): Promise<Autosave | null> {
  const sheet = c.req.query('typed');
  return sheet === undefined || !isPublicId(sheet) ? null : typedAt(handle, c.var.viewer, place, sheet);
}

/** What asks who wrote to sign in again; it stands above, since what shows a page has no place in a front door. */
export interface SignInNeeds {
  askToSignInAgain: (c: ArchiveContext, form: Form) => Response;
}

/** Whether a guest has sent a form that was made for somebody signed in: their session ended over it. */
export function wasSignedOut(c: ArchiveContext, form: Form): boolean {
  return c.var.viewer.accountId === null && slipOf(form) !== null;
}
