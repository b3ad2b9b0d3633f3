/** One import: how far it is, what became of every file, and what can be done with it as a whole. */
import { ActionForm, ButtonLink, HiddenFields } from '../../../ui/Form.tsx';
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { countOf, formatNumber, listOf } from '../../../ui/numbers.ts';
import { Pagination } from '../../../ui/Pagination.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';
import { Figures, Named, StateWord } from './ImportFacts.tsx';
import { ImportsLayout } from './ImportsLayout.tsx';
import { Notices } from './Notices.tsx';
import { optionWords, outcomeWords, progressWords } from './import-words.ts';
import type { ImportedFileView, ImportView, JoiningView } from './import-view.ts';

type PartProps = { site: SiteView; view: ImportView };

export function ImportPage({ site, view }: PartProps) {
  return (
    <ImportsLayout site={site} title="Import">
      <div class="page-head">
        <p class="eyebrow">
          <a href="/imports">Imports</a>
        </p>
        <h1 class="named">
          <Named named={view.named} />
        </h1>
        <p class="figures">
          <StateWord state={view.state} />
          <span>
            <Time at={view.beganAt} site={site} hint />
          </span>
          <span>{view.origin === 'command' ? 'By command' : 'Uploaded'}</span>
          <span>{optionWords(view.options).join(', ')}</span>
        </p>
      </div>
      <Running site={site} view={view} />
      <Onward site={site} view={view} />
      {view.joinings.length > 0 && <Joinings site={site} view={view} />}
      <Report site={site} view={view} />
      <Undo site={site} view={view} />
    </ImportsLayout>
  );
}

/** How far it is, or why it went no further. */
function Running({ site, view }: PartProps) {
  const { progress } = view;
  if (view.state === 'running' && progress) {
    return (
      <section class="box running" aria-labelledby="running">
        <h2 id="running">Running</h2>
        <import-progress data-source={view.progressHref} data-locale={site.locale}>
          {progress.total > 0 ? (
            <progress aria-label="Files dealt with" max={progress.total} value={progress.done}></progress>
          ) : (
            <progress aria-label="Files dealt with"></progress>
          )}
          <p role="status">{progressWords(progress, site.locale)}</p>
          <p class="help">It goes on when you leave this page.</p>
        </import-progress>
        <div class="actions">
          <a class="button small look-again" href={view.href}>
            Look again
          </a>
          {view.stop && <ActionForm target={view.stop} label="Stop after the files in hand" small />}
        </div>
      </section>
    );
  }
  const why = stoppedWords(view);
  if (why === null && !view.goOn) return null;
  return (
    <section class="box running" aria-label="State">
      {why !== null && <p>{why}</p>}
      <div class="actions">
        {view.goOn && <ActionForm target={view.goOn} label="Go on where it stopped" look="primary" />}
        {view.stop && <ActionForm target={view.stop} label="Stop it" />}
      </div>
    </section>
  );
}

function stoppedWords({ state, origin, goOn }: ImportView): string | null {
  const byCommand = origin === 'command' && !goOn ? ' Give the same command again, and it goes on where it was.' : '';
  switch (state) {
    case 'gathering':
      return 'Files are being handed over. It begins when all have come.';
    case 'stopped':
      return `It was stopped before all files were dealt with. What came in stays.${byCommand}`;
    case 'cut-short':
      return `It was cut short: nothing was heard of it for a while. What came in stays.${byCommand}`;
    case 'undone':
      return 'This import was undone. What it had brought in waits under Deleted works for 30 days.';
    case 'running':
    case 'done':
      return null;
  }
}

/** What to do next: look at guesses, post what is ready. */
function Onward({ site, view: { review, publication } }: PartProps) {
  if (!review && !publication) return null;
  return (
    <section class="onward-steps" aria-label="Next">
      {review && (
        <div class="step">
          <p>
            <b>{countOf(review.guesses, 'guess', site.locale, 'guesses')}</b> in{' '}
            {countOf(review.works, 'work', site.locale)} wait for you.
          </p>
          <ButtonLink href={review.href} look="primary">
            Go through them
          </ButtonLink>
        </div>
      )}
      {publication && publication.ready > 0 && (
        <div class="step">
          <p>
            <b>{countOf(publication.ready, 'draft', site.locale)}</b>{' '}
            {publication.ready === 1 ? 'has all it needs.' : 'have all they need.'}
          </p>
          <ActionForm
            target={publication.target}
            label={
              publication.ready === 1 ? 'Post it' : `Post all ${formatNumber(publication.ready, site.locale)} of them`
            }
          />
        </div>
      )}
    </section>
  );
}

function Joinings({ site, view }: PartProps) {
  return (
    <section class="joinings" aria-labelledby="joinings">
      <h2 id="joinings">Chapters of one work?</h2>
      <p class="help">
        These files are numbered one after another. As one work they are its chapters in this order; what each says
        about the work is taken from the first.
      </p>
      {view.joinings.map((joining) => (
        <Joining joining={joining} site={site} />
      ))}
    </section>
  );
}

