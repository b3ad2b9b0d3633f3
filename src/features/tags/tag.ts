/** Tags: their kinds, their names, and how they are written in addresses. Pure. */
import { FORBIDDEN_IN_TAGS, TAG_CHARACTERS } from '../site/index.ts';

export const TAG_KINDS = [
  'rating',
  'warning',
  'category',
  'media',
  'fandom',
  'relationship',
  'character',
  'freeform',
] as const;
export type TagKind = (typeof TAG_KINDS)[number];

/** Kinds whose tags anybody may make by typing them; together at most 75 on a work. */
export const FREE_KINDS = ['fandom', 'relationship', 'character', 'freeform'] as const satisfies readonly TagKind[];
export type FreeKind = (typeof FREE_KINDS)[number];

/** Kinds whose tags are the archive's own vocabulary. */
export const FIXED_KINDS = ['rating', 'warning', 'category'] as const satisfies readonly TagKind[];
export type FixedKind = (typeof FIXED_KINDS)[number];

export const KIND_LABELS: Record<TagKind, string> = {
  rating: 'Rating',
  warning: 'Archive warning',
  category: 'Category',
  media: 'Media',
  fandom: 'Fandom',
  relationship: 'Relationship',
  character: 'Character',
  freeform: 'Additional tag',
};

export function isTagKind(text: string): text is TagKind {
  return (TAG_KINDS as readonly string[]).includes(text);
}

export interface Tag {
  id: number;
  kind: TagKind;
  name: string;
  canonical: boolean;
  /** The canonical tag this one stands for, when it is a synonym. */
  synonymOf: number | null;
}

/** What is wrong with a tag's name, in one sentence, or null. */
export function tagNameProblem(name: string): string | null {
  if (name.trim() === '') return 'A tag needs a name.';
  if ([...name].length > TAG_CHARACTERS) return `"${name.slice(0, 40)}…" is longer than ${TAG_CHARACTERS} characters.`;
  const forbidden = FORBIDDEN_IN_TAGS.exec(name);
  return forbidden ? `"${name}" holds ${forbidden[0]}, which no tag name can hold.` : null;
}

const STAND_INS: Record<string, string> = {
  ',': ';',
  '，': '；',
  '、': '・',
  '*': '∗',
  '<': '‹',
  '>': '›',
  '^': 'ˆ',
  '{': '(',
  '}': ')',
  '=': '꞊',
  '`': 'ʼ',
  '\\': '⧵',
  '%': '٪',
};

/**
 * A tag's name from outside, made into one that can stand here: forbidden characters become ones that look alike,
 * control characters a space.
 */
export function admissibleTagName(name: string): string {
  const tidy = name
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return tidy.replace(new RegExp(FORBIDDEN_IN_TAGS.source, 'gu'), (character) => STAND_INS[character] ?? '-');
}

const ESCAPES: readonly (readonly [string, string])[] = [
  ['/', '*s*'],
  ['&', '*a*'],
  ['.', '*d*'],
  ['?', '*q*'],
  ['#', '*h*'],
];

/** A tag's name as a piece of a path. Slash, ampersand, dot, question mark and hash are written as on AO3. */
export function tagSlug(name: string): string {
  const escaped = ESCAPES.reduce((text, [character, escape]) => text.replaceAll(character, escape), name);
  return encodeURIComponent(escaped);
}

/** The name a path's piece stands for, already percent-decoded. */
export function nameFromSlug(slug: string): string {
  return slug.replace(/\*[sadqh]\*/g, (escape) => ESCAPES.find(([, one]) => one === escape)?.[0] ?? escape);
}

export function tagPath(tag: { kind: TagKind; name: string }): string {
  return `/tags/${tag.kind}/${tagSlug(tag.name)}`;
}
