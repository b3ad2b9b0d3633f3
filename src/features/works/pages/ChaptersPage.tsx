/** All chapters of a work on one page: their order, states and days, and what can be done with each. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ActionForm, Button, ButtonLink } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf } from '../../../ui/numbers.ts';
import type { FormTarget, Language, SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';
import type { PostingState } from '../work.ts';

export interface ChapterRowView {
  publicId: string;
  /** Counted from 1. */
  position: number;
  title: string;
  state: PostingState;
  words: number;
  postedAt: number | null;
  /** The minute at which it is posted, in words. */
  scheduledFor: string | null;
  revision: number;
  /** Where it is read, and where it is changed. */
  href: string;
  base: string;
}

export interface ChaptersView {
  work: { title: string; href: string; language: Language | null; state: PostingState };
  /** Where the work's own forms go. */
  base: string;
  /** The minute at which the work is posted, in words. */
  scheduledFor: string | null;
  /** What an empty field for a minute begins with. */
  nextHour: string;
  /** By whose clocks a minute is typed and said. */
  timeZone: string;
  /** The work's day, as a field shows it. */
  day: string;
  planned: number | null;
  chapters: ChapterRowView[];
  /** Whether all of them are put in order by one form. */
  atOnce: boolean;
  deleted: { publicId: string; title: string; words: number; deletedAt: number; erasedAt: number; undo: FormTarget }[];
}

export function ChaptersPage({ site, view }: { site: SiteView; view: ChaptersView }) {
  const { work, chapters } = view;
  return (
    <Layout site={site} title={`Chapters of ${work.title || 'Untitled'}`} noindex>
      <div class="page-head">
        <p class="eyebrow">
          <a href={work.href} {...inLanguage(work.language)}>
            {work.title || 'Untitled'}
          </a>
        </p>
        <h1>Chapters</h1>
        <p>
          {countOf(chapters.length, 'chapter', site.locale)} of {view.planned ?? '?'}.{' '}
          <a href={`${view.base}/edit`}>Edit what is said about the work</a>
        </p>
        <div class="actions">
          <ButtonLink href={`${view.base}/chapters/new`} look="primary">
            New chapter
          </ButtonLink>
        </div>
      </div>
      {chapters.length === 0 ? (
        <EmptyState title="No chapters yet">
          <p>A work can be posted when it has one with a text.</p>
        </EmptyState>
      ) : (
        <ul class="rows">
          {chapters.map((chapter) => (
            <Row site={site} view={view} chapter={chapter} />
          ))}
        </ul>
      )}
      {chapters.length > 1 && <Order view={view} />}
      <OfTheWork view={view} />
      {view.deleted.length > 0 && <Deleted site={site} view={view} />}
    </Layout>
  );
}

type RowProps = { site: SiteView; view: ChaptersView; chapter: ChapterRowView };

function Row({ site, view, chapter }: RowProps) {
  const name = nameOf(chapter);
  return (
    <li>
      <div>
        <h2>
          <a href={chapter.href}>
            {chapter.position}. <bdi {...inLanguage(view.work.language)}>{name}</bdi>
          </a>
        </h2>
        <p class="figures">
          <span>{countOf(chapter.words, 'word', site.locale)}</span>
          <span>
            <State site={site} view={view} chapter={chapter} />
          </span>
          <span>
            <a href={`${chapter.base}/revisions`}>
              {countOf(chapter.revision, 'revision', site.locale)}
              <span class="visually-hidden"> of {name}</span>
            </a>
          </span>
        </p>
      </div>
      <div class="actions">
        <ButtonLink href={`${chapter.base}/edit`} small>
          Edit<span class="visually-hidden"> {name}</span>
        </ButtonLink>
        {view.work.state === 'posted' && chapter.state !== 'posted' && (
          <>
            <ActionForm target={{ action: `${chapter.base}/publication` }} label="Post" about={name} small />
            <ActionForm
              target={{ action: `${chapter.base}/publication`, fields: { silently: 'on' } }}
              label="Post silently"
              about={name}
              small
            />
          </>
        )}
        {chapter.state !== 'draft' && (
          <ActionForm
            target={{ action: `${chapter.base}/withdrawal` }}
            label={chapter.state === 'posted' ? 'Unpost' : 'Back to draft'}
            about={name}
            look="plain"
            small
          />
        )}
        <ActionForm target={{ action: `${chapter.base}/deletion` }} label="Delete" about={name} look="plain" small />
        {chapter.words > 0 && (
          <ButtonLink href={`${chapter.base}/split`} look="plain" small>
            Split<span class="visually-hidden"> {name}</span>
          </ButtonLink>
        )}
        {chapter.position < view.chapters.length && (
          <ButtonLink href={`${chapter.base}/merge`} look="plain" small>
            Merge with the next<span class="visually-hidden">: {name}</span>
          </ButtonLink>
        )}
        {view.work.state !== 'draft' && chapter.state !== 'posted' && (
          <details>
            <summary>
              Schedule<span class="visually-hidden"> {name}</span>
            </summary>
            <MinuteForm action={`${chapter.base}/schedule`} value={view.nextHour} zone={view.timeZone} />
          </details>
        )}
      </div>
    </li>
  );
}

