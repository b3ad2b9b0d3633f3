/**
 * Word documents (DOCX) of Word, LibreOffice, Google Docs and others, read by mammoth from parts that the archive's own
 * zip reader has checked; what mammoth leaves out of styles (italics, alignment, outline levels) is put back before.
 */
import type { Element } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { emptyImportedWork } from '../imported-work.ts';
import type { ImportedWork } from '../imported-work.ts';
import { fileKind } from '../file-kind.ts';
import { factsFromXml, layDocument, reportPictures } from './document-facts.ts';
import { docxLooks } from './docx-styles.ts';
import { DocxPreparation, STYLE_MAP } from './docx-prepare.ts';
import { blocksFrom } from './html-blocks.ts';
import { htmlOverLimits } from './html-limits.ts';
import { looksOf } from './html-style.ts';
import { hasClass, idOf, isElement } from './html-tree.ts';
import type { Content } from './html-tree.ts';
import { readOfficeParts } from './office-zip.ts';
import type { Reader, ReadResult } from './reader.ts';
import { counted } from './story-blocks.ts';
import type { StoryBlock } from './story-blocks.ts';
import { takeHeaderBlock } from './story-head.ts';

/** mammoth builds three trees of a part; of half a gigabyte each at this size. The longest works have a quarter. */
const MAX_PART = 40 * 2 ** 20;

export const docxReader: Reader = {
  format: 'docx',

  sniff(file) {
    return fileKind(file) === 'docx' ? 0.95 : 0;
  },

  async read(file) {
    const opened = await readOfficeParts(file.bytes, isWanted, MAX_PART);
    if (!opened.ok) return opened;
    const { parts, names } = opened;
    if (
      ![...parts.keys()].some((name) => /^word\/document\d*\.xml$/.test(name)) &&
      names.some((name) => /^(?:xl|ppt)\//.test(name))
    )
      return { ok: false, reason: 'This Office file is a table or a presentation, not a text.' };
    try {
      return await readDocument(parts);
    } catch (error) {
      if (error instanceof RangeError)
        return { ok: false, reason: 'This Word document is too tangled inside to be read.' };
      // mammoth throws for parts that are missing or no XML.
      return {
        ok: false,
        reason: 'This Word document is damaged inside. Open it in a word processor, save it again and import that.',
      };
    }
  },
};

/** Text and what belongs to it; pictures, themes and fonts stay packed. */
function isWanted(name: string): boolean {
  return (
    /(?:\.xml|\.rels)$/i.test(name) &&
    !/(?:theme|glossary|customXml|fontTable|webSettings|embeddings|charts|diagrams)/.test(name)
  );
}

async function readDocument(parts: ReadonlyMap<string, string>): Promise<ReadResult> {
  const work = emptyImportedWork();
  const prepare = new DocxPreparation(docxLooks(parts.get('word/styles.xml')));
  // Loaded with the first Word file: it takes as long as the rest of the program.
  const { default: mammoth } = await import('mammoth');
  const { value, messages } = await mammoth.convertToHtml(partsAsInput(parts), {
    styleMap: [...STYLE_MAP],
    includeEmbeddedStyleMap: false,
    ignoreEmptyParagraphs: false,
    externalFileAccess: false,
    transformDocument: (document: unknown) => prepare.document(document),
  });
  const refusal = htmlOverLimits(value);
  if (refusal)
    return {
      ok: false,
      reason: 'This Word document has too many parts to be read as one work. Split it into smaller ones.',
    };
  const page = fromHtml(value, { fragment: true });
  const { nodes, notes } = withoutNotes(page.children);
  const blocks = blocksFrom(nodes.map(asMeant), { looks: looksOf(page), dropped: new Set(), language: '', words: 0 });
  report(parts, prepare, messages, work);
  layDocument(work, factsFromXml(parts.get('docProps/core.xml')), withNotes(blocks, notes), takeHeaderBlock);
  if (work.chapters.length === 0) return { ok: false, reason: 'This Word document holds no text.' };
  return { ok: true, work };
}

/**
 * mammoth takes, beside a path or a buffer that it would unzip itself, an opened file with `exists` and `read`: so that
 * what it sees is what was checked.
 */
function partsAsInput(parts: ReadonlyMap<string, string>): { buffer: Buffer } {
  const file = {
    exists: (name: string) => parts.has(name),
    read: async (name: string) => parts.get(name) ?? '',
  };
  const input: unknown = { file };
  return input as { buffer: Buffer };
}

/** The list of notes that mammoth puts at the end, taken off, as one paragraph each by their ids. */
function withoutNotes(nodes: readonly Content[]): { nodes: Content[]; notes: Map<string, string> } {
  const notes = new Map<string, string>();
  const last = nodes.at(-1);
  const items = isElement(last, 'ol') ? last.children.filter((child) => isElement(child, 'li')) : [];
  const isNotes = items.length > 0 && items.every((item) => /^(?:foot|end)note-/.test(idOf(item)));
  if (!isNotes) return { nodes: [...nodes], notes };
  for (const [i, item] of items.entries()) {
    const blocks = blocksFrom(item.children, {
      looks: looksOf({ type: 'root', children: [] }),
      dropped: new Set(),
      language: '',
      words: 0,
    });
    const inner = blocks
      .map((block) => block.html.replace(/^<p(?: align="[a-z]+")?>([\s\S]*)<\/p>$/, '$1'))
      .filter(Boolean);
    notes.set(idOf(item), `<p id="${idOf(item)}">[${i + 1}] ${inner.join('<br>')}</p>`);
  }
  return { nodes: nodes.slice(0, -1), notes };
}

/** Each note with the block that refers to it; one that nothing refers to with the last. */
function withNotes(blocks: readonly StoryBlock[], notes: Map<string, string>): StoryBlock[] {
  if (notes.size === 0) return [...blocks];
  const placed = blocks.map((block) => {
    const own: string[] = [];
    for (const [, id = ''] of block.html.matchAll(/href="#((?:foot|end)note-[^"]{1,40})"/g)) {
      const note = notes.get(id);
      if (note !== undefined) own.push(note);
      notes.delete(id);
    }
    return own.length > 0 ? { ...block, notes: own } : block;
  });
  const last = placed.pop();
  if (last) placed.push({ ...last, notes: [...(last.notes ?? []), ...notes.values()] });
  return placed;
}

