/** Asks before a work is deleted: names what will be lost, and for how long it can be taken back. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { ActionForm, ButtonLink } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf, formatNumber, listOf } from '../../../ui/numbers.ts';
import type { FormTarget, Language, SiteView } from '../../../ui/site-view.ts';

export interface DeleteWorkView {
  title: string;
  language: Language | null;
  creators: string[];
  draft: boolean;
  words: number;
  chapters: number;
  kudos: number;
  comments: number;
  bookmarks: number;
  confirm: FormTarget;
  cancelHref: string;
}

export function DeleteWorkPage({ site, view }: { site: SiteView; view: DeleteWorkView }) {
  return (
    <Layout site={site} title="Delete a work" noindex kind="form">
      <div class="gate">
        <p class="eyebrow">{view.draft ? 'Delete a draft' : 'Delete a work'}</p>
        <h1>
          Delete <bdi {...inLanguage(view.language)}>{view.title || 'Untitled'}</bdi>?
        </h1>
        <p class="byline" dir="auto">
          by {view.creators.length > 0 ? view.creators.join(', ') : 'an unnamed creator'}
        </p>
        <p>
          With it go {listOf(lost(view, site.locale))}. For 30 days you can undo this under <em>Deleted works</em>;
          after that all of it is erased for good.
        </p>
        <div class="actions">
          <ActionForm
            target={view.confirm}
            label={view.draft ? 'Delete this draft' : 'Delete this work'}
            look="danger"
          />
          <ButtonLink href={view.cancelHref}>Keep it</ButtonLink>
        </div>
      </div>
    </Layout>
  );
}

function lost(view: DeleteWorkView, locale: string): string[] {
  return [
    countOf(view.chapters, 'chapter', locale),
    countOf(view.words, 'word', locale),
    view.kudos > 0 && `${formatNumber(view.kudos, locale)} kudos`,
    view.comments > 0 && countOf(view.comments, 'comment', locale),
    view.bookmarks > 0 && countOf(view.bookmarks, 'bookmark', locale),
  ].filter((part) => part !== false);
}