function Joining({ joining, site }: { joining: JoiningView; site: SiteView }) {
  const [first] = joining.files;
  const last = joining.files.at(-1);
  const name = (path: string) => path.split('/').at(-1) ?? path;
  return (
    <form class="box joining" method="post" action={joining.target.action}>
      <HiddenFields fields={joining.target.fields} />
      <details open={joining.files.length <= 4}>
        <summary>
          {countOf(joining.files.length, 'file', site.locale)}: <bdi>{name(first?.path ?? '')}</bdi> to{' '}
          <bdi>{name(last?.path ?? '')}</bdi>
        </summary>
        <ol>
          {joining.files.map((file) => (
            <li>
              <label class="choice">
                <input type="checkbox" name="work" value={file.work} checked />
                <span dir="auto">
                  {file.title || 'Untitled'}
                  <small>{file.path}</small>
                </span>
              </label>
            </li>
          ))}
        </ol>
      </details>
      <button type="submit" class="button">
        Make one work<span class="visually-hidden"> of {name(first?.path ?? '')} and those after it</span>
      </button>
    </form>
  );
}

function Report({ site, view }: PartProps) {
  return (
    <section class="report" aria-labelledby="report">
      <h2 id="report">What became of each file</h2>
      {view.filters.length > 1 ? (
        <nav aria-label="Filter by outcome">
          <ul class="outcome-filter">
            {view.filters.map((filter) => (
              <li>
                <a href={filter.href} aria-current={filter.current ? 'true' : undefined}>
                  {filter.outcome === null ? 'All' : outcomeWords[filter.outcome]}{' '}
                  <span class="num">{formatNumber(filter.count, site.locale)}</span>
                </a>
              </li>
            ))}
          </ul>
        </nav>
      ) : (
        <Figures counts={view.counts} locale={site.locale} />
      )}
      {view.files.length === 0 ? (
        <p class="none">{noFiles(view)}</p>
      ) : (
        <ul class="files">
          {view.files.map((file) => (
            <FileRow site={site} file={file} />
          ))}
        </ul>
      )}
      <Pagination view={view.pagination} locale={site.locale} />
    </section>
  );
}

function noFiles({ state, filters }: ImportView): string {
  if (filters.some((filter) => filter.current && filter.outcome !== null)) return 'No file came to that.';
  return state === 'running' || state === 'gathering' ? 'No file is through yet.' : 'There was no file in it.';
}

function FileRow({ site, file }: { site: SiteView; file: ImportedFileView }) {
  const { work } = file;
  return (
    <li class={file.outcome}>
      <p class="outcome">
        {file.outcome === 'refused' && <Icon name="warning" />}
        {outcomeWords[file.outcome]}
      </p>
      <div class="file">
        {work && (
          <h3>
            <WorkTitle work={work} />
          </h3>
        )}
        <p class="path">
          <span dir="auto">{file.path}</span>
          {file.format !== null && <> · {file.format}</>}
        </p>
        {file.reason !== null && (
          <p class="reason" dir="auto">
            {file.reason}
          </p>
        )}
        {work && standsElse(file.outcome, work.state) && <p class="reason">{standsElse(file.outcome, work.state)}</p>}
        <Notices repairs={file.repairs} unmapped={file.unmapped} about={file.path} site={site} />
      </div>
      {work && work.state !== 'deleted' && (work.reviewHref ?? work.updateHref) !== null && (
        <div class="actions">
          {work.updateHref !== null && (
            <ButtonLink href={work.updateHref} small>
              Compare<span class="visually-hidden"> {work.title}</span>
            </ButtonLink>
          )}
          {work.reviewHref !== null && (
            <ButtonLink href={work.reviewHref} small>
              {work.guesses > 0 ? countOf(work.guesses, 'guess', site.locale, 'guesses') : 'Review'}
              <span class="visually-hidden"> in {work.title}</span>
            </ButtonLink>
          )}
        </div>
      )}
    </li>
  );
}

function WorkTitle({ work }: { work: NonNullable<ImportedFileView['work']> }) {
  const title = <bdi {...inLanguage(work.language)}>{work.title || 'Untitled'}</bdi>;
  return work.state === 'deleted' ? title : <a href={work.href}>{title}</a>;
}

/** Where a work is no longer what the import made of it. */
function standsElse(outcome: ImportedFileView['outcome'], state: 'draft' | 'posted' | 'deleted'): string | null {
  if (state === 'deleted' && outcome !== 'undone') return 'The work was deleted since.';
  if (state === 'posted' && outcome === 'draft') return 'It was posted since.';
  return null;
}

/** Asked for twice, by opening it: it names what goes. */
function Undo({ site, view: { undo } }: PartProps) {
  if (!undo) return null;
  const lost = [
    undo.drafts > 0 && countOf(undo.drafts, 'draft', site.locale),
    undo.posted > 0 && countOf(undo.posted, 'posted work', site.locale),
  ].filter((part) => part !== false);
  if (lost.length === 0) return null;
  return (
    <details class="box undo-import">
      <summary>Undo this import…</summary>
      <p>
        {capitalised(listOf(lost))} {undo.drafts + undo.posted === 1 ? 'goes' : 'go'} to the deleted works, with every
        change made since. There each can be restored for 30 days; after that it is erased for good.
      </p>
      <ActionForm target={undo.target} label="Undo the whole import" look="danger" />
    </details>
  );
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
