/**
 * A Word document as mammoth has read it, made ready for its conversion: looks that only styles speak of are put on the
 * text, alignment and page breaks become styles that the style map knows, pictures and comments are counted and leave.
 */
import type { DocxLook } from './docx-styles.ts';
import { TITLE_CLASS } from './html-blocks.ts';

/** What of mammoth's elements is read or set here. */
interface DocxElement {
  type: string;
  children?: DocxElement[];
  styleId?: string | null;
  styleName?: string | null;
  alignment?: string | null;
  numbering?: unknown;
  breakType?: string;
  altText?: string;
  isItalic?: boolean;
  isBold?: boolean;
  isUnderline?: boolean;
  isStrikethrough?: boolean;
  comments?: unknown[];
  notes?: { _notes?: Record<string, { body?: DocxElement[] }> };
}

const CENTER = 'fanfold center';
const RIGHT = 'fanfold right';
const BREAK = 'fanfold break';
const TITLE = 'fanfold title';
const QUOTE = 'fanfold quote';

/** For mammoth: what becomes of the styles that are set here, and of underlining, which it leaves out by itself. */
export const STYLE_MAP: readonly string[] = [
  'u => u',
  'i => i',
  'b => b',
  'strike => s',
  `p[style-name='${CENTER}'] => p.fanfold-center:fresh`,
  `p[style-name='${RIGHT}'] => p.fanfold-right:fresh`,
  `p[style-name='${BREAK}'] => p.fanfold-break:fresh`,
  `p[style-name='${TITLE}'] => h1.${TITLE_CLASS}:fresh`,
  `p[style-name='${QUOTE}'] => blockquote > p:fresh`,
];

export class DocxPreparation {
  readonly #look: (id: string | null) => DocxLook;
  readonly pictures: string[] = [];
  comments = 0;

  constructor(look: (id: string | null) => DocxLook) {
    this.#look = look;
  }

  /** Takes mammoth's document and changes it in place. */
  document(given: unknown): unknown {
    const document = given as DocxElement;
    this.comments = document.comments?.length ?? 0;
    this.#children(document, null);
    for (const note of Object.values(document.notes?._notes ?? {}))
      if (note.body) this.#children({ type: 'note', children: note.body }, null);
    return given;
  }

  #children(element: DocxElement, paragraph: DocxLook | null): void {
    const children = element.children;
    if (!children) return;
    const kept: DocxElement[] = [];
    for (const child of children) {
      if (child.type === 'image') this.pictures.push(child.altText?.trim() ?? '');
      else if (child.type === 'commentReference') continue;
      else if (child.type === 'paragraph') for (const part of this.#paragraph(child)) kept.push(part);
      else {
        if (child.type === 'run') this.#run(child, paragraph);
        this.#children(child, paragraph);
        kept.push(child);
      }
    }
    // Notes' bodies are held by others too, so the array itself is changed.
    children.length = 0;
    for (const child of kept) children.push(child);
  }

  #paragraph(paragraph: DocxElement): DocxElement[] {
    const look = this.#look(paragraph.styleId ?? null);
    const heading = headingOf(look);
    // A heading's own boldness says nothing.
    this.#children(paragraph, heading === null ? look : {});
    const align = paragraph.alignment ?? look.align;
    paragraph.styleId = null;
    if (heading !== null) paragraph.styleName = heading;
    else if (/^(?:quote|intense quote|block text|quotations)$/i.test(look.name ?? '')) paragraph.styleName = QUOTE;
    else if (paragraph.numbering) paragraph.styleName = null;
    else paragraph.styleName = align === 'center' ? CENTER : align === 'right' || align === 'end' ? RIGHT : null;
    return parted(paragraph);
  }

  #run(run: DocxElement, paragraph: DocxLook | null): void {
    const own = this.#look(run.styleId ?? null);
    run.styleId = null;
    run.styleName = null;
    const look = { ...paragraph, ...own };
    if (look.italic) run.isItalic = true;
    if (look.bold) run.isBold = true;
    if (look.strike) run.isStrikethrough = true;
    // Links are underlined by their style everywhere.
    if (look.underline && !/hyperlink/i.test(own.name ?? '')) run.isUnderline = true;
  }
}

function headingOf(look: DocxLook): string | null {
  if (/^title$/i.test(look.name ?? '')) return TITLE;
  const level = Number(/^heading (\d)$/i.exec(look.name ?? '')?.[1] ?? look.level ?? 0);
  return level >= 1 ? `heading ${Math.min(level, 6)}` : null;
}

/** A paragraph cut where a page ends in it: what stands before, the break, what stands after. */
function parted(paragraph: DocxElement): DocxElement[] {
  const parts: DocxElement[] = [];
  let runs: DocxElement[] = [];
  let broken = false;
  const end = (): void => {
    if (runs.some(hasContent)) parts.push({ ...paragraph, children: runs });
    runs = [];
  };
  for (const run of paragraph.children ?? []) {
    const pieces = run.children ?? [];
    if (!pieces.some(isPageBreak)) {
      runs.push(run);
      continue;
    }
    broken = true;
    let held: DocxElement[] = [];
    for (const piece of pieces) {
      if (!isPageBreak(piece)) {
        held.push(piece);
        continue;
      }
      if (held.length > 0) runs.push({ ...run, children: held });
      held = [];
      end();
      parts.push({ ...paragraph, styleName: BREAK, numbering: null, children: [] });
    }
    if (held.length > 0) runs.push({ ...run, children: held });
  }
  if (!broken) return [paragraph];
  end();
  return parts;
}

function isPageBreak(element: DocxElement): boolean {
  return element.type === 'break' && element.breakType === 'page';
}

function hasContent(element: DocxElement): boolean {
  return element.type === 'text' || element.type === 'noteReference' || (element.children?.some(hasContent) ?? false);
}
