/** Asks before many works are deleted: names each, and what becomes of those with other creators. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { Button, ButtonLink } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf } from '../../../ui/numbers.ts';
import type { Language, SiteView } from '../../../ui/site-view.ts';

export interface DeleteWorksView {
  works: { id: string; title: string; language: Language | null; words: number; others: boolean }[];
  returnTo: string;
}

export function DeleteWorksPage({ site, view }: { site: SiteView; view: DeleteWorksView }) {
  const shared = view.works.filter((work) => work.others).length;
  return (
    <Layout site={site} title="Delete works" noindex kind="form">
      <div class="gate">
        <p class="eyebrow">Delete works</p>
        <h1>Delete {countOf(view.works.length, 'work', site.locale)}?</h1>
        <ul>
          {view.works.map((work) => (
            <li>
              <bdi {...inLanguage(work.language)}>{work.title || 'Untitled'}</bdi>,{' '}
              {countOf(work.words, 'word', site.locale)}
              {work.others && ' (has other creators)'}
            </li>
          ))}
        </ul>
        {shared > 0 && (
          <p>A work with other creators is deleted when all of them have agreed. Until then nothing of it changes.</p>
        )}
        <p>
          With them go their chapters and all that others said to them. For 30 days you can undo this under{' '}
          <em>Deleted works</em>; after that all of it is erased for good.
        </p>
        <form method="post" action="/account/works/deletion">
          <input type="hidden" name="return" value={view.returnTo} />
          <input type="hidden" name="works" value={view.works.map((work) => work.id).join(' ')} />
          <div class="actions">
            <Button look="danger">Delete {countOf(view.works.length, 'work', site.locale)}</Button>
            <ButtonLink href={view.returnTo}>Keep them</ButtonLink>
          </div>
        </form>
      </div>
    </Layout>
  );
}
