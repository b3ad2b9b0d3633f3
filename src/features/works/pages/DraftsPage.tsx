/** The owner's drafts, each with what it still lacks and what can be done with it. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ActionForm, ButtonLink } from '../../../ui/Form.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf, formatNumber, listOf } from '../../../ui/numbers.ts';
import { Pagination, type PaginationView } from '../../../ui/Pagination.tsx';
import type { FormTarget, Language, SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';
import { type UnsavedRow, UnsavedRows } from './UnsavedRows.tsx';

export interface DraftRow {
  id: string;
  href: string;
  /** Empty for a draft without one. */
  title: string;
  language: Language | null;
  /** Names only, in byline order. */
  creators: string[];
  fandoms: string[];
  words: number;
  chapters: number;
  /** UTC milliseconds of when it came to be here. */
  savedAt: number;
  /** The minute at which it is posted, in words; null for one that waits for its creator. */
  scheduled: string | null;
  chaptersHref: string;
  /** What it still lacks for posting, with its article: "a rating", "a warning". Empty when it can be posted. */
  missing: string[];
  editHref: string;
  /** The confirmation page. */
  deleteHref: string;
  post: FormTarget;
}

export interface DraftsView {
  total: number;
  /** Drafts, on all pages, that have all they need. */
  complete: number;
  postAll: FormTarget;
  drafts: DraftRow[];
  pagination: PaginationView;
  /** Where deleted works wait for 30 days. */
  deletedHref: string;
  /** What was typed and not saved; on the first page alone. */
  unsaved: UnsavedRow[];
}

export function DraftsPage({ site, view }: { site: SiteView; view: DraftsView }) {
  return (
    <Layout site={site} title="Drafts" noindex>
      <div class="page-head">
        <h1>Drafts</h1>
        <p>
          <b>{countOf(view.total, 'draft', site.locale)}</b>. Only you can see them, and they never expire.{' '}
          <a href="/account/works">All your works</a> · <a href={view.deletedHref}>Deleted works</a> ·{' '}
          <a href="/works/new">New work</a>
        </p>
        {view.complete > 0 && (
          <div class="actions">
            <ActionForm
              target={view.postAll}
              label={
                view.complete === 1
                  ? 'Post the one that is complete'
                  : `Post all ${formatNumber(view.complete, site.locale)} that are complete`
              }
              look="primary"
            />
          </div>
        )}
      </div>
      <UnsavedRows rows={view.unsaved} />
      {view.drafts.length === 0 ? (
        <NoDrafts
          page={view.pagination.page}
          first={view.pagination.hrefOf(1)}
          total={view.total}
          imports={site.viewer?.imports === true}
        />
      ) : (
        <ul class="rows">
          {view.drafts.map((draft) => (
            <Row site={site} draft={draft} />
          ))}
        </ul>
      )}
      <Pagination view={view.pagination} locale={site.locale} />
    </Layout>
  );
}

function NoDrafts(props: { page: number; first: string; total: number; imports: boolean }) {
  const { page, first, total, imports } = props;
  if (total > 0) {
    return (
      <EmptyState title="No such page" icon="draft">
        <p>The list of drafts has no page {page}.</p>
        <ButtonLink href={first}>Go to the first page</ButtonLink>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No drafts" icon="draft">
      <p>
        Works wait here until they are posted. <a href="/works/new">Write a new one</a>
        {imports ? (
          <>
            , bring some in <a href="/imports">with your browser</a>, or with this command, in the archive&rsquo;s
            folder:
          </>
        ) : (
          '.'
        )}
      </p>
      {imports && <pre class="command">./fanfold import PATH</pre>}
    </EmptyState>
  );
}

function Row({ site, draft }: { site: SiteView; draft: DraftRow }) {
  const title = draft.title || 'Untitled';
  return (
    <li data-work={draft.id}>
      <div>
        <h2 {...inLanguage(draft.language)}>
          <a href={draft.href}>{title}</a>
        </h2>
        <p class="byline" dir="auto">
          by {draft.creators.length > 0 ? draft.creators.join(', ') : 'an unnamed creator'}
          {draft.fandoms.length > 0 && ` · ${draft.fandoms.join(', ')}`}
        </p>
        <p class="figures">
          <span>{countOf(draft.words, 'word', site.locale)}</span>
          <span>{countOf(draft.chapters, 'chapter', site.locale)}</span>
          <span>
            Added <Time at={draft.savedAt} site={site} hint />
          </span>
        </p>
        {draft.scheduled !== null ? (
          <p class="ready">
            <Icon name="done" /> Will be posted on {draft.scheduled}
          </p>
        ) : draft.missing.length > 0 ? (
          <p class="lacks">
            <Icon name="warning" /> Needs {listOf(draft.missing)}
          </p>
        ) : (
          <p class="ready">
            <Icon name="done" /> Complete, can be posted
          </p>
        )}
      </div>
      <div class="actions">
        {draft.missing.length === 0 && draft.scheduled === null && (
          <ActionForm target={draft.post} label="Post" about={title} look="primary" small />
        )}
        <ButtonLink href={draft.editHref} small>
          Edit<span class="visually-hidden"> {title}</span>
        </ButtonLink>
        <ButtonLink href={draft.chaptersHref} small>
          Chapters<span class="visually-hidden"> of {title}</span>
        </ButtonLink>
        <ButtonLink href={draft.deleteHref} small look="plain">
          Delete…<span class="visually-hidden"> {title}</span>
        </ButtonLink>
      </div>
    </li>
  );
}
