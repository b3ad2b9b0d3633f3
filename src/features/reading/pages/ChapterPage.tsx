/** One chapter by itself: the work folded to a line, then the text. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { StateMarks } from '../../../ui/Blurb.tsx';
import { Byline } from '../../../ui/Byline.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { ChapterBody, ChapterFoot, EndNotes } from './Chapter.tsx';
import { OwnerTools } from './OwnerTools.tsx';
import { chapterName, ReaderBar } from './ReaderBar.tsx';
import { DerivedWorks } from './Together.tsx';
import type { ChapterLink, ChapterText, WorkView } from './work-view.ts';
import { WorkLayout } from './WorkLayout.tsx';

export interface ChapterPageView {
  work: WorkView;
  /** All chapters this viewer may see, in order; previous and next are found in it by position. */
  chapters: ChapterLink[];
  chapter: ChapterText;
}

export function ChapterPage({ site, view }: { site: SiteView; view: ChapterPageView }) {
  const { work, chapters, chapter } = view;
  const last = chapter.position === chapters.at(-1)?.position;
  return (
    <WorkLayout
      site={site}
      work={work}
      title={`${chapterName(chapter)} · ${work.title || 'Untitled'}`}
      canonical={chapters.find((link) => link.position === chapter.position)?.href ?? work.href}
    >
      <header class="folded">
        <OwnerTools work={work} />
        <h1>
          <a href={work.href} {...inLanguage(work.language)}>
            {work.title || 'Untitled'}
          </a>
        </h1>{' '}
        <Byline creators={work.creators} />
        <StateMarks restricted={work.restricted} draft={chapter.draft && !work.draft} hidden={work.hidden} />
      </header>
      <ReaderBar site={site} work={work} chapters={chapters} position={chapter.position} />
      {chapter.title && <p class="eyebrow chapter-number">Chapter {chapter.position}</p>}
      <h2 class="chapter-title" {...inLanguage(work.language)}>
        {chapterName(chapter)}
      </h2>
      <ChapterBody chapter={chapter} language={work.language} skinned={work.skin?.on ?? false} />
      {last && <EndNotes work={work} />}
      <ChapterFoot work={work} chapters={chapters} position={chapter.position} />
      {last && <DerivedWorks together={work.together} />}
    </WorkLayout>
  );
}
