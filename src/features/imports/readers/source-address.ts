/** The address a work had where it lived, in one spelling, since it is the key by which the work is known again. */

const SAME_HOST: Record<string, string> = {
  'www.archiveofourown.org': 'archiveofourown.org',
  'ao3.org': 'archiveofourown.org',
  'www.ao3.org': 'archiveofourown.org',
};

/**
 * An address in, its one spelling out; null when it is not http or https. An otwarchive work (any site whose path holds
 * /works/NUMBER) becomes https://host/works/NUMBER: older downloads say http, links come with chapters, collections and
 * queries. Elsewhere the query may be the story's own number and stays; only the fragment goes.
 */
export function sourceAddress(written: string): string | null {
  const url = parseHttp(written.trim());
  if (!url) return null;
  url.hostname = SAME_HOST[url.hostname] ?? url.hostname;
  url.hash = '';
  url.username = '';
  url.password = '';
  const work = /\/works\/(\d+)(?:\/|$)/.exec(url.pathname)?.[1];
  if (!work) return url.href;
  return `https://${url.host}/works/${work}`;
}

/** A link in a source (maybe relative to the source's address) as an absolute http(s) address, or undefined. */
export function absoluteLink(href: string | undefined, base: string | undefined): string | undefined {
  if (!href) return undefined;
  return parseHttp(href, base)?.href;
}

function parseHttp(written: string, base?: string): URL | null {
  const url = URL.parse(written, base);
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url : null;
}
