/** The labelled quotations around a work and its chapters in an otwarchive download, and the lists of related works. */
import type { Element } from 'hast';
import type { ImportedText, ImportedWork } from '../imported-work.ts';
import { elementsNamed, hasClass, hrefOf, htmlOf, isElement, textOf } from './html-tree.ts';
import type { Content } from './html-tree.ts';
import { absoluteLink } from './source-address.ts';

type Label = 'summary' | 'notes' | 'endNotes';
export type LabelledTexts = { [label in Label]?: ImportedText };

/**
 * "Summary", "Notes", "Chapter End Notes" and the quotation under each. A label may stand alone (notes only at the end);
 * lists are relations to other works. All that is none of these is named in the report with its place.
 */
export function labelledTexts(
  blocks: readonly Content[],
  work: ImportedWork,
  place: string,
  unlabelled: Label = 'notes',
): LabelledTexts {
  const texts: LabelledTexts = {};
  let label: Label = unlabelled;
  for (const block of blocks) {
    if (isElement(block, 'blockquote')) {
      const source = htmlOf(block.children);
      const before = texts[label]?.source;
      if (source !== '') texts[label] = { format: 'html', source: before ? `${before}\n${source}` : source };
      continue;
    }
    if (isElement(block) && hasClass(block, 'endnote-link')) continue;
    const said = textOf(block);
    const named = labelOf(said);
    if (named) label = named;
    else if (isElement(block, 'ul') || isElement(block, 'dl')) reportRelations(block, work);
    else if (said !== '')
      work.unmapped.push(`${place} also says: ${said.length > 300 ? `${said.slice(0, 299)}…` : said}`);
  }
  return texts;
}

function labelOf(said: string): Label | null {
  const label = /^(?:chapter )?(summary|notes?|end ?notes?)(?: for the (?:chapter|work))?\s*:?$/i
    .exec(said)?.[1]
    ?.toLowerCase();
  if (!label) return null;
  if (label === 'summary') return 'summary';
  return label.startsWith('end') ? 'endNotes' : 'notes';
}

/** "Inspired by …", "A translation of …", "Works inspired by this one": one sentence each, with the address. */
function reportRelations(list: Element, work: ImportedWork): void {
  const heading = elementsNamed(list, 'dt').map(textOf)[0]?.replace(/\s*:$/, '');
  for (const item of [...elementsNamed(list, 'li'), ...elementsNamed(list, 'dd')]) {
    const address = absoluteLink(elementsNamed(item, 'a').map(hrefOf)[0], work.sourceUrl);
    const said = textOf(item).replace(/\.$/, '');
    work.unmapped.push(`Related work: ${heading ? `${heading}: ` : ''}${said}${address ? ` (${address})` : ''}.`);
  }
}
