/**
 * Attacks by name, each on every route of the running app that takes what it needs: redirects that lead away, lines put into
 * headers and logs, paths that climb out of their folder, and fields that no form has. What stops cross-site requests and
 * planted sessions stands in `test/rights/`, what stops floods beside the doors they would come through.
 */
import type { Hono } from 'hono';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ArchiveEnv } from '../../src/features/accounts/index.ts';
import { makeWork, secureAccount, type CastWork } from '../cast.ts';
import { openSite, type Person, type TestSite } from '../site.ts';

const ELSEWHERE = 'evil.example';
const logged: string[] = [];
let site: TestSite;
let wren: Person;
let work: CastWork;
let network = 0;

beforeAll(async () => {
  site = await openSite();
  wren = await site.person('wren');
  work = await makeWork(site, { title: 'Bees', by: [wren], chapters: ['<p>One.</p>'] }, { state: 'posted' });
  await site.follow();
  site.ground.log = pino({ level: 'trace', base: null }, { write: (line: string) => void logged.push(line) });
}, 60_000);
afterAll(() => site.close());

/** Every address of the app by method, its parameters as Hono names them. */
function routes(web: Hono<ArchiveEnv>, method: string): string[] {
  const found = web.routes.filter((route) => route.path !== '/*' && [method, 'ALL'].includes(route.method));
  return [...new Set(found.map((route) => route.path))];
}

/** The address with the archive's own things in it, or with `other` in the place of every parameter. */
function filled(path: string, other?: string): string {
  return path.replace(/:(\w+)(?:\{[^/]*\})?/g, (_all, name: string) => other ?? (name === 'id' ? work.publicId : name));
}

async function ask(path: string, who: Person | null, init: RequestInit = {}): Promise<Response> {
  network += 1;
  const own = { host: 'localhost', origin: 'http://localhost', 'sec-fetch-site': 'same-origin' };
  const cookie = who ? { cookie: who.cookie } : {};
  return site.web.request(
    new Request(`http://localhost${path}`, { ...init, headers: { ...own, ...cookie, ...init.headers } }),
    undefined,
    { incoming: { socket: { remoteAddress: `10.9.${network >> 8}.${network & 255}` } } },
  );
}

const AWAY = [
  `https://${ELSEWHERE}/`,
  `//${ELSEWHERE}`,
  `/\\${ELSEWHERE}`,
  `\\\\${ELSEWHERE}`,
  `/.//${ELSEWHERE}`,
  `/%09/${ELSEWHERE}`,
  `/\t/${ELSEWHERE}`,
  `http:${ELSEWHERE}`,
  `javascript:alert(1)//`,
  `https://localhost@${ELSEWHERE}/`,
  `http://localhost.${ELSEWHERE}/`,
];
const WAYS_BACK = ['back', 'next', 'return', 'to', 'from', 'redirect', 'place', 'url'];

describe('a redirect that leads away', () => {
  /** Where an answer sends a browser, when that is not this archive. */
  const strays = (response: Response): string | null => {
    const said = response.headers.get('location') ?? response.headers.get('refresh');
    if (said === null) return null;
    return new URL(said, 'http://localhost/somewhere').origin === 'http://localhost' ? null : said;
  };

  test.each(AWAY)('%j is followed by no route, whatever field or query holds it', { timeout: 60_000 }, async (away) => {
    const fields = new URLSearchParams(WAYS_BACK.map((name) => [name, away]));
    const found: string[] = [];
    for (const who of [null, wren, site.owner]) {
      for (const path of routes(site.web, 'GET')) {
        const answer = await ask(`${filled(path)}?${fields}`, who, { headers: { referer: away } });
        const stray = strays(answer);
        if (stray !== null) found.push(`GET ${path}: ${stray}`);
      }
    }
    // Forms by a guest and by somebody who owns nothing of it: the routes that share one answer to refusals, and those that go back.
    for (const path of routes(site.web, 'POST')) {
      const headers = { referer: away };
      const stray = strays(await ask(filled(path), null, { method: 'POST', body: fields, headers }));
      if (stray !== null) found.push(`POST ${path}: ${stray}`);
    }
    expect(found).toEqual([]);
  });

  test('is not made of the names of this very archive', async () => {
    const answer = await ask('/works', null, { headers: { host: ELSEWHERE, 'x-forwarded-host': ELSEWHERE } });
    expect(await answer.text()).not.toContain(ELSEWHERE);
  });
});

