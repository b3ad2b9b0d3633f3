/** Works and chapters: what they are made of, what one needs before it can be posted, how they are addressed. Pure. */
import {
  CHAPTER_CHARACTERS,
  NOTES_CHARACTERS,
  SUMMARY_CHARACTERS,
  TAGS_PER_WORK,
  TITLE_CHARACTERS,
} from '../site/index.ts';
import { FREE_KINDS, type TagKind } from '../tags/index.ts';
import type { Decisions } from './deciding.ts';
import type { Relation, WorkStanding } from './visibility.ts';

/** The notation in which a text was written. */
export type Notation = 'html' | 'markdown' | 'text';
export type PostingState = 'draft' | 'scheduled' | 'posted';

/** A text as its author wrote it, and the clean HTML made of it. */
export interface CleanText {
  source: string;
  html: string;
}

export const NO_TEXT: CleanText = { source: '', html: '' };

/** Somebody in a byline: a pseud of this archive, or a name from outside that is never matched to one. */
export interface Creator {
  kind: 'pseud' | 'imported';
  publicId: string;
  name: string;
}

/** A tag as it stands on a work, in the creator's order. */
export interface WorkTag {
  id: number;
  kind: TagKind;
  name: string;
}

/** A work as lists show it. */
export interface WorkCard extends WorkStanding {
  id: number;
  publicId: string;
  title: string;
  language: string | null;
  /** Public names in the byline's order; empty for an anonymous work and for one whose creator nobody knows. */
  creators: Creator[];
  /** Whether `creators` is empty because the viewer may not know them. */
  creatorsConcealed: boolean;
  tags: WorkTag[];
  summaryHtml: string;
  status: string;
  plannedChapters: number | null;
  postedChapters: number;
  words: number;
  kudos: number;
  comments: number;
  bookmarks: number;
  hits: number;
  adult: boolean;
  /** Search engines are asked to leave it out. */
  noindex: boolean;
  /** What it lets others do. */
  decisions: Decisions;
  sample: boolean;
  postedAt: number | null;
  updatedAt: number;
  version: number;
  createdAt: number;
}

/** A work as its own page shows it. */
export interface WorkWhole extends WorkCard {
  notesHtml: string;
  endNotesHtml: string;
  summarySource: string;
  notesSource: string;
  endNotesSource: string;
  format: Notation;
  sourceUrl: string | null;
  /** The pseud that brought it here, for a work whose creators have no account here. */
  archivedBy: string | null;
  notices: string[];
  publishAt: number | null;
  deletedAt: number | null;
  relations: ReadonlySet<Relation>;
  chapters: ChapterHead[];
}

export interface ChapterHead {
  id: number;
  publicId: string;
  /** 1 for the first chapter of those the viewer may read. */
  position: number;
  title: string;
  state: PostingState;
  words: number;
  postedAt: number | null;
  /** When it is to be posted, of a scheduled one. */
  publishAt: number | null;
}

/** A chapter with its text. */
export interface ChapterWhole extends ChapterHead {
  /** What readers should know before it: one line of plain text, or ''. */
  warnings: string;
  summaryHtml: string;
  notesHtml: string;
  endNotesHtml: string;
  html: string;
}

/** Complete means: as many chapters posted as planned. */
export function isComplete(work: { plannedChapters: number | null; postedChapters: number }): boolean {
  return work.plannedChapters !== null && work.postedChapters >= work.plannedChapters;
}

/** What a work must have before it can be posted. */
export type Missing = 'title' | 'language' | 'rating' | 'warning' | 'fandom' | 'text';

export const MISSING_WORDS: Record<Missing, string> = {
  title: 'a title',
  language: 'a language',
  rating: 'a rating',
  warning: 'an archive warning',
  fandom: 'a fandom',
  text: 'a text',
};

/** What is missing before a work can be posted, in the order of the form. */
export function missingForPosting(work: {
  title: string;
  language: string | null;
  tags: readonly { kind: TagKind }[];
  chapters: number;
}): Missing[] {
  const has = (kind: TagKind) => work.tags.some((tag) => tag.kind === kind);
  const lacks: Record<Missing, boolean> = {
    title: work.title.trim() === '',
    language: work.language === null,
    rating: !has('rating'),
    warning: !has('warning'),
    fandom: !has('fandom'),
    text: work.chapters === 0,
  };
  return (Object.keys(lacks) as Missing[]).filter((one) => lacks[one]);
}

/** Why a work was not changed or posted. */
export type WorkRefusal =
  | { refusal: 'not-found' }
  | { refusal: 'incomplete'; missing: Missing[] }
  | { refusal: 'changed-meanwhile' }
  | { refusal: 'against-the-rules'; reason: string };

/** Why a chapter was not changed or posted; `reason` is a sentence for people. */
export type ChapterRefusal = WorkRefusal | { refusal: 'impossible'; reason: string };

/** Where a work goes over the field's limits, a sentence each. Nothing is cut for it. */
export function overLimits(work: {
  title: string;
  summary: string;
  notes: string;
  endNotes: string;
  tags: readonly { kind: TagKind }[];
  chapters: readonly { html: string }[];
}): string[] {
  const over: string[] = [];
  const check = (what: string, has: number, limit: number, unit: string) => {
    if (has > limit) over.push(`${what}: ${has} ${unit}, over the limit of ${limit}.`);
  };
  check('The title', work.title.length, TITLE_CHARACTERS, 'characters');
  check('The summary', work.summary.length, SUMMARY_CHARACTERS, 'characters');
  check('The notes', work.notes.length, NOTES_CHARACTERS, 'characters');
  check('The end notes', work.endNotes.length, NOTES_CHARACTERS, 'characters');
  work.chapters.forEach((chapter, index) =>
    check(`Chapter ${index + 1}`, chapter.html.length, CHAPTER_CHARACTERS, 'characters'),
  );
  const free: readonly TagKind[] = FREE_KINDS;
  check('The work', work.tags.filter((tag) => free.includes(tag.kind)).length, TAGS_PER_WORK, 'tags');
  return over;
}

/** Words that mean something behind a work's id. */
const RESERVED_SLUGS = new Set([
  'chapters',
  'creators',
  'edit',
  'delete',
  'gifts',
  'original',
  'related-works',
  'review',
]);

/** A title as a piece of an address: decorative, the public id alone finds the work. */
export function titleSlug(title: string): string {
  const slug = title
    .normalize('NFKD')
    .replace(/\p{Mn}+/gu, '')
    .toLowerCase()
    .replace(/['’ʼ]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    // Between characters: half of one cannot stand in an address.
    .replace(/^(.{60}).*$/su, '$1')
    .replace(/^-+|-+$/g, '');
  if (slug === '') return 'work';
  return RESERVED_SLUGS.has(slug) ? `${slug}-` : encodeURIComponent(slug);
}

export function workPath(work: { publicId: string; title: string }): string {
  return `/works/${work.publicId}/${titleSlug(work.title)}`;
}

export function chapterPath(work: { publicId: string; title: string }, chapter: { publicId: string }): string {
  return `${workPath(work)}/chapters/${chapter.publicId}`;
}

export function entireWorkPath(work: { publicId: string; title: string }): string {
  return `${workPath(work)}/entire`;
}

export function creatorPath(creator: { publicId: string; name: string }): string {
  return `/creators/${creator.publicId}/${titleSlug(creator.name)}`;
}
