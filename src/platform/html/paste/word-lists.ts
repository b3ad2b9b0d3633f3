/**
 * Lists of Word, which are paragraphs with a mark of their own in each: `mso-list: l0 level2 lfo1` and, in a piece that
 * is not to be read, the bullet or the number. Pure.
 */
import type { Block, ListMark } from './block.ts';
import type { LooseElement, LooseNode } from './loose-tree.ts';

/** The mark of a paragraph that is an item, or undefined. */
export function markOf(element: LooseElement): ListMark | undefined {
  const list = element.style.get('mso-list');
  const level = Number(/level(\d)/.exec(list ?? '')?.[1] ?? 0);
  if (level === 0) return undefined;
  const sign = signIn(element.children).trim();
  const counted = /^\(?(\d{1,4}|[ivxlc]{1,6}|[IVXLC]{1,6}|[a-z]|[A-Z])[.)]$/.exec(sign)?.[1];
  if (counted === undefined) return { level, name: 'ul', start: 1, type: '1' };
  if (/^\d/.test(counted)) return { level, name: 'ol', start: Number(counted), type: '1' };
  const lower = counted === counted.toLowerCase();
  if (/^[ivxlc]+$/i.test(counted) && (counted.length > 1 || /^[iv]$/i.test(counted)))
    return { level, name: 'ol', start: 1, type: lower ? 'i' : 'I' };
  return { level, name: 'ol', start: counted.toLowerCase().charCodeAt(0) - 96, type: lower ? 'a' : 'A' };
}

function signIn(nodes: readonly LooseNode[]): string {
  for (const node of nodes) {
    if (typeof node === 'string') continue;
    if (node.style.get('mso-list') === 'ignore') return textIn(node.children);
    const found = signIn(node.children);
    if (found !== '') return found;
  }
  return '';
}

function textIn(nodes: readonly LooseNode[]): string {
  return nodes
    .map((node) => (typeof node === 'string' ? node.replaceAll('\u00a0', ' ') : textIn(node.children)))
    .join('');
}

/** Gathers paragraphs with marks into lists in lists. */
export function listsGathered(blocks: readonly Block[]): Block[] {
  const result: Block[] = [];
  /** The lists that are open, outermost first. */
  let open: Block[] = [];
  for (const block of blocks) {
    const { mark, ...rest } = block;
    if (mark === undefined) {
      open = [];
      result.push(block);
      continue;
    }
    open.length = Math.min(open.length, mark.level);
    if (open.length === mark.level && open.at(-1)?.name !== mark.name) open.pop();
    while (open.length < mark.level) {
      const list = listFor(mark);
      const holder = open.at(-1)?.blocks.at(-1);
      if (holder) inItem(holder, list);
      else if (open.length === 0) result.push(list);
      else open.at(-1)?.blocks.push({ name: 'li', attributes: [], run: null, blocks: [list] });
      open.push(list);
    }
    open.at(-1)?.blocks.push({ ...rest, name: 'li', attributes: [] });
  }
  return result;
}

function listFor(mark: ListMark): Block {
  const attributes: [string, string][] = [];
  if (mark.name === 'ol' && mark.type !== '1') attributes.push(['type', mark.type]);
  if (mark.name === 'ol' && mark.start > 1) attributes.push(['start', String(mark.start)]);
  return { name: mark.name, attributes, run: null, blocks: [] };
}

/** Puts a list behind the text of an item. */
function inItem(item: Block, list: Block): void {
  if (item.run !== null) {
    item.blocks = [{ name: 'text', attributes: [], run: item.run, blocks: [] }];
    item.run = null;
  }
  item.blocks.push(list);
}
