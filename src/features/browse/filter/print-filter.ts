/** Writes a filter as the query string of an address: one string for all filters that ask the same. */
import { printLeaf } from './leaves.ts';
import { normalFilter } from './normal-filter.ts';
import { printQ } from './print-q.ts';
import { printSort } from './sorts.ts';
import type { Leaf, WorkFilter } from './work-filter.ts';

/** The query string without `?`, '' for NO_FILTER: what is included, excluded, then q, in, sort, page, per. */
export function printFilter(filter: WorkFilter): string {
  return parametersOf(normalFilter(filter))
    .map(([name, value]) => `${name}=${encoded(value)}`)
    .join('&');
}

/** Names and values, not yet encoded, of a filter in normal form. */
export function parametersOf(filter: WorkFilter): [name: string, value: string][] {
  const { sort, page, per } = filter;
  const order = printSort(sort);
  const parameters: [string, string | null][] = [
    ...printed(filter.include, ''),
    ...printed(filter.exclude, 'not-'),
    ['q', filter.q && printQ(filter.q)],
    ['in', filter.inText ? 'text' : null],
    ['sort', order === 'updated' ? null : order],
    ['page', page === 1 ? null : String(page)],
    ['per', per === null ? null : String(per)],
  ];
  return parameters.filter((parameter): parameter is [string, string] => parameter[1] !== null);
}

function printed(leaves: readonly Leaf[], before: '' | 'not-'): [string, string][] {
  return leaves.filter((leaf) => leaf.field !== 'text').map((leaf) => [`${before}${leaf.field}`, printLeaf(leaf)]);
}

/** As a browser encodes a form, but slash, colon, comma and at sign stay readable: they mean nothing in a query. */
function encoded(value: string): string {
  return encodeURIComponent(value)
    .replace(/%20/g, '+')
    .replace(/%2F/g, '/')
    .replace(/%3A/g, ':')
    .replace(/%2C/g, ',')
    .replace(/%40/g, '@')
    .replace(/'/g, '%27');
}
