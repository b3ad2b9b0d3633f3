/** A field that leads to any page of a long list, where its numbered links leave gaps. A plain form sent by GET. */
import { pageNumbers, type PaginationView } from '../../../ui/Pagination.tsx';

/** Nothing where every page has its link. */
export function PageJump({ view: { page, pages, hrefOf } }: { view: PaginationView }) {
  if (!pageNumbers(Math.min(page, pages), pages).includes(null)) return null;
  const [path = '', query = ''] = hrefOf(1).split('?');
  return (
    <form class="page-jump" method="get" action={path}>
      {[...new URLSearchParams(query)].map(
        ([name, value]) => name !== 'page' && <input type="hidden" name={name} value={value} />,
      )}
      <label>
        Go to page <input type="number" name="page" min="1" max={pages} required inputMode="numeric" />
      </label>
      <button type="submit" class="button small">
        Go
      </button>
    </form>
  );
}
