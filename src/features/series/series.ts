/** Series: works in an order of their own. Pure. */
import { titleSlug } from '../works/index.ts';

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

export function seriesPath(series: { publicId: string; title: string }): string {
  return `/series/${series.publicId}/${titleSlug(series.title)}`;
}
