/**
 * The texts of a work out of a source and its repairs, and nothing else: the same repairs always give the same texts.
 * What comes out is HTML for the cleaner, not yet cleaned. Never throws, linear, no side effects.
 */
import { escapeHtml } from '../../../platform/html/text.ts';
import type { Rescue } from '../imported-work.ts';
import { chapterTitle } from '../readers/chapter-heading.ts';
import { layBlocks } from './blocks.ts';
import type { Block } from './blocks.ts';
import { Inline } from './inline.ts';

export interface ComposedChapter {
  title?: string;
  html: string;
}

export interface Composed {
  chapters: ComposedChapter[];
  /** From the header block, as plain text. */
  title: string | null;
  /** HTML each; null where the source has none. */
  summary: string | null;
  notes: string | null;
  endNotes: string | null;
  /** Other values of the header block, as plain text, in their order. */
  header: HeaderValue[];
}

export interface HeaderValue {
  /** Which field it is, as `readers/header-labels.ts` names them. */
  name: string;
  /** The label as written, without its colon. */
  label: string;
  value: string;
}

/** A block and what it looks like. */
export interface ComposedBlock extends Block {
  /** `<p>…</p>`, `<h3>…</h3>`, `<hr>`. */
  html: string;
  /** The same as plain text. */
  text: string;
}

/** The source (`SourceFile.raw`'s piece) and its rescue in, the texts of the work out. */
export function compose(source: string, rescue: Pick<Rescue, 'notation' | 'repairs'>): Composed {
  const composed: Composed = { chapters: [], title: null, summary: null, notes: null, endNotes: null, header: [] };
  const chapters: { title?: string; html: string[] }[] = [];
  const fields = { summary: [] as string[], notes: [] as string[], endNotes: [] as string[] };
  for (const block of composedBlocks(source, rescue)) {
    const { kind, field, html, text } = block;
    if (field === 'title') composed.title = composed.title === null ? text : `${composed.title} ${text}`;
    else if (field === 'header') addToHeader(composed.header, block);
    else if (field !== 'text') fields[field].push(html);
    else if (kind === 'chapter') {
      const title = chapterTitle(text, chapters.length + 1);
      chapters.push({ ...(title === undefined ? {} : { title }), html: [] });
    } else {
      if (chapters.length === 0) chapters.push({ html: [] });
      chapters.at(-1)?.html.push(html);
    }
  }
  for (const field of ['summary', 'notes', 'endNotes'] as const) {
    if (fields[field].length > 0) composed[field] = fields[field].join('\n');
  }
  composed.chapters = chapters.map(({ title, html }) => ({
    ...(title === undefined ? {} : { title }),
    html: withoutOuterRules(html).join('\n'),
  }));
  return composed;
}

/** The blocks of a rescued text, each with its pieces and what it looks like. */
export function composedBlocks(source: string, rescue: Pick<Rescue, 'notation' | 'repairs'>): ComposedBlock[] {
  const inline = new Inline(source, rescue.notation);
  return layBlocks(source, rescue.repairs).map((block) => {
    const { html, text } = inline.block(block.pieces);
    if (block.kind === 'scene') return { ...block, html: '<hr>', text: '' };
    if (block.kind === 'paragraph') return { ...block, html: `<p>${html}</p>`, text };
    const heading = headingOf(block) || text;
    return { ...block, html: `<h3>${escapeHtml(heading)}</h3>`, text: heading };
  });
}

/** `\n\n[ii.]\n\n` → `ii.` */
function headingOf(block: Block): string {
  const repair = block.pieces.find(
    (piece) => piece.repair?.kind === 'section' || piece.repair?.kind === 'chapter',
  )?.repair;
  const after = repair?.after.trim() ?? '';
  return after.startsWith('[') && after.endsWith(']') ? after.slice(1, -1) : after;
}

function addToHeader(header: HeaderValue[], { name = '', text, pieces }: ComposedBlock): void {
  const written = pieces.find(({ repair }) => repair?.kind === 'label' && repair.after === name)?.repair?.before;
  const last = header.at(-1);
  if (written === undefined && last?.name === name) last.value += `\n${text}`;
  else header.push({ name, label: plainLabel(written ?? ''), value: text });
}

/** `  **Rating:** ` → `Rating` */
function plainLabel(written: string): string {
  return written
    .replace(/<[^<>]{0,200}>/g, '')
    .replace(/^[^\p{L}\p{N}]{1,200}/u, '')
    .replace(/[\s:：*_~【】\]]{1,200}$/u, '');
}

/** A scene break that begins or ends a chapter parts nothing. */
function withoutOuterRules(html: readonly string[]): string[] {
  let from = 0;
  let to = html.length;
  while (from < to && html[from] === '<hr>') from += 1;
  while (to > from && html[to - 1] === '<hr>') to -= 1;
  return html.slice(from, to);
}
