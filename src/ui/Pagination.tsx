/** Page links for a list of any length: first, last, and what is near; every link leads to a page that exists. */
import { Icon } from './icons.tsx';
import { formatNumber } from './numbers.ts';

export interface PaginationView {
  /** 1-based; may lie beyond the last page when the address says so. */
  page: number;
  /** At least 1. */
  pages: number;
  hrefOf: (page: number) => string;
}

/** Page numbers to show, ascending; null is a gap. At most eleven entries for any number of pages. */
export function pageNumbers(page: number, pages: number): (number | null)[] {
  const wanted = new Set([1, pages]);
  // Near the ends the window leans inwards, so that the row keeps its width while a reader walks through.
  const middle = Math.min(Math.max(page, 4), pages - 3);
  for (let near = middle - 2; near <= middle + 2; near += 1) if (near >= 1 && near <= pages) wanted.add(near);
  const shown: (number | null)[] = [];
  let before = 0;
  for (const number of [...wanted].sort((a, b) => a - b)) {
    // A gap of one is that page itself: three dots would take the same room and say less.
    if (number - before === 2) shown.push(number - 1);
    else if (number - before > 2) shown.push(null);
    shown.push(number);
    before = number;
  }
  return shown;
}

/** Nothing for a single page. */
export function Pagination({
  view,
  locale,
  label = 'Pages',
}: {
  view: PaginationView;
  locale: string;
  label?: string;
}) {
  const { page, pages, hrefOf } = view;
  if (pages <= 1) return null;
  return (
    <nav class="pages" aria-label={label}>
      <ul class="page-links">
        {page > 1 && (
          <li>
            <a href={hrefOf(Math.min(page - 1, pages))} rel="prev">
              <Icon name="previous" /> Previous
            </a>
          </li>
        )}
        {pageNumbers(Math.min(page, pages), pages).map((number) => (
          <li>
            {number === null ? (
              <span class="gap">…</span>
            ) : (
              <a href={hrefOf(number)} aria-current={number === page ? 'page' : undefined}>
                <span class="visually-hidden">Page </span>
                {formatNumber(number, locale)}
              </a>
            )}
          </li>
        ))}
        {page < pages && (
          <li>
            <a href={hrefOf(page + 1)} rel="next">
              Next <Icon name="next" />
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
}
