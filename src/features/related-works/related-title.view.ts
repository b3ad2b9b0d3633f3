/** From related works to what pages show of them. Pure. */
import { creatorLinks, languageView, type Words } from '../browse/index.ts';
import { workPath, type WorkCard } from '../works/index.ts';
import type { RelatedTitleView } from '../../ui/RelatedTitle.tsx';
import type { ExternalWork } from './queries.ts';

/** A work here, or one elsewhere as it was described. */
export function relatedTitle(work: { card: WorkCard } | { external: ExternalWork }, words: Words): RelatedTitleView {
  if ('card' in work) {
    const { card } = work;
    return {
      title: card.title,
      href: workPath(card),
      language: languageView(card.language, words),
      creators: creatorLinks(card),
      elsewhere: false,
    };
  }
  const { url, title, creator, language } = work.external;
  return {
    title,
    href: url,
    language: language === null ? null : languageView(language, words),
    creators: creator === '' ? [] : [{ name: creator, href: '', imported: true }],
    elsewhere: true,
  };
}
