/** The archive's front page: what it is, what is new, where to look, and for a fresh archive where to start. */
import { Blurb, type BlurbProps } from '../../../ui/Blurb.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ActionForm, ButtonLink } from '../../../ui/Form.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf, formatNumber } from '../../../ui/numbers.ts';
import type { FormTarget, SiteView } from '../../../ui/site-view.ts';
import { CountedNames, type CountedName } from './CountedNames.tsx';

export interface HomeView {
  /** What this viewer may see. */
  totals: { works: number; words: number; fandoms: number };
  /** Newest first, at most a handful. */
  newest: BlurbProps[];
  /** Largest first, at most about 24; while nothing is counted, those of the newest works by name. */
  fandoms: CountedName[];
  /** False while counts are being prepared. */
  counted: boolean;
  /** Present for the owner while the archive is fresh. */
  startHere?: {
    /** Present while sample works are in the archive. */
    samples?: { works: number; remove: FormTarget };
    drafts: number;
  };
}

export function HomePage({ site, view }: { site: SiteView; view: HomeView }) {
  const empty = view.totals.works === 0;
  return (
    <Layout site={site} description={site.description} canonical="/">
      <div class="home-head">
        <h1 dir="auto">{site.name}</h1>
        {site.description && (
          <p class="prose" dir="auto">
            {site.description}
          </p>
        )}
        {!empty && <Totals site={site} totals={view.totals} />}
        <Icon name="fold" />
      </div>
      {view.startHere && <StartHere site={site} start={view.startHere} />}
      {empty ? (
        <EmptyState title="No works yet">
          <p>Works that are posted here appear on this page, newest first.</p>
        </EmptyState>
      ) : (
        <div class="with-aside">
          <section aria-labelledby="newest">
            <h2 id="newest" class="section-title">
              Newest works
            </h2>
            {view.newest.map((blurb) => (
              <Blurb site={site} blurb={blurb} level={3} />
            ))}
            <p class="onward">
              <ButtonLink href="/works">All {countOf(view.totals.works, 'work', site.locale)}</ButtonLink>
            </p>
          </section>
          <section class="aside" aria-labelledby="fandoms">
            <h2 id="fandoms" class="section-title">
              Fandoms
            </h2>
            {!view.counted && <p class="remark">Counts are being prepared. These are of the newest works.</p>}
            <CountedNames names={view.fandoms} locale={site.locale} />
            <p class="onward">
              <a href="/fandoms">All {countOf(view.totals.fandoms, 'fandom', site.locale)}</a>
            </p>
          </section>
        </div>
      )}
    </Layout>
  );
}

function Totals({ site, totals }: { site: SiteView; totals: HomeView['totals'] }) {
  const { locale } = site;
  return (
    <p class="totals">
      <b>{formatNumber(totals.works, locale)}</b> {totals.works === 1 ? 'work' : 'works'} in{' '}
      <b>{formatNumber(totals.fandoms, locale)}</b> {totals.fandoms === 1 ? 'fandom' : 'fandoms'},{' '}
      <b>{formatNumber(totals.words, locale)}</b> {totals.words === 1 ? 'word' : 'words'} in all
    </p>
  );
}

function StartHere({ site, start }: { site: SiteView; start: NonNullable<HomeView['startHere']> }) {
  return (
    <section class="box start-here" aria-labelledby="start">
      <h2 id="start">Start here</h2>
      <ol class="steps">
        <li>
          <h3>Make it yours</h3>
          <p>Give the archive its name, and say what it takes.</p>
          <ButtonLink href="/settings" small>
            Open the settings
          </ButtonLink>
        </li>
        <li>
          <h3>Bring stories in</h3>
          <p>In the archive&rsquo;s folder, type:</p>
          <pre class="command">./fanfold import PATH</pre>
          <p>
            PATH is a file or a folder of text, Markdown or AO3 downloads. What is not complete waits in{' '}
            <a href="/drafts">your drafts</a>
            {start.drafts > 0 && ` (${formatNumber(start.drafts, site.locale)} now)`}.
          </p>
        </li>
        {start.samples && (
          <li>
            <h3>Clear the shelves</h3>
            <p>
              The archive came with {countOf(start.samples.works, 'sample work', site.locale)}, to show how things look.
              They go with one press, for good.
            </p>
            <ActionForm target={start.samples.remove} label="Remove the samples" small />
          </li>
        )}
      </ol>
    </section>
  );
}
