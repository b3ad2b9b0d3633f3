/**
 * What a clipboard holds, from word processors and web pages, said in the HTML of a story: words and their emphasis, lists,
 * headings, scene breaks. Fonts, colours, sizes and the classes of other pages stay behind. Not yet clean. Pure.
 *
 *     HTML ─ loose-tree.ts ─ pieces.ts ─ word-lists.ts ─ gaps and scene breaks ─ runs.ts ─ HTML for the cleaner
 */
import { escapeHtml } from '../text.ts';
import { isSceneBreak } from '../plain-text.ts';
import { looseTree } from './loose-tree.ts';
import type { Block } from './block.ts';
import { blocksOf } from './pieces.ts';
import { runHtml, textOfRun, tidied } from './runs.ts';
import { listsGathered } from './word-lists.ts';

/** Where so many of the places between paragraphs are empty ones, that is how somebody parts paragraphs. */
const PARTED_BY_EMPTY = 0.4;

/** Takes HTML as a clipboard has it; returns HTML for the cleaner. No word is left out that was to be seen. */
export function asPasted(html: string): string {
  return print(settled(blocksOf(looseTree(html))));
}

/** Lists gathered, scene breaks found, and empty paragraphs read as what they were for. */
function settled(blocks: readonly Block[]): Block[] {
  const tidy = blocks.map((block): Block => {
    const run = block.run === null ? null : block.name === 'pre' ? block.run : tidied(block.run);
    const inner = { ...block, run, blocks: block.blocks.length > 0 ? settled(block.blocks) : [] };
    const isBreak =
      run !== null && block.name === 'p' && block.mark === undefined && isSceneBreak(textOfRun(run).trim());
    return isBreak ? { name: 'hr', attributes: [], run: null, blocks: [] } : inner;
  });
  return withGaps(listsGathered(tidy));
}

const isEmpty = ({ name, run }: Block) => name === 'p' && run?.length === 0;

function withGaps(blocks: readonly Block[]): Block[] {
  const full = blocks.filter((block) => !isEmpty(block)).length;
  const gaps = blocks.filter((block, at) => isEmpty(block) && at > 0 && !isEmpty(blocks[at - 1] ?? block)).length;
  // One empty paragraph parts paragraphs then; two or more are a gap.
  const least = full > 1 && gaps / (full - 1) >= PARTED_BY_EMPTY ? 2 : 1;
  const result: Block[] = [];
  let empty = 0;
  for (const block of blocks) {
    if (isEmpty(block)) {
      empty += 1;
      continue;
    }
    const last = result.at(-1);
    if (empty >= least && last && last.run !== null && block.run !== null) result.push(GAP);
    empty = 0;
    result.push(block);
  }
  return result;
}

const GAP: Block = { name: 'p', attributes: [], run: [], blocks: [] };

function print(blocks: readonly Block[]): string {
  return blocks.map(printBlock).join('\n');
}

function printBlock(block: Block): string {
  const { name, run } = block;
  if (name === 'hr' || name === 'col') return `<${name}>`;
  if (name === 'text') return run === null ? '' : runHtml(run);
  const attributes = block.attributes.map(([key, value]) => ` ${key}="${escapeHtml(value)}"`).join('');
  const inside = run === null ? print(block.blocks) : run.length === 0 && name === 'p' ? '<br>' : runHtml(run);
  return `<${name}${attributes}>${inside}</${name}>`;
}
