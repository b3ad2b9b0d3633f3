/** What is said about a reason that was refused. Pure. */
import { REASON_CHARACTERS, type PowerRefusal } from './power.ts';

/** The sentence beside the field. */
export function reasonError(refusal: Exclude<PowerRefusal['refusal'], 'not-found'>): string {
  return refusal === 'no-reason' ? 'Give a reason.' : `A reason has at most ${REASON_CHARACTERS} characters.`;
}
