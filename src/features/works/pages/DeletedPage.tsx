/** Works deleted in the last 30 days, each with the way back. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ActionForm, ButtonLink } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf } from '../../../ui/numbers.ts';
import type { FormTarget, Language, SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';

export interface DeletedRow {
  id: string;
  title: string;
  language: Language | null;
  creators: string[];
  words: number;
  chapters: number;
  /** UTC milliseconds. */
  deletedAt: number;
  /** When it goes for good. */
  erasedAt: number;
  undo: FormTarget;
  erase: FormTarget;
  /** Others create it too, and have to agree before it is erased at once: how that stands; null for one's own alone. */
  agreement: { asked: boolean; agreed: boolean; othersMissing: boolean } | null;
}

export interface DeletedView {
  works: DeletedRow[];
  draftsHref: string;
}

export function DeletedPage({ site, view }: { site: SiteView; view: DeletedView }) {
  return (
    <Layout site={site} title="Deleted works" noindex>
      <div class="page-head">
        <h1>Deleted works</h1>
        <p>
          A deleted work waits here for 30 days, seen by nobody else, then it is erased for good.{' '}
          <a href={view.draftsHref}>Drafts</a>
        </p>
      </div>
      {view.works.length === 0 && (
        <EmptyState title="Nothing was deleted" icon="restore">
          <p>When you delete a work, you can take it back here for 30 days.</p>
          <ButtonLink href={view.draftsHref}>Go to your drafts</ButtonLink>
        </EmptyState>
      )}
      {view.works.length > 0 && (
        <ul class="rows">
          {view.works.map((work) => (
            <li>
              <div>
                <h2 {...inLanguage(work.language)}>{work.title || 'Untitled'}</h2>
                <p class="byline" dir="auto">
                  by {work.creators.length > 0 ? work.creators.join(', ') : 'an unnamed creator'}
                </p>
                <p class="figures">
                  <span>{countOf(work.words, 'word', site.locale)}</span>
                  <span>{countOf(work.chapters, 'chapter', site.locale)}</span>
                  <span>
                    Deleted <Time at={work.deletedAt} site={site} hint />
                  </span>
                  <span>
                    Erased for good on <Time at={work.erasedAt} site={site} hint />
                  </span>
                </p>
              </div>
              <div class="actions">
                <ActionForm
                  target={work.undo}
                  label="Undo the deletion"
                  about={`of ${work.title || 'Untitled'}`}
                  small
                />
                <Erasing work={work} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Layout>
  );
}

/** For good, so it asks once more; of a work with several creators all have to say so. */
function Erasing({ work }: { work: DeletedRow }) {
  const about = `(${work.title || 'Untitled'})`;
  if (work.agreement?.agreed && work.agreement.othersMissing)
    return <p>You agree to erase it now; not all of the others do yet.</p>;
  const waits = work.agreement?.othersMissing ?? false;
  return (
    <details class="erase-now">
      <summary>
        Erase now<span class="visually-hidden"> {about}</span>
      </summary>
      <p>
        {work.agreement?.asked && 'Another creator asks for this. '}
        The work, its chapters with all their revisions, its imported files and what was said of it go at once and
        cannot come back, out of a backup neither.
        {waits && ' It goes when all of its creators agree; until then any of them can take the deletion back.'}
      </p>
      <ActionForm
        target={work.erase}
        label={waits ? 'Agree to erase it for good' : 'Erase it for good'}
        about={about}
        look="danger"
        small
      />
    </details>
  );
}
