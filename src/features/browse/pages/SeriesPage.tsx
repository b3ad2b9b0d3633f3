/** A series: what it is, and its works in reading order. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { Blurb, type BlurbProps, type CreatorLink } from '../../../ui/Blurb.tsx';
import { Byline } from '../../../ui/Byline.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf } from '../../../ui/numbers.ts';
import { Pagination, type PaginationView } from '../../../ui/Pagination.tsx';
import type { Language, SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';

export interface SeriesView {
  title: string;
  language: Language;
  creators: CreatorLink[];
  /** Works of the series this viewer may see. */
  total: number;
  words: number;
  /** UTC milliseconds. */
  updatedAt: number | null;
  /** In order of position; the position of each is in its own `part`. */
  parts: { position: number; blurb: BlurbProps }[];
  pagination: PaginationView;
}

export function SeriesPage({ site, view }: { site: SiteView; view: SeriesView }) {
  return (
    <Layout site={site} title={view.title} canonical={site.path}>
      <div class="page-head">
        <p class="eyebrow">Series</p>
        <h1 {...inLanguage(view.language)}>{view.title}</h1>
        <Byline creators={view.creators} />
        <ul class="figures" aria-label="Figures">
          <li>{countOf(view.total, 'work', site.locale)}</li>
          <li>{countOf(view.words, 'word', site.locale)}</li>
          {view.updatedAt !== null && (
            <li>
              Updated <Time at={view.updatedAt} site={site} hint />
            </li>
          )}
        </ul>
      </div>
      {view.parts.map((part) => (
        <Blurb site={site} blurb={part.blurb} part={part.position} />
      ))}
      <Pagination view={view.pagination} locale={site.locale} />
    </Layout>
  );
}
