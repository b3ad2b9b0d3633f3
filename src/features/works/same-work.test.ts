/** What the form for a new work makes of its fields, the API makes of the same; what one refuses, the other refuses beside the same field. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeWork } from '../../../test/cast.ts';
import { giveToken } from '../../../test/keys.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';

/** Requests that change something, of one account in a minute, are fewer than 30. */
const RUNS = 25;

/** Most fields of a work can stand, so that many works are made. */
const mostly = <T>(good: readonly T[], bad: readonly T[]) =>
  fc.oneof({ weight: 15, arbitrary: fc.constantFrom(...good) }, { weight: 1, arbitrary: fc.constantFrom(...bad) });
const line = fc.oneof(
  {
    weight: 4,
    arbitrary: mostly(['The Bees', '  Two   spaces ', 'Ünï', '<b>no</b>', 'A\u0000NUL'], ['', 'x'.repeat(300)]),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 40, unit: 'grapheme' }) },
);
const text = mostly(
  ['', 'It rained.', 'One.\r\n\r\nTwo *three*.', '<p>A <script>x</script>b', '   ', '\u0000'],
  ['x'.repeat(6000)],
);
const tags = (...names: string[]) => fc.uniqueArray(mostly(names, ['x'.repeat(151)]), { maxLength: 3 });
const said = fc.record({
  title: line,
  language: mostly(['en', 'de'], ['']),
  rating: mostly(['general', 'teen'], ['', 'spicy']),
  warnings: mostly<readonly string[]>([['none'], ['violence', 'death']], [[], ['none', 'voilence'], ['']]),
  categories: mostly<readonly string[]>([[], ['gen'], ['f-f', 'multi']], [['gne'], ['multi', 'teen']]),
  fandom: fc.constantFrom(['Dracula'], ['Dracula', 'Carmilla (1872)']),
  relationship: tags('Mina/Jonathan', 'Mina & Lucy'),
  freeform: tags('Fog', 'fog', 'Trains', ' spaced  out '),
  chaptersPlanned: fc.constantFrom(1, 3, null),
  status: mostly(['in-progress', 'on-hiatus'], ['lost']),
  summary: text,
  notes: text,
  restricted: fc.boolean(),
  noindex: fc.boolean(),
  commentsFrom: fc.constantFrom('all', 'registered', 'nobody'),
  commentsModerated: fc.boolean(),
  downloads: fc.boolean(),
  noAi: fc.boolean(),
  anonymous: fc.boolean(),
  unrevealed: fc.boolean(),
  newSeries: mostly(['', 'Of Trains'], ['x'.repeat(300)]),
  format: fc.constantFrom('html', 'markdown', 'text'),
  chapter: fc.record({ title: line, text: mostly(['It rained in Sussex.', 'One.\n\nTwo *three*.'], ['']) }),
  postedOn: mostly(['', '2019-04-27'], ['2999-01-01', '2019-02-30']),
  post: fc.boolean(),
});
type Said = typeof said extends fc.Arbitrary<infer One> ? One : never;

const BOXES = ['restricted', 'noindex', 'commentsModerated', 'downloads', 'noAi', 'anonymous', 'unrevealed'] as const;

/** As a browser sends it. */
async function byForm(site: TestSite, who: Person, pseud: string, one: Said) {
  const fields: Record<string, string | string[]> = {
    pseuds: pseud,
    title: one.title,
    language: one.language,
    rating: one.rating,
    warnings: [...one.warnings],
    categories: [...one.categories],
    fandoms: one.fandom.join(', '),
    relationships: one.relationship.join(', '),
    freeforms: one.freeform.join(', '),
    plannedChapters: one.chaptersPlanned === null ? '?' : String(one.chaptersPlanned),
    status: one.status,
    summary: one.summary,
    notes: one.notes,
    newSeries: one.newSeries,
    format: one.format,
    chapterTitle: one.chapter.title,
    text: one.chapter.text,
    postedOn: one.postedOn,
    deciding: 'on',
    commenters: one.commentsFrom,
    ...Object.fromEntries(BOXES.flatMap((box) => (one[box] ? [[box, 'on']] : []))),
    ...Object.fromEntries(new URLSearchParams(`then=${one.post ? 'post' : 'save'}`)),
  };
  const answer = await site.post('/works/new', fields, who);
  if (answer.status === 303) return { made: true, refused: [] };
  const [, summary = ''] = /<ul class="errors">(.*?)<\/ul>/s.exec(await answer.text()) ?? [];
  return { made: false, refused: [...summary.matchAll(/href="#([A-Za-z]+)"/g)].map(([, name = '']) => name).sort() };
}

/** What a field of the API is called in the form. */
const IN_FORM: Record<string, string> = {
  'tags.fandom': 'fandoms',
  'tags.relationship': 'relationships',
  'tags.freeform': 'freeforms',
  chaptersPlanned: 'plannedChapters',
  'chapter.title': 'chapterTitle',
  'chapter.text': 'text',
};

async function byProgram(site: TestSite, token: string, one: Said) {
  const { fandom, relationship, freeform, ...others } = one;
  const answer = await site.web.request('http://localhost/api/v1/works', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ ...others, tags: { fandom, relationship, freeform } }),
  });
  if (answer.status === 201) return { made: true, refused: [] };
  const { errors } = (await answer.json()) as { errors: Record<string, string> };
  return {
    made: false,
    refused: Object.keys(errors)
      .map((name) => IN_FORM[name] ?? name)
      .sort(),
  };
}

