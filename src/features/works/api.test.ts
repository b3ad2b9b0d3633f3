/** Works and chapters that programs make: by the rules of the forms, once each, and with a sentence for what cannot stand. */
import { describe, expect, test } from 'vitest';
import { giveSkin, makeOwnSeries, makeWork, openPseud, suspend } from '../../../test/cast.ts';
import { giveToken } from '../../../test/keys.ts';
import { contents } from '../../../test/rights/contents.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';
import { choosePreferences } from '../accounts/index.ts';

const WORK = {
  title: 'The Lantern Keepers',
  rating: 'general',
  warnings: ['none'],
  tags: { fandom: ['Dracula'], relationship: ['Mina Harker/Jonathan Harker', 'Mina & Lucy'], freeform: ['Slow Burn'] },
  language: 'en',
  summary: 'A *marsh*, at night.',
  format: 'markdown',
  chapter: { title: 'One', text: 'It had **rained** since noon.\n\n<script>alert(1)</script>' },
  post: true,
};

interface Answer {
  status: number;
  body: Record<string, unknown>;
  errors: Record<string, string>;
}

async function send(
  site: TestSite,
  path: string,
  token: string,
  body: unknown,
  more: Record<string, string> = {},
): Promise<Answer> {
  const answer = await site.web.request(`http://localhost${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...more },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  expect(answer.headers.get('content-type')).toMatch(answer.ok ? /^application\/json/ : /^application\/problem\+json/);
  const said = (await answer.json()) as Record<string, unknown>;
  return { status: answer.status, body: said, errors: (said['errors'] ?? {}) as Record<string, string> };
}

async function writer(): Promise<{ site: TestSite; person: Person; token: string; works: () => Promise<number> }> {
  const site = await testSite();
  const person = await site.person('wintergreen');
  const { token } = await giveToken(site, person);
  const works = async () => (await site.ground.db.reads.selectFrom('works').select('id').execute()).length;
  return { site, person, token, works };
}

describe('a work', () => {
  test('is posted with its first chapter, cleaned, with its tags in order, by the pseud that signs unless another is named', async () => {
    const { site, token } = await writer();
    const { status, body } = await send(site, '/api/v1/works', token, WORK);
    expect([status, body['state']]).toEqual([201, 'posted']);
    const read = (await (await site.get(`/api/v1/works/${String(body['id'])}`)).json()) as {
      tags: Record<string, string[]>;
      creators: { name: string }[];
      summary: string;
      chapters: { html: string; title: string }[];
      url: string;
    };
    expect(read.url).toBe(body['url']);
    expect(read.tags['relationship']).toEqual(WORK.tags.relationship);
    expect(read.creators.map((one) => one.name)).toEqual(['wintergreen']);
    expect(read.summary).toContain('<em>marsh</em>');
    expect(read.chapters[0]?.title).toBe('One');
    expect(read.chapters[0]?.html).toContain('<strong>rained</strong>');
    expect(read.chapters[0]?.html).not.toContain('<script');
  });

  test('is a draft unless it is to be posted, and then a title or a text is enough', async () => {
    const { site, token, person } = await writer();
    const { status, body } = await send(site, '/api/v1/works', token, { title: 'Later' });
    expect([status, body['state']]).toEqual([201, 'draft']);
    expect((await site.get(`/api/v1/works/${String(body['id'])}`)).status).toBe(404);
    expect((await site.get(`/api/v1/works/${String(body['id'])}`, person)).status).toBe(200);
    expect((await send(site, '/api/v1/works', token, {})).errors).toHaveProperty('title');
  });

  const refused: [string, unknown, string[]][] = [
    [
      'what a posted work needs',
      { post: true },
      ['title', 'tags.fandom', 'rating', 'warnings', 'language', 'chapter.text'],
    ],
    ['a title that is too long', { ...WORK, title: 'x'.repeat(256) }, ['title']],
    ['a summary that is too long', { ...WORK, summary: 'x'.repeat(1300) }, ['summary']],
    ['a rating that is none', { ...WORK, rating: 'spicy' }, ['rating']],
    ['a tag that two would be made of', { ...WORK, tags: { fandom: ['Dracula, Carmilla'] } }, ['tags.fandom']],
    ['a day to come', { ...WORK, postedOn: '2999-01-01' }, ['postedOn']],
    ['somebody else’s pseud', { ...WORK, pseuds: ['zzzzzzzzzz'] }, ['pseuds']],
    [
      'fields there are none of',
      { ...WORK, archivedBy: 1, sample: true, account_id: 1 },
      ['account_id', 'archivedBy', 'sample'],
    ],
    ['another kind of value', { ...WORK, post: 'yes', chapter: { text: 5 } }, ['chapter.text', 'post']],
  ];
  test.each(refused)('is refused with a sentence beside each field: %s', async (_, body, fields) => {
    const { site, token, works } = await writer();
    const { status, errors } = await send(site, '/api/v1/works', token, body);
    expect(status).toBe(422);
    expect(Object.keys(errors).sort()).toEqual(fields.toSorted());
    for (const sentence of Object.values(errors)) expect(sentence).toMatch(/\S.*\.$/);
    expect(await works()).toBe(0);
  });

  test('is refused when it is no JSON, in another type, or from who may not write', async () => {
    const { site, token, person, works } = await writer();
    expect((await send(site, '/api/v1/works', token, '{"title":')).status).toBe(400);
    expect((await send(site, '/api/v1/works', token, WORK, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await send(site, '/api/v1/works', 'ff_none', WORK)).status).toBe(401);
    const reading = await giveToken(site, person, { scopes: ['read'] });
    const lacking = await send(site, '/api/v1/works', reading.token, WORK);
    expect([lacking.status, lacking.body['type']]).toEqual([403, '/problems/scope']);
    // A cookie is no token, wherever the request comes from.
    const { cookie } = person;
    for (const more of [{ 'sec-fetch-site': 'same-origin' }, {}]) {
      const headers = { 'content-type': 'application/json', cookie, ...more };
      const body = JSON.stringify(WORK);
      expect((await site.web.request('http://localhost/api/v1/works', { method: 'POST', headers, body })).status).toBe(
        401,
      );
    }
    await suspend(site, person);
    for (const shown of [token, reading.token]) {
      const held = await send(site, '/api/v1/works', shown, WORK);
      expect([held.status, held.body['type']]).toEqual([403, '/problems/suspended']);
    }
    expect(await works()).toBe(0);
  });

  test('is taken from programs of any origin: no browser adds a token by itself', async () => {
    const { site, token } = await writer();
    const foreign = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' };
    expect((await send(site, '/api/v1/works', token, WORK, foreign)).status).toBe(201);
  });

  test('that is too large is refused before it is read', async () => {
    const { site, token, works } = await writer();
    const { status } = await send(site, '/api/v1/works', token, { ...WORK, notes: 'x'.repeat(9_000_000) });
    expect(status).toBe(413);
    expect(await works()).toBe(0);
  });
});

describe('beside its words', () => {
  test('a work is said to whom it is for and who is asked to create it, who speaks, what holds it and where it stands', async () => {
    const { site, token, person } = await writer();
    const friend = await site.person('meadowsweet');
    await openPseud(site, friend);
    const other = await makeWork(site, { by: [person] }, { state: 'posted' });
    const series = await makeOwnSeries(site, person, 'Of Marshes', [other.id]);
    const skin = await giveSkin(site, person, other, '.letter { color: teal }');
    const { status, body } = await send(site, '/api/v1/works', token, {
      ...WORK,
      coCreators: ['meadowsweet'],
      gifts: { pseuds: ['meadowsweet'], names: ['Old Friend'] },
      commentsFrom: 'nobody',
      commentsModerated: true,
      downloads: false,
      noAi: false,
      noindex: true,
      anonymous: true,
      series,
      newSeries: 'Of Lanterns',
      skin,
    });
    expect([status, body['state']]).toEqual([201, 'posted']);
    const id = String(body['id']);
    const json = async (as: Person | null) => (await (await site.get(`/api/v1/works/${id}`, as)).json()) as object;
    const said = { commentsFrom: 'nobody', commentsModerated: true, downloads: false, noAi: false, anonymous: true };
    expect(await json(null)).toMatchObject({ ...said, creators: [] });
    expect(await json(person)).toMatchObject({ series: [{ title: 'Of Marshes' }, { title: 'Of Lanterns' }] });
    const shown = async (path: string, as: Person) => (await site.get(path, as)).text();
    expect(await shown('/account/co-creation', friend)).toContain('The Lantern Keepers');
    expect(await shown('/account/gifts', friend)).toContain('The Lantern Keepers');
    expect(await shown(`/works/${id}/gifts`, person)).toContain('Old Friend');
    const worn = await site.ground.db.reads.selectFrom('work_skin_choices').select('work_id').execute();
    expect(worn).toHaveLength(2);
  });

  test('what is left out begins as its creator has said for all new works', async () => {
    const { site, token, person } = await writer();
    const chosen = { commenters: 'nobody', restricted: 'on', commentsModerated: 'on' };
    expect((await site.post('/account/new-works', chosen, person)).status).toBe(303);
    const writing = { language: '', notes: 'Be kind.', endNotes: '' };
    const { db, now } = site.ground;
    await db.write((tx) => choosePreferences(tx, now(), person.viewer.accountId, { writing }));
    const json = async (body: object) => {
      const made = await send(site, '/api/v1/works', token, body);
      return (await (await site.get(`/api/v1/works/${String(made.body['id'])}`, person)).json()) as object;
    };
    const begun = { commentsFrom: 'nobody', commentsModerated: true, restricted: true, downloads: false, noAi: false };
    expect(await json(WORK)).toMatchObject({ ...begun, notes: expect.stringContaining('Be kind.') as string });
    const said = { commentsFrom: 'all', restricted: false, noAi: true, notes: '' };
    expect(await json({ ...WORK, ...said })).toMatchObject({ ...begun, ...said });
  });

  test('notes that works begin with are HTML, whatever the work is written in, and what was sent keeps its form', async () => {
    const { site, token, person } = await writer();
    const writing = { language: '', notes: 'Be <em>kind</em>.\n\n5 * 3 * 2', endNotes: '' };
    const { db, now } = site.ground;
    await db.write((tx) => choosePreferences(tx, now(), person.viewer.accountId, { writing }));
    for (const [format, summary, endNotes] of [
      ['text', 'A <marsh>, at *night*.', 'Fin & out.'],
      ['markdown', 'A \\<marsh>, at \\*night\\*.', 'Fin & out.'],
    ] as const) {
      await send(site, '/api/v1/works', token, { ...WORK, format, summary, endNotes });
      const kept = await db.reads
        .selectFrom('works')
        .innerJoin('chapters', 'chapters.work_id', 'works.id')
        .innerJoin('chapter_revisions', 'chapter_revisions.chapter_id', 'chapters.id')
        .select(['works.format', 'works.notes_html', 'works.summary_html', 'works.end_notes_html'])
        .select('chapter_revisions.format as text')
        .orderBy('works.id', 'desc')
        .limit(1)
        .executeTakeFirstOrThrow();
      expect(kept).toEqual({
        format: 'html',
        notes_html: '<p>Be <em>kind</em>.</p><p>5 * 3 * 2</p>',
        summary_html: '<p>A &#x3C;marsh>, at *night*.</p>',
        end_notes_html: '<p>Fin &#x26; out.</p>',
        text: format,
      });
    }
    await send(site, '/api/v1/works', token, { ...WORK, notes: '' });
    const own = db.reads.selectFrom('works').select(['format', 'summary_source']).orderBy('id', 'desc').limit(1);
    expect(await own.executeTakeFirst()).toEqual({ format: 'markdown', summary_source: WORK.summary });
  });

  const refused: [string, object, string][] = [
    ['a skin of nobody’s', { skin: 'zzzzzzzzzz' }, 'skin'],
    ['a series of somebody else’s', { series: 'zzzzzzzzzz' }, 'series'],
    ['a new series with a title that is too long', { newSeries: 'x'.repeat(300) }, 'newSeries'],
    ['another answer than there is about comments', { commentsFrom: 'friends' }, 'commentsFrom'],
    ['somebody to invite who is not here', { coCreators: ['Nobody Here'] }, 'coCreators'],
    ['somebody to invite who takes no invitations', { coCreators: ['wintergreen'] }, 'coCreators'],
    ['somebody to invite without a name', { coCreators: [''] }, 'coCreators'],
    ['somebody to give it to who is not here', { gifts: { pseuds: ['Nobody Here'] } }, 'gifts.pseuds'],
    ['a name without a letter', { gifts: { names: ['...'] } }, 'gifts.names'],
  ];
  test.each(refused)('nothing is made, and the field is named: %s', async (_, more, field) => {
    const { site, token, works } = await writer();
    const { status, errors } = await send(site, '/api/v1/works', token, { ...WORK, ...more });
    expect([status, Object.keys(errors)]).toEqual([422, [field]]);
    expect(errors[field]).toMatch(/\S.*\.$/);
    expect(await works()).toBe(0);
    const series = await site.ground.db.reads.selectFrom('series').select('id').execute();
    expect(series).toHaveLength(0);
  });

  test('names are tried as often as in the form, and no oftener', async () => {
    const { site, token, person } = await writer();
    const work = await makeWork(site, { by: [person] });
    for (const batch of [1, 2, 3])
      await send(site, '/api/v1/works', token, {
        ...WORK,
        coCreators: Array.from({ length: 20 }, (_, n) => `${batch} ${n}`),
      });
    const { errors } = await send(site, '/api/v1/works', token, { ...WORK, coCreators: ['one more'] });
    expect(errors['coCreators']).toContain('tried many names');
    const form = await site.post(`/works/${work.publicId}/creators`, { name: 'one more' }, person);
    expect(await form.text()).toContain('tried many names');
  });
});

describe('a request with a key', () => {
  const key = { 'idempotency-key': 'one of mine' };

  test('makes nothing twice, also when it is sent twice at once', async () => {
    const { site, token, works } = await writer();
    const [first, second] = await Promise.all([
      send(site, '/api/v1/works', token, WORK, key),
      send(site, '/api/v1/works', token, WORK, key),
    ]);
    expect(first.status).toBe(201);
    expect(second).toEqual(first);
    expect(await send(site, '/api/v1/works', token, WORK, key)).toEqual(first);
    expect(await works()).toBe(1);
    await send(site, '/api/v1/works', token, WORK, { 'idempotency-key': 'another' });
    await send(site, '/api/v1/works', token, WORK);
    expect(await works()).toBe(3);
  });

  test('is not known for something else, nor to another token', async () => {
    const { site, token, works } = await writer();
    await send(site, '/api/v1/works', token, WORK, key);
    expect((await send(site, '/api/v1/works', token, { ...WORK, title: 'Another' }, key)).status).toBe(422);
    const other = await giveToken(site, await site.person('meadowsweet'));
    expect((await send(site, '/api/v1/works', other.token, WORK, key)).status).toBe(201);
    expect(await works()).toBe(2);
    expect(JSON.stringify((await contents(site))['api_answers'])).not.toContain('rained');
  });

  test('is answered as before, whatever has changed since', async () => {
    const { site, token, person, works } = await writer();
    const skin = await giveSkin(site, person, await makeWork(site, { by: [person] }), '.letter { color: teal }');
    const first = await send(site, '/api/v1/works', token, { ...WORK, skin }, key);
    expect(first.status).toBe(201);
    expect((await site.post(`/account/skins/${skin}/deletion`, {}, person)).status).toBe(303);
    expect(await send(site, '/api/v1/works', token, { ...WORK, skin }, key)).toEqual(first);
    expect(await works()).toBe(2);
  });

  test('that was refused can be sent again, mended', async () => {
    const { site, token } = await writer();
    expect((await send(site, '/api/v1/works', token, { ...WORK, title: '' }, key)).status).toBe(422);
    expect((await send(site, '/api/v1/works', token, WORK, key)).status).toBe(201);
  });
});

describe('a chapter', () => {
  test('is added at the end, as a draft or posted', async () => {
    const { site, token } = await writer();
    const made = await send(site, '/api/v1/works', token, { ...WORK, chaptersPlanned: null });
    const path = `/api/v1/works/${String(made.body['id'])}/chapters`;
    const draft = await send(site, path, token, { title: 'Two', text: 'Then it stopped.' });
    expect([draft.status, draft.body['state']]).toEqual([201, 'draft']);
    const posted = await send(site, path, token, { text: 'Then it began again.', post: true });
    expect([posted.status, posted.body['state']]).toEqual([201, 'posted']);
    const seen = (await (await site.get(`/api/v1/works/${String(made.body['id'])}`)).json()) as {
      chapters: { html: string }[];
    };
    expect(seen.chapters.map((one) => /rained|stopped|again/.exec(one.html)?.[0])).toEqual(['rained', 'again']);
  });

  test('is refused without a text, too long, to be posted in a draft, and in a work of somebody else', async () => {
    const { site, token } = await writer();
    const draft = await send(site, '/api/v1/works', token, { title: 'Later' });
    const path = `/api/v1/works/${String(draft.body['id'])}/chapters`;
    expect((await send(site, path, token, {})).errors).toHaveProperty('text');
    expect((await send(site, path, token, { text: 'x'.repeat(510_100), format: 'text' })).errors).toHaveProperty(
      'text',
    );
    expect((await send(site, path, token, { text: 'Then.', post: true })).errors).toHaveProperty('post');
    const other = await giveToken(site, await site.person('meadowsweet'));
    const unknown = await send(site, '/api/v1/works/zzzzzzzzzz/chapters', other.token, { text: 'Then.' });
    expect(await send(site, path, other.token, { text: 'Then.' })).toEqual(unknown);
    expect(unknown.status).toBe(404);
    const rows = await site.ground.db.reads.selectFrom('chapters').select('id').execute();
    expect(rows).toHaveLength(0);
  });
});

test('openapi.json describes both as they are', async () => {
  const site = await testSite();
  const said = (await (await site.get('/api/v1/openapi.json')).json()) as {
    paths: Record<string, { post?: { requestBody?: unknown; security?: unknown; responses: Record<string, unknown> } }>;
    components: {
      schemas: Record<string, { properties?: Record<string, unknown>; additionalProperties?: unknown }>;
      securitySchemes: object;
    };
  };
  expect(said.components.securitySchemes).toHaveProperty('token');
  for (const path of ['/api/v1/works', '/api/v1/works/{id}/chapters']) {
    const { post } = said.paths[path] ?? {};
    expect(post?.security).toEqual([{ token: [] }]);
    expect(Object.keys(post?.responses ?? {})).toEqual(expect.arrayContaining(['201', '401', '403', '422']));
    expect(JSON.stringify(post?.requestBody)).toContain('#/components/schemas/New');
  }
  const { NewWork } = said.components.schemas;
  expect(NewWork?.additionalProperties).toBe(false);
  expect(Object.keys(NewWork?.properties ?? {})).toEqual(expect.arrayContaining(Object.keys(WORK)));
});
