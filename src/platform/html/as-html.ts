/** Texts of different notations in one. Pure. */
import { markdownToHtml } from './markdown.ts';
import { plainTextToHtml } from './plain-text.ts';

/** The notation a source is written in. */
export type TextFormat = 'html' | 'markdown' | 'text';

/** A text in its own notation as HTML, not cleaned. */
export function asHtml({ format, source }: { format: TextFormat; source: string }): string {
  if (format === 'html') return source;
  return format === 'markdown' ? markdownToHtml(source) : plainTextToHtml(source);
}
