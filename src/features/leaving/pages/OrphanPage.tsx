/** Asks before a work is orphaned: says what goes, what stays, and that nobody can give it back. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { Button, ButtonLink, ErrorSummary, RadioGroup } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { Language, SiteView } from '../../../ui/site-view.ts';

export interface OrphanView {
  title: string;
  language: Language | null;
  /** Others create it too: it stays with them. */
  shared: boolean;
  /** A draft that is nobody else's can only be deleted. */
  posted: boolean;
  action: string;
  workHref: string;
  error: string | null;
}

export function OrphanPage({ site, view }: { site: SiteView; view: OrphanView }) {
  return (
    <Layout site={site} title="Orphan a work" noindex kind="form">
      <div class="gate">
        <p class="eyebrow">Orphan a work</p>
        <h1>
          Orphan <bdi {...inLanguage(view.language)}>{view.title || 'Untitled'}</bdi>?
        </h1>
        <ErrorSummary
          title="Nothing was changed:"
          errors={view.error === null ? [] : [{ name: 'name', text: view.error }]}
        />
        {view.shared && (
          <p>
            The work stays with its other creators. Your name goes from it, and from everything that is kept of it: you
            can no longer change it, and nobody can put your name back but they, by inviting you.
          </p>
        )}
        {!view.shared && view.posted && (
          <p>
            The work stays, with its chapters, its kudos and what was said of it, and is no longer yours: you can never
            again change it, delete it or have it back, and neither the owner of this archive nor anybody else can give
            it back. Work skins and imported files of yours go from it. There is no undo.
          </p>
        )}
        {!view.shared && !view.posted && (
          <p>A work that is not posted cannot be orphaned: nobody could see it. Post it first, or delete it.</p>
        )}
        {(view.shared || view.posted) && (
          <form class="fields" method="post" action={view.action}>
            {!view.shared && <NameChoice error={view.error ?? undefined} />}
            <div class="actions">
              <Button look="danger">{view.shared ? 'Take my name out' : 'Orphan this work for good'}</Button>
              <ButtonLink href={view.workHref}>Keep it</ButtonLink>
            </div>
          </form>
        )}
        {!view.shared && !view.posted && (
          <div class="actions">
            <ButtonLink href={view.workHref}>Back to the work</ButtonLink>
          </div>
        )}
      </div>
    </Layout>
  );
}

/** Nothing is chosen beforehand. */
export function NameChoice({ error }: { error?: string | undefined }) {
  return (
    <RadioGroup
      name="name"
      label="The name in the byline"
      value=""
      choices={[
        {
          value: 'take',
          label: 'Take my name away',
          help: 'The work is by orphan_account. It leaves its series, and the address it was brought from goes, for both would say whose it was.',
        },
        {
          value: 'keep',
          label: 'Keep the name',
          help: 'It goes on under the same name, on a page of its own that does not lead to you. Readers who know the name know whose it was.',
        },
      ]}
      error={error}
    />
  );
}
