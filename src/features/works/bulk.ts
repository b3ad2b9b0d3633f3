/** Many works changed at once: which, and what each can be set to. What is not said stays as it is. Pure. */
import { COMMENTERS, COMMENTERS_WORDS, type Decisions } from './deciding.ts';

/** Works on a page of one's own list, which is as many as are changed at once. */
export const WORKS_AT_ONCE = 100;

/** By what one's own works are narrowed. */
export const OWN_STATES = ['', 'draft', 'scheduled', 'posted', 'restricted', 'concealed'] as const;
export type OwnState = (typeof OWN_STATES)[number];

export const OWN_STATE_WORDS: Record<OwnState, string> = {
  '': 'All',
  draft: 'Drafts',
  scheduled: 'Scheduled',
  posted: 'Posted',
  restricted: 'Registered readers only',
  concealed: 'Anonymous or unrevealed',
};

export function ownStateFrom(said: string | undefined): OwnState {
  return OWN_STATES.find((one) => one === said) ?? '';
}

/** What is to become of each of the works; what is absent stays. */
export interface BulkChanges extends Partial<Decisions> {
  restricted?: boolean;
  noindex?: boolean;
  language?: string;
}

/** The form as it was sent; '' leaves a thing as it is. */
export type BulkValues = Record<BulkField, string>;
export type BulkField =
  | 'restricted'
  | 'noindex'
  | 'commenters'
  | 'commentsModerated'
  | 'downloads'
  | 'noAi'
  | 'language';

const YES_OR_NO = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

/** The fields and what each can be set to; languages come from the archive. */
export const BULK_FIELDS: readonly { name: BulkField; label: string; options: { value: string; label: string }[] }[] = [
  { name: 'restricted', label: 'Registered readers only', options: YES_OR_NO },
  { name: 'noindex', label: 'Hide from search engines', options: YES_OR_NO },
  {
    name: 'commenters',
    label: 'Comments from',
    options: COMMENTERS.map((one) => ({ value: one, label: COMMENTERS_WORDS[one] })),
  },
  { name: 'commentsModerated', label: 'Look at comments first', options: YES_OR_NO },
  { name: 'downloads', label: 'Readers may download', options: YES_OR_NO },
  { name: 'noAi', label: 'Ask that no AI is trained', options: YES_OR_NO },
  { name: 'language', label: 'Language', options: [] },
];
