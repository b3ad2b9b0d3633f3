/**
 * AO3's own HTML download, and that of every archive on the same software, of every era: chosen by ids, classes and
 * labels, whichever of them the file's year has. Texts are passed on as the HTML they are, uncleaned.
 */
import type { Element } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { emptyImportedWork } from '../imported-work.ts';
import type { ImportedWork } from '../imported-work.ts';
import { fileKind } from '../file-kind.ts';
import { readChapters } from './ao3-chapters.ts';
import { readLabels } from './ao3-labels.ts';
import { labelledTexts } from './ao3-texts.ts';
import { ANONYMOUS_SENTENCE, creatorFrom, isAnonymous } from './creator-name.ts';
import { htmlOverLimits } from './html-limits.ts';
import { elementsNamed, findElement, hasClass, hrefOf, idOf, isElement, isEmptyNode, textOf } from './html-tree.ts';
import type { Content } from './html-tree.ts';
import type { PromptReader } from './reader.ts';
import { absoluteLink, sourceAddress } from './source-address.ts';

/** What only the download has, and how much it says. The live page has none of the first three. */
const FEATURES: readonly (readonly [weight: number, pattern: RegExp])[] = [
  [0.4, /<dl\b[^<>]{0,200}\bclass\s*=\s*["']?tags\b/i],
  [0.3, /Posted originally on\b/i],
  [0.1, /<p\b[^<>]{0,200}\bclass\s*=\s*["']?message\b/i],
  [0.1, /href\s*=\s*["']?https?:\/\/[^"'<>\s]{1,200}\/works\/\d+/i],
  [0.1, /<div\b[^<>]{0,200}\b(?:id\s*=\s*["']?(?:preface|chapters)|class\s*=\s*["']?meta)\b/i],
];

export const ao3HtmlReader: PromptReader = {
  format: 'ao3-html',

  sniff(file) {
    if (fileKind(file) !== 'html') return 0;
    const head = file.text.slice(0, 262_144);
    const sum = FEATURES.reduce((total, [weight, pattern]) => total + (pattern.test(head) ? weight : 0), 0);
    return sum > 0.65 ? Math.min(1, sum) : 0;
  },

  read(file) {
    const refusal = htmlOverLimits(file.text);
    if (refusal) return { ok: false, reason: refusal };
    try {
      return readDownload(fromHtml(file.text).children);
    } catch (error) {
      // The count above is of the markup; a parser that builds deeper than it still runs out of stack, and of nothing else.
      if (error instanceof RangeError) return { ok: false, reason: 'The HTML in this file is too tangled to be read.' };
      throw error;
    }
  },
};

/**
 * A download's nodes in, the work out; or the sentence that says it holds no story. An EPUB made of the download gives its
 * pages' nodes in order. @throws RangeError where they are nested deeper than the stack bears.
 */
export function readDownload(nodes: readonly Content[]): ReturnType<PromptReader['read']> {
  const work = emptyImportedWork();
  const blocks = blocksOf(nodes);
  const at = blocks.findIndex(holdsChapters);
  if (at < 0)
    return { ok: false, reason: 'This looks like an AO3 download, but it holds no story. Download it again.' };
  const message = blocks.find((block) => isElement(block, 'p') && hasClass(block, 'message'));
  if (isElement(message)) readMessage(message, work);
  const last = blocks.findLastIndex(holdsChapters);
  readPreface(blocks.slice(0, at), work);
  readChapters(chapterNodes(blocks.slice(at, last + 1)), work);
  readAfterword(blocks.slice(last + 1), work);
  if (work.chapters.every((chapter) => chapter.text.source === '')) {
    return { ok: false, reason: 'This AO3 download holds no text. Download it again.' };
  }
  return { ok: true, work };
}

/** The page as one list of blocks: wrappers, which differ from era to era, are opened; what means something stays whole. */
function blocksOf(nodes: readonly Content[]): Content[] {
  return nodes.flatMap((node) => {
    if (isEmptyNode(node) || isElement(node, 'head') || isElement(node, 'script') || isElement(node, 'style'))
      return [];
    if (!isElement(node)) return [node];
    const wrapper = ['html', 'body', 'div'].includes(node.tagName);
    return wrapper &&
      !['byline', 'endnote-link', 'userstuff'].some((name) => hasClass(node, name)) &&
      idOf(node) !== 'chapters'
      ? blocksOf(node.children)
      : [node];
  });
}

/** `div#chapters`, or a text that stands without it. */
function holdsChapters(block: Content): boolean {
  return isElement(block, 'div') && (idOf(block) === 'chapters' || hasClass(block, 'userstuff'));
}

function chapterNodes(blocks: readonly Content[]): Content[] {
  return blocks.flatMap((block) => (isElement(block) && idOf(block) === 'chapters' ? block.children : [block]));
}

/** "Posted originally on the <archive> at <work>": the second link is the work. */
function readMessage(message: Element, work: ImportedWork): void {
  const title = findElement(message, (element) => element.tagName === 'b' || element.tagName === 'strong');
  if (title && textOf(title) !== '') work.title = textOf(title);
  const links = elementsNamed(message, 'a').map(hrefOf);
  const address = sourceAddress(links[1] ?? links.find((link) => /\/works\/\d+/.test(link ?? '')) ?? '');
  if (address) work.sourceUrl = address;
}

function readPreface(blocks: readonly Content[], work: ImportedWork): void {
  const base = work.sourceUrl;
  const others: Content[] = [];
  for (const block of blocks) {
    if (!isElement(block)) others.push(block);
    else if (hasClass(block, 'message') || hasClass(block, 'toc-heading')) continue;
    else if (block.tagName === 'dl' && hasClass(block, 'tags')) readLabels(block, work, base);
    else if (block.tagName === 'h1' && textOf(block) !== '') work.title = textOf(block);
    else if (hasClass(block, 'byline')) readByline(block, work, base);
    else others.push(block);
  }
  Object.assign(work, labelledTexts(others, work, 'The preface'));
}

function readAfterword(blocks: readonly Content[], work: ImportedWork): void {
  const others = blocks.filter(
    (block) => !isElement(block) || !(hasClass(block, 'message') || hasClass(block, 'toc-heading')),
  );
  const { summary, notes, endNotes } = labelledTexts(others, work, 'The afterword', 'endNotes');
  const texts = [summary, notes, endNotes].filter((text) => text !== undefined);
  if (texts.length > 0) work.endNotes = { format: 'html', source: texts.map((text) => text.source).join('\n') };
}

/** "by <a>Pseud (login)</a>, Name [archived by <a>X</a>]": the pieces between commas outside brackets, each with its link. */
function readByline(byline: Element, work: ImportedWork, base: string | undefined): void {
  let piece: { text: string; url: string | undefined } = { text: '', url: undefined };
  const pieces = [piece];
  let bracket = 0;
  for (const node of byline.children) {
    if (isElement(node, 'a')) {
      if (bracket === 0) piece.url ??= absoluteLink(hrefOf(node), base);
      piece.text += textOf(node);
      continue;
    }
    for (const sign of node.type === 'text' ? node.value : isElement(node) ? textOf(node) : '') {
      bracket = Math.max(0, bracket + (sign === '[' ? 1 : sign === ']' ? -1 : 0));
      if (sign === ',' && bracket === 0) pieces.push((piece = { text: '', url: undefined }));
      else piece.text += sign;
    }
  }
  for (const [i, piece] of pieces.entries()) {
    const creator = creatorFrom(i === 0 ? piece.text.replace(/^\s*by\s+/i, '') : piece.text, piece.url);
    if (creator && isAnonymous(creator.name) && !piece.url) work.unmapped.push(ANONYMOUS_SENTENCE);
    else if (creator) work.creators.push(creator);
  }
}
