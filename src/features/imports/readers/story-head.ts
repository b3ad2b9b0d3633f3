/** The header block of old fandom at the head of a story's blocks: `<p>Title: …</p><p>Rating: PG-13<br>Pairing: …</p>`. */
import { applyHeaderBlock } from './header-block-fields.ts';
import { findHeaderBlock } from './header-block.ts';
import type { StoryBlock } from './story-blocks.ts';
import type { TakeHead } from './story-chapters.ts';

/** A header block longer than this is none. */
const MAX_BLOCKS = 80;
const MAX_CHARACTERS = 24_000;

/**
 * Reads the header block that blocks open with into the work and answers the blocks after it; all of them where there is
 * none, or where it ends in the middle of a line.
 */
export const takeHeaderBlock: TakeHead = (blocks, work) => {
  const starts: number[] = [];
  let text = '';
  for (const block of blocks.slice(0, MAX_BLOCKS)) {
    if (block.kind === 'other' || text.length > MAX_CHARACTERS) break;
    starts.push(text.length);
    text += `${block.kind === 'break' ? '***' : block.text}\n\n`;
  }
  const found = findHeaderBlock(text);
  if (!found || text.slice(0, found.from).trim() !== '') return [...blocks];
  const at = starts.findLastIndex((start) => start < found.to);
  const last = blocks[at];
  if (!last) return [...blocks];
  const inside = found.to - (starts[at] ?? 0);
  const rest = inside >= last.text.length ? null : afterLine(last, inside);
  if (inside < last.text.length && rest === null) return [...blocks];
  applyHeaderBlock(work, found, 'text');
  const notes = blocks.slice(0, at + 1).flatMap((block) => block.notes ?? []);
  const following = rest ? [rest, ...blocks.slice(at + 1)] : blocks.slice(at + 1);
  const [first, ...others] = following;
  return first && notes.length > 0 ? [{ ...first, notes: [...notes, ...(first.notes ?? [])] }, ...others] : following;
};

/** What a paragraph has behind a line end; null when there is none at that place, or only inside an element. */
function afterLine(block: StoryBlock, place: number): StoryBlock | null {
  const before = block.text.slice(0, place);
  if (!before.endsWith('\n') && block.text[place] !== '\n') return null;
  const wanted = before.trimEnd().split('\n').length;
  let lines = 0;
  let depth = 0;
  for (const tag of block.html.matchAll(/<(\/?)([a-z][a-z0-9]{0,12})[^<>]{0,8000}>/gi)) {
    const name = tag[2]?.toLowerCase();
    if (name === 'br') {
      lines++;
      if (lines === wanted && depth === 1) {
        const open = /^<p[^<>]{0,100}>/.exec(block.html)?.[0] ?? '<p>';
        const { notes: _taken, ...rest } = block;
        return {
          ...rest,
          html: open + block.html.slice(tag.index + tag[0].length).trimStart(),
          text: block.text.slice(place).trim(),
        };
      }
    } else if (name !== 'wbr' && name !== 'img') depth += tag[1] === '/' ? -1 : 1;
  }
  return null;
}
