/**
 * Names joined as those of a relationship: `Kate & Anne`, `Anne/Kate`, `Kate x Anne`, `Kate and Anne`. Archives write a pair in
 * one order, people in any. Pure.
 */

/** A relationship of more is looked for as it is written: three names stand in six orders. */
const MOST_NAMES = 3;
/** Friends are joined by `&` or `and`, a couple by `/` or `x`. */
const SIGNS = [
  [' & ', /\s*&\s*|\s+and\s+/i],
  ['/', /\s*\/\s*|\s+x\s+/i],
] as const;

export interface Pair {
  /** As they were written, none empty: two or three. */
  names: readonly string[];
  /** What a relationship of these names can be called: every order, the written one first. */
  relationships: readonly string[];
  /** What stands between them there. */
  sign: string;
}

/** @returns null for a text that joins nothing, joins more than three names, or mixes the signs of friends and couples. */
export function pairIn(text: string): Pair | null {
  const joined = SIGNS.flatMap(([sign, between]) => {
    const names = text.split(between);
    return names.length > 1 ? [{ sign, names }] : [];
  });
  const [only, other] = joined;
  if (only === undefined || other !== undefined || only.names.length > MOST_NAMES) return null;
  if (only.names.some((name) => name.trim() === '')) return null;
  return {
    names: only.names,
    relationships: orders(only.names).map((names) => names.join(only.sign)),
    sign: only.sign,
  };
}

function orders(names: readonly string[]): string[][] {
  if (names.length < 2) return [[...names]];
  return names.flatMap((name, at) => orders(names.toSpliced(at, 1)).map((rest) => [name, ...rest]));
}
