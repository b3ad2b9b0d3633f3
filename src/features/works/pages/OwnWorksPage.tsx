/** All one's own works with boxes to tick, and what can be done with those that are. */
import type { ComponentChildren } from 'preact';
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Button, ButtonLink, SelectField } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf } from '../../../ui/numbers.ts';
import { Pagination, type PaginationView } from '../../../ui/Pagination.tsx';
import type { Language, SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';
import { BULK_FIELDS, OWN_STATE_WORDS, OWN_STATES, type BulkValues, type OwnState } from '../bulk.ts';

export interface OwnWorkRow {
  id: string;
  href: string;
  title: string;
  language: Language | null;
  creators: string[];
  words: number;
  updatedAt: number;
  /** How it stands, in words: "Draft", "Registered readers only". */
  marks: string[];
  ticked: boolean;
}

export interface OwnWorksView {
  total: number;
  state: OwnState;
  pseud: string;
  pseuds: { value: string; label: string }[];
  works: OwnWorkRow[];
  /** The address of this page with every box ticked. */
  tickAllHref: string;
  /** Sent back by the forms, to come back to this page. */
  returnTo: string;
  values: BulkValues;
  /** Why nothing was changed; null when nothing was refused. */
  refused: string | null;
  languages: Language[];
  series: ComponentChildren;
  /** What other parts of the archive do with many works: buttons that send the ticked ones there. */
  elsewhere: readonly { action: string; label: string }[];
  pagination: PaginationView;
}

export function OwnWorksPage({ site, view }: { site: SiteView; view: OwnWorksView }) {
  return (
    <Layout site={site} title="Your works" noindex>
      <div class="page-head">
        <h1>Your works</h1>
        <p>
          <b>{countOf(view.total, 'work', site.locale)}</b>. <a href="/drafts">Drafts</a> ·{' '}
          <a href="/account/series">Series</a> · <a href="/deleted">Deleted works</a> ·{' '}
          <a href="/account/new-works">What new works begin with</a>
        </p>
      </div>
      {view.refused !== null && (
        <div class="summary-of-errors" role="alert">
          <p>{view.refused}</p>
        </div>
      )}
      <Narrow view={view} />
      {view.works.length === 0 ? (
        <EmptyState title={view.total > 0 ? 'No such page' : 'No works'} icon="draft">
          <p>{view.total > 0 ? 'The list ends before this page.' : 'None of your works is in this list.'}</p>
          <ButtonLink href={view.total > 0 ? view.pagination.hrefOf(1) : '/account/works'}>
            {view.total > 0 ? 'Go to the first page' : 'All your works'}
          </ButtonLink>
        </EmptyState>
      ) : (
        <form class="own-works" method="post" action="/account/works">
          <input type="hidden" name="return" value={view.returnTo} />
          <p>
            <a href={view.tickAllHref}>Tick all on this page</a>
          </p>
          <ul class="rows">
            {view.works.map((work) => (
              <Row site={site} work={work} />
            ))}
          </ul>
          <Changes view={view} />
        </form>
      )}
      <Pagination view={view.pagination} locale={site.locale} />
    </Layout>
  );
}

function Narrow({ view }: { view: OwnWorksView }) {
  return (
    <form class="own-works-narrow" method="get" action="/account/works">
      <label>
        <span>Which</span>
        <select name="state">
          {OWN_STATES.map((state) => (
            <option value={state} selected={state === view.state}>
              {OWN_STATE_WORDS[state]}
            </option>
          ))}
        </select>
      </label>
      {view.pseuds.length > 1 && (
        <label>
          <span>Under</span>
          <select name="pseud">
            <option value="" selected={view.pseud === ''}>
              All your pseuds
            </option>
            {view.pseuds.map((pseud) => (
              <option value={pseud.value} selected={pseud.value === view.pseud}>
                {pseud.label}
              </option>
            ))}
          </select>
        </label>
      )}
      <Button small>Show</Button>
    </form>
  );
}

function Row({ site, work }: { site: SiteView; work: OwnWorkRow }) {
  const title = work.title || 'Untitled';
  return (
    <li data-work={work.id} class="own-work">
      <div>
        <label class="choice">
          <input type="checkbox" name="work" value={work.id} checked={work.ticked} />
          <span {...inLanguage(work.language)}>{title}</span>
        </label>
        <p class="figures">
          <span dir="auto">by {work.creators.length > 0 ? work.creators.join(', ') : 'an unnamed creator'}</span>
          <span>{countOf(work.words, 'word', site.locale)}</span>
          <span>
            Updated <Time at={work.updatedAt} site={site} hint />
          </span>
          {work.marks.map((mark) => (
            <span>{mark}</span>
          ))}
        </p>
      </div>
      <div class="actions">
        <ButtonLink href={work.href} small look="plain">
          Open
          <span class="visually-hidden">
            {' '}
            <bdi {...inLanguage(work.language)}>{title}</bdi>
          </span>
        </ButtonLink>
        <ButtonLink href={`/works/${work.id}/edit`} small>
          Edit
          <span class="visually-hidden">
            {' '}
            <bdi {...inLanguage(work.language)}>{title}</bdi>
          </span>
        </ButtonLink>
      </div>
    </li>
  );
}

function Changes({ view }: { view: OwnWorksView }) {
  return (
    <section class="own-works-changes" aria-labelledby="change-ticked">
      <h2 id="change-ticked">Change the ticked works</h2>
      <p>All of them are changed, or none. What you leave as it is stays in each as it is.</p>
      <div class="own-works-fields">
        {BULK_FIELDS.map((field) => (
          <SelectField
            name={field.name}
            label={field.label}
            prompt="Leave as it is"
            value={view.values[field.name]}
            options={
              field.name === 'language'
                ? view.languages.map(({ code, name }) => ({ value: code, label: name, lang: code }))
                : field.options
            }
          />
        ))}
      </div>
      {view.series}
      <div class="actions save">
        <Button look="primary">Change the ticked works</Button>
        {view.elsewhere.map((other) => (
          <button type="submit" class="button" formaction={other.action}>
            {other.label}
          </button>
        ))}
        <button type="submit" class="button danger" formaction="/account/works/delete">
          Delete the ticked works…
        </button>
      </div>
    </section>
  );
}
