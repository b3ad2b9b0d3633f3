/** Series: works in an order of their own. Pure. */
import { TITLE_CHARACTERS } from '../site/index.ts';
import { titleSlug, type CleanText } from '../works/index.ts';

export interface Series {
  id: number;
  publicId: string;
  title: string;
}

/** A work's place in a series, with its neighbours among the works the viewer may see. */
export interface SeriesPlace {
  series: Series;
  position: number;
  previousId: number | null;
  nextId: number | null;
}

/** What is said about a series, its texts clean. */
export interface SeriesTexts {
  title: string;
  summary: CleanText;
  notes: CleanText;
  /** The version of the cleaning rules. */
  rules: number;
  complete: boolean;
}

/** Why a series was not made or changed. */
export type SeriesRefusal = { refusal: 'not-found' } | { refusal: 'changed-meanwhile' } | { refusal: 'too-many' };

export const TOO_MANY_SERIES = 'You have as many series as there can be.';

/** What is wrong with a title, a sentence; null when nothing is. */
export function seriesTitleProblem(title: string): string | null {
  if (title === '') return 'A series needs a title.';
  if (title.length > TITLE_CHARACTERS)
    return `A title has at most ${TITLE_CHARACTERS} characters; this one has ${title.length}.`;
  return null;
}

export function seriesPath(series: { publicId: string; title: string }): string {
  return `/series/${series.publicId}/${titleSlug(series.title)}`;
}
