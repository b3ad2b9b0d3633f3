/** Asks before a work is deleted: names what will be lost, and for how long it can be taken back. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { ActionForm, Button, ButtonLink, Checkbox, HiddenFields, TextField } from '../../../ui/Form.tsx';
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
  /** Whether its other creators have to agree, and how that stands. */
  agreement: { asked: boolean; agreed: boolean; othersMissing: boolean };
  /** Keeps the work, where its deletion is asked for. */
  keep: FormTarget;
  confirm: FormTarget;
  orphanHref: string;
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
        <Agreement view={view} />
        {view.agreement.agreed && view.agreement.othersMissing ? (
          <div class="actions">
            <ButtonLink href={view.cancelHref}>Back to the work</ButtonLink>
          </div>
        ) : (
          <Confirmation view={view} />
        )}
        <p>
          Or <a href={view.orphanHref}>orphan it</a>: the work stays for its readers, without you.
        </p>
        {view.agreement.asked && <ActionForm target={view.keep} label="Keep the work: nobody deletes it" />}
      </div>
    </Layout>
  );
}

function Confirmation({ view }: { view: DeleteWorkView }) {
  return (
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
        <Button look="danger">{deleteLabel(view)}</Button>
        <ButtonLink href={view.cancelHref}>Keep it</ButtonLink>
      </div>
    </form>
  );
}

/** A work of several creators goes when all of them have agreed; who has, is told to nobody. */
function Agreement({ view: { agreement } }: { view: DeleteWorkView }) {
  const { asked, agreed, othersMissing } = agreement;
  if (!asked && !othersMissing) return null;
  return (
    <p>
      {asked && !agreed && 'Another creator asks for this. '}
      {agreed && othersMissing && 'You have agreed; not all of the others have. '}
      The work has other creators: it is deleted when all of you have agreed, and until then nothing changes.
    </p>
  );
}

function deleteLabel({ draft, agreement: { asked, othersMissing } }: DeleteWorkView): string {
  if (othersMissing) return asked ? 'Agree to delete it' : 'Ask the others to delete it';
  return draft ? 'Delete this draft' : 'Delete this work';
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
