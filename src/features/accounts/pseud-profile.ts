/** What a pseud says of itself to everybody: a text, links elsewhere, an icon. What each may hold. Pure. */
import { plainCharacters, withoutDirection } from '../../platform/html/characters.ts';
import { ICON_ALT_CHARACTERS, PROFILE_LINKS } from '../site/index.ts';

/** The notation in which a profile was written. */
export type ProfileNotation = 'html' | 'markdown' | 'text';

export const PROFILE_NOTATIONS: readonly { value: ProfileNotation; label: string; help: string }[] = [
  { value: 'html', label: 'HTML', help: 'Blank lines make paragraphs, as on AO3.' },
  { value: 'markdown', label: 'Markdown', help: '*emphasis*, **strong**, # headings, > quotations.' },
  { value: 'text', label: 'Plain text', help: 'Just as it is typed.' },
];

/** A notation by its name; HTML for anything else. */
export function profileNotation(typed: string): ProfileNotation {
  return PROFILE_NOTATIONS.find((one) => one.value === typed)?.value ?? 'html';
}

/** A link elsewhere. */
export interface ProfileLink {
  label: string;
  /** Of http or https. */
  address: string;
}

export interface PseudIcon {
  /** The random part of its address. */
  name: string;
  /** What it shows, for those who do not see it; '' for an ornament. */
  alt: string;
}

/** Icons are squares of so many pixels. */
export const ICON_PIXELS = 200;
export const ICON_BYTES = 2 * 1024 * 1024;

export function iconPath(icon: { name: string }): string {
  return `/icons/${icon.name}.webp`;
}

/** The name in an icon's address; null for what is no such address's. */
export function iconNameIn(file: string): string | null {
  return /^([0-9a-hjkmnp-tv-z]{20})\.webp$/.exec(file)?.[1] ?? null;
}

/** One line as people type it: no control character, nothing that turns the direction of what comes after. */
export function oneLine(typed: string): string {
  return withoutDirection(plainCharacters(typed)).replace(/\s+/gu, ' ').trim();
}

/** What is wrong with an icon's alternative text, in one sentence, or null. */
export function altProblem(alt: string): string | null {
  return [...alt].length > ICON_ALT_CHARACTERS ? `At most ${ICON_ALT_CHARACTERS} characters.` : null;
}

/** A scheme has no dot here, so that a host with a port is none. */
const HAS_SCHEME = /^[a-z][a-z0-9+-]*:/i;

/** A link as it was typed. Without a label it is called by its host; without `https://` it gets one. */
export function readLink(typed: ProfileLink): { link: ProfileLink } | { problem: string } {
  const label = oneLine(typed.label);
  const said = oneLine(typed.address);
  if (said === '') return { problem: `Type the address of “${label}”.` };
  if ([...label].length > PROFILE_LINKS.label)
    return { problem: `A name has at most ${PROFILE_LINKS.label} characters.` };
  const url = URL.parse(HAS_SCHEME.test(said) ? said : `https://${said}`);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.hostname === '')
    return { problem: 'Type an address that begins with https:// or http://.' };
  if (url.username !== '' || url.password !== '') return { problem: 'An address here holds no name and no password.' };
  if (url.href.length > PROFILE_LINKS.address)
    return { problem: `An address has at most ${PROFILE_LINKS.address} characters.` };
  return { link: { label: label || url.hostname, address: url.href } };
}
