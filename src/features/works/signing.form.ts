/** The boxes by which somebody says which of their pseuds sign a work. */
import type { Handle } from '../../platform/db/tables.ts';
import type { Form } from '../../platform/http/form.ts';
import type { Viewer } from '../accounts/index.ts';
import type { SigningView } from './pages/SigningField.tsx';
import { ownSigners, signingPseuds } from './signing.queries.ts';

/** Public ids of the pseuds that were ticked; null where the form did not ask. */
export function signersTyped(form: Form): string[] | null {
  return form.one('signing') === undefined ? null : [...new Set(form.all('signers'))];
}

/**
 * The boxes for a work; null for who does not sign it, and for who has one pseud and nothing to choose. `typed`: what was
 * ticked in a form that comes back.
 */
export async function signingView(
  handle: Handle,
  viewer: Viewer,
  workId: number,
  typed: string[] | null = null,
  error?: string,
): Promise<SigningView | null> {
  const own = await signingPseuds(handle, viewer);
  const signers = await ownSigners(handle, viewer, workId);
  if (own.length < 2 || signers.length === 0) return null;
  const choices = own.map((pseud) => ({ value: pseud.publicId, label: pseud.name }));
  return { choices, values: typed ?? signers, ...(error === undefined ? {} : { error }) };
}

export const UNSIGNED = 'Choose which of your pseuds sign it.';
