/**
 * The text of cleaned HTML, block by block with the ids that `platform/html/blocks.ts` gave: what is indexed and what
 * snippets are cut from. Pure.
 */
import { BLOCK_ELEMENTS } from '../../../platform/html/allow-list.ts';
import { BLOCK_ID } from '../../../platform/html/blocks.ts';
import { resolveReferences } from '../../../platform/html/text.ts';
import { readAttributes, readTokens } from '../../../platform/html/tokens.ts';

export interface TextBlock {
  /** The id of the block the text stands in, the innermost that has one; null where none has. */
  id: string | null;
  text: string;
}

const ID = new Set(['id']);
const WITHOUT_END = new Set(['br', 'col', 'hr', 'wbr']);

/**
 * Takes cleaned HTML; returns its text in order, blocks without words left out, a line break as '\n'. Readings beside ruby
 * (`rt`, `rp`) are left out, so that the words they stand beside follow each other.
 */
export function textBlocks(html: string): TextBlock[] {
  const blocks: TextBlock[] = [];
  const open: { name: string; id: string | null }[] = [];
  let raw = '';
  let readings = 0;
  const flush = (): void => {
    const text = resolveReferences(raw).trim();
    if (text !== '') blocks.push({ id: open.at(-1)?.id ?? null, text });
    raw = '';
  };
  readTokens(html, {
    text: (more) => {
      if (readings === 0) raw += more;
    },
    literal: (more) => {
      if (readings === 0) raw += more;
    },
    open: (name, attributes) => {
      if (name === 'br') raw += '\n';
      else if (name === 'rt' || name === 'rp') readings += 1;
      else if (BLOCK_ELEMENTS.has(name)) {
        flush();
        const id = attributes.includes('b-') ? (readAttributes(attributes, ID).get('id') ?? '') : '';
        if (!WITHOUT_END.has(name)) open.push({ name, id: BLOCK_ID.test(id) ? id : (open.at(-1)?.id ?? null) });
      }
      return undefined;
    },
    close: (name) => {
      if (name === 'rt' || name === 'rp') readings = Math.max(0, readings - 1);
      if (!BLOCK_ELEMENTS.has(name)) return;
      flush();
      if (open.at(-1)?.name === name) open.pop();
    },
  });
  flush();
  return blocks;
}
