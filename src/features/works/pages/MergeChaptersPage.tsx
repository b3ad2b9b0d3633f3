/** Asks before two chapters become one: what stands between them, and what becomes of the second. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { Button, ButtonLink, ErrorSummary, HiddenFields, RadioGroup } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import type { Seam } from '../chapter-parts.ts';
import { ChapterPageHead, type ChapterOfWork } from './ChapterPageHead.tsx';

export interface MergeChaptersView extends ChapterOfWork {
  next: { publicId: string; title: string; revision: number };
  /** Whether what was written in another notation becomes HTML. */
  becomesHtml: boolean;
  seam: Seam;
  error: string | null;
}

export function MergeChaptersPage({ site, view }: { site: SiteView; view: MergeChaptersView }) {
  const heading = `Merge chapters ${view.position} and ${view.position + 1}`;
  const { language } = view.work;
  const choices = [
    { value: 'title', label: 'The second one’s title, as a heading' },
    { value: 'break', label: 'A scene break' },
    { value: 'nothing', label: 'Nothing' },
  ];
  return (
    <Layout site={site} title={`${heading} · ${view.work.title || 'Untitled'}`} noindex kind="form">
      <ChapterPageHead heading={heading} of={view} />
      <ErrorSummary title="Couldn’t merge:" errors={view.error === null ? [] : [{ name: 'seam', text: view.error }]} />
      <p>
        <bdi {...inLanguage(language)}>{view.title || `Chapter ${view.position}`}</bdi> takes in the text and the notes
        of <bdi {...inLanguage(language)}>{view.next.title || `Chapter ${view.position + 1}`}</bdi>, which is then among
        the deleted chapters for 30 days.
        {view.becomesHtml && ' It becomes HTML; what you wrote stays among the revisions.'}
      </p>
      <form class="fields" method="post" action={`${view.base}/merge`}>
        <HiddenFields
          fields={{
            revision: String(view.revision),
            next: view.next.publicId,
            nextRevision: String(view.next.revision),
          }}
        />
        <RadioGroup
          name="seam"
          label="Between the two"
          value={view.seam}
          choices={view.next.title === '' ? choices.slice(1) : choices}
        />
        <div class="actions save">
          <Button look="primary">Merge the two</Button>
          <ButtonLink href={view.chaptersHref}>Leave them apart</ButtonLink>
        </div>
      </form>
    </Layout>
  );
}
