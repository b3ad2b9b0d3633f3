/** The line above a text: which chapter this is, the way to the others, and how the text should look. */
import '../../../ui/elements.ts';
import { Icon } from '../../../ui/icons.tsx';
import { KeysDialog } from '../../../ui/KeysDialog.tsx';
import { countOf, formatNumber } from '../../../ui/numbers.ts';
import type { SiteView } from '../../../ui/site-view.ts';
import { CreatorStyle } from './CreatorStyle.tsx';
import { ReadingPanel } from './ReadingPanel.tsx';
import type { ChapterLink, WorkView } from './work-view.ts';

export interface ReaderBarProps {
  site: SiteView;
  work: WorkView;
  chapters: ChapterLink[];
  /** Position of the chapter shown; null while the entire work is shown. */
  position: number | null;
}

export function ReaderBar({ site, work, chapters, position }: ReaderBarProps) {
  const { previous, next } = neighbours(chapters, position);
  return (
    <chapter-keys class="bar no-print" data-previous={previous?.href} data-next={next?.href} data-up={work.href}>
      {chapters.length > 1 && (
        <details class="drawer" name="reader" data-key="c">
          <summary class="button small">
            <Icon name="list" />
            {position === null ? 'Chapters' : chapterOf(chapters, position)}
          </summary>
          <nav class="drop" aria-label="Chapters">
            <ChapterIndex site={site} work={work} chapters={chapters} position={position} />
          </nav>
        </details>
      )}
      <details class="drawer end" name="reader" data-key="a">
        <summary class="button small">
          <Icon name="type" />
          Reading settings
        </summary>
        <div class="drop">
          <ReadingPanel site={site} />
          {work.skin && <CreatorStyle site={site} on={work.skin.on} />}
          <button type="button" class="button small plain keys-button" hidden>
            <Icon name="keys" />
            Keyboard keys
          </button>
        </div>
      </details>
      <KeysDialog keys={keys} />
    </chapter-keys>
  );
}

/** "Chapter 2 of 5", by place among the chapters this viewer may see. */
export function chapterOf(chapters: ChapterLink[], position: number): string {
  return `Chapter ${position} of ${Math.max(chapters.length, chapters.at(-1)?.position ?? 1)}`;
}

/** The chapters before and after this one that the viewer may see. */
export function neighbours(chapters: ChapterLink[], position: number | null) {
  const place = chapters.findIndex((chapter) => chapter.position === position);
  return { previous: place > 0 ? chapters[place - 1] : undefined, next: place < 0 ? undefined : chapters[place + 1] };
}

export function chapterName(chapter: { position: number; title: string | null }): string {
  return chapter.title ? chapter.title : `Chapter ${chapter.position}`;
}

export function ChapterIndex({ site, work, chapters, position }: ReaderBarProps) {
  return (
    <ol class="chapter-index">
      {chapters.map((chapter) => (
        <li>
          <a href={chapter.href} aria-current={chapter.position === position ? 'page' : undefined}>
            <span class="num">{formatNumber(chapter.position, site.locale)}</span>
            <span lang={work.language.code} dir={work.language.dir}>
              {chapterName(chapter)}
            </span>
            <small class="num">
              {chapter.draft && 'Draft, '}
              {countOf(chapter.words, 'word', site.locale)}
            </small>
          </a>
        </li>
      ))}
      {chapters.length > 1 && (
        <li>
          <a href={work.entireHref} aria-current={position === null ? 'page' : undefined}>
            <span class="num"></span>
            <span>Entire work on one page</span>
            <small class="num">{countOf(work.words, 'word', site.locale)}</small>
          </a>
        </li>
      )}
    </ol>
  );
}

const keys = [
  { key: '←', does: 'Previous chapter' },
  { key: '→', does: 'Next chapter' },
  { key: 'c', does: 'Chapters' },
  { key: 'a', does: 'Reading settings' },
  { key: '?', does: 'This list' },
  { key: 'Esc', does: 'Close what is open' },
];
