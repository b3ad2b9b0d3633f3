/** The letters about what others did: which of them an account can turn off, and which come where it has chosen nothing. Pure. */

export interface LetterChoice {
  /** In the list of letters to choose from. */
  label: string;
  help: string;
  /** Whether it comes where nothing was chosen: what waits for an answer does. */
  usual: boolean;
}

/** What an account may choose to be told of by mail. */
export const LETTER_CHOICES = {
  'co-creation': {
    label: 'Somebody invites me to create a work with them',
    help: 'It waits for your answer.',
    usual: true,
  },
  gift: { label: 'Somebody gives me a work', help: 'It waits for your answer.', usual: true },
  'related-work': {
    label: 'Somebody names my work as what inspired theirs, or as what they translated',
    help: 'It waits for your answer.',
    usual: true,
  },
  report: {
    label: 'A report of mine is answered',
    help: 'The answer stands on your page of reports, too.',
    usual: false,
  },
} as const satisfies Record<string, LetterChoice>;

export type ChosenAbout = keyof typeof LETTER_CHOICES;
/** What others did, as letters tell it. A measure is always told. */
export type About = ChosenAbout | 'measure';

export const CHOSEN_ABOUT = ['co-creation', 'gift', 'related-work', 'report'] as const satisfies readonly ChosenAbout[];
export const ABOUT = [...CHOSEN_ABOUT, 'measure'] as const satisfies readonly About[];

/** Which letters come where nothing was chosen. */
export const USUAL_LETTERS: Readonly<Record<ChosenAbout, boolean>> = {
  'co-creation': LETTER_CHOICES['co-creation'].usual,
  gift: LETTER_CHOICES.gift.usual,
  'related-work': LETTER_CHOICES['related-work'].usual,
  report: LETTER_CHOICES.report.usual,
};

/** Whether a letter is one that can be turned off. */
export function isChosen(about: About): about is ChosenAbout {
  return about !== 'measure';
}
