/** All chapters on one page, with an index that leads to each. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { ChapterBody, EndNotes } from './Chapter.tsx';
import { chapterName, ReaderBar } from './ReaderBar.tsx';
import { TitlePage } from './TitlePage.tsx';
import { DerivedWorks } from './Together.tsx';
import type { ChapterText, WorkView } from './work-view.ts';
import { WorkLayout } from './WorkLayout.tsx';

export interface EntireWorkView {
  work: WorkView;
  /** In order, each with its address as a page of its own. */
  chapters: (ChapterText & { href: string })[];
}

export function EntireWorkPage({ site, view }: { site: SiteView; view: EntireWorkView }) {
  const { work, chapters } = view;
  const links = chapters.map(({ position, title, words, draft }) => ({
    position,
    title,
    words,
    draft,
    postedAt: null,
    href: `#chapter-${position}`,
  }));
  return (
    <WorkLayout site={site} work={work} title={work.title || 'Untitled'} canonical={work.entireHref}>
      <TitlePage site={site} work={work} endNotesHref="#end-notes" />
      <ReaderBar site={site} work={work} chapters={links} position={null} />
      {chapters.map((chapter) => (
        <section class="text" aria-labelledby={`chapter-${chapter.position}`}>
          {(chapters.length > 1 || chapter.title) && (
            <h2 class="chapter-title" id={`chapter-${chapter.position}`} {...inLanguage(work.language)}>
              {chapterName(chapter)}
            </h2>
          )}
          <ChapterBody chapter={chapter} language={work.language} skinned={work.skin?.on ?? false} />
          {chapters.length > 1 && (
            <p class="chapter-link no-print">
              <a href={chapter.href}>Chapter {chapter.position} on its own page</a>
            </p>
          )}
        </section>
      ))}
      <EndNotes work={work} />
      <DerivedWorks together={work.together} />
    </WorkLayout>
  );
}
