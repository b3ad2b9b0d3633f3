/** The terms of several sources as one sorted list of keys, and where each source's own terms stand in it. */

export interface UnitedTerms {
  /** Ascending, each once. */
  keys: Float64Array;
  /** For each source: from its numbers to places in `keys`. */
  places: readonly Uint32Array[];
}

export function uniteTerms(lists: readonly ArrayLike<number>[]): UnitedTerms {
  const all = new Float64Array(lists.reduce((sum, list) => sum + list.length, 0));
  let end = 0;
  for (const list of lists) {
    all.set(list, end);
    end += list.length;
  }
  all.sort();
  let count = 0;
  for (let index = 0; index < all.length; index += 1) {
    if (count > 0 && all[count - 1] === all[index]) continue;
    all[count] = all[index] as number;
    count += 1;
  }
  const keys = all.slice(0, count);
  return { keys, places: lists.map((list) => placesIn(keys, list)) };
}

function placesIn(keys: Float64Array, list: ArrayLike<number>): Uint32Array {
  const places = new Uint32Array(list.length);
  for (let index = 0; index < list.length; index += 1) {
    const wanted = list[index] as number;
    let low = 0;
    let high = keys.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((keys[middle] as number) < wanted) low = middle + 1;
      else high = middle;
    }
    places[index] = low;
  }
  return places;
}
