/** A form whose text came in without paragraphs, given back with those that could be found. */
import type { Cleaner } from '../../platform/html/cleaner.ts';
import { withoutBlockIds } from '../../platform/html/ids.ts';
import type { RescueNeeds } from './clean-text.routes.ts';
import type { ChapterValues } from './pages/ChapterFields.tsx';

type Texts = Pick<ChapterValues, 'text' | 'summary' | 'notes' | 'endNotes' | 'format'>;

/** What parts two blocks in clean HTML, for a person who reads the source. */
const BETWEEN_BLOCKS = /(<\/(?:p|h[1-6]|blockquote|ul|ol|div|table)>|<hr>)(?=<)/g;

/**
 * Takes the values of a form; returns them with the text in paragraphs, as HTML; what stands around it becomes HTML, too.
 * A text that cannot be read comes back as it was.
 */
export async function rescued<Values extends Texts>(
  cleaner: Cleaner,
  needs: RescueNeeds,
  values: Values,
  language: string,
): Promise<Values> {
  const asHtml = async (source: string): Promise<string> => {
    if (source.trim() === '') return '';
    const clean = await cleaner.clean(source, values.format);
    return clean.ok ? withoutBlockIds(clean.html) : source;
  };
  const around = values.format === 'html' ? (source: string) => Promise.resolve(source) : asHtml;
  const found = await cleaner.clean(await needs.findParagraphs(await asHtml(values.text), language), 'html');
  if (!found.ok) return values;
  return {
    ...values,
    text: withoutBlockIds(found.html).replace(BETWEEN_BLOCKS, '$1\n'),
    summary: await around(values.summary),
    notes: await around(values.notes),
    endNotes: await around(values.endNotes),
    format: 'html',
  };
}

/** What is said above the form that comes back. */
export function rescueNotice(before: string, after: string): { kind: 'done' | 'refused'; text: string } {
  return before === after
    ? { kind: 'refused', text: 'No paragraphs could be found in this text.' }
    : { kind: 'done', text: 'These paragraphs were found again. Nothing is saved yet; look through them first.' };
}
