/** Several works at once: which of them are orphaned, and whether the name stays. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Button, ButtonLink, ErrorSummary } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf } from '../../../ui/numbers.ts';
import type { Language, SiteView } from '../../../ui/site-view.ts';
import { NameChoice } from './OrphanPage.tsx';

export interface OrphanManyView {
  works: { id: string; title: string; language: Language | null; words: number; shared: boolean; chosen: boolean }[];
  /** How many more there are than can be chosen from at once. */
  more: number;
  errors: { works?: string; name?: string };
}

export function OrphanManyPage({ site, view }: { site: SiteView; view: OrphanManyView }) {
  const { works, errors } = view;
  return (
    <Layout site={site} title="Orphan works" noindex kind="form">
      <div class="page-head">
        <h1>Orphan works</h1>
        <p>
          An orphaned work stays in the archive and is no longer yours. You can never again change it, delete it or have
          it back, and nobody can give it back. Of works that others create too, your name goes and the work stays
          theirs. <a href="/account">Your account</a>
        </p>
      </div>
      <ErrorSummary
        title="Nothing was changed:"
        errors={(['works', 'name'] as const).flatMap((name) => (errors[name] ? [{ name, text: errors[name] }] : []))}
      />
      {works.length === 0 ? (
        <EmptyState title="You have no posted work">
          <p>Drafts cannot be orphaned: nobody could see them.</p>
          <ButtonLink href="/account">Back to your account</ButtonLink>
        </EmptyState>
      ) : (
        <form class="fields" method="post" action="/account/orphaning">
          <fieldset class="field">
            <legend>Works</legend>
            {errors.works && <p class="error">{errors.works}</p>}
            <div class="choices">
              {works.map((work, place) => (
                <label class="choice">
                  <input
                    type="checkbox"
                    id={place === 0 ? 'works' : `works-${place + 1}`}
                    name="works"
                    value={work.id}
                    checked={work.chosen}
                  />
                  <span>
                    <bdi {...inLanguage(work.language)}>{work.title || 'Untitled'}</bdi>
                    <small>
                      {countOf(work.words, 'word', site.locale)}
                      {work.shared && ', with other creators'}
                    </small>
                  </span>
                </label>
              ))}
            </div>
          </fieldset>
          {view.more > 0 && <p>{countOf(view.more, 'more work', site.locale)} can be chosen when these are done.</p>}
          <NameChoice error={errors.name} />
          <div class="actions">
            <Button look="danger">Orphan these works for good</Button>
            <ButtonLink href="/account">Keep them</ButtonLink>
          </div>
        </form>
      )}
    </Layout>
  );
}
