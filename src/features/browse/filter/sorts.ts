/** The order of a list as its address writes it: `words`, `-words` turned round, `random:17`. */
import { ORDERS } from '../browse-query.ts';
import { LAST_SEED } from './limits.ts';
import type { SortName, WorkFilter } from './work-filter.ts';

export type FilterSort = WorkFilter['sort'];

export const SORT_NAMES: readonly SortName[] = [...ORDERS, 'relevance', 'random'];

/**
 * @returns null for what is no order. `random` alone is the shuffle of seed 0: chance is for whoever makes the link, since
 * reading the same address twice must give the same list.
 */
export function readSort(value: string): FilterSort | null {
  const [, minus, name, digits] = /^(-?)([a-z]+)(?::(\d{1,8}))?$/.exec(value.trim()) ?? [];
  const by = SORT_NAMES.find((one) => one === name);
  if (by === undefined || (digits !== undefined && by !== 'random')) return null;
  const seed = Number(digits ?? 0);
  if (seed > LAST_SEED) return null;
  return { by, reversed: minus === '-', seed: by === 'random' ? seed : null };
}

export function printSort({ by, reversed, seed }: FilterSort): string {
  return `${reversed ? '-' : ''}${by}${by === 'random' ? `:${seed ?? 0}` : ''}`;
}

/** What can stand after `sort=`, in a sentence. A page has the orders to choose from. */
export function whyNoSort(shown: string): string {
  return `sort takes ${SORT_NAMES.slice(0, -1).join(', ')} or random:17, each also with - before it, not ${shown}.`;
}

/**
 * The order as AO3's search box writes it: `sort:>words` has the smallest first, `sort:<words` the largest. (Its
 * query_cleaner reads > as ascending.) Dates ascend from the oldest, titles and creators from A.
 */
export function readTypedSort(value: string): FilterSort | null {
  const sign = value[0];
  if (sign !== '>' && sign !== '<') return readSort(value);
  const sort = readSort(value.slice(1));
  if (sort === null || sort.reversed) return null;
  const beginsSmall = sort.by === 'title' || sort.by === 'creator';
  return { ...sort, reversed: (sign === '>') !== beginsSmall };
}
