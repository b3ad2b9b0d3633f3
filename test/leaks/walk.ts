/**
 * Walks through a whole archive as somebody: every route filled in with everything there is to know, and from there
 * every link, form and address in what came back. It reports each secret word met by somebody who may not see it.
 */
import type { Person, TestSite } from '../site.ts';
import { WALKERS, type Secret, type SecretArchive, type Walker } from './archive.ts';
import { formsAmiss } from './forms-amiss.ts';
import { PAGES, routesOf } from './routes.ts';

export interface Leak {
  who: Walker;
  /** Method and path. */
  at: string;
  /** `body` or the name of a header. */
  where: string;
  what: string;
}

export interface Walk {
  leaks: Leak[];
  /** For each walker, what secrets they met, by what each is. */
  met: Map<Walker, Set<string>>;
  /** GET routes that no visited address fits. */
  unvisited: string[];
  /** Answers that went wrong by themselves, with their address. */
  broken: string[];
  visited: number;
}

/** Addresses asked for at once: on a server the answers overlap. */
const AT_ONCE = 6;

/** Asks about all of them, a few at a time. */
export async function askOverlapping<One>(list: readonly One[], ask: (one: One) => Promise<void>): Promise<void> {
  for (let from = 0; from < list.length; from += AT_ONCE) await Promise.all(list.slice(from, from + AT_ONCE).map(ask));
}

export function personOf(archive: SecretArchive, who: Walker): Person | null {
  return who === 'guest' ? null : archive.people[who];
}

/** An answer as text, with what the visitor said of themselves or typed into the address taken out of it. */
export async function answerText(response: Response, path: string): Promise<string> {
  return withoutEcho(await response.text(), path);
}

/** A page says its own address again, and what a filter in it asks for; whoever typed it knew it. */
function withoutEcho(text: string, path: string): string {
  const decoded = safeDecode(path);
  const forms = [
    path,
    path.replaceAll('&', '&amp;'),
    decoded,
    decoded.replaceAll('&', '&amp;'),
    path.split('?')[0] ?? path,
    ...typedWords(path),
  ];
  return forms.filter((form) => form.length > 1).reduce((rest, form) => rest.replaceAll(form, ''), text);
}

