/** Asks before a work is deleted: names what will be lost, and for how long it can be taken back. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { Button, ButtonLink, Checkbox, HiddenFields, TextField } from '../../../ui/Form.tsx';
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
  /** It came in by import, so a request of its creator can be remembered. */
  imported: boolean;
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
        <form method="post" action={view.confirm.action}>
          <HiddenFields fields={view.confirm.fields} />
          {view.imported && (
            <>
              <Checkbox
                name="requested"
                label="Its creator asked for this"
                help="It is remembered, without its name, and not imported again."
                checked={false}
              />
              <TextField name="note" label="A note for yourself" value="" maxLength={200} brief />
            </>
          )}
          <div class="actions">
            <Button look="danger">{view.draft ? 'Delete this draft' : 'Delete this work'}</Button>
            <ButtonLink href={view.cancelHref}>Keep it</ButtonLink>
          </div>
        </form>
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
