/** The chapters of an otwarchive download: heading, summary, notes, text and end notes, which follow each other as siblings. */
import type { Element } from 'hast';
import type { ImportedWork } from '../imported-work.ts';
import { labelledTexts } from './ao3-texts.ts';
import type { LabelledTexts } from './ao3-texts.ts';
import { chapterTitle } from './chapter-heading.ts';
import { findElement, hasClass, htmlOf, idOf, isElement, isEmptyNode, textOf } from './html-tree.ts';
import type { Content } from './html-tree.ts';

interface OpenChapter {
  heading: string;
  texts: LabelledTexts;
  nodes: Content[];
}

/**
 * What stands in `div#chapters` in, the work's chapters out. A head (`div.meta` that is no end note) begins a chapter; a
 * text without one is a one-shot's. Anything else between them belongs to the text around it, so nothing is lost.
 */
export function readChapters(nodes: readonly Content[], work: ImportedWork): void {
  const chapters: OpenChapter[] = [];
  const begin = (heading: string, texts: LabelledTexts): void => void chapters.push({ heading, texts, nodes: [] });
  for (const node of nodes) {
    if (isEmptyNode(node)) continue;
    if (isElement(node) && hasClass(node, 'endnote-link')) continue;
    if (isElement(node) && hasClass(node, 'toc-heading')) {
      // The hidden heading of a one-shot, for readers' tables of contents.
      if (textOf(node) !== work.title && textOf(node) !== '') begin(textOf(node), {});
      continue;
    }
    if (isElement(node, 'div') && hasClass(node, 'meta')) {
      const position = chapters.length;
      const last = chapters.at(-1);
      if (last && isEndNotes(node))
        addEndNotes(last, labelledTexts(node.children, work, `Chapter ${position}`, 'endNotes'));
      else begin(headingOf(node), chapterHead(node, work, position + 1));
      continue;
    }
    if (chapters.length === 0) begin('', {});
    const isText = isElement(node, 'div') && hasClass(node, 'userstuff');
    // One by one: a chapter may have more paragraphs than a call may have arguments.
    for (const part of isText ? node.children : [node]) chapters.at(-1)?.nodes.push(part);
  }
  for (const [i, { heading, texts, nodes: body }] of chapters.entries()) {
    const title = chapterTitle(heading, i + 1);
    const inner = body.filter((node) => !(isElement(node) && hasClass(node, 'endnote-link')));
    work.chapters.push({
      ...(title === undefined ? {} : { title }),
      ...texts,
      text: { format: 'html', source: htmlOf(inner) },
    });
  }
}

function isEndNotes(meta: Element): boolean {
  return idOf(meta).startsWith('endnotes') || /^(?:chapter )?end notes/i.test(textOf(meta));
}

function headingOf(meta: Element): string {
  const heading = findElement(meta, (element) => /^h[1-6]$/.test(element.tagName));
  return heading ? textOf(heading) : '';
}

function chapterHead(meta: Element, work: ImportedWork, position: number): LabelledTexts {
  const blocks = meta.children.filter(
    (node) => !isEmptyNode(node) && !(isElement(node) && /^h[1-6]$/.test(node.tagName)),
  );
  const byline = blocks.find((node) => isElement(node) && hasClass(node, 'byline'));
  if (byline) work.unmapped.push(`Chapter ${position} has a byline of its own: ${textOf(byline)}.`);
  return labelledTexts(
    blocks.filter((node) => node !== byline),
    work,
    `The head of chapter ${position}`,
  );
}

function addEndNotes(chapter: OpenChapter, found: LabelledTexts): void {
  const source = [chapter.texts.endNotes, found.summary, found.notes, found.endNotes]
    .filter((text) => text !== undefined)
    .map((text) => text.source)
    .join('\n');
  if (source !== '') chapter.texts.endNotes = { format: 'html', source };
}
