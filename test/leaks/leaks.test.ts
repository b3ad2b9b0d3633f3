/** Nobody sees what is not theirs: the whole archive is walked as everybody, and no secret word is met by a stranger. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setChapterState, setState } from '../cast.ts';
import { MAIL_NOWHERE } from '../post.ts';
import { openSite, testSite, type TestSite } from '../site.ts';
import { secretArchive, WALKERS, type SecretArchive } from './archive.ts';
import { FILES, FORMS, PAGES, routesOf, unknownRoutes } from './routes.ts';
import { walkAs, walkAsAll, type Walk } from './walk.ts';

/** A walk takes a minute or two, and several times that on a machine that does much else. */
const SLOW = 600_000;

describe('an archive full of secrets', () => {
  let site: TestSite;
  let archive: SecretArchive;
  let walk: Walk;

  beforeAll(async () => {
    site = await openSite({ mail: MAIL_NOWHERE });
    archive = await secretArchive(site);
    walk = await walkAsAll(archive);
  }, SLOW);
  afterAll(() => site.close());

  test('every route of the running app is known, and no route is known that is not there', () => {
    expect(unknownRoutes(site.web)).toEqual([]);
    expect(Object.keys(PAGES).filter((path) => !routesOf(site.web, 'GET').includes(path))).toEqual([]);
    expect(Object.keys(FORMS).filter((path) => !routesOf(site.web, 'POST').includes(path))).toEqual([]);
    expect(Object.keys(FILES).filter((path) => !routesOf(site.web, 'PUT').includes(path))).toEqual([]);
  });

  test('every route was visited by everybody, and every answer was in order', () => {
    expect(walk.unvisited).toEqual([]);
    expect(walk.broken).toEqual([]);
    expect(walk.visited).toBeGreaterThan(1000);
  });

  test('nobody met a secret that is not theirs', () => {
    expect(walk.leaks).toEqual([]);
  });

  test.each(WALKERS)('the %s met every secret that is theirs, so the walk has looked where they stand', (who) => {
    const theirs = archive.secrets.filter((secret) => secret.seenBy.includes(who)).map((secret) => secret.what);
    expect(theirs.filter((what) => !walk.met.get(who)?.has(what))).toEqual([]);
  });
});

describe('a planted leak is found', () => {
  const noWalk = (): Walk => ({ leaks: [], met: new Map(), unvisited: [], broken: [], visited: 0 });

  test('a route that nobody has described fails by its name', async () => {
    const site = await testSite();
    site.web.get('/planted/:id', (c) => c.text('nothing'));
    site.web.post('/planted', (c) => c.text('nothing'));
    site.web.put('/works/:id', (c) => c.text('nothing'));
    expect(unknownRoutes(site.web)).toEqual(['GET /planted/:id', 'POST /planted', 'PUT /works/:id']);
  });

  test(
    'a page, a header, a cookie, a redirect and a link that give secrets away are named with the secret',
    async () => {
      const site = await testSite();
      const words = new Map<string, string>();
      const word = (what: string) => words.get(what) ?? '';
      // Where the walk comes along by itself: addresses that pages to come could have.
      site.web.get('/feed', (c) =>
        c.text(word('title of the draft work').toUpperCase(), 200, { 'Cache-Control': 'private' }),
      );
      site.web.get('/sitemap.xml', (c) => {
        c.header('Set-Cookie', `notice=${Buffer.from(word('summary of the hidden work')).toString('base64url')}`);
        c.header('X-Planted', encodeURIComponent(`${word('fandom of the unrevealed work')}/`));
        c.header('Location', `/works/x/${word('title of the deleted work')}`);
        return c.body(null, 302);
      });
      site.web.get('/nowhere', (c) => c.html('<a href="/planted">on</a>', 200, { 'Cache-Control': 'private' }));
      site.web.get('/planted', (c) => c.json({ creator: word('creator of the anonymous work') }));
      const archive = await secretArchive(site, { open: 2 });
      for (const secret of archive.secrets) words.set(secret.what, secret.word);
      const walk = noWalk();
      await walkAs(archive, 'reader', walk, []);
      const planted = (at: string, where: string, what: string) => ({ who: 'reader', at: `GET ${at}`, where, what });
      expect(walk.leaks).toHaveLength(5);
      expect(walk.leaks).toEqual(
        expect.arrayContaining([
          planted('/feed', 'body', 'title of the draft work'),
          planted('/sitemap.xml', 'set-cookie', 'summary of the hidden work'),
          planted('/sitemap.xml', 'x-planted', 'fandom of the unrevealed work'),
          planted('/sitemap.xml', 'location', 'title of the deleted work'),
          planted('/planted', 'body', 'creator of the anonymous work'),
        ]),
      );
      // JSON that says nothing of caches could be kept for somebody else.
      expect(walk.broken).toEqual(['reader /planted: may be kept by caches for others ()']);
    },
    SLOW,
  );

  test(
    'a slip in the data is found: a work no longer restricted, a chapter posted too early, a tag offered to everybody',
    async () => {
      const site = await testSite();
      const archive = await secretArchive(site, { open: 2 });
      const named = (name: string) => archive.works.find((work) => work.name === name) ?? { id: 0, publicId: '' };
      await setState(site, named('restricted').id, { state: 'posted' });
      await setChapterState(site, named('partly posted').id, 3, 'posted');
      const { word } = archive.secrets.find((secret) => secret.what === 'fandom of the draft work') ?? { word: '' };
      await site.ground.db.write((tx) =>
        tx.updateTable('tags').set({ canonical: 1 }).where('name', '=', word).execute(),
      );
      await site.follow();
      const walk = noWalk();
      await walkAs(archive, 'guest', walk, ['/works', '/works/:id/:slug?', '/tags/:kind/:name']);
      const found = walk.leaks.map((leak) => `${leak.what}: ${leak.at}`);
      const { publicId } = named('restricted');
      expect(found).toContain(`title of the restricted work: GET /works`);
      expect(found).toContain(`first chapter's text of the restricted work: GET /works/${publicId}`);
      expect(found).toContain(`title of a draft chapter: GET /works/${named('partly posted').publicId}`);
      expect(found).toContain(`fandom of the draft work: GET /tags/fandom/${word}`);
      const lapsed = /^(.* of the restricted work|.* of a draft chapter|fandom of the draft work)$/;
      expect(walk.leaks.filter((leak) => !lapsed.test(leak.what))).toEqual([]);
    },
    SLOW,
  );
});
