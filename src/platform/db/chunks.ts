/** Long lists of values reach SQL in chunks, under the limit of parameters that either database has. */
export const IN_LIST = 500;

/** @returns the list in pieces of at most `size`, in order; none for an empty list. */
export function chunks<T>(list: readonly T[], size: number = IN_LIST): T[][] {
  const pieces: T[][] = [];
  for (let from = 0; from < list.length; from += size) pieces.push(list.slice(from, from + size));
  return pieces;
}
