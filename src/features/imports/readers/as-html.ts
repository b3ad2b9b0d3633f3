/** Texts of different notations in one. Pure. */
import { markdownToHtml } from '../../../platform/html/markdown.ts';
import { plainTextToHtml } from '../../../platform/html/plain-text.ts';
import type { ImportedText } from '../imported-work.ts';

/** A text in its own notation as HTML, not cleaned. */
export function asHtml(text: ImportedText): string {
  if (text.format === 'html') return text.source;
  return text.format === 'markdown' ? markdownToHtml(text.source) : plainTextToHtml(text.source);
}
