/** A chapter in FanFicFare's shape: heading, notes above, text, notes below. */
import type { Element } from 'hast';
import type { ImportedChapter, ImportedText, ImportedWork } from '../../imported-work.ts';
import { chapterTitle } from '../chapter-heading.ts';
import { hasClass, htmlOf, isElement, isEmptyNode, textOf } from '../html-tree.ts';
import type { Content } from '../html-tree.ts';
import { chapterHtml } from './any-book.ts';
import type { BookPage } from './book.ts';
import { shortened } from './metadata.ts';

/** Adds a page's chapter to the work. `label`: its entry in the contents, for conversions that lost the rest. */
export function addFanFicFareChapter(page: BookPage, work: ImportedWork, label: string | undefined): void {
  const position = work.chapters.length + 1;
  const chapter: ImportedChapter = { text: { format: 'html', source: '' } };
  const nodes: Content[] = [];
  let heading = '';
  for (const node of opened(page.body)) {
    if (isElement(node) && isChapterHeading(node, nodes, label ?? page.title)) heading ||= textOf(node);
    else if (isElement(node) && hasClass(node, 'fff_head_notes')) readNotes(node, 'head', chapter, work, position);
    else if (isElement(node) && hasClass(node, 'fff_foot_notes')) readNotes(node, 'foot', chapter, work, position);
    else if (!(isElement(node) && hasClass(node, 'landmark'))) nodes.push(node);
  }
  const title = titleOf(page.metas.get('chapterorigtitle') || heading || label || '', position);
  chapter.text = { format: 'html', source: chapterHtml(nodes) };
  if (title !== undefined) chapter.title = title;
  work.chapters.push(chapter);
}

/** The story's own boxes opened down to the text; notes and everything else stay whole. */
function opened(nodes: readonly Content[]): Content[] {
  const full = nodes.filter((node) => !isEmptyNode(node));
  return nodes.flatMap((node) => {
    if (!isElement(node, 'div') || hasClass(node, 'fff_chapter_notes')) return [node];
    const box = ['story', 'chapter', 'userstuff', 'fff_chapter_content', 'storytext'].some((name) =>
      hasClass(node, name),
    );
    return box || full.length === 1 || holdsNotes(node) ? opened(node.children) : [node];
  });
}

function holdsNotes(element: Element): boolean {
  return element.children.some((child) => isElement(child) && hasClass(child, 'fff_chapter_notes'));
}

/** The heading FanFicFare wrote: by its class, or the first thing on the page when it says what the contents say. */
function isChapterHeading(element: Element, before: readonly Content[], label: string): boolean {
  if (hasClass(element, 'fff_chapter_title')) return true;
  const first = before.every(isEmptyNode) && /^h[1-4]$/.test(element.tagName);
  return first && bare(textOf(element)) === bare(label);
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}

/** "(new) 3. The Lid" → "The Lid" where it is the third; a number that disagrees is the author's. */
function titleOf(written: string, position: number): string | undefined {
  const text = written.replace(/^\(new\)\s*/i, '').trim();
  const numbered = /^(\d{1,4})\s*[.:]\s+(.+)$/.exec(text);
  return chapterTitle(numbered && Number(numbered[1]) === position ? (numbered[2] ?? '') : text, position);
}

/**
 * Bold labels, each followed by its text. "Author's Note" is the work's own, which the site shows above the first chapter
 * and below the last; "… for the Chapter" is the chapter's. Other labels ("Примечания:") are notes of the chapter.
 */
function readNotes(
  box: Element,
  where: 'head' | 'foot',
  chapter: ImportedChapter,
  work: ImportedWork,
  position: number,
): void {
  let label = '';
  let nodes: Content[] = [];
  const flush = (): void => {
    const source = htmlOf(nodes.flatMap((node) => (isElement(node, 'blockquote') ? node.children : [node])));
    if (nodes.some((node) => textOf(node) !== '')) place(label, { format: 'html', source }, where, chapter, work);
    nodes = [];
  };
  for (const node of box.children) {
    if (isElement(node, 'hr') || isEmptyNode(node)) continue;
    if (isElement(node, 'ul') && hasClass(node, 'associations')) {
      work.unmapped.push(`Related work, above chapter ${position}: ${shortened(textOf(node))}.`);
      continue;
    }
    const bold = isElement(node, 'b') || isElement(node, 'strong');
    if (bold && /[:：]$/.test(textOf(node))) {
      flush();
      label = textOf(node).replace(/\s*[:：]$/, '');
    } else if (!(isElement(node, 'br') && nodes.length === 0)) nodes.push(node);
  }
  flush();
}

function place(
  label: string,
  text: ImportedText,
  where: 'head' | 'foot',
  chapter: ImportedChapter,
  work: ImportedWork,
): void {
  const ofWork = /^author['’]?s? notes?$/i.test(label);
  const join = (before: ImportedText | undefined): ImportedText =>
    before ? { format: 'html', source: `${before.source}\n${text.source}` } : text;
  if (/^(?:summary|description)\b/i.test(label)) chapter.summary = join(chapter.summary);
  else if (where === 'head' && ofWork && work.chapters.length === 0) work.notes = join(work.notes);
  else if (where === 'foot' && ofWork) work.endNotes = join(work.endNotes);
  else if (where === 'head') chapter.notes = join(chapter.notes);
  else chapter.endNotes = join(chapter.endNotes);
}
