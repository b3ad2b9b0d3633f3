/**
 * A condition whose words have been looked up: tags instead of concepts, codes instead of terms, milliseconds instead
 * of days. What is left to ask is asked of rows. Pure.
 */
import type { TagKind } from '../../tags/index.ts';

/** Figures in a work's own row. `posted` and `updated` are UTC milliseconds here. */
export const FIGURES = ['words', 'chapters', 'kudos', 'comments', 'bookmarks', 'hits', 'posted', 'updated'] as const;
export type Figure = (typeof FIGURES)[number];

/** Both ends belong to it; null: open. */
export interface Range {
  from: number | null;
  to: number | null;
}

export type Condition =
  | { all: readonly Condition[] }
  | { any: readonly Condition[] }
  | { not: Condition }
  /** One of these tags stands on the work. */
  | { tags: readonly number[] }
  /** The relationship listed first is one of these. */
  | { firstRelationship: readonly number[] }
  /** A public byline. */
  | { byline: 'pseud' | 'imported'; id: number }
  | { series: number }
  | ({ figure: Figure } & Range)
  /** How many tags of a kind stand on the work. */
  | ({ tagsOfKind: TagKind } & Range)
  | { language: string }
  /** The status that the creator gave. */
  | { status: string }
  | { complete: true }
  | { crossover: true }
  | { works: ReadonlySet<number> };

export const NOTHING: Condition = { any: [] };

/** Values and nodes that one statement may hold: far below either database's limits, also of depth. */
const WEIGHT = 400;
/** Tags below one concept that are still sent with the statement. */
const LONG = 300;

/** Whether one statement can ask it: it is short, and asks for nothing that only TypeScript can tell. */
export function fitsOneStatement(condition: Condition): boolean {
  return weightOf(condition) <= WEIGHT;
}

/** Nodes and values, for keeping statements short; infinite for what SQL is not asked at all. */
export function weightOf(condition: Condition): number {
  if ('all' in condition) return sum(condition.all);
  if ('any' in condition) return sum(condition.any);
  if ('not' in condition) return 1 + weightOf(condition.not);
  if ('works' in condition || 'crossover' in condition) return Infinity;
  const tags = tagsIn(condition).length;
  return tags > LONG ? Infinity : 5 + tags;
}

function sum(parts: readonly Condition[]): number {
  return parts.reduce((weight, part) => weight + weightOf(part), 1);
}

function tagsIn(condition: Condition): readonly number[] {
  if ('tags' in condition) return condition.tags;
  return 'firstRelationship' in condition ? condition.firstRelationship : [];
}

/** The parts of an `all` or `any`, joined so that each fits one statement; what fits none stands alone, at the end. */
export function inStatements(
  parts: readonly Condition[],
  join: (parts: readonly Condition[]) => Condition,
): Condition[] {
  const joined: Condition[] = [];
  let piece: Condition[] = [];
  let weight = 1;
  const close = () => {
    const [first] = piece;
    if (first !== undefined) joined.push(piece.length === 1 ? first : join(piece));
    [piece, weight] = [[], 1];
  };
  for (const part of parts.filter(fitsOneStatement)) {
    const more = weightOf(part);
    if (weight + more > WEIGHT) close();
    piece.push(part);
    weight += more;
  }
  close();
  return [...joined, ...parts.filter((part) => !fitsOneStatement(part))];
}
