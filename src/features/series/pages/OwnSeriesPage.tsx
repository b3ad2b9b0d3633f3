/** One's own series, and those that are deleted and can be taken back. */
import { ActionForm, ButtonLink } from '../../../ui/Form.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf } from '../../../ui/numbers.ts';
import type { FormTarget, SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';

export interface OwnSeriesView {
  series: { title: string; href: string; readHref: string; works: number; complete: boolean }[];
  deleted: { title: string; deletedAt: number; undo: FormTarget }[];
}

export function OwnSeriesPage({ site, view }: { site: SiteView; view: OwnSeriesView }) {
  return (
    <Layout site={site} title="Your series" noindex kind="form">
      <div class="page-head">
        <h1>Your series</h1>
        <p>
          Those that you made, and those of which you keep every work. Readers see one as soon as they see a work in it.
        </p>
        <div class="actions">
          <ButtonLink href="/account/series/new" look="primary">
            New series
          </ButtonLink>
        </div>
      </div>
      {view.series.length === 0 ? (
        <EmptyState title="No series yet">
          <p>A series holds works in an order of your own. You can also begin one in the form of a work.</p>
        </EmptyState>
      ) : (
        <ul class="rows">
          {view.series.map((one) => (
            <li>
              <div>
                <h2>
                  <a href={one.href} dir="auto">
                    {one.title}
                  </a>
                </h2>
                <p class="figures">
                  <span>{countOf(one.works, 'work', site.locale)}</span>
                  <span>{one.complete ? 'Complete' : 'Not complete'}</span>
                </p>
              </div>
              <div class="actions">
                <ButtonLink href={one.href} small>
                  Change<span class="visually-hidden"> {one.title}</span>
                </ButtonLink>
                {one.works > 0 && (
                  <ButtonLink href={one.readHref} small look="plain">
                    As readers see it<span class="visually-hidden">: {one.title}</span>
                  </ButtonLink>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
      {view.deleted.length > 0 && (
        <section aria-labelledby="deleted-series">
          <h2 id="deleted-series">Deleted</h2>
          <p>Their works stayed. For 30 days a series can be taken back.</p>
          <ul class="rows">
            {view.deleted.map((one) => (
              <li>
                <div>
                  <h3 dir="auto">{one.title}</h3>
                  <p class="figures">
                    <span>
                      Deleted <Time at={one.deletedAt} site={site} hint />
                    </span>
                  </p>
                </div>
                <div class="actions">
                  <ActionForm target={one.undo} label="Take back" about={one.title} small />
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Layout>
  );
}
