/** Work skins: the style that a creator gives a work. What they are, where their sheets lie, and their limits. Pure. */
import { SKINS_EACH, TITLE_CHARACTERS } from '../site/index.ts';

/** The one element of a page that a skin may style, with what is in it; authors' own classes all begin with `u-`. */
export const SKIN_BOX = '.work-skin';
/** Comes after the layers of the archive's own sheet, so that in the box the creator has the last word. */
export const SKIN_LAYER = 'skin';

/** The reader's cookie, where they have turned creators' styles off. */
export const STYLE_COOKIE = 'creator-style';

/** A skin as its owner sees it in a list. */
export interface OwnSkin {
  publicId: string;
  title: string;
  /** How many of the works wear it. */
  works: number;
  /** It was written under earlier rules and does not meet those of today. */
  outdated: boolean;
  updatedAt: number;
}

/** A skin as its owner writes at it. */
export interface WrittenSkin {
  id: number;
  publicId: string;
  title: string;
  source: string;
  /** Of the printed sheet, so that its address changes with it. */
  cssHash: string;
  version: number;
}

/** What is stored of a checked skin. */
export interface PrintedSkin {
  title: string;
  source: string;
  css: string;
  rules: number;
}

export type SkinRefusal = { refusal: 'not-found' } | { refusal: 'too-many' } | { refusal: 'changed-meanwhile' };

/** What is wrong with a skin's title, in one sentence; null where nothing is. */
export function skinTitleProblem(title: string): string | null {
  if (title === '') return 'Give the skin a title. Nobody but you sees it.';
  if (title.length > TITLE_CHARACTERS)
    return `A title has at most ${TITLE_CHARACTERS} characters; this one has ${title.length}.`;
  return null;
}

export const TOO_MANY_SKINS = `You have ${SKINS_EACH} skins, which is as many as there can be. Delete one first.`;

export function skinPath(publicId: string): string {
  return `/account/skins/${publicId}`;
}

/** The address of a sheet that only its owner is given: the one that is saved, or the one they tried last. */
export function ownSheetPath(publicId: string, which: 'saved' | 'tried', hash: string): string {
  return `${skinPath(publicId)}/${which}-${hash.slice(0, 12)}.css`;
}
