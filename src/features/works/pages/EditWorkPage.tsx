/** A work's metadata as a form. A refused form comes back with everything as it was typed. */
import type { ComponentChildren } from 'preact';
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { Button, ButtonLink, ErrorSummary } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { listOf } from '../../../ui/numbers.ts';
import type { Language, SiteView } from '../../../ui/site-view.ts';
import { Compared, type ComparedPart } from './Compared.tsx';
import { DecidingFields, type DecidingView } from './DecidingFields.tsx';
import { NotationField, type NotationView } from './NotationField.tsx';
import { SheetFields, type SheetView, UnsavedNotices } from './Sheet.tsx';
import { SigningField, type SigningView } from './SigningField.tsx';
import { About, Privacy, Tags, Words, workFormOrder, type WorkFieldsView } from './WorkFields.tsx';

export interface EditWorkView extends WorkFieldsView, NotationView {
  /** Where the form is posted. The save buttons send `then` = 'save' or 'post'. */
  action: string;
  workHref: string;
  draft: boolean;
  /** The version that is shown: a change made meanwhile is noticed by it. */
  version: number;
  /** Shown, cannot be changed here. */
  creators: string[];
  /** The title as stored, for the page's heading. */
  storedTitle: string;
  storedLanguage: Language | null;
  /** Which of the viewer's pseuds sign it; null where there is nothing to choose. */
  signing: SigningView | null;
  /** What an import wants looked at, a sentence each. */
  notices: string[];
  sheet: SheetView;
  /** What was saved meanwhile beside what was typed, when the form was made from something older. */
  parts: ComparedPart[] | null;
  /** The field for its skin; null where there is none to choose. */
  skin: ComponentChildren;
  /** The field for its series, and what is wrong with what was typed there. */
  series: ComponentChildren;
  seriesError: { name: string; text: string } | null;
  deciding: DecidingView;
}

export function EditWorkPage({ site, view }: { site: SiteView; view: EditWorkView }) {
  const title = view.storedTitle || 'Untitled';
  return (
    <Layout site={site} title={`Edit ${title}`} noindex kind="form">
      <div class="page-head">
        <p class="eyebrow">{view.draft ? 'Edit a draft' : 'Edit a work'}</p>
        <h1 {...inLanguage(view.storedLanguage)}>{title}</h1>
        <p class="byline">
          by <bdi>{view.creators.length > 0 ? listOf(view.creators) : 'an unnamed creator'}</bdi>
        </p>
        <p>
          On pages of their own: <a href={view.action.replace(/edit$/, 'creators')}>creators</a>,{' '}
          <a href={view.action.replace(/edit$/, 'gifts')}>gifts</a>,{' '}
          <a href={view.action.replace(/edit$/, 'related-works')}>inspired by and translation of</a>.
        </p>
      </div>
      <ErrorSummary
        title="Couldn’t save:"
        errors={[...signingError(view), ...inFormOrder(view.errors), ...(view.seriesError ? [view.seriesError] : [])]}
      />
      {view.notices.length > 0 && (
        <section class="box from-import" aria-labelledby="notices">
          <h2 id="notices">From the import</h2>
          <ul>
            {view.notices.map((sentence) => (
              <li dir="auto">{sentence}</li>
            ))}
          </ul>
          <p class="help">These go when you save; the original file stays.</p>
        </section>
      )}
      <UnsavedNotices view={view.sheet} />
      <form class="fields edit" method="post" action={view.action}>
        <input type="hidden" name="version" value={view.version} />
        {view.signing && <SigningField view={view.signing} />}
        <About view={view} site={site} />
        <Tags view={view} site={site} />
        <NotationField site={site} view={view} />
        <Words view={view} site={site} />
        {view.series}
        {view.skin}
        <Privacy values={view.values} />
        <DecidingFields view={view.deciding} />
        <div class="actions save">
          <Button look={view.draft ? undefined : 'primary'} name="then" value="save">
            Save changes
          </Button>
          {view.draft && (
            <Button look="primary" name="then" value="post">
              Save and post
            </Button>
          )}
          <ButtonLink href={view.workHref} look="plain">
            Leave without saving
          </ButtonLink>
        </div>
        <SheetFields site={site} view={view.sheet} />
      </form>
      {view.parts && view.parts.length > 0 && (
        <Compared
          title="As it was saved meanwhile, and yours"
          names={['Saved', 'Yours']}
          parts={view.parts}
          language={view.storedLanguage}
        />
      )}
    </Layout>
  );
}

function inFormOrder(errors: EditWorkView['errors']): { name: string; text: string }[] {
  return workFormOrder.flatMap((name) => (errors[name] ? [{ name, text: errors[name] }] : []));
}

function signingError({ signing }: EditWorkView): { name: string; text: string }[] {
  return signing?.error === undefined ? [] : [{ name: 'signers', text: signing.error }];
}
