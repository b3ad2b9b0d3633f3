/** The rescue of single paragraphs that are too long to be one, in a text that is there already. Pure. */
import { isWithoutParagraphs } from '../../../platform/html/lost-paragraphs.ts';
import { composedBlocks } from './compose.ts';
import { restore } from './restore.ts';

/** A paragraph as the cleaner writes it; none stands in another. */
const PARAGRAPH = /<p(?: [a-z-]+(?:="[^"]*")?)*>([^]*?)<\/p>/g;

/**
 * Takes clean HTML and the code of its language, or ''; returns it with paragraphs where a thousand words stood without a
 * break, for the cleaner. No word is lost: headings and scene breaks that stood in the line become such.
 */
export function withParagraphs(html: string, language: string): string {
  return html.replace(PARAGRAPH, (whole, inside: string) => {
    if (!isWithoutParagraphs(inside)) return whole;
    const restored = restore(inside, { notation: 'html', ...(language === '' ? {} : { language }) });
    return composedBlocks(inside, restored)
      .map((block) => block.html)
      .join('\n');
  });
}
