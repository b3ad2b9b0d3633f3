/**
 * A run of inline content between two blocks, cut into paragraphs: what its line breaks were meant as is told from how
 * many stand together and how long the lines between them are.
 */
import { countWordsInText } from '../../../platform/html/words.ts';
import type { Around } from './html-inline.ts';
import { emptyBlock, paragraphBlock } from './story-blocks.ts';
import type { StoryBlock } from './story-blocks.ts';

export interface Leaf {
  around: readonly Around[];
  html: string;
  text: string;
  /** A line ends here. */
  break?: true;
  /** Seen although it has no text: a picture. */
  seen?: true;
  /** Where it stands in the page's source. */
  place?: { from: number; to: number };
}

/** Mean lengths of lines, in characters: from here on lines are paragraphs, not verse; and of lines cut to a width. */
const LONG_LINES = 120;
const LONG_LINES_OF_ALL = 60;
const WRAPPED_LINES = [50, 90] as const;
const BREAKS_OF_A_GAP = 4;

interface Line {
  leaves: Leaf[];
  text: string;
  /** Line breaks after it. */
  breaks: number;
}

/**
 * A run in, its paragraphs out; none for a run in which nothing is seen. Two line breaks part paragraphs. Where single
 * ones stand alone, long lines are paragraphs, short ones verse, and lines cut to one width are one paragraph again.
 * `words` are those of the whole story: a run that is most of it is judged less carefully.
 */
export function paragraphsOf(run: readonly Leaf[], align: string | undefined, words: number): StoryBlock[] {
  const rows = linesOf(run);
  if (rows.length === 0) return [];
  const single = singleBreaks(rows, words);
  const blocks: StoryBlock[] = [];
  let leaves: Leaf[] = [];
  let text = '';
  for (const [i, row] of rows.entries()) {
    for (const leaf of row.leaves) leaves.push(leaf);
    text += row.text;
    const last = i === rows.length - 1;
    if (!last && row.breaks === 1 && single !== 'paragraph') {
      const around = row.leaves.at(-1)?.around ?? [];
      leaves.push({ around, html: single === 'space' ? ' ' : '<br>', text: '' });
      text += single === 'space' ? ' ' : '\n';
      continue;
    }
    blocks.push(paragraphBlock(written(leaves), text, align));
    if (!last && row.breaks >= BREAKS_OF_A_GAP) blocks.push(emptyBlock());
    leaves = [];
    text = '';
  }
  return blocks;
}

function linesOf(run: readonly Leaf[]): Line[] {
  const rows: Line[] = [];
  let leaves: Leaf[] = [];
  const end = (): void => {
    const text = leaves.map((leaf) => leaf.text).join('');
    const last = rows.at(-1);
    if (text.trim() !== '' || leaves.some((leaf) => leaf.seen)) rows.push({ leaves, text, breaks: 0 });
    else if (last) for (const leaf of leaves) last.leaves.push(leaf);
    leaves = [];
  };
  for (const leaf of run) {
    if (!leaf.break) {
      leaves.push(leaf);
      continue;
    }
    end();
    const last = rows.at(-1);
    if (last) last.breaks++;
  }
  end();
  return rows;
}

/** What a single line break means in this run. */
function singleBreaks(rows: readonly Line[], words: number): 'break' | 'paragraph' | 'space' {
  const inner = rows.slice(0, -1);
  const alone = inner.filter((row) => row.breaks === 1);
  if (alone.length === 0) return 'break';
  const mean = alone.reduce((sum, row) => sum + row.text.trim().length, 0) / alone.length;
  const ended = alone.filter((row) => /[.!?…:;*"”’»)\]—-]\s*$/u.test(row.text)).length / alone.length;
  const widest = alone.reduce((most, row) => Math.max(most, row.text.trim().length), 0);
  if (alone.length >= 8 && mean >= WRAPPED_LINES[0] && widest <= WRAPPED_LINES[1] && ended < 0.35) return 'space';
  if (alone.length < inner.length) return 'break';
  const own = rows.reduce((sum, row) => sum + countWordsInText(row.text), 0);
  const most = own * 2 >= words;
  return mean > LONG_LINES || (most && rows.length > 2 && mean > LONG_LINES_OF_ALL) ? 'paragraph' : 'break';
}

/** Leaves as HTML, each within the elements around it; an element cut by a paragraph's end is begun again in the next. */
export function written(leaves: readonly Leaf[]): string {
  let html = '';
  const open: Around[] = [];
  for (const leaf of leaves) {
    if (leaf.break) {
      html += '<br>';
      continue;
    }
    let same = 0;
    while (same < open.length && open[same] === leaf.around[same]) same++;
    while (open.length > same) html += `</${open.pop()?.name}>`;
    for (const around of leaf.around.slice(same)) {
      html += around.open;
      open.push(around);
    }
    html += leaf.html;
  }
  while (open.length > 0) html += `</${open.pop()?.name}>`;
  return html;
}
