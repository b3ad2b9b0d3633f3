/**
 * The promise that nothing is lost: a source as the ordered list of its pieces, each the text of a field or consumed by
 * a repair, which joined are the source again.
 */
import { layBlocks } from './blocks.ts';
import type { Block } from './blocks.ts';
import type { Repair, Segment } from './repair.ts';

/** Source and repairs in, the pieces out. Throws when they are not the source, which no list of repairs can cause. */
export function segmentsOf(source: string, repairs: readonly Repair[]): Segment[] {
  const segments = layBlocks(source, repairs).flatMap(({ pieces, field, name, chapter, block }) =>
    pieces.map(({ from, to, repair }): Segment => {
      if (repair !== undefined) return { from, to, repair: repair.id };
      return { from, to, field, ...(name === undefined ? {} : { name }), chapter, block };
    }),
  );
  let at = 0;
  for (const { from, to } of segments) {
    if (from !== at || to < from) throw new Error(`The pieces of a text do not meet at ${at}.`);
    at = to;
  }
  if (at !== source.length) throw new Error(`The pieces of a text end at ${at}, not at ${source.length}.`);
  return segments;
}

/** The source again, out of its pieces. */
export function joined(source: string, segments: readonly Segment[]): string {
  return segments.map(({ from, to }) => source.slice(from, to)).join('');
}

/** All repairs taken back: the text is then the source as it stands. */
export function undoAll(repairs: readonly Repair[]): Repair[] {
  return repairs.map((repair) => ({ ...repair, state: 'undone' }));
}

/** What the repairs put back: the source again, from the pieces of text and what the repairs say they replaced. */
export function sourceAgain(source: string, repairs: readonly Repair[]): string {
  const before = new Map(repairs.map((repair) => [repair.id, repair.before]));
  return segmentsOf(source, repairs)
    .map((segment) => ('repair' in segment ? before.get(segment.repair) : source.slice(segment.from, segment.to)))
    .join('');
}

/** Repairs with field, chapter and block as they now are; a label keeps the field that it begins. */
export function placed(source: string, repairs: readonly Repair[]): Repair[] {
  const blocks = layBlocks(source, repairs);
  const holder = new Map<Repair, Block>();
  for (const block of blocks)
    for (const { repair } of block.pieces) if (repair !== undefined) holder.set(repair, block);
  let next = 0;
  return repairs.map((repair) => {
    while (next < blocks.length - 1 && (blocks[next]?.to ?? 0) <= repair.from) next += 1;
    const { field = 'text', chapter = 0, block = 0 } = holder.get(repair) ?? blocks[next] ?? {};
    return { ...repair, field: repair.kind === 'label' ? repair.field : field, chapter, block };
  });
}
