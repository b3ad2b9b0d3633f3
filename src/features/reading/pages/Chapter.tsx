/** A chapter's text with its own summary and notes around it. */
import { AuthorText, inLanguage } from '../../../ui/AuthorText.tsx';
import { Icon } from '../../../ui/icons.tsx';
import type { Language } from '../../../ui/site-view.ts';
import { chapterName, chapterOf, neighbours } from './ReaderBar.tsx';
import type { ChapterLink, ChapterText, WorkView } from './work-view.ts';

/** `skinned`: the creator's style is on the page. */
export function ChapterBody(props: { chapter: ChapterText; language: Language; skinned: boolean }) {
  const { chapter, language } = props;
  return (
    <>
      {chapter.warnings && (
        <p class="chapter-warnings">
          <strong>Warnings for this chapter:</strong> <span {...inLanguage(language)}>{chapter.warnings}</span>
        </p>
      )}
      {chapter.summary && (
        <details class="notes" open>
          <summary>Chapter summary</summary>
          <AuthorText html={chapter.summary} language={language} kind="prose" />
        </details>
      )}
      {chapter.notes && (
        <details class="notes" open>
          <summary>Chapter notes</summary>
          <AuthorText html={chapter.notes} language={language} kind="prose" />
        </details>
      )}
      <AuthorText html={chapter.html} language={language} kind="story" skinned={props.skinned} />
      {chapter.endNotes && (
        <details class="notes end" open>
          <summary>Notes at the end of the chapter</summary>
          <AuthorText html={chapter.endNotes} language={language} kind="prose" />
        </details>
      )}
    </>
  );
}

/** The work's own end notes, which "More notes at the end" leads to. */
export function EndNotes({ work }: { work: WorkView }) {
  if (!work.endNotes) return null;
  return (
    <section class="end-notes" aria-labelledby="end-notes">
      <h2 id="end-notes">End notes</h2>
      <AuthorText html={work.endNotes} language={work.language} kind="prose" />
    </section>
  );
}

/** Progress and the ways on from a chapter's foot. Nothing for a one-shot. */
export function ChapterFoot(props: { work: WorkView; chapters: ChapterLink[]; position: number }) {
  const { work, chapters, position } = props;
  if (chapters.length <= 1) return null;
  const { previous, next } = neighbours(chapters, position);
  const progress = chapterOf(chapters, position);
  return (
    <nav class="chapter-foot no-print" aria-label="Chapter">
      <p class="progress">
        {progress}
        <progress value={position} max={Math.max(position, chapters.at(-1)?.position ?? 1)} aria-label={progress} />
      </p>
      <div class="turn">
        {previous && <TurnLink rel="prev" chapter={previous} work={work} />}
        {next && <TurnLink rel="next" chapter={next} work={work} primary />}
        {!next && (
          <a class="button" href={work.href}>
            Back to the title page
          </a>
        )}
      </div>
    </nav>
  );
}

function TurnLink(props: { rel: 'prev' | 'next'; chapter: ChapterLink; work: WorkView; primary?: boolean }) {
  const { rel, chapter, work } = props;
  const name = chapter.title && (
    <span class="name" lang={work.language.code} dir={work.language.dir}>
      {chapterName(chapter)}
    </span>
  );
  return (
    <a class={props.primary ? 'button primary' : 'button'} href={chapter.href} rel={rel}>
      {rel === 'prev' && <Icon name="previous" />}
      <span>
        {rel === 'prev' ? 'Previous chapter' : 'Next chapter'}
        {name && (
          <>
            <span class="visually-hidden">: </span>
            {name}
          </>
        )}
      </span>
      {rel === 'next' && <Icon name="next" />}
    </a>
  );
}
