/** A work's front door: its title page, its chapters, and its text or the first chapter of it. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ButtonLink } from '../../../ui/Form.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { ChapterBody, ChapterFoot, EndNotes } from './Chapter.tsx';
import { ChapterIndex, chapterName, ReaderBar } from './ReaderBar.tsx';
import { TitlePage } from './TitlePage.tsx';
import { DerivedWorks } from './Together.tsx';
import type { ChapterLink, ChapterText, WorkView } from './work-view.ts';
import { WorkLayout } from './WorkLayout.tsx';

export interface WorkPageView {
  work: WorkView;
  /** All chapters this viewer may see, in order. One for a one-shot. */
  chapters: ChapterLink[];
  /** The first chapter's text; null for a work without text yet. */
  first: ChapterText | null;
}

export function WorkPage({ site, view }: { site: SiteView; view: WorkPageView }) {
  const { work, chapters, first } = view;
  const chaptered = chapters.length > 1;
  // End notes can tell the end: they wait below the last chapter.
  const endNotesHref = `${chaptered ? chapters.at(-1)?.href : ''}#end-notes`;
  return (
    <WorkLayout site={site} work={work} title={work.title || 'Untitled'} canonical={work.href}>
      <TitlePage site={site} work={work} endNotesHref={endNotesHref} />
      {chaptered && (
        <section class="contents no-print" aria-labelledby="contents">
          <h2 id="contents">Chapters</h2>
          {/* A long index must not stand between the reader and the text. */}
          <details open={chapters.length <= 12}>
            <summary>{chapters.length} chapters</summary>
            <ChapterIndex site={site} work={work} chapters={chapters} position={first?.position ?? 0} />
          </details>
        </section>
      )}
      {first ? (
        <section class="text" id="text" aria-label="Text">
          <ReaderBar site={site} work={work} chapters={chapters} position={first.position} />
          {(chaptered || first.title) && (
            <h2 class="chapter-title" {...inLanguage(work.language)}>
              {chapterName(first)}
            </h2>
          )}
          <ChapterBody chapter={first} language={work.language} skinned={work.skin?.on ?? false} />
          {!chaptered && <EndNotes work={work} />}
          <ChapterFoot work={work} chapters={chapters} position={first.position} />
        </section>
      ) : (
        <>
          <EmptyState title="No text yet">
            <p>This work has no chapter that you can read.</p>
            {work.tools && <ButtonLink href={work.tools.editHref}>Edit the work</ButtonLink>}
          </EmptyState>
          <EndNotes work={work} />
        </>
      )}
      <DerivedWorks together={work.together} />
    </WorkLayout>
  );
}
