/**
 * eFiction's stored chapters: a fragment of HTML in a `.txt`, without doctype or head, each quote with a backslash before
 * it (PHP's magic quotes, stored as they came), in an old code page. Titles and notes are in eFiction's database, not in
 * these files; a header block at the head is read.
 */
import { plainText } from '../../../platform/html/text.ts';
import { emptyImportedWork } from '../imported-work.ts';
import { fileKind } from '../file-kind.ts';
import { splitFrontMatter } from './front-matter.ts';
import { applyHeaderBlock, takeHeader } from './header-block-fields.ts';
import { findHtmlHeaderBlock } from './header-block-html.ts';
import type { PromptReader } from './reader.ts';

/** Backslashes enough to believe that a program put them there: beside HTML, and in a text without any. */
const LEAST_WITH_TAGS = 2;
const LEAST_WITHOUT = 6;
const SNIFFED = 65_536;

export const efictionReader: PromptReader = {
  format: 'efiction',

  sniff(file) {
    const kind = fileKind(file);
    if (kind !== 'text' && kind !== 'html') return 0;
    const head = file.text.slice(0, SNIFFED);
    if (!head.includes('\\') || isPage(head) || splitFrontMatter(head)) return 0;
    const { slashed, bare } = quotesIn(head);
    const tags = tagsIn(head);
    if (slashed < (tags > 0 ? LEAST_WITH_TAGS : LEAST_WITHOUT) || !isConsistent(slashed, bare)) return 0;
    return tags > 1 ? 0.85 : 0.6;
  },

  read(file) {
    const work = emptyImportedWork();
    const { text, removed } = unslashed(file.text);
    if (removed > 0) work.repairs.push(`${counted(removed, 'backslash')} before quotes ${was(removed)} removed.`);
    else if (quotesIn(file.text).slashed > 0)
      work.repairs.push('Some quotes have a backslash before them and some have none, so all were left as they are.');
    const isHtml = tagsIn(text) > 0;
    let source: string;
    if (isHtml) {
      const header = findHtmlHeaderBlock(text);
      if (header) applyHeaderBlock(work, header.block, 'html');
      source = brokenAsShown(header?.rest ?? text).trim();
    } else source = takeHeader(work, text, 'text').trim();
    if ((isHtml ? plainText(source) : source).trim() === '')
      return { ok: false, reason: 'There is no text in this file, only a description of a work.' };
    work.chapters.push({ text: { format: isHtml ? 'html' : 'text', source } });
    return { ok: true, work };
  },
};

function isPage(head: string): boolean {
  return /<(?:!doctype|html|head|body)[\s>]/i.test(head);
}

const FRAGMENT_TAG =
  /<\/?(?:p|br|i|b|u|em|strong|center|div|span|font|hr|blockquote|h[1-6]|ul|ol|li|a)(?:\s[^<>]{0,300})?\/?>/gi;

function tagsIn(text: string): number {
  return text.match(FRAGMENT_TAG)?.length ?? 0;
}

/** Straight quotes with an odd number of backslashes before them, and without, outside and inside of tags. */
function quotesIn(text: string): { slashed: number; bare: number } {
  let slashed = 0;
  let bare = 0;
  let slashes = 0;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i];
    if (sign === '\\') {
      slashes++;
      continue;
    }
    if (sign === '"' || sign === "'") {
      if (slashes % 2 === 1) slashed++;
      else bare++;
    }
    slashes = 0;
  }
  return { slashed, bare };
}

/** A later edit by hand may have added a few quotes. */
function isConsistent(slashed: number, bare: number): boolean {
  return slashed >= 20 * bare;
}

/** How often a text may have gone through the form that slashed it. */
const MAX_TIMES = 4;

/** Takes away what magic quotes put in, as often as they did; nothing where only some quotes have it. */
function unslashed(text: string): { text: string; removed: number } {
  let now = text;
  for (let times = 0; times < MAX_TIMES; times++) {
    const { slashed, bare } = quotesIn(now);
    if (slashed === 0 || !isConsistent(slashed, bare)) break;
    now = now.replace(/\\(["'\\])/g, '$1');
  }
  return { text: now, removed: text.length - now.length };
}

/** A text without `<br>` and `<p>` was shown with its line ends as breaks: blank lines part paragraphs. */
function brokenAsShown(html: string): string {
  if (/<(?:br|p|div|li|tr)[\s>/]/i.test(html)) return html;
  return html
    .split(/\n[ \t]*\n\s*/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => `<p>${paragraph.trim().replaceAll('\n', '<br>\n')}</p>`)
    .join('\n');
}

function counted(number: number, word: string): string {
  return number === 1 ? `One ${word}` : `${number} ${word}es`;
}

function was(number: number): string {
  return number === 1 ? 'was' : 'were';
}
