/**
 * HTML of unknown origin: a saved page with its menus, what Word, Google Docs or LibreOffice wrote, or a bare text with
 * a few tags. Finds the story and keeps all of it; what stands around it is counted and named.
 */
import type { Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { countWordsInText } from '../../../platform/html/words.ts';
import { emptyImportedWork } from '../imported-work.ts';
import type { ImportedWork } from '../imported-work.ts';
import { fileKind } from '../file-kind.ts';
import { readFanfictionNet, shownChapter } from './fanfiction-net-facts.ts';
import { blocksFrom } from './html-blocks.ts';
import { htmlOverLimits } from './html-limits.ts';
import { looksOf } from './html-style.ts';
import { readFacts } from './page-facts.ts';
import { findStory } from './page-story.ts';
import type { PromptReader, SourceFile } from './reader.ts';
import { rescueInto } from './rescued-text.ts';
import { counted } from './story-blocks.ts';
import type { StoryBlock } from './story-blocks.ts';
import { layStory } from './story-chapters.ts';
import { takeHeaderBlock } from './story-head.ts';

/** Surer than plain text of anything that is HTML at all, less sure than a reader that knows where the page is from. */
const CERTAINTY = 0.4;

/** Twice what the cleaner takes; the parser needs fifty times that in memory. */
const MAX_CHARACTERS = 24_000_000;

/** Shorter ones are icons, and stay. */
const LONG_DATA = 2000;

/** From so many words on a story of one paragraph has lost its others. */
const FLATTENED_WORDS = 250;
/** The share of the story's words that its one paragraph must hold. */
const FLATTENED_SHARE = 0.9;

export const htmlPageReader: PromptReader = {
  format: 'html',

  sniff(file) {
    return fileKind(file) === 'html' ? CERTAINTY : 0;
  },

  read(file) {
    const page = readHtmlPage(file);
    if (!page.ok) return page;
    if (page.flattened) rescueInto(page.work, file.raw, { ...page.flattened, notation: 'html', onlyFlat: true });
    return { ok: true, work: page.work };
  },
};

export type ReadPage =
  | {
      ok: true;
      work: ImportedWork;
      /**
       * Set when the story is one long paragraph, whose breaks were lost: the piece of `file.raw` that is its inner HTML,
       * as UTF-16 offsets, to be handed to the rescue. The story is then the only chapter.
       */
      flattened?: { from: number; to: number };
    }
  | { ok: false; reason: string };

/** What the reader does, with what it knows of a flattened text beside the work. Never throws. */
export function readHtmlPage(file: SourceFile): ReadPage {
  const html = closedXhtml(withoutData(file.text));
  if (html.length > MAX_CHARACTERS)
    return { ok: false, reason: 'This HTML file is longer than any story. Split it into smaller files.' };
  const refusal = htmlOverLimits(html);
  if (refusal) return { ok: false, reason: refusal };
  try {
    return readPage(file, fromHtml(html), html.length === file.text.length);
  } catch (error) {
    // The count above is of the markup; a parser that builds deeper than it still runs out of stack, and of nothing else.
    if (error instanceof RangeError) return { ok: false, reason: 'The HTML in this file is too tangled to be read.' };
    throw error;
  }
}

/** Pictures and fonts that a browser saved inside the page, in letters, without their content. */
function withoutData(html: string): string {
  const mark = ';base64,';
  let result = '';
  let from = 0;
  for (let at = html.indexOf(mark); at >= 0; at = html.indexOf(mark, at + 1)) {
    let to = at + mark.length;
    while (isBase64(html.charCodeAt(to))) to++;
    if (to - at < LONG_DATA) continue;
    result += html.slice(from, at + mark.length);
    from = to;
  }
  return from === 0 ? html : result + html.slice(from);
}

/** In XHTML `<title/>` and `<i/>` are whole; read as HTML they would swallow or slant all that follows. */
function closedXhtml(html: string): string {
  if (!/^\s{0,100}<\?xml|\sxmlns=/i.test(html.slice(0, 4000))) return html;
  return html.replace(
    /<(title|script|style|textarea|iframe|a|p|div|span|i|b|u|em|strong|small|sub|sup)(\s[^<>]{0,1000})?\/>/gi,
    (_, name: string, attributes = '') => `<${name}${attributes}></${name}>`,
  );
}

function isBase64(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 47 && code <= 57) ||
    code === 43 ||
    code === 61
  );
}

function readPage(file: SourceFile, page: Root, whole: boolean): ReadPage {
  const work = emptyImportedWork();
  readFacts(page, file.text, work);
  readFanfictionNet(page, work);
  const looks = looksOf(page);
  const found = findStory(page, looks);
  const { nodes, dropped, words, leftOut, begins } = found;
  if (leftOut > 0) {
    const start = begins === '' ? '' : ` They begin “${begins}”`;
    const said = counted(leftOut, 'word', 'words').slice(0, -1);
    work.unmapped.push(
      `${said} around the story ${leftOut === 1 ? 'was' : 'were'} left out as menus, comments and the like.${start}`,
    );
  }
  const blocks = blocksFrom(nodes, { looks, dropped, language: work.language ?? '', words });
  const flat = flattenedBlock(blocks);
  layStory(work, blocks, takeHeaderBlock);
  if (work.chapters.length === 0)
    return { ok: false, reason: 'This page holds no story. Save the page on which the story itself stands.' };
  nameChapter(page, work);
  const span = flat?.span;
  if (!span || !whole || work.chapters.length > 1) return { ok: true, work };
  return { ok: true, work, flattened: inRaw(file, span) };
}

/** A site that shows one chapter a page says which in a menu. */
function nameChapter(page: Root, work: ImportedWork): void {
  const shown = shownChapter(page);
  const [only] = work.chapters;
  if (!shown || !only || work.chapters.length > 1) return;
  if (shown.title !== undefined) only.title ??= shown.title;
  if (shown.of > 1)
    work.unmapped.push(`This page holds one chapter of ${shown.of}; the others are pages of their own.`);
}

/** The one paragraph that is the whole story and too long to have been written so. */
function flattenedBlock(blocks: readonly StoryBlock[]): StoryBlock | null {
  const words = blocks.map((block) => countWordsInText(block.text));
  const all = words.reduce((sum, count) => sum + count, 0);
  const at = words.findIndex((count) => count > FLATTENED_WORDS && count >= all * FLATTENED_SHARE);
  const one = blocks[at];
  return one?.kind === 'paragraph' && !one.text.includes('\n') ? one : null;
}

/** Offsets in the text, whose line ends are one character, as offsets in the file as it was decoded. */
function inRaw(file: SourceFile, span: { from: number; to: number }): { from: number; to: number } {
  if (file.raw.length === file.text.length) return span;
  let pairs = 0;
  let at = file.raw.indexOf('\r\n');
  let { from, to } = span;
  while (at >= 0 && at - pairs < span.to) {
    if (at - pairs < span.from) from++;
    to++;
    pairs++;
    at = file.raw.indexOf('\r\n', at + 2);
  }
  return { from, to };
}