function State({ site, view, chapter }: RowProps) {
  if (chapter.state === 'posted' && chapter.postedAt !== null) {
    return (
      <>
        Posted <Time at={chapter.postedAt} site={site} day />
      </>
    );
  }
  if (chapter.scheduledFor !== null) return <>Will be posted on {chapter.scheduledFor}</>;
  return <>{view.work.state === 'posted' ? 'Draft' : 'Posted with the work'}</>;
}

function MinuteForm({ action, value, zone }: { action: string; value: string; zone: string }) {
  return (
    <form class="actions" method="post" action={action}>
      <label>
        At ({zone}) <input type="datetime-local" class="moment" name="at" value={value} required />
      </label>
      <Button small>Schedule</Button>
    </form>
  );
}

/** One number is enough to move one chapter; the others make room. */
function Order({ view }: { view: ChaptersView }) {
  const { chapters } = view;
  return (
    <section class="chapter-order" aria-labelledby="order">
      <h2 id="order">Order</h2>
      <form class="fields" method="post" action={`${view.base}/chapters/order`}>
        <input type="hidden" name="chapters" value={chapters.map((one) => one.publicId).join(',')} />
        {view.atOnce ? (
          <ol class="places">
            {chapters.map((chapter) => (
              <li>
                <label>
                  <input type="text" name="place[]" value={chapter.position} inputMode="numeric" class="brief" />{' '}
                  <bdi {...inLanguage(view.work.language)}>{nameOf(chapter)}</bdi>
                </label>
              </li>
            ))}
          </ol>
        ) : (
          <p>
            <label>
              Move chapter <input type="text" name="move" inputMode="numeric" class="brief" />
            </label>{' '}
            <label>
              to place <input type="text" name="to" inputMode="numeric" class="brief" />
            </label>
          </p>
        )}
        <div class="actions">
          <Button>Put in this order</Button>
        </div>
      </form>
    </section>
  );
}

function OfTheWork({ view }: { view: ChaptersView }) {
  const { work } = view;
  return (
    <section class="of-the-work" aria-labelledby="of-the-work">
      <h2 id="of-the-work">The work</h2>
      {work.state === 'scheduled' && <p>It will be posted on {view.scheduledFor}.</p>}
      {work.state !== 'posted' && (
        <div class="actions">
          <ActionForm target={{ action: `${view.base}/publication` }} label="Post now" look="primary" small />
          {work.state === 'scheduled' && (
            <ActionForm
              target={{ action: `${view.base}/schedule`, fields: { draft: 'on' } }}
              label="Back to draft"
              small
            />
          )}
          <MinuteForm action={`${view.base}/schedule`} value={view.nextHour} zone={view.timeZone} />
        </div>
      )}
      <form class="actions" method="post" action={`${view.base}/day`}>
        <label>
          Day of posting <input type="date" class="moment" name="day" value={view.day} required />
        </label>
        <Button small>Set this day</Button>
      </form>
      <p class="help">From 1950 on, never in the future. Chapters of the same day go with it.</p>
    </section>
  );
}

function Deleted({ site, view }: { site: SiteView; view: ChaptersView }) {
  return (
    <section aria-labelledby="deleted">
      <h2 id="deleted">Deleted chapters</h2>
      <ul class="rows">
        {view.deleted.map((chapter) => (
          <li>
            <div>
              <h3>
                <bdi {...inLanguage(view.work.language)}>{chapter.title || 'Untitled'}</bdi>
              </h3>
              <p class="figures">
                <span>{countOf(chapter.words, 'word', site.locale)}</span>
                <span>
                  Deleted <Time at={chapter.deletedAt} site={site} />
                </span>
                <span>
                  Erased for good <Time at={chapter.erasedAt} site={site} hint />
                </span>
              </p>
            </div>
            <div class="actions">
              <ActionForm target={chapter.undo} label="Restore" about={chapter.title || 'Untitled'} small />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function nameOf(chapter: { title: string; position: number }): string {
  return chapter.title || `Chapter ${chapter.position}`;
}
