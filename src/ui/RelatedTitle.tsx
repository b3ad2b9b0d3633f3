/** A work that another goes back to, or that goes back to it: its title, and by whom. */
import { inLanguage } from './AuthorText.tsx';
import type { CreatorLink } from './described-work.ts';
import { Creators } from './Byline.tsx';
import type { Language } from './site-view.ts';

export interface RelatedTitleView {
  title: string;
  href: string;
  language: Language | null;
  /** Empty for an anonymous work here, and where nobody said of one elsewhere. */
  creators: CreatorLink[];
  /** It stands on another site. */
  elsewhere: boolean;
}

export function RelatedTitle({ work }: { work: RelatedTitleView }) {
  return (
    <>
      <a
        href={work.href}
        {...inLanguage(work.language)}
        {...(work.elsewhere ? { rel: 'nofollow noopener external ugc' } : {})}
      >
        {work.title || 'Untitled'}
      </a>
      {work.creators.length > 0 && (
        <>
          {' '}
          by <Creators creators={work.creators} />
        </>
      )}
      {work.creators.length === 0 && !work.elsewhere && ' by Anonymous'}
    </>
  );
}
