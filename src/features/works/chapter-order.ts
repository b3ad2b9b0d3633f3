/** The order of chapters from the numbers that a person typed beside them. Pure. */

/**
 * Takes the chapters in their present order, each with the number typed for it, counted from 1. Those whose number is not
 * their present place go where it says (to the nearest free place, where two ask for one), and all others keep their order
 * around them; so one number is enough to move one chapter. What is no number stays. @returns them in their new order.
 */
export function orderFrom<One>(chapters: readonly { one: One; typed: string }[]): One[] {
  const places: (One | undefined)[] = Array.from({ length: chapters.length });
  const taken = new Set<number>();
  const moved = chapters
    .map(({ one, typed }, index) => ({ one, index, to: placeFrom(typed, chapters.length) ?? index }))
    .filter(({ index, to }) => index !== to)
    .toSorted((a, b) => a.to - b.to);
  for (const { one, to } of moved) {
    const place = nearestFree(taken, to, chapters.length);
    taken.add(place);
    places[place] = one;
  }
  const isMoved = new Set(moved.map(({ index }) => index));
  let next = 0;
  for (const [index, { one }] of chapters.entries()) {
    if (isMoved.has(index)) continue;
    while (taken.has(next)) next += 1;
    taken.add(next);
    places[next] = one;
  }
  return places.filter((one) => one !== undefined);
}

function placeFrom(typed: string, chapters: number): number | null {
  if (!/^\d{1,6}$/.test(typed.trim())) return null;
  return Math.min(Math.max(Number(typed), 1), chapters) - 1;
}

function nearestFree(taken: ReadonlySet<number>, wanted: number, places: number): number {
  for (let place = wanted; place < places; place += 1) if (!taken.has(place)) return place;
  let place = wanted;
  while (taken.has(place)) place -= 1;
  return place;
}
