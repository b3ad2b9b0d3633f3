/** What somebody can choose for their works before they go. Pure. */

/** What becomes of a posted work that nobody else creates. */
export const CHOICES = ['delete', 'orphan', 'keep-name'] as const;
export type Choice = (typeof CHOICES)[number];

export const CHOICE_WORDS: Record<Choice, { label: string; help: string }> = {
  delete: { label: 'Delete', help: 'Erased for good, with its chapters and everything that was said of it.' },
  orphan: { label: 'Orphan', help: 'It stays, by orphan_account. Your name goes, and it leaves its series.' },
  'keep-name': { label: 'Orphan, and keep the name', help: 'It stays under the same name, which is yours no more.' },
};

/** Works for which one form asks one by one: it has only so many fields. */
export const ASKED_AT_ONCE = 400;

/** The choice that was typed; null for none. */
export function choiceFrom(typed: string | undefined): Choice | null {
  return CHOICES.find((one) => one === typed) ?? null;
}

/** The name of the field for one work. */
export function choiceField(publicId: string): string {
  return `work-${publicId}`;
}
