/** The parts of a work's description that blurbs, bylines, tag lists and title pages share. Words and addresses only. */

export interface TagLink {
  name: string;
  href: string;
}

export interface RatingView {
  /** "Teen And Up Audiences" */
  name: string;
  /** One letter for the signature: G, T, M, E, or – for Not Rated. */
  short: string;
  href: string;
}

export interface CategoryView {
  /** "F/F" */
  name: string;
  href: string;
}

export interface CreatorLink {
  name: string;
  /** '' for a name that leads nowhere. */
  href: string;
  /** A name from outside that has no account here. */
  imported: boolean;
}

export interface SeriesPart {
  title: string;
  href: string;
  position: number;
}

export type WorkStatus = 'complete' | 'in-progress' | 'on-hiatus' | 'discontinued';

/** What a status is called on a page. */
export const statusWords: Readonly<Record<WorkStatus, string>> = {
  complete: 'Complete',
  'in-progress': 'In progress',
  'on-hiatus': 'On hiatus',
  discontinued: 'Discontinued',
};
