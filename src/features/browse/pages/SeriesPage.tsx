/** A series: what it is, and its works in reading order. */
import { AuthorText, inLanguage } from '../../../ui/AuthorText.tsx';
import { Blurb, type BlurbProps, type CreatorLink } from '../../../ui/Blurb.tsx';
import { Byline } from '../../../ui/Byline.tsx';
import { ButtonLink } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf } from '../../../ui/numbers.ts';
import { Pagination, type PaginationView } from '../../../ui/Pagination.tsx';
import type { Language, SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';
import { NothingHere, pageTitle } from './NothingHere.tsx';

export interface SeriesView {
  title: string;
  language: Language;
  /** Of the works on this page. */
  creators: CreatorLink[];
  /** Works of the series in this viewer's lists, on all pages; so are the words and the latest change. */
  total: number;
  words: number;
  /** UTC milliseconds. */
  updatedAt: number | null;
  complete: boolean;
  /** Clean HTML, '' for none. */
  summary: string;
  notes: string;
  /** Where it is changed, for who may. */
  editHref: string | null;
  /** In order of position; the position of each is in its own `part`. */
  parts: { position: number; blurb: BlurbProps }[];
  pagination: PaginationView;
}

export function SeriesPage({ site, view }: { site: SiteView; view: SeriesView }) {
  return (
    <Layout
      site={site}
      title={pageTitle(view.title, view)}
      canonical={site.path}
      noindex={view.parts.some((part) => part.blurb.noindex)}
    >
      <div class="page-head">
        <p class="eyebrow">Series</p>
        <h1 {...inLanguage(view.language)}>{view.title}</h1>
        {view.parts.length > 0 && <Byline creators={view.creators} />}
        <ul class="figures" aria-label="Figures">
          <li>{countOf(view.total, 'work', site.locale)}</li>
          <li>{countOf(view.words, 'word', site.locale)}</li>
          {view.updatedAt !== null && (
            <li>
              Updated <Time at={view.updatedAt} site={site} hint day />
            </li>
          )}
          {view.complete && <li>Complete</li>}
        </ul>
        {view.editHref !== null && (
          <div class="actions no-print">
            <ButtonLink href={view.editHref} small>
              Change this series
            </ButtonLink>
          </div>
        )}
      </div>
      {(view.summary !== '' || view.notes !== '') && (
        <div class="series-about">
          {view.summary !== '' && <AuthorText html={view.summary} language={null} kind="prose" />}
          {view.notes !== '' && (
            <section aria-labelledby="series-notes">
              <h2 id="series-notes">Notes</h2>
              <AuthorText html={view.notes} language={null} kind="prose" />
            </section>
          )}
        </div>
      )}
      {view.parts.map((part) => (
        <Blurb site={site} blurb={part.blurb} part={part.position} />
      ))}
      {view.parts.length === 0 ? (
        <NothingHere site={site} pagination={view.pagination} />
      ) : (
        <Pagination view={view.pagination} locale={site.locale} />
      )}
    </Layout>
  );
}
