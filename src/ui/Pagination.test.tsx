import fc from 'fast-check';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { Pagination, pageNumbers } from './Pagination.tsx';

const hrefOf = (page: number) => `/works?page=${page}`;

describe('page numbers', () => {
  test('show the ends and what is near', () => {
    expect(pageNumbers(1, 4000)).toEqual([1, 2, 3, 4, 5, 6, null, 4000]);
    expect(pageNumbers(1966, 4000)).toEqual([1, null, 1964, 1965, 1966, 1967, 1968, null, 4000]);
    expect(pageNumbers(3, 4)).toEqual([1, 2, 3, 4]);
  });

  test('are few, ascending, within the list, and hold the page itself', () => {
    const places = fc
      .integer({ min: 1, max: 5000 })
      .chain((pages) => fc.tuple(fc.integer({ min: 1, max: pages }), fc.constant(pages)));
    fc.assert(
      fc.property(places, ([page, pages]) => {
        const shown = pageNumbers(page, pages);
        const numbers = shown.filter((number) => number !== null);
        expect(shown.length).toBeLessThanOrEqual(11);
        expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
        expect(numbers).toContain(page);
        expect(numbers[0]).toBe(1);
        expect(numbers.at(-1)).toBe(pages);
      }),
    );
  });
});

describe('page links', () => {
  test('are absent for a single page', () => {
    expect(renderToString(<Pagination view={{ page: 1, pages: 1, hrefOf }} locale="en" />)).toBe('');
  });

  test('mark the current page and lead to its neighbours', () => {
    const html = renderToString(<Pagination view={{ page: 2, pages: 4000, hrefOf }} locale="en" />);
    expect(html).toContain('<a href="/works?page=2" aria-current="page">');
    expect(html).toContain('<a href="/works?page=1" rel="prev">');
    expect(html).toContain('<a href="/works?page=3" rel="next">');
    expect(html).toContain('4,000');
  });

  test('lead back from beyond the end', () => {
    const html = renderToString(<Pagination view={{ page: 9, pages: 4, hrefOf }} locale="en" />);
    expect(html).toContain('<a href="/works?page=4" rel="prev">');
    expect(html).not.toContain('rel="next"');
    expect(html).not.toContain('aria-current');
  });
});
