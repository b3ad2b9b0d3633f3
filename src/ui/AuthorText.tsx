/**
 * People's own words on a page. What comes in here has been cleaned once, when it was stored, and nothing else makes HTML
 * from people's text. HTML goes into pages unescaped here and in KeptHtml.tsx, which holds what pages made before.
 */
import { modernHtml } from '../platform/html/modern.ts';
import type { Language } from './site-view.ts';

/** The language of a piece of text as attributes, to be spread on its element. Without a language, only a guess. */
export function inLanguage(language: Language | null) {
  return language ? { lang: language.code, dir: language.dir } : ({ dir: 'auto' } as const);
}

/**
 * Clean HTML in a box of its own. `html` comes from the store's cleaned column, never from a request. `skinned`: its creator's
 * style sheet is on the page and styles an inner box, which the outer one contains.
 */
export function AuthorText(props: {
  html: string;
  language: Language | null;
  kind: 'prose' | 'story';
  skinned?: boolean;
}) {
  const inside = { dangerouslySetInnerHTML: { __html: modernHtml(props.html) } };
  const outer = { class: props.kind, ...inLanguage(props.language) };
  if (!props.skinned) return <div {...outer} {...inside} />;
  return (
    <div {...outer}>
      <div class="work-skin" {...inside} />
    </div>
  );
}
