/** The head of a page about one chapter of a work. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import type { Language } from '../../../ui/site-view.ts';

export interface ChapterOfWork {
  work: { title: string; href: string; language: Language | null };
  chaptersHref: string;
  /** Where the chapter's own pages are. */
  base: string;
  /** Counted from 1. */
  position: number;
  title: string;
  /** The revision that the page was made from. */
  revision: number;
}

export function ChapterPageHead({ heading, of }: { heading: string; of: ChapterOfWork }) {
  return (
    <div class="page-head">
      <p class="eyebrow">
        <a href={of.work.href} {...inLanguage(of.work.language)}>
          {of.work.title || 'Untitled'}
        </a>
      </p>
      <h1>{heading}</h1>
      <p>
        <a href={of.chaptersHref}>All chapters</a>
      </p>
    </div>
  );
}
