/** The revisions of a chapter: any two side by side, and a button that makes one the present one again. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { ActionForm, Button } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf } from '../../../ui/numbers.ts';
import type { Language, SiteView } from '../../../ui/site-view.ts';
import { formatDate, Time } from '../../../ui/Time.tsx';
import { Compared, type ComparedPart } from './Compared.tsx';

export interface RevisionsView {
  work: { title: string; href: string; language: Language | null };
  /** The chapter's title, or ''. */
  title: string;
  position: number;
  editHref: string;
  chaptersHref: string;
  /** Where a restoration is sent to, and two to compare are asked of. */
  action: string;
  /** The number of the revision that readers see. */
  current: number;
  /** The newest first. */
  revisions: { number: number; words: number; savedAt: number }[];
  /** Of each revision the one before it that is still here. */
  before: ReadonlyMap<number, number>;
  /** The two that are shown. */
  old: number;
  now: number;
  parts: ComparedPart[];
}

export function RevisionsPage({ site, view }: { site: SiteView; view: RevisionsView }) {
  const name = view.title || `Chapter ${view.position}`;
  return (
    <Layout site={site} title={`Revisions of ${name}`} noindex>
      <div class="page-head">
        <p class="eyebrow">
          <a href={view.work.href} {...inLanguage(view.work.language)}>
            {view.work.title || 'Untitled'}
          </a>
        </p>
        <h1>
          Revisions of <bdi {...inLanguage(view.work.language)}>{name}</bdi>
        </h1>
        <p>
          <a href={view.editHref}>Edit the chapter</a> · <a href={view.chaptersHref}>All chapters</a>
        </p>
      </div>
      <ul class="rows">
        {view.revisions.map((revision) => (
          <li>
            <div>
              <h2>
                Revision {revision.number}
                {revision.number === view.current && ', which readers see'}
              </h2>
              <p class="figures">
                <span>
                  Saved <Time at={revision.savedAt} site={site} hint />
                </span>
                <span>{countOf(revision.words, 'word', site.locale)}</span>
              </p>
            </div>
            <div class="actions">
              {view.before.get(revision.number) !== undefined && (
                <a href={`${view.action}?old=${view.before.get(revision.number)}&now=${revision.number}#compared`}>
                  What it changed<span class="visually-hidden"> (revision {revision.number})</span>
                </a>
              )}
              {revision.number !== view.current && (
                <ActionForm
                  target={{
                    action: view.action,
                    fields: { number: String(revision.number), revision: String(view.current) },
                  }}
                  label="Restore"
                  about={`revision ${revision.number}`}
                  small
                />
              )}
              {revision.number !== view.current && (
                <details class="erase-now">
                  <summary>
                    Erase<span class="visually-hidden"> revision {revision.number}</span>
                  </summary>
                  <p>This version goes at once and cannot come back, out of a backup neither.</p>
                  <ActionForm
                    target={{ action: `${view.action}/${revision.number}/erasure` }}
                    label="Erase it for good"
                    about={`(revision ${revision.number})`}
                    look="danger"
                    small
                  />
                </details>
              )}
            </div>
          </li>
        ))}
      </ul>
      {view.revisions.length > 1 && <Choice site={site} view={view} />}
      {view.old !== view.now && (
        <Compared
          title={`Revision ${view.old} and revision ${view.now}`}
          names={[`Revision ${view.old}`, `Revision ${view.now}`]}
          parts={view.parts}
          language={view.work.language}
        />
      )}
    </Layout>
  );
}

function Choice({ site, view }: { site: SiteView; view: RevisionsView }) {
  const options = (chosen: number) =>
    view.revisions.map((revision) => (
      <option value={revision.number} selected={revision.number === chosen}>
        {revision.number} ({formatDate(revision.savedAt, site.locale)})
      </option>
    ));
  return (
    <form class="actions" method="get" action={`${view.action}#compared`}>
      <label>
        Compare revision <select name="old">{options(view.old)}</select>
      </label>
      <label>
        with revision <select name="now">{options(view.now)}</select>
      </label>
      <Button small>Compare</Button>
    </form>
  );
}
