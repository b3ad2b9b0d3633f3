/**
 * Where reading a text hands over to the rescue: what had lost its form gets it back, and the work is given the texts that
 * were made. A text that stands as its author left it is not touched.
 */
import type { ImportedWork } from '../imported-work.ts';
import { openGuesses } from '../guesses.ts';
import { compose } from '../restore/compose.ts';
import type { Repair, RepairKind } from '../restore/repair.ts';
import { restore, type Restored } from '../restore/restore.ts';
import { viewOf } from '../restore/view.ts';
import { asHtml } from '../../../platform/html/as-html.ts';
import { applyHeaderBlock } from './header-block-fields.ts';
import { findHeaderBlock } from './header-block.ts';

/** Repairs that only a rescue makes; line ends and white space alone are read as they are everywhere. */
const TELLING: ReadonlySet<RepairKind> = new Set(['characters', 'section', 'emphasis', 'label', 'leftover']);

export interface RescuePiece {
  /** The piece of `raw` that holds the text, as UTF-16 offsets. */
  from: number;
  to: number;
  notation: 'text' | 'html';
  /** Rescue it only when its paragraphs are lost: it is described already, by front matter or its page. */
  onlyFlat: boolean;
}

/** Rescues a piece of a file into a work. @returns false when there was nothing to rescue; then the work is as it was. */
export function rescueInto(work: ImportedWork, raw: string, piece: RescuePiece): boolean {
  const source = raw.slice(piece.from, piece.to);
  const restored = restore(source, {
    notation: piece.notation,
    ...(work.language === undefined ? {} : { language: work.language }),
  });
  if (!needsRescue(restored, piece.onlyFlat)) return false;
  const composed = compose(source, restored);
  if (composed.chapters.length === 0) return false;
  work.chapters = composed.chapters.map(({ title, html }) => ({
    ...(title === undefined ? {} : { title }),
    text: { format: 'html', source: html },
  }));
  if (composed.endNotes !== null) {
    // What front matter or the page says stands first; both are kept.
    const before = work.endNotes === undefined ? '' : asHtml(work.endNotes);
    work.endNotes = { format: 'html', source: `${before}\n${composed.endNotes}`.trim() };
  }
  const header = findHeaderBlock(viewOf(source, piece.notation).text);
  if (header && restored.repairs.some((repair) => repair.kind === 'label' && repair.field !== 'endNotes'))
    applyHeaderBlock(work, header, 'text');
  work.repairs.push(...restored.sentences);
  work.rescue = { notation: piece.notation, from: piece.from, to: piece.to, repairs: restored.repairs };
  return true;
}

/** A repair that put something back where the source has no line end. */
function isPutBack({ kind, before }: Repair): boolean {
  return (kind === 'paragraph' || kind === 'scene') && !/[\r\n]|<(?:br|p|div)\b/i.test(before);
}

function needsRescue(restored: Restored, onlyFlat: boolean): boolean {
  // A short text on one line has lost nothing while nothing was put back.
  if (restored.flat && restored.repairs.some(isPutBack)) return true;
  if (onlyFlat) return false;
  if (restored.convention === 'indents') return true;
  const asked = new Set(openGuesses(restored));
  return restored.repairs.some((one) => TELLING.has(one.kind) && (one.state === 'applied' || asked.has(one)));
}
