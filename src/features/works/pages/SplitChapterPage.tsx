/** Where a chapter is to be cut: its paragraphs by their first words, one of which begins the second chapter. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { Button, ButtonLink, ErrorSummary, HiddenFields, TextField } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { ChapterPageHead, type ChapterOfWork } from './ChapterPageHead.tsx';

export interface SplitChapterView extends ChapterOfWork {
  /** Whether what was written in another notation becomes HTML. */
  becomesHtml: boolean;
  /** The first words of each piece. */
  pieces: string[];
  /** The number of the piece, counted from 1, and the title of the second chapter, as they were typed. */
  typed: { at: string; title: string };
  titleLimit: number;
  error: string | null;
}

export function SplitChapterPage({ site, view }: { site: SiteView; view: SplitChapterView }) {
  const heading = `Split chapter ${view.position}`;
  const { language } = view.work;
  return (
    <Layout site={site} title={`${heading} · ${view.work.title || 'Untitled'}`} noindex kind="form">
      <ChapterPageHead heading={heading} of={view} />
      {view.pieces.length < 2 ? (
        <p>This chapter is one paragraph, so there is no place to cut it.</p>
      ) : (
        <>
          <ErrorSummary
            title="Couldn’t split:"
            errors={view.error === null ? [] : [{ name: 'places', text: view.error }]}
          />
          <form class="fields" method="post" action={`${view.base}/split`}>
            <HiddenFields fields={{ revision: String(view.revision) }} />
            <TextField
              name="title"
              label="Title of the second chapter"
              value={view.typed.title}
              maxLength={view.titleLimit}
              language={language}
            />
            <fieldset class="field cutting-places" id="places">
              <legend>The second chapter begins with</legend>
              <p class="help">
                It stands behind the first, in the same state and under the same day. Notes at the end go with it.
                {view.becomesHtml && ' Both become HTML; the chapter as you wrote it stays among its revisions.'}
              </p>
              <ol class="choices">
                {view.pieces.slice(1).map((piece, index) => (
                  <li>
                    <label class="choice">
                      <input
                        type="radio"
                        name="at"
                        value={String(index + 1)}
                        checked={view.typed.at === String(index + 1)}
                        required
                      />
                      <span {...inLanguage(language)}>{piece}</span>
                    </label>
                  </li>
                ))}
              </ol>
            </fieldset>
            <div class="actions save">
              <Button look="primary">Split the chapter</Button>
              <ButtonLink href={view.chaptersHref}>Leave it whole</ButtonLink>
            </div>
          </form>
        </>
      )}
    </Layout>
  );
}