/** All that is kept of the latest work, without what says which one it is. */
async function latest(site: TestSite) {
  const { reads } = site.ground.db;
  const {
    id,
    public_id: _1,
    created_at: _2,
    ...work
  } = await reads.selectFrom('works').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
  const ofWork = { work_id: id };
  const rows = async (table: 'work_tags' | 'work_concealments' | 'work_creators') =>
    (await reads.selectFrom(table).selectAll().where('work_id', '=', id).execute()).map((row) =>
      JSON.stringify({ ...row, ...ofWork, work_id: 0, at: 0, id: 0 }),
    );
  const chapters = await reads
    .selectFrom('chapters')
    .innerJoin('chapter_revisions', 'chapter_revisions.chapter_id', 'chapters.id')
    .select(['position', 'state', 'chapters.words', 'posted_at', 'title', 'format', 'source', 'html', 'saved_by'])
    .where('work_id', '=', id)
    .execute();
  const series = await reads
    .selectFrom('series')
    .innerJoin('series_works', 'series_works.series_id', 'series.id')
    .select('title')
    .where('work_id', '=', id)
    .execute();
  const tagged = (await rows('work_tags')).sort();
  return {
    work,
    tagged,
    held: (await rows('work_concealments')).sort(),
    signed: await rows('work_creators'),
    chapters,
    series,
  };
}

test('the form and the API make the same of the same', async () => {
  // The hour stands still, so that what is dated by it is the same.
  const site = await testSite({ now: () => Date.UTC(2026, 10, 3, 12, 0) });
  const wren = await site.person('wren');
  const { token } = await giveToken(site, wren);
  const { public_id: pseud } = await site.ground.db.reads
    .selectFrom('pseuds')
    .select('public_id')
    .where('id', '=', wren.pseudId)
    .executeTakeFirstOrThrow();
  let made = 0;
  await fc.assert(
    fc.asyncProperty(said, async (one) => {
      const typed = await byForm(site, wren, pseud, one);
      const kept = typed.made ? await latest(site) : null;
      const sent = await byProgram(site, token, one);
      expect(sent).toEqual(typed);
      if (!kept) return;
      made += 1;
      expect(await latest(site)).toEqual(kept);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  expect(made).toBeGreaterThan(3);
}, 60_000);

test('a warning or a category that is none of the archive’s is refused by both, and no work is made without it', async () => {
  const site = await testSite();
  const wren = await site.person('wren');
  const { token } = await giveToken(site, wren);
  const { public_id: pseud } = await site.ground.db.reads
    .selectFrom('pseuds')
    .select('public_id')
    .where('id', '=', wren.pseudId)
    .executeTakeFirstOrThrow();
  const whole: Said = {
    title: 'The Bees',
    language: 'en',
    rating: 'general',
    warnings: ['none'],
    categories: [],
    fandom: ['Dracula'],
    relationship: [],
    freeform: [],
    chaptersPlanned: 1,
    status: 'in-progress',
    summary: '',
    notes: '',
    restricted: false,
    noindex: false,
    commentsFrom: 'registered',
    commentsModerated: false,
    downloads: true,
    noAi: true,
    anonymous: false,
    unrevealed: false,
    newSeries: '',
    format: 'html',
    chapter: { title: '', text: 'It rained in Sussex.' },
    postedOn: '',
    post: true,
  };
  for (const [wrong, field] of [
    [{ warnings: ['none', 'voilence'] }, 'warnings'],
    [{ warnings: [''] }, 'warnings'],
    [{ categories: ['gen', 'GEN'] }, 'categories'],
  ] as const) {
    const refused = { made: false, refused: [field] };
    expect(await byForm(site, wren, pseud, { ...whole, ...wrong })).toEqual(refused);
    expect(await byProgram(site, token, { ...whole, ...wrong })).toEqual(refused);
  }
  expect(await site.ground.db.reads.selectFrom('works').select('id').execute()).toEqual([]);
  expect((await byProgram(site, token, whole)).made).toBe(true);
});

test('a new chapter needs one word anywhere, and a text to be posted, for the form and the API alike', async () => {
  const site = await testSite();
  const wren = await site.person('wren');
  const { token } = await giveToken(site, wren);
  const work = await makeWork(site, { by: [wren], chapters: ['<p>It rained.</p>'] }, { state: 'posted' });
  const chapters = async () =>
    (await site.ground.db.reads.selectFrom('chapters').select('id').where('work_id', '=', work.id).execute()).length;
  const answers = async (said: Record<string, string>, post: boolean) => {
    const { title = '', warnings = '', ...others } = said;
    const button = Object.fromEntries(new URLSearchParams(`then=${post ? 'post' : 'save'}`));
    const fields = { ...others, chapterTitle: title, chapterWarnings: warnings, ...button };
    const before = await chapters();
    const form = await site.post(`/works/${work.publicId}/chapters/new`, fields, wren);
    const byForm = [
      form.status === 303,
      /<ul class="errors">.*?<a href="#(\w+)"/s.exec(await form.text())?.[1] ?? null,
    ];
    const between = await chapters();
    const program = await site.web.request(`http://localhost/api/v1/works/${work.publicId}/chapters`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ ...said, post }),
    });
    const { errors = {} } = (await program.json()) as { errors?: object };
    expect([program.status === 201, Object.keys(errors)[0] ?? null]).toEqual(byForm);
    expect((await chapters()) - between).toBe(between - before);
    return byForm;
  };
  for (const field of ['title', 'warnings', 'summary', 'notes', 'endNotes', 'text'])
    expect(await answers({ [field]: 'Rain' }, false)).toEqual([true, null]);
  expect(await answers({}, false)).toEqual([false, 'text']);
  expect(await answers({ text: ' \n', notes: '<p></p>' }, false)).toEqual([false, 'text']);
  expect(await answers({ notes: 'Rain' }, true)).toEqual([false, 'text']);
  expect(await answers({ text: 'It rained on.' }, true)).toEqual([true, null]);
});
