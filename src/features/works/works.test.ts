/** Works over HTTP: a draft is corrected, posted, deleted and taken back, by those who keep it and nobody else. */
import { fromHtml } from 'hast-util-from-html';
import type { Element } from 'hast';
import { visit } from 'unist-util-visit';
import { describe, expect, test } from 'vitest';
import { makeWork, type CastWork } from '../../../test/cast.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';
import { changeRules } from '../site/index.ts';

const DAY = 86_400_000;
/** Everything that the form needs to be saved and posted. */
const WHOLE = {
  title: 'The Bees',
  language: 'en',
  rating: 'general',
  warnings: ['none'],
  categories: ['gen'],
  status: 'in-progress',
  plannedChapters: '1',
  fandoms: 'Sherlock Holmes',
  relationships: '',
  characters: '',
  freeforms: '',
  summary: '',
  notes: '',
  endNotes: '',
};
type Fields = Record<string, string | readonly string[]>;
/** What the button "Save and post" sends beside the form. */
const THEN_POST: Fields = Object.fromEntries(new URLSearchParams('then=post'));

const edit = (site: TestSite, work: CastWork, fields: Fields, as: Person = site.owner) =>
  site.post(`/works/${work.publicId}/edit`, fields, as);
const rowOf = (site: TestSite, work: CastWork) =>
  site.ground.db.reads.selectFrom('works').selectAll().where('id', '=', work.id).executeTakeFirstOrThrow();
const whole = async (site: TestSite, work: CastWork) =>
  (await (await site.get(`/api/v1/works/${work.publicId}`, site.owner)).json()) as Record<string, unknown>;

/** The values a browser would send back from the form on a page, and the text of an element by its id. */
function formIn(html: string) {
  const values: Record<string, string[]> = {};
  const texts = new Map<string, string>();
  const add = (name: unknown, value: unknown) => (values[String(name)] ??= []).push(String(value));
  const textOf = (node: Element) => {
    let text = '';
    visit(node, 'text', (one) => {
      text += one.value;
    });
    return text;
  };
  visit(fromHtml(html), 'element', (node) => {
    const { name, value, type, checked, id } = node.properties;
    if (typeof id === 'string') texts.set(id, textOf(node).trim());
    if (node.tagName === 'input' && (type === 'text' || (checked && name))) add(name, value ?? '');
    if (node.tagName === 'textarea') add(name, textOf(node));
    if (node.tagName === 'select') {
      visit(node, 'element', (option) => {
        if (option.properties['selected']) add(name, option.properties['value'] ?? '');
      });
    }
  });
  return { values, text: (id: string) => texts.get(id) };
}

describe('a draft', () => {
  test('is seen by its keeper alone', async () => {
    const site = await testSite();
    const reader = await site.person('reader');
    const draft = await makeWork(site, { title: 'Unfinished' });
    expect((await site.get(`/works/${draft.publicId}`, site.owner)).status).toBe(200);
    expect((await site.get(`/works/${draft.publicId}`, reader)).status).toBe(404);
    expect((await site.get(`/works/${draft.publicId}`)).status).toBe(404);
    expect(await (await site.get('/drafts', site.owner)).text()).toContain('Unfinished');
    expect(await (await site.get('/drafts', reader)).text()).not.toContain('Unfinished');
    expect((await site.get('/drafts')).status).toBe(404);
  });

  test('is changed by its keeper alone', async () => {
    const site = await testSite();
    const reader = await site.person('reader');
    const draft = await makeWork(site);
    for (const what of ['edit', 'publication', 'deletion', 'restoration']) {
      for (const who of [reader, null]) {
        expect((await site.post(`/works/${draft.publicId}/${what}`, WHOLE, who)).status, what).toBe(404);
      }
    }
    for (const page of ['edit', 'delete'])
      expect((await site.get(`/works/${draft.publicId}/${page}`, reader)).status).toBe(404);
    expect((await rowOf(site, draft)).version).toBe(1);
  });

  test('shows in the list what it still needs', async () => {
    const site = await testSite();
    await makeWork(site, { title: 'Nameless', fandoms: [], language: 'en' });
    expect(await (await site.get('/drafts', site.owner)).text()).toContain('Needs a fandom');
  });
});

