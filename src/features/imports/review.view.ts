/** A rescued text as a review pages through it: chapters, pages of blocks, open questions and sure repairs counted. */
import { openGuesses } from './guesses.ts';
import type { Rescue } from './imported-work.ts';
import { SURE, type RepairKind } from './restore/repair.ts';
import type { ReviewBlock } from './restore/review.ts';

/** Which blocks of a text a page shows. */
export interface ReviewPlace {
  chapter: number;
  chapters: number;
  page: number;
  from: number;
  to: number;
  /** Blocks of the chapter. */
  inChapter: number;
  /** The chapter and the page on which a block stands. */
  placeOf: (block: number) => { chapter: number; page: number };
}

/**
 * Where a page lies in a text. A block outside the story is shown with a chapter: what stands before it with the first,
 * notes with the last. A chapter or page that is not there is the nearest one.
 */
export function reviewPlace(
  blocks: readonly Pick<ReviewBlock, 'chapter'>[],
  asked: { chapter: number; page: number },
  perPage: number,
): ReviewPlace {
  let running = 1;
  const chapterOf = blocks.map((block) => (running = Math.max(running, block.chapter)));
  const chapters = running;
  const firstOf = Array.from({ length: chapters }, (_, i) => Math.max(0, chapterOf.indexOf(i + 1)));
  const chapter = Math.min(asked.chapter, chapters);
  const first = firstOf[chapter - 1] ?? 0;
  const end = chapterOf.lastIndexOf(chapter) + 1;
  const inChapter = Math.max(0, end - first);
  const page = Math.min(asked.page, Math.max(1, Math.ceil(inChapter / perPage)));
  const from = first + (page - 1) * perPage;
  return {
    chapter,
    chapters,
    page,
    from,
    to: Math.min(from + perPage, end),
    inChapter,
    placeOf: (block) => {
      const its = chapterOf[block] ?? 1;
      return { chapter: its, page: Math.floor((block - (firstOf[its - 1] ?? 0)) / perPage) + 1 };
    },
  };
}

/** How many open questions there are of each kind, the most frequent first. */
export function guessKinds(rescue: Rescue): { kind: RepairKind; count: number }[] {
  const groups = new Map(openGuesses(rescue).map((repair) => [repair.group ?? repair.id, repair.kind]));
  return counted([...groups.values()]);
}

/** How many sure repairs there are of each kind, the most frequent first. */
export function sureKinds(rescue: Rescue): { kind: RepairKind; count: number }[] {
  return counted(
    rescue.repairs.filter((one) => one.state === 'applied' && one.certainty >= SURE).map((one) => one.kind),
  );
}

function counted(kinds: readonly RepairKind[]): { kind: RepairKind; count: number }[] {
  const counts = new Map<RepairKind, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => ({ kind, count })).toSorted((a, b) => b.count - a.count);
}
