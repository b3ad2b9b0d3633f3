/** The form of a profile: what was typed, and from that a profile or a sentence beside each field that cannot stand. */
import type { Cleaner } from '../../../platform/html/cleaner.ts';
import { withoutBlockIds } from '../../../platform/html/ids.ts';
import { plainCharacters } from '../../../platform/html/characters.ts';
import type { Form } from '../../../platform/http/form.ts';
import { PROFILE_CHARACTERS, PROFILE_LINKS } from '../../site/index.ts';
import type { PseudValues } from '../pages/PseudPage.tsx';
import { oneLine, profileNotation, readLink, type ProfileLink } from '../pseud-profile.ts';
import type { NewProfile } from './profile.actions.ts';
import type { WrittenProfile } from './pseuds.queries.ts';

export type ProfileValues = Pick<PseudValues, 'text' | 'format' | 'links'>;

/** Empty rows that a form offers beside the links there are. */
const ROOM_FOR = 3;
const EMPTY: ProfileLink = { label: '', address: '' };

/** A profile as it stands. */
export function profileValues(written: WrittenProfile): ProfileValues {
  return { text: written.source, format: written.format, links: withRoom(written.links) };
}

/** The form as a browser sends it; rows that were left empty close up. */
export function readProfileForm(form: Form): ProfileValues {
  const rows = Array.from({ length: PROFILE_LINKS.most }, (_, place) => ({
    label: oneLine(form.one(`linkLabel${place + 1}`) ?? ''),
    address: oneLine(form.one(`linkAddress${place + 1}`) ?? ''),
  }));
  return {
    text: plainCharacters(form.one('text') ?? ''),
    format: profileNotation(form.one('format') ?? ''),
    links: withRoom(rows.filter((row) => row.label !== '' || row.address !== '')),
  };
}

function withRoom(links: readonly ProfileLink[]): ProfileLink[] {
  const rows = Math.min(PROFILE_LINKS.most, links.length + ROOM_FOR);
  return Array.from({ length: rows }, (_, place) => links[place] ?? EMPTY);
}

/** Cleans the text and reads the links. @returns the profile, or a sentence for each field that cannot stand. */
export async function profileFrom(
  cleaner: Cleaner,
  values: ProfileValues,
): Promise<{ profile: NewProfile } | { errors: Record<string, string> }> {
  const errors: Record<string, string> = {};
  const format = profileNotation(values.format);
  const isEmpty = values.text.trim() === '';
  const cleaned = isEmpty ? { ok: true as const, html: '', rules: 0 } : await cleaner.clean(values.text, format);
  const html = cleaned.ok ? withoutBlockIds(cleaned.html) : '';
  if (!cleaned.ok) errors['text'] = 'This text could not be read.';
  if (html.length > PROFILE_CHARACTERS)
    errors['text'] = `A profile has at most ${PROFILE_CHARACTERS} characters; here are ${html.length}.`;
  const links: ProfileLink[] = [];
  for (const [place, typed] of values.links.entries()) {
    if (typed.label === '' && typed.address === '') continue;
    const read = readLink(typed);
    if ('link' in read) links.push(read.link);
    else errors[`linkAddress${place + 1}`] = read.problem;
  }
  if (!cleaned.ok || Object.keys(errors).length > 0) return { errors };
  return { profile: { format, source: isEmpty ? '' : values.text, html, rules: cleaned.rules, links } };
}
