/**
 * Legal notices: what somebody must say who asks that content be removed for the law’s sake. The fields are those of
 * article 16 (2) of the Digital Services Act and of 17 U.S.C. § 512 (c) (3). Pure.
 */
import { isEmail } from './report.ts';

export const NOTICE_KINDS = [
  { code: 'copyright', label: 'Copyright', help: 'As in the DMCA: a work of mine or of whom I act for is copied.' },
  { code: 'illegal', label: 'Other illegal content', help: 'As in the Digital Services Act of the EU.' },
  { code: 'privacy', label: 'Privacy or data protection' },
  { code: 'other', label: 'Something else' },
] as const;

/** The form’s fields, as they were typed. */
export interface NoticeValues {
  kind: string;
  name: string;
  email: string;
  onBehalfOf: string;
  places: string;
  what: string;
  why: string;
  signature: string;
  goodFaith: boolean;
  accurate: boolean;
}

export type NoticeErrors = Partial<Record<keyof NoticeValues, string>>;

export const NO_NOTICE: NoticeValues = {
  kind: '',
  name: '',
  email: '',
  onBehalfOf: '',
  places: '',
  what: '',
  why: '',
  signature: '',
  goodFaith: false,
  accurate: false,
};

/** Characters of each text of a notice. */
export const NOTICE_CHARACTERS = {
  name: 200,
  onBehalfOf: 200,
  places: 5_000,
  what: 5_000,
  why: 5_000,
  signature: 200,
} as const;

const ASKED: Record<keyof typeof NOTICE_CHARACTERS, string | null> = {
  name: 'Say who you are.',
  onBehalfOf: null,
  places: 'Give the address of each page that this is about.',
  what: 'Say what is copied, or what is against the law.',
  why: 'Say why it is against the law.',
  signature: 'Type your name as your signature.',
};

/** What is wrong with a notice, a sentence beside each field. */
export function noticeErrors(values: NoticeValues): NoticeErrors {
  const errors: NoticeErrors = {};
  if (!NOTICE_KINDS.some((kind) => kind.code === values.kind)) errors.kind = 'Choose what this is about.';
  for (const [name, most] of Object.entries(NOTICE_CHARACTERS) as [keyof typeof NOTICE_CHARACTERS, number][]) {
    const asked = ASKED[name];
    if (values[name].trim() === '' && asked !== null) errors[name] = asked;
    if (values[name].length > most) errors[name] = `At most ${most} characters.`;
  }
  if (!isEmail(values.email)) errors.email = 'Give an e-mail address at which you can be reached.';
  if (!values.goodFaith) errors.goodFaith = 'A notice needs your statement of good faith.';
  if (!values.accurate) errors.accurate = 'A notice needs your statement that it is accurate.';
  return errors;
}
