/** When two repairs cannot both be applied, and which of them then only steps back. No side effects. */
import type { Repair, RepairKind } from './repair.ts';

/** Repairs that mend what the text is made of. A larger repair around them does their work in its own `after`. */
const MECHANICAL: ReadonlySet<RepairKind> = new Set(['characters', 'markup', 'wrap', 'space']);

/** Repairs that say what the white space between two pieces of text is: of these only one can stand at a place. */
const PARTING: ReadonlySet<RepairKind> = new Set(['paragraph', 'scene', 'section', 'chapter', 'wrap']);

type Placed = Pick<Repair, 'kind' | 'from' | 'to'>;

/** Whether the pieces overlap: what is only put in may stand at the edge of another piece, but not within it. */
export function collide(a: Placed, b: Placed): boolean {
  if (Math.max(a.from, b.from) < Math.min(a.to, b.to)) return true;
  if (a.from === a.to && b.from < a.from && a.from < b.to) return true;
  if (b.from === b.to && a.from < b.from && b.from < a.to) return true;
  return a.from === b.from && a.to === b.to && PARTING.has(a.kind) && PARTING.has(b.kind);
}

/** Whether a repair lies within a larger one that does its work too, so that it comes back when that is undone. */
export function carries(outer: Placed, inner: Placed): boolean {
  return MECHANICAL.has(inner.kind) && outer.from <= inner.from && inner.to <= outer.to && inner.from < inner.to;
}

/**
 * Repairs in order of place. What stepped back for a larger repair is applied again where none stands over it now.
 */
export function withThoseThatReturn(repairs: readonly Repair[]): Repair[] {
  let reach = -1;
  const over = repairs.filter((repair) => repair.state === 'applied');
  let next = 0;
  return repairs.map((repair) => {
    for (let one = over[next]; one !== undefined && one.from <= repair.from; one = over[next]) {
      reach = Math.max(reach, one.to);
      next += 1;
    }
    if (repair.state !== 'suggested' || !MECHANICAL.has(repair.kind)) return repair;
    const free = reach <= repair.from && (over[next]?.from ?? Number.POSITIVE_INFINITY) >= repair.to;
    if (free) reach = Math.max(reach, repair.to);
    return free ? { ...repair, state: 'applied' } : repair;
  });
}

/** Whether a repair parts two blocks of text. */
export function parts(kind: RepairKind): boolean {
  return kind !== 'wrap' && PARTING.has(kind);
}
