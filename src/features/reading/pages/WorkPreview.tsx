/** A work or a chapter as it will be read, while it is still being written. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { ChapterBody, EndNotes } from './Chapter.tsx';
import { chapterName } from './ReaderBar.tsx';
import { TitlePage } from './TitlePage.tsx';
import type { ChapterText, WorkView } from './work-view.ts';

/** `whole`: with the title page before the chapter and the end notes after it. */
export function WorkPreview(props: { site: SiteView; work: WorkView; chapter: ChapterText; whole: boolean }) {
  const { site, work, chapter, whole } = props;
  return (
    <article class="work">
      {work.skin?.on && <link rel="stylesheet" href={work.skin.sheet} />}
      {whole && <TitlePage site={site} work={work} endNotesHref="#end-notes" />}
      {(chapter.title || !whole) && (
        <h2 class="chapter-title" {...inLanguage(work.language)}>
          {chapterName(chapter)}
        </h2>
      )}
      <ChapterBody chapter={chapter} language={work.language} skinned={work.skin?.on ?? false} />
      {whole && <EndNotes work={work} />}
    </article>
  );
}
