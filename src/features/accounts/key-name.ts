/** What people call their passkeys and their tokens. Shown to themselves alone. Pure. */

export const KEY_NAME_CHARACTERS = 60;

/** A name on one line, without what no name has in it: line breaks, marks of direction, nothing else. */
export function tidyKeyName(typed: string): string {
  return typed
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll(/\p{Cf}/gu, '')
    .trim();
}

/** What is wrong with a tidy name, in one sentence, or null. */
export function keyNameProblem(name: string): string | null {
  if (name === '') return 'Type a name, so that you know it again.';
  return [...name].length > KEY_NAME_CHARACTERS ? `A name has at most ${KEY_NAME_CHARACTERS} characters.` : null;
}