/** The classes of the style map as the elements and attributes that say the same. */
function asMeant(node: Content): Content {
  const rule: Element = { type: 'element', tagName: 'hr', properties: {}, children: [] };
  if (!isElement(node, 'p')) return node;
  if (hasClass(node, 'fanfold-break')) return rule;
  const align = hasClass(node, 'fanfold-center') ? 'center' : hasClass(node, 'fanfold-right') ? 'right' : undefined;
  return align ? { ...node, properties: { align } } : node;
}

function report(
  parts: ReadonlyMap<string, string>,
  prepare: DocxPreparation,
  messages: readonly { message: string }[],
  work: ImportedWork,
): void {
  const document = parts.get('word/document.xml') ?? '';
  const deletions = document.match(/<w:(?:del|moveFrom)\s/g)?.length ?? 0;
  if (deletions > 0)
    work.unmapped.push(
      counted(
        deletions,
        'deletion that was still tracked was left out',
        'deletions that were still tracked were left out',
      ),
    );
  if (prepare.comments > 0)
    work.unmapped.push(counted(prepare.comments, 'comment was left out', 'comments were left out'));
  reportPictures(prepare.pictures, work);
  const ignored = new Set<string>();
  for (const { message } of messages) {
    const element = /^An unrecognised element was ignored: (?:\{[^}]{0,200}\})?([\w:.-]{1,60})/.exec(message)?.[1];
    if (element) ignored.add(element);
    else if (/symbol|w:sym/.test(message)) ignored.add('w:sym');
  }
  if (ignored.size > 0)
    work.unmapped.push(
      `Parts of the document that cannot be read were left out: ${[...ignored].slice(0, 20).join(', ')}.`,
    );
}