describe('the form', () => {
  test('shows the work as it stands, and saving it unchanged changes nothing that readers see', async () => {
    const site = await testSite();
    const work = await makeWork(
      site,
      {
        title: 'Bees & "Honey"',
        summary: '\n<p>First.</p>\n\n<p>Second &amp; last.</p>',
        notes: '<p>For Oona.</p>',
        fandoms: ['Sherlock Holmes', 'Dracula'],
        tags: [
          { kind: 'category', name: 'Gen' },
          { kind: 'relationship', name: 'Holmes/Watson' },
        ],
      },
      { state: 'posted' },
    );
    const before = await whole(site, work);
    const { values } = formIn(await (await site.get(`/works/${work.publicId}/edit`, site.owner)).text());
    expect(values).toMatchObject({
      title: ['Bees & "Honey"'],
      fandoms: ['Sherlock Holmes, Dracula'],
      rating: ['general'],
    });
    expect(values['summary']).toEqual(['\n<p>First.</p>\n\n<p>Second &amp; last.</p>']);
    expect((await edit(site, work, values)).status).toBe(303);
    const after = await whole(site, work);
    expect(after).toEqual(before);
  });

  test('saves what was typed', async () => {
    const site = await testSite();
    const work = await makeWork(site);
    const answer = await edit(site, work, {
      ...WHOLE,
      title: '  The   Wasps ',
      language: 'fr',
      rating: 'teen',
      warnings: ['violence', 'death'],
      categories: ['f-f', 'm-m'],
      status: 'on-hiatus',
      plannedChapters: '7',
      fandoms: 'Dracula, Emma',
      relationships: 'Mina/Lucy',
      characters: 'Mina',
      freeforms: 'Fluff, fluff, Bees',
      summary: '<p>Stings.</p><script>alert(1)</script>',
      restricted: 'on',
    });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`/works/${work.publicId}/the-wasps`);
    expect(await whole(site, work)).toMatchObject({
      title: 'The Wasps',
      language: 'fr',
      rating: 'Teen And Up Audiences',
      warnings: ['Graphic Depictions Of Violence', 'Major Character Death'],
      categories: ['F/F', 'M/M'],
      status: 'on-hiatus',
      chaptersPlanned: 7,
      tags: {
        fandom: ['Dracula', 'Emma'],
        relationship: ['Mina/Lucy'],
        character: ['Mina'],
        freeform: ['Fluff', 'Bees'],
      },
      summary: '<p>Stings.</p>',
      restricted: true,
      state: 'draft',
    });
  });

  const NASTY = `"><script>alert('x')</script>&amp;<b title='"`;

  test.each([
    ['title', { title: 'x'.repeat(256) }, 'at most 255 characters; this one has 256'],
    ['language', { language: 'xx-nowhere' }, 'Choose one of the languages'],
    ['rating', { rating: 'nc-17' }, 'Choose one of the ratings'],
    ['status', { status: 'lost' }, 'Choose how the work stands'],
    ['plannedChapters', { plannedChapters: NASTY }, 'Type a number of chapters'],
    ['plannedChapters', { plannedChapters: '0' }, 'Type a number of chapters'],
    ['plannedChapters', { plannedChapters: '1' }, 'There are 2 chapters already'],
    ['fandoms', { fandoms: NASTY }, 'which no tag name can hold'],
    ['relationships', { relationships: NASTY }, 'which no tag name can hold'],
    ['characters', { characters: NASTY }, 'which no tag name can hold'],
    ['freeforms', { freeforms: NASTY }, 'which no tag name can hold'],
    [
      'freeforms',
      { freeforms: Array.from({ length: 75 }, (_, at) => `t${at}`).join(', ') },
      'at most 75 tags together; these are 76',
    ],
    ['characters', { characters: 'x'.repeat(151) }, 'longer than 150 characters'],
    ['summary', { summary: `<p>${'x'.repeat(1_250)}</p>` }, 'at most 1250 characters'],
    ['notes', { notes: `<p>${'x'.repeat(5_000)}</p>` }, 'at most 5000 characters'],
    ['endNotes', { endNotes: `<p>${'x'.repeat(5_000)}</p>` }, 'at most 5000 characters'],
  ] as [string, Fields, string][])(
    'a refused %s comes back as typed, with the sentence beside it',
    async (field, wrong, sentence) => {
      const site = await testSite();
      const work = await makeWork(site, { chapters: ['<p>One.</p>', '<p>Two.</p>'] });
      const typed = { ...WHOLE, title: NASTY, plannedChapters: '2', summary: `\n${NASTY}`, noindex: 'on', ...wrong };
      const answer = await edit(site, work, typed);
      expect(answer.status).toBe(422);
      const html = await answer.text();
      expect(html).not.toContain("<script>alert('x')");
      const { values, text } = formIn(html);
      expect(text(`${field}-error`)).toContain(sentence);
      expect(html).toContain(`href="#${field}"`);
      for (const [name, value] of Object.entries(typed)) {
        // A choice that is not offered cannot be chosen again.
        if (name === field && ['language', 'rating', 'status'].includes(field)) continue;
        const sent = typeof value === 'string' ? [value] : value;
        expect(values[name], name).toEqual(sent);
      }
      expect(await rowOf(site, work)).toMatchObject({ title: 'The Bees', version: 1 });
    },
  );

  test.each([
    ['title', { title: '' }, 'needs a title'],
    ['language', { language: '' }, 'needs a language'],
    ['rating', { rating: '' }, 'needs a rating'],
    ['warnings', { warnings: [] }, 'at least one archive warning'],
    ['fandoms', { fandoms: '' }, 'at least one fandom'],
  ] as [string, Fields, string][])(
    'saving and posting without %s says so and writes nothing at all',
    async (field, lacking, sentence) => {
      const site = await testSite();
      const work = await makeWork(site);
      const answer = await edit(site, work, { ...WHOLE, freeforms: 'A tag never seen', ...lacking, ...THEN_POST });
      expect(answer.status).toBe(422);
      expect(formIn(await answer.text()).text(`${field}-error`)).toContain(sentence);
      expect(await rowOf(site, work)).toMatchObject({ state: 'draft', version: 1, title: 'The Bees' });
      const tag = await site.ground.db.reads
        .selectFrom('tags')
        .selectAll()
        .where('name', '=', 'A tag never seen')
        .execute();
      expect(tag).toEqual([]);
      // As a draft it may lack all of that.
      expect((await edit(site, work, { ...WHOLE, ...lacking })).status).toBe(303);
    },
  );

  test('a posted work stays complete', async () => {
    const site = await testSite();
    const work = await makeWork(site, {}, { state: 'posted' });
    expect((await edit(site, work, { ...WHOLE, fandoms: '' })).status).toBe(422);
    expect(await whole(site, work)).toMatchObject({ tags: { fandom: ['Sherlock Holmes'] } });
  });

  test('control characters are left out, wherever they came from', async () => {
    const site = await testSite();
    const work = await makeWork(site);
    const saved = await edit(site, work, { ...WHOLE, title: 'The\0 Bees', fandoms: 'Emma\0', summary: '<p>a\0b</p>' });
    expect(saved.status).toBe(303);
    expect(await whole(site, work)).toMatchObject({
      title: 'The Bees',
      tags: { fandom: ['Emma'] },
      summary: '<p>ab</p>',
    });
  });

  test('fields that are absent or sent as files do not break it', async () => {
    const site = await testSite();
    const work = await makeWork(site);
    expect((await edit(site, work, {})).status).toBe(422);
    const body = new FormData();
    for (const name of Object.keys(WHOLE)) body.append(name, new File(['x'], 'x.txt'));
    const answer = await site.web.request(`http://localhost/works/${work.publicId}/edit`, {
      method: 'POST',
      body,
      headers: { cookie: site.owner.cookie, 'sec-fetch-site': 'same-origin' },
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('takes forms as web pages send them');
    expect(await rowOf(site, work)).toMatchObject({ title: work.title, version: 1 });
  });
});

describe('posting', () => {
  test('makes a work new now, where no source dates it', async () => {
    const at = Date.UTC(2026, 0, 2);
    const site = await testSite({ now: () => at });
    const work = await makeWork(site);
    expect((await site.post(`/works/${work.publicId}/publication`, {}, site.owner)).status).toBe(303);
    expect(await rowOf(site, work)).toMatchObject({
      state: 'posted',
      posted_at: at,
      updated_at: at,
      posted_chapters: 1,
    });
    expect((await site.get(`/works/${work.publicId}`)).status).toBe(200);
  });

  test('leaves the dates of a source alone', async () => {
    const then = Date.UTC(2012, 4, 6);
    const site = await testSite();
    const work = await makeWork(site, { postedAt: then }, { state: 'posted' });
    expect(await rowOf(site, work)).toMatchObject({ posted_at: then, updated_at: then });
    expect(await whole(site, work)).toMatchObject({ chapters: [{ posted: '2012-05-06T00:00:00.000Z' }] });
  });

  test('twice is the same as once', async () => {
    let now = Date.UTC(2026, 0, 2);
    const site = await testSite({ now: () => now });
    const work = await makeWork(site, {}, { state: 'posted' });
    const before = await rowOf(site, work);
    now += DAY;
    expect((await site.post(`/works/${work.publicId}/publication`, {}, site.owner)).status).toBe(303);
    expect(await rowOf(site, work)).toEqual(before);
  });

  test('and saving go together with one button', async () => {
    const site = await testSite();
    const work = await makeWork(site, { fandoms: [] });
    expect((await edit(site, work, { ...WHOLE, title: 'Whole at Last', ...THEN_POST })).status).toBe(303);
    expect(await rowOf(site, work)).toMatchObject({ state: 'posted', title: 'Whole at Last' });
  });

  test('a later edit never moves a work up the list', async () => {
    let now = Date.UTC(2026, 0, 1);
    const site = await testSite({ now: () => now });
    const older = await makeWork(site, { title: 'Older' }, { state: 'posted' });
    now += DAY;
    await makeWork(site, { title: 'Newer' }, { state: 'posted' });
    now += DAY;
    expect((await edit(site, older, { ...WHOLE, title: 'Older, corrected' })).status).toBe(303);
    const list = (await (await site.get('/api/v1/works')).json()) as { works: { title: string }[] };
    expect(list.works.map((work) => work.title)).toEqual(['Newer', 'Older, corrected']);
  });

  test('all complete drafts at once leaves the others drafts', async () => {
    const site = await testSite();
    for (let number = 0; number < 13; number++) await makeWork(site, { title: `Complete ${number}` });
    const lacking = await makeWork(site, { fandoms: [] });
    const reader = await site.person('reader');
    const theirs = await makeWork(site, { by: [reader] });
    expect(await (await site.get('/drafts', site.owner)).text()).toContain('Post all 13 that are complete');
    expect((await site.post('/drafts/publication', {}, site.owner)).status).toBe(303);
    const states = await site.ground.db.reads.selectFrom('works').select(['id', 'state']).execute();
    expect(states.filter((work) => work.state === 'draft').map((work) => work.id)).toEqual([lacking.id, theirs.id]);
    expect((await site.post('/drafts/publication')).status).toBe(404);
  });
});

describe('deleting', () => {
  test('can be undone, and says how', async () => {
    const site = await testSite();
    const work = await makeWork(site, { title: 'Here and Gone' }, { state: 'posted' });
    expect(await (await site.get(`/works/${work.publicId}/delete`, site.owner)).text()).toContain('Here and Gone');
    const deleted = await site.post(`/works/${work.publicId}/deletion`, {}, site.owner);
    expect(deleted.status).toBe(303);
    expect((await site.get(`/works/${work.publicId}`, site.owner)).status).toBe(404);
    const cookie = deleted.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const next = await site.get('/drafts', null, { cookie: `${site.owner.cookie}; ${cookie}` });
    expect(await next.text()).toContain(`action="/works/${work.publicId}/restoration"`);
    expect(await (await site.get('/deleted', site.owner)).text()).toContain('Here and Gone');
    const back = await site.post(`/works/${work.publicId}/restoration`, {}, site.owner);
    expect(back.status).toBe(303);
    expect((await site.get(`/works/${work.publicId}`)).status).toBe(200);
    expect(await (await site.get('/deleted', site.owner)).text()).not.toContain('Here and Gone');
  });

  test('brings a work back as it was: a draft as a draft, a posted one where it stood', async () => {
    const site = await testSite();
    for (const state of ['draft', 'posted'] as const) {
      const work = await makeWork(site, {}, { state });
      const before = await rowOf(site, work);
      await site.post(`/works/${work.publicId}/deletion`, {}, site.owner);
      await site.post(`/works/${work.publicId}/restoration`, {}, site.owner);
      expect(await rowOf(site, work)).toEqual({ ...before, version: before.version + 2 });
    }
  });

  test('is undone by its keeper alone, and what is not deleted cannot be restored', async () => {
    const site = await testSite();
    const reader = await site.person('reader');
    const work = await makeWork(site, {}, { state: 'posted' });
    expect((await site.post(`/works/${work.publicId}/restoration`, {}, site.owner)).status).toBe(404);
    await site.post(`/works/${work.publicId}/deletion`, {}, site.owner);
    expect((await site.post(`/works/${work.publicId}/restoration`, {}, reader)).status).toBe(404);
    expect((await site.post(`/works/${work.publicId}/deletion`, {}, site.owner)).status).toBe(404);
    expect((await edit(site, work, WHOLE)).status).toBe(404);
    expect(await (await site.get('/deleted', reader)).text()).not.toContain('The Bees');
    expect((await site.get('/deleted')).status).toBe(404);
  });

  test('is for good after 30 days; only that there was a work is remembered', async () => {
    let now = Date.UTC(2026, 0, 1);
    const site = await testSite({ now: () => now });
    const work = await makeWork(site, { tags: [{ kind: 'character', name: 'Watson' }] }, { state: 'posted' });
    const kept = await makeWork(site, { title: 'Kept' }, { state: 'posted' });
    await site.post(`/works/${work.publicId}/deletion`, {}, site.owner);
    const jobs = site.features.flatMap((feature) => feature.jobs?.(site.ground) ?? []);
    const runErasing = async () => jobs.find((job) => job.kind === 'erase-deleted-works')?.run(null);
    now += 30 * DAY;
    await runErasing();
    const { reads } = site.ground.db;
    const works = async () =>
      (await reads.selectFrom('works').select('id').orderBy('id').execute()).map((row) => row.id);
    expect(await works()).toEqual([work.id, kept.id]);
    now += 1;
    await runErasing();
    expect(await works()).toEqual([kept.id]);
    expect(await reads.selectFrom('erased_works').selectAll().execute()).toEqual([
      { public_id: work.publicId, at: now },
    ]);
    for (const table of ['chapters', 'work_tags', 'work_creators'] as const) {
      const rows = await reads.selectFrom(table).select('work_id').where('work_id', '=', work.id).execute();
      expect(rows, table).toEqual([]);
    }
    expect(await reads.selectFrom('chapter_revisions').selectAll().execute()).toHaveLength(1);
    expect((await site.post(`/works/${work.publicId}/restoration`, {}, site.owner)).status).toBe(404);
  });
});

test('a work keeps its creator’s order of tags', async () => {
  const site = await testSite();
  const work = await makeWork(site);
  await edit(site, work, { ...WHOLE, freeforms: 'Zebra, apple, Mango' });
  expect(await whole(site, work)).toMatchObject({ tags: { freeform: ['Zebra', 'apple', 'Mango'] } });
  await edit(site, work, { ...WHOLE, freeforms: 'Mango, Zebra' });
  expect(await whole(site, work)).toMatchObject({ tags: { freeform: ['Mango', 'Zebra'] } });
});

describe('an edit', () => {
  test('made from an older version is not written over a newer one unseen', async () => {
    const site = await testSite();
    const work = await makeWork(site, {}, { state: 'posted' });
    const shown =
      /name="version" value="(\d+)"/.exec(
        await (await site.get(`/works/${work.publicId}/edit`, site.owner)).text(),
      )?.[1] ?? '';
    expect((await edit(site, work, { ...WHOLE, title: 'From the first tab', version: shown })).status).toBe(303);
    const late = await edit(site, work, { ...WHOLE, title: 'From the second tab', version: shown });
    expect(late.status).toBe(422);
    const page = await late.text();
    expect(page).toContain('was changed while you had it open');
    expect(page).toContain('From the second tab');
    expect(await rowOf(site, work)).toMatchObject({ title: 'From the first tab' });
    const now = /name="version" value="(\d+)"/.exec(page)?.[1] ?? '';
    expect((await edit(site, work, { ...WHOLE, title: 'From the second tab', version: now })).status).toBe(303);
  });

  test('leaves what an import brought over a limit as it is', async () => {
    const site = await testSite();
    const summary = `<p>${'bees '.repeat(400)}</p>`;
    const work = await makeWork(site, { summary }, { state: 'posted' });
    expect((await edit(site, work, { ...WHOLE, summary })).status).toBe(303);
    expect((await edit(site, work, { ...WHOLE, summary: `${summary}<p>more</p>` })).status).toBe(422);
  });

  test('of a work that came before a rule is spared by it', async () => {
    const site = await testSite();
    const work = await makeWork(site, { rating: 'Explicit' }, { state: 'posted' });
    await site.ground.db.write((tx) => changeRules(tx, 1, { explicitRefused: true, registeredOnly: false }));
    expect((await edit(site, work, { ...WHOLE, rating: 'explicit', title: 'A typo less' })).status).toBe(303);
    const other = await makeWork(site, {}, { state: 'posted' });
    expect((await edit(site, other, { ...WHOLE, rating: 'explicit' })).status).toBe(422);
  });
});
