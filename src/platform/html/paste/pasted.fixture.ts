/** What becomes of a clipboard: tidied, cleaned, without the ids that the cleaner gives. For tests. */
import { clean } from '../clean.ts';
import { withoutBlockIds } from '../ids.ts';
import { asPasted } from './paste.ts';

export function pasted(clipboard: string): string {
  const result = clean(asPasted(clipboard), 'html');
  if (!result.ok) throw new Error(result.refusal);
  return withoutBlockIds(result.html);
}
