/**
 * Stories in BBCode, as forums and FimFiction keep them: `[i]`, `[center]`, `[quote]`, `[hr]`. Passed on as HTML; a tag
 * that nobody knows, or that has no other half, is text. Pictures become links when the text is cleaned.
 */
import { emptyImportedWork } from '../imported-work.ts';
import type { ImportedWork } from '../imported-work.ts';
import { fileKind } from '../file-kind.ts';
import { bbcodeToHtml } from './bbcode-html.ts';
import { matchedTags } from './bbcode-tags.ts';
import { chapterTitle } from './chapter-heading.ts';
import { splitFrontMatter } from './front-matter.ts';
import { takeHeader } from './header-block-fields.ts';
import type { PromptReader } from './reader.ts';

const SNIFFED = 200_000;
const LEAST_PAIRS = 2;
/** From here on no Markdown beside it counts. */
const MANY_PAIRS = 4;
const HTML = /<\/?(?:p|br|div|i|b|em|strong|span|html|body|a|center|hr)(?:\s[^<>]{0,200})?\/?>/i;

export const bbcodeReader: PromptReader = {
  format: 'bbcode',

  sniff(file) {
    if (fileKind(file) !== 'text') return 0;
    const head = file.text.slice(0, SNIFFED);
    if (!head.includes('[/') || HTML.test(head) || splitFrontMatter(head)) return 0;
    const pairs = matchedTags(head).filter((tag) => tag.closing).length;
    return pairs < LEAST_PAIRS ? 0 : pairs < MANY_PAIRS ? 0.7 : 0.86;
  },

  read(file) {
    const work = emptyImportedWork();
    const body = takeHeader(work, file.text, 'text');
    for (const field of ['summary', 'notes'] as const) translate(work, field);
    const { chapters, looks } = bbcodeToHtml(body);
    for (const { heading, html } of chapters) {
      const title = chapterTitle(heading ?? '', work.chapters.length + 1);
      work.chapters.push({ ...(title === undefined ? {} : { title }), text: { format: 'html', source: html } });
    }
    if (looks > 0) {
      work.unmapped.push(
        `The text sets sizes, colours or fonts in ${looks === 1 ? 'one place' : `${looks} places`}; the words are kept, their look is not.`,
      );
    }
    if (work.chapters.length === 0)
      return { ok: false, reason: 'There is no text in this file, only a description of a work.' };
    return { ok: true, work };
  },
};

/** What a header says is BBCode too. */
function translate(work: ImportedWork, field: 'summary' | 'notes'): void {
  const text = work[field];
  if (!text) return;
  const { chapters } = bbcodeToHtml(text.source);
  work[field] = { format: 'html', source: chapters.map(({ html }) => html).join('\n') };
}