/** The secret words in the query of an address, each as it was typed and in lower case, as keys have it. */
function typedWords(path: string): string[] {
  return [...new Set(safeDecode(path.split('?')[1] ?? '').match(/zq[a-z]{14}/gi))];
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Headers as text, each by its name; a cookie's value also as what it is when read as base64url. */
export function headerTexts(headers: Headers, path: string): [name: string, text: string][] {
  return [...headers].map(([name, value]) => {
    const inside =
      name === 'set-cookie' ? Buffer.from(value.split(';')[0]?.split('=')[1] ?? '', 'base64url').toString() : '';
    return [
      name,
      `${withoutEcho(value, path)} ${safeDecode(value) === value ? '' : withoutEcho(safeDecode(value), path)} ${inside}`,
    ];
  });
}

/** Which secrets a text holds. Words are looked up by what looks like one; tokens and hashes are searched one by one. */
export function secretsIn(text: string, secrets: readonly Secret[]): Secret[] {
  const { words, others } = indexOf(secrets);
  const low = text.toLowerCase();
  // Wherever a word could begin, also within another.
  const met = new Set([...low.matchAll(/(?=(zq[a-z]{14}))/g)].map((match) => match[1] ?? ''));
  const found = [...met].flatMap((word) => words.get(word) ?? []);
  for (const { word, secret } of others) if (low.includes(word)) found.push(secret);
  return found;
}

interface SecretIndex {
  words: ReadonlyMap<string, Secret>;
  others: readonly { word: string; secret: Secret }[];
}
const indexes = new WeakMap<readonly Secret[], SecretIndex>();

function indexOf(secrets: readonly Secret[]): SecretIndex {
  const known = indexes.get(secrets);
  if (known) return known;
  const isWord = ({ word }: Secret) => /^zq[a-z]{14}$/.test(word);
  const index = {
    words: new Map(secrets.filter(isWord).map((secret) => [secret.word, secret])),
    others: secrets.filter((secret) => !isWord(secret)).map((secret) => ({ word: secret.word.toLowerCase(), secret })),
  };
  indexes.set(secrets, index);
  return index;
}

/** Every address of this archive in an answer: links, forms, and what JSON and plain text hold. */
function addressesIn(text: string, type: string, origin: string): string[] {
  const found = type.includes('html')
    ? [...text.matchAll(/\s(?:href|action|src)="([^"]*)"/g)].map((match) => (match[1] ?? '').replaceAll('&amp;', '&'))
    : [...text.matchAll(/"((?:https?:\/\/|\/)[^"\s]*)"/g)].map((match) => match[1] ?? '');
  return found.flatMap((address) => {
    const url = URL.parse(address, `${origin}/`);
    return url && url.origin === origin ? [url.pathname + url.search] : [];
  });
}

/** Walks as everybody. */
export async function walkAsAll(archive: SecretArchive): Promise<Walk> {
  const walk: Walk = { leaks: [], met: new Map(), unvisited: [], broken: [], visited: 0 };
  for (const who of WALKERS) await walkAs(archive, who, walk);
  return walk;
}

/** Walks as one of them and adds what they met. `begins`: the routes that it begins with; it follows links to all. */
export async function walkAs(
  archive: SecretArchive,
  who: Walker,
  walk: Walk,
  begins: readonly string[] = routesOf(archive.site.web, 'GET'),
): Promise<void> {
  const { site, secrets } = archive;
  const person = personOf(archive, who);
  const met = walk.met.get(who) ?? new Set<string>();
  walk.met.set(who, met);
  const patterns = routesOf(site.web, 'GET');
  const filled = begins.flatMap((pattern) => PAGES[pattern]?.(archive).map((address) => address.path) ?? []);
  const queue = [...new Set([...filled, ...NOWHERE])];
  const seen = new Set(queue);
  const origin = 'http://localhost';

  const judge = (method: string, path: string, where: string, text: string) => {
    for (const secret of secretsIn(text, secrets)) {
      if (secret.seenBy.includes(who)) met.add(secret.what);
      else walk.leaks.push({ who, at: `${method} ${path}`, where, what: secret.what });
    }
  };

  const visit = async (path: string) => {
    walk.visited += 1;
    const answer = await site.get(path, person);
    if (answer.status >= 500) walk.broken.push(`${who} ${path}: ${answer.status}`);
    const raw = await answer.text();
    for (const [name, text] of headerTexts(answer.headers, path)) judge('GET', path, name, text);
    judge('GET', path, 'body', withoutEcho(raw, path));
    const type = answer.headers.get('content-type') ?? '';
    if (type.includes('html'))
      walk.broken.push(...formsAmiss(raw, person !== null).map((what) => `${who} ${path}: ${what}`));
    const cache = answer.headers.get('cache-control') ?? '';
    // What differs by who looks must not lie in a cache between the archive and somebody else.
    if (/html|json|octet-stream/.test(type) && !/private|no-store/.test(cache) && path !== '/api/v1/openapi.json') {
      walk.broken.push(`${who} ${path}: may be kept by caches for others (${cache})`);
    }
    const location = answer.headers.get('location');
    for (const next of [...addressesIn(raw, type, origin), ...(location ? [withoutOrigin(location, origin)] : [])]) {
      if (seen.has(next) || next.startsWith('/assets/')) continue;
      seen.add(next);
      queue.push(next);
    }
  };

  const head = async (path: string) => {
    const answer = await askHead(site, path, person);
    for (const [name, text] of headerTexts(answer.headers, path)) judge('HEAD', path, name, text);
    judge('HEAD', path, 'body', await answer.text());
  };

  while (queue.length > 0) await Promise.all(queue.splice(0, AT_ONCE).map(visit));
  // The head of an answer is the same for all: it is enough to ask as those from whom most is hidden.
  if (who === 'guest' || who === 'reader') {
    await askOverlapping(filled, head);
  }
  const fits = patterns.map((pattern) => ({ pattern, regex: patternRegex(pattern) }));
  const paths = [...seen].map((path) => path.split('?')[0] ?? '');
  for (const { pattern, regex } of fits) {
    if (!paths.some((path) => regex.test(path))) walk.unvisited.push(`${who}: GET ${pattern}`);
  }
}

/** Addresses that no route answers. */
const NOWHERE = [
  '/nowhere',
  '/works/zzzzzzzzzz/edit/more',
  '/api/nowhere',
  '/api/v1/works/',
  '/tags/fandom',
  '/sitemap.xml',
  '/feed',
];

async function askHead(site: TestSite, path: string, person: Person | null): Promise<Response> {
  return site.web.request(`http://localhost${path}`, {
    method: 'HEAD',
    headers: person ? { cookie: person.cookie } : {},
  });
}

let network = 0;

/** Sends a form of the archive's own (with PUT: a file), each time from another network: limits are not what these tests are about. */
export async function sendForm(
  site: TestSite,
  path: string,
  fields: Record<string, string>,
  person: Person | null,
  headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' },
  origin = 'http://localhost',
  method: 'POST' | 'PUT' = 'POST',
): Promise<Response> {
  network += 1;
  const remoteAddress = `10.${(network >> 16) & 255}.${(network >> 8) & 255}.${network & 255}`;
  return site.web.request(
    origin + path,
    {
      method,
      body: new URLSearchParams(fields),
      headers: { host: new URL(origin).host, ...headers, ...(person ? { cookie: person.cookie } : {}) },
    },
    { incoming: { socket: { remoteAddress } } },
  );
}

function withoutOrigin(location: string, origin: string): string {
  return location.startsWith(origin) ? location.slice(origin.length) : location;
}

/** A route's pattern as what its paths look like. */
export function patternRegex(pattern: string): RegExp {
  const parts = pattern
    .split('/')
    .slice(1)
    .map((part) =>
      part.startsWith(':') ? (part.endsWith('?') ? '(?:/[^/]+)?' : '/[^/]+') : `/${part.replaceAll('.', '\\.')}`,
    );
  return new RegExp(`^${parts.join('')}$`);
}
