/** Reports: why something can be reported, what becomes of a report, and which addresses name what. Pure. */
import { isPublicId } from '../../platform/db/public-id.ts';
import { isTagKind, nameFromSlug, type TagKind } from '../tags/index.ts';

/** Why a page can be reported, in the order of the form. */
export const REASONS = [
  { code: 'spam', label: 'Spam or advertising' },
  { code: 'plagiarism', label: 'Plagiarism: somebody else’s words, posted without leave' },
  { code: 'harassment', label: 'Harassment or threats' },
  { code: 'tags', label: 'Wrong rating or archive warnings' },
  { code: 'personal', label: 'Personal information about somebody' },
  { code: 'rules', label: 'Content against the rules of this archive' },
  { code: 'legal', label: 'Against the law' },
  { code: 'other', label: 'Something else' },
] as const;

/** What can become of a report. */
export const OUTCOMES = [
  { code: 'acted', label: 'Something was done' },
  { code: 'no-breach', label: 'Nothing against the rules was found' },
  { code: 'elsewhere', label: 'Somebody else has to decide this' },
  { code: 'unclear', label: 'There was too little to go on' },
] as const;

export type ReportState = 'open' | 'in-hand' | 'closed';

export const REPORT_CHARACTERS = 5_000;
export const ANSWER_CHARACTERS = 5_000;
export const NOTE_CHARACTERS = 5_000;
export const EMAIL_CHARACTERS = 254;
const ADDRESS_CHARACTERS = 2_000;

/** What an address names. */
export type Named =
  | { kind: 'work'; publicId: string; chapter: string | null }
  | { kind: 'creator'; publicId: string }
  | { kind: 'series'; publicId: string }
  | { kind: 'tag'; tagKind: TagKind; name: string }
  | { kind: 'page'; path: string };

/** What is reported, as it is kept. */
export type SubjectKind = 'work' | 'creator' | 'imported-creator' | 'series' | 'tag' | 'page';

/** Pages that name nothing of their own and that everybody can read. */
const OPEN_PAGES = new Set(['/', '/works', '/fandoms', '/rules', '/contact']);

/**
 * What an address of this archive names; null for what is none. Takes a path, or a whole address copied from the
 * browser; what stands behind `?` or `#` is left out.
 */
export function whatAddressNames(said: string, origin: string): Named | null {
  const typed = said.trim();
  if (typed === '' || typed.length > ADDRESS_CHARACTERS) return null;
  const base = URL.parse(origin);
  const address = URL.parse(typed, origin);
  if (!base || address?.origin !== base.origin) return null;
  const { pathname } = address;
  if (OPEN_PAGES.has(pathname)) return { kind: 'page', path: pathname };
  const [, place, first = '', second, third, fourth, ...rest] = pathname.split('/');
  if (rest.length > 0) return null;
  switch (place) {
    case 'works': {
      if (!isPublicId(first)) return null;
      if (third === undefined || (third === 'entire' && fourth === undefined))
        return { kind: 'work', publicId: first, chapter: null };
      return third === 'chapters' && fourth !== undefined && isPublicId(fourth)
        ? { kind: 'work', publicId: first, chapter: fourth }
        : null;
    }
    case 'creators':
      return isPublicId(first) && third === undefined ? { kind: 'creator', publicId: first } : null;
    case 'series':
      return isPublicId(first) && third === undefined ? { kind: 'series', publicId: first } : null;
    case 'tags': {
      const beyond = third !== undefined && (third !== 'about' || fourth !== undefined);
      const name = decoded(second ?? '');
      if (beyond || name === null || name === '' || !isTagKind(first)) return null;
      return { kind: 'tag', tagKind: first, name: nameFromSlug(name) };
    }
    default:
      return null;
  }
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** The form's fields, as they were typed. */
export interface ReportValues {
  about: string;
  reason: string;
  words: string;
  email: string;
}

export type ReportErrors = Partial<Record<keyof ReportValues, string>>;

/** What is wrong with a report, beside whether its page can be read. */
export function reportErrors(values: ReportValues): ReportErrors {
  const errors: ReportErrors = {};
  if (!REASONS.some((reason) => reason.code === values.reason)) errors.reason = 'Choose why you report it.';
  if (values.words.trim() === '') errors.words = 'Say in a sentence what is wrong.';
  if (values.words.length > REPORT_CHARACTERS) errors.words = `A report has at most ${REPORT_CHARACTERS} characters.`;
  if (values.email !== '' && !isEmail(values.email))
    errors.email = 'This is not an e-mail address. You can leave it out.';
  return errors;
}

/** Whether a text looks like an e-mail address; whether it is one, only a mail would show. */
export function isEmail(text: string): boolean {
  return text.length <= EMAIL_CHARACTERS && /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/u.test(text);
}

/** The label of a reason or an outcome; the code itself, should a later version not know it. */
export function labelOf(list: readonly { code: string; label: string }[], code: string): string {
  return list.find((one) => one.code === code)?.label ?? code;
}
