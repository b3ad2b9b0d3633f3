/** Addresses of lists. Pure. */
import { printFilter } from './filter/print-filter.ts';
import { NO_FILTER, type Leaf, type WorkFilter } from './filter/work-filter.ts';

/** A list narrowed by a filter: the one true address of it. */
export function listHref(path: string, filter: WorkFilter): string {
  const query = printFilter(filter);
  return query === '' ? path : `${path}?${query}`;
}

/** A list narrowed by these conditions alone. */
export function narrowedHref(path: string, ...include: readonly Leaf[]): string {
  return listHref(path, { ...NO_FILTER, include });
}
