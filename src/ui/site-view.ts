/**
 * What every page is given beside its own view: the archive as this request sees it.
 * Plain values and one function, so that pages stay pure: no clock, no database, no HTTP.
 */
import type { Preferences } from './preferences.ts';

export type Direction = 'ltr' | 'rtl';

/** A language as works carry it: BCP 47 code, the language's own name ("Español"), and its direction. */
export interface Language {
  code: string;
  name: string;
  dir: Direction;
}

/** Built files that pages name themselves; the fonts are those that a page can paint first. */
export type AssetName =
  | 'site.css'
  | 'site.js'
  | 'browse.js'
  | 'autosave.js'
  | 'imports.css'
  | 'imports.js'
  | 'editor.css'
  | 'editor.js'
  | 'keys.js'
  | 'icon.svg'
  | 'literata-latin.woff2'
  | 'atkinson-latin.woff2';

/** Where a POST form goes and what it carries. */
export interface FormTarget {
  action: string;
  /** Hidden fields, name to value. */
  fields?: Readonly<Record<string, string>>;
}

/** One sentence shown once, above the page's heading, after something was done or refused. */
export interface Notice {
  kind: 'done' | 'refused';
  text: string;
  /** A button beside the sentence that takes the action back. */
  undo?: FormTarget & { label: string };
}

/** Who is looking. */
/** So many of something wait for the viewer: "3 gifts". */
export interface WaitingView {
  href: string;
  count: number;
  /** What they are called, one or many. */
  words: string;
}

export interface ViewerView {
  name: string;
  /** The owner sees Drafts and Settings in the header. */
  owner: boolean;
  /** Whoever may bring stories in sees Imports there. */
  imports?: boolean;
  /** Whoever may post sees New work and Drafts there; somebody suspended does not. */
  writes?: boolean;
  /** Whoever answers reports sees Moderation there. */
  moderates?: boolean;
  /** What waits for their answer; absent on pages that do not count it. */
  waiting?: WaitingView[];
}

/** What an account is told on every page: it was warned, or may change nothing for now. */
export interface StandingView {
  unreadWarnings: number;
  held: { kind: 'suspension' | 'ban'; until: number | null } | null;
}

export interface SiteView {
  /** The archive's name, as its owner wrote it. */
  name: string;
  description: string;
  /** BCP 47 tag by which numbers and dates are written, from Accept-Language; the interface itself is English. */
  locale: string;
  /** Of the viewer's clocks, an IANA name; UTC when not said. Days that works bear are UTC's all the same. */
  timeZone?: string;
  /** UTC milliseconds; relative dates count from here. */
  now: number;
  /** Path and query of this page; preference forms send it back as `return`. */
  path: string;
  viewer: ViewerView | null;
  /** By what forms say which account they were made for; nothing for a guest. */
  madeFor?: string;
  /** Guests are offered to join, with an invitation or without. */
  joinable?: boolean;
  standing?: StandingView;
  preferences: Preferences;
  /** Address of a built file. */
  assets: (name: AssetName) => string;
  notice?: Notice;
  /** The owner lets search engines in. Pages can still refuse them one by one. */
  indexable: boolean;
  /** The archive asks, for all its pages, that no AI is trained on them. */
  noTraining?: boolean;
  /** Absolute address of the archive without a trailing slash; canonical links are made from it. */
  origin: string;
}
