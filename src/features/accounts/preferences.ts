/** What an account can choose for itself, and what holds where it has chosen nothing. Pure. */
import { z } from 'zod';
import { timeZoneFrom, UTC } from '../../platform/time-zone.ts';
import { USUAL_LETTERS, type ChosenAbout } from './letter-choices.ts';

/** Languages that the interface can be shown in. There is one so far. */
export const INTERFACE_LANGUAGES = [{ code: 'en', name: 'English' }] as const;

export const THEMES = ['system', 'light', 'dark', 'sepia'] as const;
export const ADULT_CHOICES = ['ask', 'always'] as const;
export const READING_WAYS = ['chapters', 'entire'] as const;
export const SWITCHES = ['on', 'off'] as const;

/** What a new work begins with, beside who sees it and who speaks, which `works` keeps; all of it can be changed on the work. */
export interface WritingDefaults {
  /** A language's code, or ''. */
  language: string;
  notes: string;
  endNotes: string;
}

export interface AccountPreferences {
  /** Of the interface. */
  language: (typeof INTERFACE_LANGUAGES)[number]['code'];
  /** An IANA name. */
  timeZone: string;
  /** Null: whatever this browser says. */
  theme: (typeof THEMES)[number] | null;
  /** Size, face and the like, as the cookie of guests writes them; null: whatever this browser says. */
  reading: string | null;
  /** Whether to be asked before works with adult content, once in each session, or never. */
  adult: (typeof ADULT_CHOICES)[number];
  /** How a work of several chapters opens. */
  opens: (typeof READING_WAYS)[number];
  /** Whether works are shown in the style that their creators gave them; null: whatever this browser says. */
  creatorStyle: (typeof SWITCHES)[number] | null;
  writing: WritingDefaults;
  /** Of what others do, what is told by mail. */
  letters: Readonly<Record<ChosenAbout, boolean>>;
}

const writing: WritingDefaults = { language: '', notes: '', endNotes: '' };

/** What holds for guests, and where an account has chosen nothing. */
export const DEFAULT_PREFERENCES: AccountPreferences = {
  language: 'en',
  timeZone: UTC,
  theme: null,
  reading: null,
  adult: 'ask',
  opens: 'chapters',
  creatorStyle: null,
  writing,
  letters: USUAL_LETTERS,
};

// Each falls back by itself: a choice that an earlier program kept and this one does not know is none.
const shape = z
  .object({
    language: z.literal('en').catch('en'),
    timeZone: z.string().transform(timeZoneFrom).catch(UTC),
    theme: z.enum(THEMES).nullable().catch(null),
    reading: z.string().max(100).nullable().catch(null),
    adult: z.enum(ADULT_CHOICES).catch('ask'),
    opens: z.enum(READING_WAYS).catch('chapters'),
    creatorStyle: z.enum(SWITCHES).nullable().catch(null),
    writing: z
      .object({
        language: z.string().max(40).catch(''),
        notes: z.string().catch(''),
        endNotes: z.string().catch(''),
      })
      .catch(writing),
    letters: z
      .object({
        'co-creation': z.boolean().catch(USUAL_LETTERS['co-creation']),
        gift: z.boolean().catch(USUAL_LETTERS.gift),
        'related-work': z.boolean().catch(USUAL_LETTERS['related-work']),
        report: z.boolean().catch(USUAL_LETTERS.report),
      })
      .catch(USUAL_LETTERS),
  })
  .catch(DEFAULT_PREFERENCES);

/** What was kept as chosen; all that cannot be read stands as it does for everybody. */
export function readPreferences(chosen: string | null): AccountPreferences {
  if (chosen === null) return DEFAULT_PREFERENCES;
  try {
    return shape.parse(JSON.parse(chosen));
  } catch {
    return DEFAULT_PREFERENCES;
  }
}