describe('a line put into headers or the log', () => {
  const LINE = 'x\r\nset-cookie: planted=1\r\n\r\n<planted>';
  const isPlanted = (answer: Response) =>
    [...answer.headers].some(([name, value]) => `${name}: ${value}`.includes('planted=1') || /[\r\n]/.test(value));

  test('by an address, a query, a field or a header stays where it is', { timeout: 60_000 }, async () => {
    logged.length = 0;
    const encoded = encodeURIComponent(LINE);
    const found: string[] = [];
    for (const path of routes(site.web, 'GET')) {
      const answer = await ask(`${filled(path, encoded)}?q=${encoded}&back=${encoded}`, wren, {
        headers: { referer: `/works?${encoded}`, 'user-agent': 'x planted' },
      });
      if (isPlanted(answer)) found.push(`GET ${path}`);
    }
    for (const path of routes(site.web, 'POST')) {
      const names = ['title', 'name', 'pseud', 'back', 'text', 'then', 'reason', 'email'];
      const body = new URLSearchParams(names.map((name) => [name, LINE]));
      if (isPlanted(await ask(filled(path, encoded), null, { method: 'POST', body }))) found.push(`POST ${path}`);
    }
    expect(found).toEqual([]);
    expect(logged.length).toBeGreaterThan(routes(site.web, 'GET').length / 2);
    for (const line of logged) {
      expect(line.indexOf('\n')).toBe(line.length - 1);
      expect(() => JSON.parse(line) as unknown).not.toThrow();
      expect(line).not.toMatch(/10\.9\.\d|wren|back=/);
    }
  });
});

describe('a path that climbs out of its folder', () => {
  const CLIMBS = [
    '..%2f..%2ffanfold.db',
    '%2e%2e%2ffanfold.db',
    '..%5c..%5cfanfold.db',
    '%252e%252e%252ffanfold.db',
    '....//fanfold.db',
    'x%00.css',
    '%2fetc%2fpasswd',
    '..;/fanfold.db',
    'file:%2f%2f%2fetc%2fpasswd',
  ];

  test.each(CLIMBS)('%s is read by no route', { timeout: 60_000 }, async (climb) => {
    const found: string[] = [];
    for (const who of [null, site.owner]) {
      for (const path of routes(site.web, 'GET').filter((one) => one.includes(':'))) {
        const answer = await ask(filled(path, climb), who);
        const said = await answer.text();
        if (answer.status >= 500 || /SQLite format 3|root:x:0/.test(said)) found.push(`${path}: ${answer.status}`);
      }
    }
    expect(found).toEqual([]);
  });
});

test('a NUL in a query or a field is answered, on either database', { timeout: 60_000 }, async () => {
  const names = [
    'typed',
    'old',
    'q',
    'page',
    'return',
    'invitation',
    'fandom',
    'state',
    'pseud',
    'name',
    'about',
    'in',
  ];
  const query = new URLSearchParams(names.map((name) => [name, 'x\u0000y']));
  const found: string[] = [];
  for (const path of routes(site.web, 'GET')) {
    const { status } = await ask(`${filled(path)}?${query}`, site.owner);
    if (status >= 500) found.push(`GET ${path}: ${status}`);
  }
  for (const path of routes(site.web, 'POST')) {
    const { status } = await ask(filled(path), null, { method: 'POST', body: query });
    if (status >= 500) found.push(`POST ${path}: ${status}`);
  }
  expect(found).toEqual([]);
});

describe('fields that no form has', () => {
  /** What a form that took every field it is sent would let through. */
  const TOO_MUCH = {
    id: '999',
    public_id: 'aaaaaaaaaa',
    publicId: 'aaaaaaaaaa',
    account_id: '1',
    accountId: '1',
    role: 'owner',
    roles: 'owner',
    state: 'posted',
    hidden: '1',
    anonymous: '1',
    deleted_at: '1',
    sample: '1',
    adult: '0',
    kudos: '9999',
    hits: '9999',
    words: '9999',
    bookmarks: '9999',
    version: '77',
    created_at: '1',
    updated_at: '9999999999999',
    posted_at: '1',
    archived_by: '1',
    source_url: 'https://evil.example/',
    summary_html: '<script>1</script>',
    html: '<script>1</script>',
    is_default: '1',
    password_hash: 'x',
    until: '1',
  };
  const OWN_OF_THE_ROW = new Set(['id', 'public_id', 'created_at', 'updated_at', 'posted_at', 'version']);
  const rowOf = async (table: 'works' | 'accounts', publicId: string | number) => {
    const column = table === 'works' ? 'public_id' : 'id';
    const row: Record<string, unknown> = await site.ground.db.reads
      .selectFrom(table as 'works')
      .selectAll()
      .where(column, '=', publicId as never)
      .executeTakeFirstOrThrow();
    return Object.fromEntries(Object.entries(row).filter(([name]) => !OWN_OF_THE_ROW.has(name)));
  };
  const rolesOf = (accountId: number) =>
    site.ground.db.reads.selectFrom('account_roles').select('role').where('account_id', '=', accountId).execute();
  const edited = {
    title: 'Corrected',
    fandoms: 'Dracula',
    rating: 'general',
    warnings: 'none',
    language: 'en',
    status: 'in-progress',
    plannedChapters: '?',
  };

  test('change nothing when a work is edited', async () => {
    const make = () => makeWork(site, { title: 'Two', by: [wren], chapters: ['<p>One.</p>'] }, { state: 'draft' });
    const [plain, crowded] = [await make(), await make()];
    const send = (id: string, more: Record<string, string>) =>
      site.post(`/works/${id}/edit`, { ...edited, ...more }, wren);
    const version = { version: '1' };
    const answers = [await send(plain.publicId, version), await send(crowded.publicId, { ...TOO_MUCH, ...version })];
    expect(answers.map((answer) => answer.status)).toEqual([303, 303]);
    expect(await rowOf('works', crowded.publicId)).toEqual(await rowOf('works', plain.publicId));
  });

  test('change nothing when a work is begun', async () => {
    const { public_id: pseud } = await site.ground.db.reads
      .selectFrom('pseuds')
      .select('public_id')
      .where('id', '=', wren.pseudId)
      .executeTakeFirstOrThrow();
    const begin = async (more: Record<string, string>) => {
      const fields = { ...edited, format: 'html', text: '<p>It rained.</p>', pseuds: pseud, ...more };
      const answer = await site.post('/works/new', fields, wren);
      expect(answer.status).toBe(303);
      return rowOf('works', /^\/works\/([^/]+)/.exec(answer.headers.get('location') ?? '')?.[1] ?? '');
    };
    expect(await begin(TOO_MUCH)).toEqual(await begin({}));
  });

  test('give nobody a role, and change no other account', async () => {
    const magpie = await site.person('magpie');
    await secureAccount(site, magpie, 'magpie-name', 'correct horse battery staple');
    const accounts = () => site.ground.db.reads.selectFrom('accounts').selectAll().orderBy('id').execute();
    const before = await accounts();
    const pages = routes(site.web, 'POST').filter((path) => path.startsWith('/account') && !path.includes(':'));
    expect(pages.length).toBeGreaterThan(3);
    for (const path of pages) await site.post(path, { ...TOO_MUCH, name: 'magpie-two' }, magpie);
    expect(await accounts()).toEqual(before);
    expect(await rolesOf(magpie.viewer.accountId)).toEqual([{ role: 'member' }]);
  });
});

