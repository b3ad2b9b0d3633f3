/** Judges attribute values: what an author's attribute becomes in the output, if anything. */
import type { Element, Properties } from 'hast';
import { MEDIA_CLASS, PICTURE_CLASS } from './allow-list.ts';
import { plainCharacters, withoutDirection } from './characters.ts';

/** What is put before every class and id that an author chose. */
export const AUTHOR_PREFIX = 'u-';
/** `nofollow ugc`: the archive does not vouch for what people link to. `noopener`: it does not hand its window over. */
const REL = ['nofollow', 'ugc', 'noopener'];

const MAX_VALUE = 2_000;
const MAX_ADDRESS = 4_000;
const MAX_CLASSES = 30;
const NAME = /^[^\s"'<>&=\p{Cc}]{1,120}$/u;
const ALIGNMENTS = new Set(['left', 'right', 'center', 'justify']);
const DIRECTIONS = new Set(['ltr', 'rtl', 'auto']);
const LANGUAGE = /^[a-z]{1,8}(?:-[a-z0-9]{1,8}){0,6}$/i;
const LIST_TYPES = new Set(['1', 'a', 'A', 'i', 'I', 'disc', 'circle', 'square']);
const SCOPES = new Set(['row', 'col', 'rowgroup', 'colgroup']);
const DATETIME = /^[0-9A-Za-z :.+\-]{1,60}$/;

type Judge = (value: string) => Properties[string];

/** A whole number in a range, else nothing. */
function between(least: number, most: number): Judge {
  return (value) => {
    const number = /^\s*[+-]?\d{1,9}/.test(value) ? Number.parseInt(value, 10) : Number.NaN;
    return number >= least && number <= most ? number : undefined;
  };
}

function oneOf(values: ReadonlySet<string>): Judge {
  return (value) => (values.has(value) ? value : undefined);
}

function lowerOneOf(values: ReadonlySet<string>): Judge {
  return (value) => (values.has(value.toLowerCase()) ? value.toLowerCase() : undefined);
}

const present: Judge = () => true;

const judges: Record<string, Judge> = {
  lang: (value) => (LANGUAGE.test(value) ? value : undefined),
  dir: lowerOneOf(DIRECTIONS),
  title: (value) => prose(value) || undefined,
  align: lowerOneOf(ALIGNMENTS),
  cite: (value) => (value.startsWith('http') ? safeAddress(value) : undefined),
  dateTime: (value) => (DATETIME.test(value) ? value : undefined),
  colSpan: between(1, 100),
  rowSpan: between(1, 100),
  span: between(1, 100),
  scope: lowerOneOf(SCOPES),
  headers: (value) => {
    const names = value.split(/\s+/).filter((name) => NAME.test(name));
    return names.length === 0 ? undefined : names.slice(0, MAX_CLASSES).map(withPrefix);
  },
  width: between(1, 10_000),
  height: between(1, 10_000),
  start: between(-1_000_000, 1_000_000),
  value: between(-1_000_000, 1_000_000),
  reversed: present,
  open: present,
  type: oneOf(LIST_TYPES),
};

/** An attribute's prose: a title, an alternative text. One line, no control characters, nothing that turns direction. */
export function prose(value: string): string {
  return withoutDirection(plainCharacters(value)).replace(/\s+/g, ' ').trim().slice(0, MAX_VALUE).toWellFormed();
}

/** Puts `u-` before a name that an author chose, unless it is there. */
export function withPrefix(name: string): string {
  return name.startsWith(AUTHOR_PREFIX) ? name : AUTHOR_PREFIX + name;
}

/** Takes an author's id; returns it with the prefix, or undefined when it cannot be one. */
export function anchorName(id: unknown): string | undefined {
  return typeof id === 'string' && NAME.test(id) && !/\p{Bidi_Control}/u.test(id) ? withPrefix(id) : undefined;
}

/**
 * Takes an address as an author wrote it; returns it when it is absolute and http, https or mailto, or leads to an
 * anchor of the same text (then with the prefix). Anything else, links into the archive's own pages included, is refused
 * with undefined.
 */
export function safeAddress(value: string): string | undefined {
  if (value.length > MAX_ADDRESS) return undefined;
  // Browsers leave these out before they look at the scheme (URL standard, 4.4).
  const address = withoutDirection(plainCharacters(value))
    .replace(/[\t\n]/g, '')
    .trim()
    .toWellFormed();
  if (address.startsWith('#')) {
    const name = anchorName(address.slice(1));
    return name === undefined ? undefined : `#${name}`;
  }
  const absolute = /^https?:\/\/[^\s/?#\\]/i.test(address) || /^mailto:[^\s/]/i.test(address);
  if (!absolute) return undefined;
  return address.replace(/^[a-z]+/i, (scheme) => scheme.toLowerCase()).replaceAll(' ', '%20');
}

/** The http(s) address of a picture or player, `//host/…` completed; undefined for one that cannot be linked to. */
export function mediaAddress(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const address = safeAddress(value.trim().startsWith('//') ? `https:${value.trim()}` : value);
  return address !== undefined && address.startsWith('http') ? address : undefined;
}

/** The attributes of a link to this address. */
export function linkProperties(address: string): Properties {
  return address.startsWith('http') ? { href: address, rel: [...REL] } : { href: address };
}

/** Takes an element as parsed; returns the properties that may stay, without `id`, in one fixed order. */
export function safeProperties(element: Element): Properties {
  const given = element.properties;
  const safe: Properties = {};
  const link = element.tagName === 'a' && typeof given.href === 'string' ? safeAddress(given.href) : undefined;
  const classes = safeClasses(given.className, link !== undefined && link.startsWith('http'));
  if (classes.length > 0) safe.className = classes;
  if (link !== undefined) Object.assign(safe, linkProperties(link));
  for (const name in given) {
    const judge = Object.hasOwn(judges, name) ? judges[name] : undefined;
    if (judge === undefined) continue;
    const value = judge(asText(given[name]));
    if (value !== undefined && value !== null) safe[name] = value;
  }
  return safe;
}

function safeClasses(given: Properties[string], outward: boolean): string[] {
  if (!Array.isArray(given)) return [];
  const own = outward && given.length === 1 && (given[0] === PICTURE_CLASS || given[0] === MEDIA_CLASS);
  if (own) return [String(given[0])];
  const names = given.map(String).filter((name) => NAME.test(name) && !/\p{Bidi_Control}/u.test(name));
  return [...new Set(names.slice(0, MAX_CLASSES).map(withPrefix))];
}

function asText(value: Properties[string]): string {
  return Array.isArray(value) ? value.join(' ') : String(value ?? '');
}