describe('a form that is larger than its kind', () => {
  const KB = 1024;
  /** Where somebody's session may have ended over what they wrote, so that it comes from a guest. */
  const CARRIED = [
    '/sign-in',
    '/sign-in/code',
    '/sign-in/passkey',
    '/works/new',
    '/works/:id/edit',
    '/works/:id/chapters/new',
    '/works/:id/chapters/:chapter/edit',
  ];
  /** Where accounts send long texts, pictures or many names. */
  const LONG = [
    ...CARRIED,
    '/account/pseuds/:id/icon',
    '/account/pseuds/:id/profile',
    '/account/series/new',
    '/account/skins/:id',
    '/account/skins/new',
    '/account/works',
    '/api/v1/works',
    '/api/v1/works/:id/chapters',
    '/autosaves/:sheet',
    '/contact/edit',
    '/imports/removed',
    '/rules/edit',
    '/series/:id/edit',
    '/works/:id/review',
    '/works/:id/review/details',
    '/works/clean-text',
    '/works/lost-paragraphs',
  ];
  /** Guests are asked who they are before anything of it is read. */
  const UNREAD = ['/autosaves/:sheet'];
  /** Programs say with each request who they are: nobody's session ends over what they send. */
  const FROM_PROGRAMS = ['/api/v1/works', '/api/v1/works/:id/chapters'];
  const FROM_GUESTS = LONG.filter((route) => !FROM_PROGRAMS.includes(route));
  /** Files, which are streamed and counted by who takes them. */
  const FILES = ['/imports', '/imports/:id/files'];

  const plain = (route: string) => route.replace(/\{[^/]*\}/g, '');

  /** The routes that take so many bytes of a form as pages send it: what they answer is not that this is too much. */
  async function taking(bytes: number, who: Person | null, only?: readonly string[]): Promise<string[]> {
    const body = `text=${'a'.repeat(bytes - 5)}`;
    const taken: string[] = [];
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      for (const route of routes(site.web, method)) {
        if (only?.includes(plain(route)) === false) continue;
        const path = filled(route, '0123456789');
        const headers = {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': String(body.length),
        };
        const answer = await ask(path, who, { method, body, headers });
        if (answer.status !== 413) taken.push(plain(route));
      }
    }
    return [...new Set(taken)].toSorted();
  }

  test('is refused on every route: 256 KB, but where long texts are written', { timeout: 60_000 }, async () => {
    expect(await taking(256 * KB + 1, null)).toEqual(FROM_GUESTS.toSorted());
    expect(await taking(256 * KB + 1, wren)).toEqual([...LONG, ...FILES].toSorted());
  });

  test('and there it is 8 MB', { timeout: 60_000 }, async () => {
    expect(await taking(8 * KB * KB + 1, null, FROM_GUESTS)).toEqual(UNREAD);
    // By PUT, that is a file.
    expect(await taking(8 * KB * KB + 1, wren, [...LONG, ...FILES])).toEqual(['/imports/:id/files']);
  });

  test('with a sentence, also where it does not say how large it is', async () => {
    const init = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
    const answer = await ask('/account/preferences', wren, { ...init, body: `theme=${'a'.repeat(257 * KB)}` });
    expect(answer.status).toBe(413);
    expect(await answer.text()).toContain('What was sent is larger than 256 KB.');
  });
});
