/** The review in the browser: what a rescue guessed is taken, undone, joined, broken; what a work lacks is filled in. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeWork } from '../../../test/cast.ts';
import { openSite, testSite, type Person, type TestSite } from '../../../test/site.ts';
import { changeChapters, currentChapters, editWork, findWork } from '../works/index.ts';
import { countGuesses } from './guesses.ts';
import type { Rescue } from './imported-work.ts';
import { bringInByForm, noticeOf, wordsIn, wordsOf, worksOf } from './web.fixture.ts';

const KETTLE =
  'The kettle had been Marta’s idea. “You never said it was haunted,” said Ivo. He put the lid back very gently. “I said it was old,” Marta said. “Old is not— ” “ Haunted ,” he said, “is a different shop.” The kettle hummed. Three days later it knew two songs, and Ivo, of course , had learned the lower part. “You’re flat,” Marta said. Notes: Comments keep the kettle warm! tumblr / prompts';
const LETTERS =
  'i. ‘Did you post the sisters’ letter?’ asked Wren. ‘’Course I did.’ Tam’s boots were still wet. ‘She said, “Come before the tide,” so I ran.’ Nobody ran in Port Ellory. ii. The tide came at six. ‘It’s only water,’ said Tam, ‘and it’s always gone out again.’ It had not. +1 Wren wrote back herself.';
const TIDES =
  '“Read me the heading,” said Pell. “ Notes: Tides ,” said Oona. She turned the page. Nothing. Where had he gone? Not far, she thought, not far . It was I. I was sure of it. At dusk the ferry came back without him. “He’ll have—” “Don’t.” Notes: For the Harbour Prompts! I don’t own the sea. Find me at tumblr / ko-fi';

let site: TestSite;
let people = 0;

beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

interface Reviewed {
  at: TestSite;
  keeper: Person;
  id: string;
  workId: number;
}

/** Flattened texts that came in, each like no other in this file: a last sentence tells them apart. */
async function rescued(texts: Record<string, string>, at = site): Promise<Reviewed[]> {
  people += 1;
  const keeper = await at.person(`sorrel${people}`, ['member', 'archivist']);
  const files = Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      `${name}.txt`,
      `Once, on day ${people} of ${name}, it began. ${text}`,
    ]),
  );
  const path = await bringInByForm(at, keeper, files);
  return (await worksOf(at, path)).map((work) => ({ at, keeper, id: work.publicId, workId: work.id }));
}

async function rescuedOne(text: string, at = site): Promise<Reviewed> {
  const [one] = await rescued({ story: text }, at);
  if (!one) throw new Error('Nothing came in.');
  return one;
}

async function rescueOf({ at, workId }: Reviewed): Promise<Rescue & { version: number; guesses: number }> {
  const row = await at.ground.db.reads
    .selectFrom('import_rescues')
    .innerJoin('import_sources', 'import_sources.work_id', 'import_rescues.work_id')
    .select(['rescue', 'version', 'guesses'])
    .where('import_rescues.work_id', '=', workId)
    .executeTakeFirstOrThrow();
  return { ...(JSON.parse(row.rescue) as Rescue), version: row.version, guesses: row.guesses };
}

/** Does something by a form of the review's page. */
async function act(it: Reviewed, fields: Record<string, string>): Promise<Response> {
  const { version } = await rescueOf(it);
  return it.at.post(`/works/${it.id}/review`, { part: '1', version: String(version), ...fields }, it.keeper);
}

async function standing({ at, keeper, id }: Reviewed) {
  const work = await findWork(at.ground.db.reads, keeper.viewer, id);
  if (!work) throw new Error('There is no such work.');
  return { work, chapters: await currentChapters(at.ground.db.reads, work) };
}

/** The blocks of the text as a person reads them: `*` for emphasis, `[ii.]` for headings. */
async function blocksOf(it: Reviewed): Promise<string[]> {
  const { chapters } = await standing(it);
  return chapters.flatMap(({ html }) =>
    [...html.matchAll(/<(p|h\d)[^>]*>(.*?)<\/\1>/gs)].map(([, name, inner = '']) => {
      const text = inner.replace(/<\/?em>/g, '*').replace(/<[^>]*>/g, '');
      return name === 'p' ? text : `[${text}]`;
    }),
  );
}

const repairOf = async (it: Reviewed, kind: string, before: string) => {
  const found = (await rescueOf(it)).repairs.find((one) => one.kind === kind && one.before.trim() === before);
  if (!found) throw new Error(`There is no ${kind} at "${before}".`);
  return found;
};

describe('the three flattened texts come in as they were', () => {
  test('double quotes, emphasis, notes with links after them', async () => {
    const it = await rescuedOne(KETTLE);
    const blocks = await blocksOf(it);
    for (const paragraph of [
      '“You never said it was haunted,” said Ivo. He put the lid back very gently.',
      '“I said it was old,” Marta said. “Old is not—”',
      'Three days later it knew two songs, and Ivo, of course, had learned the lower part.',
      '“You’re flat,” Marta said.',
    ])
      expect(blocks).toContain(paragraph);
    expect(blocks.some((one) => one.startsWith('“*Haunted*,” he said, “is a different shop.”'))).toBe(true);
    const { work } = await standing(it);
    expect(work.endNotesHtml).toContain('Comments keep the kettle warm!');
    const page = await wordsOf(site, it.keeper, `/works/${it.id}/review`);
    for (const said of ['of course', 'tumblr / prompts', 'These words were emphasised']) expect(page).toContain(said);
    const original = await site.get(`/works/${it.id}/original`, it.keeper);
    expect((await original.text()).endsWith(KETTLE)).toBe(true);
  });

  test('British quotes and sections', async () => {
    const it = await rescuedOne(LETTERS);
    const blocks = await blocksOf(it);
    for (const block of [
      '‘Did you post the sisters’ letter?’ asked Wren.',
      '[ii.]',
      '[+1]',
      'Wren wrote back herself.',
    ])
      expect(blocks).toContain(block);
    expect((await standing(it)).chapters).toHaveLength(1);
  });

  test('a label inside quotes is none, and `I.` no section', async () => {
    const it = await rescuedOne(TIDES);
    const blocks = await blocksOf(it);
    const text = blocks.join(' ');
    expect(text).toContain('“*Notes: Tides*,” said Oona.');
    expect(text).toContain('Not far, she thought, not far. It was I. I was sure of it.');
    expect(text).not.toContain('[');
    expect(blocks).toEqual(expect.arrayContaining(['“He’ll have—”', '“Don’t.”']));
    const { repairs } = await rescueOf(it);
    const emphasis = repairs.filter((one) => one.kind === 'emphasis' && one.state === 'suggested');
    expect(emphasis.map((one) => one.before.trim())).toEqual(expect.arrayContaining(['not far', 'far']));
    expect((await standing(it)).work.endNotesHtml).toContain('For the Harbour Prompts!');
  });
});

describe('a guess', () => {
  test('is taken, and undone, and the text follows', async () => {
    const it = await rescuedOne(KETTLE);
    const before = await blocksOf(it);
    const { guesses } = await rescueOf(it);
    const suggested = await repairOf(it, 'emphasis', 'of course');
    expect(suggested.state).toBe('suggested');
    const answer = await act(it, { action: 'accept', repair: suggested.id });
    expect(answer.status).toBe(303);
    expect((await blocksOf(it)).join('\n')).toContain('Ivo, *of course*, had learned');
    const taken = await rescueOf(it);
    expect(taken.guesses).toBe(guesses - 1);
    expect(taken.guesses).toBe(countGuesses(taken));
    await act(it, { action: 'undo', repair: suggested.id });
    expect(await blocksOf(it)).toEqual(before);
  });

  test('a leftover of a page goes from the end notes when that is said, and comes back', async () => {
    const it = await rescuedOne(KETTLE);
    const { id } = await repairOf(it, 'leftover', 'tumblr / prompts');
    await act(it, { action: 'accept', repair: id });
    expect((await standing(it)).work.endNotesHtml).toBe('<p>Comments keep the kettle warm!</p>');
    await act(it, { action: 'undo', repair: id });
    expect((await standing(it)).work.endNotesHtml).toContain('tumblr / prompts');
  });

  test('all of a kind are answered at once, here and in the other files of the import', async () => {
    const [kettle, letters, tides] = await rescued({ kettle: KETTLE, letters: LETTERS, tides: TIDES });
    if (!kettle || !letters || !tides) throw new Error('They did not come in.');
    const open = async (it: Reviewed) =>
      (await rescueOf(it)).repairs.filter((one) => one.kind === 'emphasis' && one.state === 'suggested').length;
    expect([await open(kettle), await open(tides)].every((count) => count > 0)).toBe(true);
    const answer = await act(kettle, { action: 'undo-kind', kind: 'emphasis', everywhere: '1' });
    expect(await noticeOf(site, kettle.keeper, answer)).toMatch(
      /The same was done in \d other works? of this import\./,
    );
    expect([await open(kettle), await open(tides)]).toEqual([0, 0]);
    // What somebody else brought in is another import.
    const other = await rescuedOne(KETTLE.replaceAll('Marta', 'Maria'));
    const count = await open(other);
    await act(letters, { action: 'undo-kind', kind: 'emphasis', everywhere: '1' });
    expect(await open(other)).toBe(count);
  });
});

describe('the text itself', () => {
  test('paragraphs are joined, and broken where a sentence ends', async () => {
    const it = await rescuedOne(KETTLE);
    const before = await blocksOf(it);
    const page = await (await site.get(`/works/${it.id}/review`, it.keeper)).text();
    const block = [...page.matchAll(/name="block" value="(\d+)"[^]{0,400}?value="join"/g)].map((match) => match[1]);
    await act(it, { action: 'join', block: block[1] ?? '' });
    const joined = await blocksOf(it);
    expect(joined).toHaveLength(before.length - 1);
    const offset = /name="offset" value="(\d+)"/.exec(
      await (await site.get(`/works/${it.id}/review`, it.keeper)).text(),
    )?.[1];
    await act(it, { action: 'break', offset: offset ?? '' });
    expect(await blocksOf(it)).toHaveLength(joined.length + 1);
    expect(wordsIn((await blocksOf(it)).join(' '))).toBe(wordsIn(before.join(' ')));
  });

  test('words are emphasised by typing them, or by their place', async () => {
    const it = await rescuedOne(KETTLE);
    const story = `Once, on day ${people} of story, it began. ${KETTLE}`;
    const page = await (await site.get(`/works/${it.id}/review`, it.keeper)).text();
    const pair =
      page
        .split('<li class="pair')
        .slice(1)
        .find((one) => one.includes('very gently')) ?? '';
    const block = /name="block" value="(\d+)"/.exec(pair)?.[1];
    const answer = await act(it, { action: 'italic', block: block ?? '', words: 'very' });
    expect(await noticeOf(site, it.keeper, answer)).toBe('');
    const [from, to] = [story.indexOf('songs'), story.indexOf('songs') + 5];
    await act(it, { action: 'italic', from: String(from), to: String(to) });
    const text = (await blocksOf(it)).join('\n');
    expect(text).toContain('back *very* gently.');
    expect(text).toContain('two *songs*, and');
  });

  const NONSENSE: Record<string, string>[] = [
    {},
    { action: 'dance' },
    { action: 'accept' },
    { action: 'accept', repair: 'none' },
    { action: 'accept', repair: '__proto__' },
    { action: 'join', block: '0' },
    { action: 'join', block: '999999999' },
    { action: 'join', block: '-1' },
    { action: 'break', offset: '0' },
    { action: 'break', offset: '1.5' },
    { action: 'break', offset: '999999' },
    { action: 'italic', from: '20', to: '10' },
    { action: 'italic', from: '0', to: '99999999999' },
    { action: 'italic', block: '0', words: 'not in it' },
    { action: 'italic', block: '0', words: '' },
    { action: 'italic', block: '7', words: 'kettle' },
    { action: 'accept-kind', kind: 'nothing' },
    { action: 'accept-kind', kind: 'constructor' },
  ];
  test('what cannot be done is refused in a sentence, and changes nothing', async () => {
    const it = await rescuedOne(KETTLE);
    const before = { ...(await standing(it)), rescue: await rescueOf(it) };
    for (const fields of NONSENSE) {
      const answer = await act(it, fields);
      expect(answer.status, JSON.stringify(fields)).toBe(303);
      expect(await noticeOf(site, it.keeper, answer), JSON.stringify(fields)).toMatch(/\.$/);
    }
    for (const part of ['0', '2', 'x', '-1']) expect((await act(it, { part, action: 'join' })).status, part).toBe(404);
    expect({ ...(await standing(it)), rescue: await rescueOf(it) }).toEqual(before);
  });

  test('what another tab has changed meanwhile is not written over', async () => {
    const it = await rescuedOne(KETTLE);
    const { id } = await repairOf(it, 'emphasis', 'of course');
    const { version } = await rescueOf(it);
    await act(it, { action: 'undo-kind', kind: 'emphasis' });
    const before = await blocksOf(it);
    const answer = await act(it, { action: 'accept', repair: id, version: String(version) });
    expect(await noticeOf(site, it.keeper, answer)).toContain('This text was changed meanwhile');
    expect(await blocksOf(it)).toEqual(before);
    const forms = [1, 2].map(() => act(it, { action: 'accept', repair: id }));
    const said = await Promise.all((await Promise.all(forms)).map((one) => noticeOf(site, it.keeper, one)));
    expect(said.filter((one) => one.includes('changed meanwhile')).length).toBeLessThan(2);
    expect((await blocksOf(it)).join('\n')).toContain('*of course*');
  });

  test('a chapter that was edited since is the person’s own', async () => {
    const it = await rescuedOne(KETTLE);
    const { chapters } = await standing(it);
    const [first] = chapters;
    if (!first) throw new Error('There is no chapter.');
    const { db, now } = site.ground;
    const text = { source: '<p>Mine now.</p>', html: '<p>Mine now.</p>' };
    const none = { source: '', html: '' };
    const made = { title: '', format: 'html' as const, summary: none, notes: none, endNotes: none, text };
    await db.write((tx) =>
      changeChapters(tx, now(), it.keeper.viewer, it.id, {
        chapters: [{ id: first.id, text: { ...made, rules: 1, words: 2, postedAt: null } }],
        madeFrom: new Map(),
        savedBy: it.keeper.viewer.accountId,
      }),
    );
    const answer = await act(it, { action: 'accept-kind', kind: 'emphasis' });
    expect(await noticeOf(site, it.keeper, answer)).toContain('Chapter 1 was edited since it came in');
    expect((await standing(it)).chapters[0]?.html).toContain('Mine now.');
  });

  test('markup that a flattened text holds is text, in the work and on the page of its review', async () => {
    const it = await rescuedOne(`${KETTLE} <script>alert(1)</script> <img src=x onerror=alert(2)> said Ivo.`);
    for (const path of [`/works/${it.id}/review`, `/works/${it.id}`]) {
      const html = await (await site.get(path, it.keeper)).text();
      expect(html).not.toMatch(/<script>alert|<img src=x/);
    }
  });
});

describe('what is said about the work', () => {
  const FULL = { title: 'The Kettle', fandoms: 'Dracula', rating: 'teen', warnings: 'none', language: 'en' };
  /** The button that was pressed. */
  const and = (what: string) => Object.fromEntries(new URLSearchParams(`then=${what}`));
  const details = async (it: Reviewed, fields: Record<string, string | string[]>) => {
    const { work } = await standing(it);
    return site.post(`/works/${it.id}/review/details`, { version: String(work.version), ...fields }, it.keeper);
  };

  test('is kept, and what was guessed of it is a guess no more', async () => {
    const it = await rescuedOne(KETTLE);
    expect((await details(it, { ...FULL, ...and('save') })).status).toBe(303);
    const { work } = await standing(it);
    expect(work).toMatchObject({ title: 'The Kettle', state: 'draft' });
    const source = await site.ground.db.reads
      .selectFrom('import_sources')
      .select(['title_derived', 'language_guessed', 'reviewed_at'])
      .where('work_id', '=', it.workId)
      .executeTakeFirstOrThrow();
    expect(source).toMatchObject({ title_derived: 0, language_guessed: 0, reviewed_at: expect.any(Number) });
  });

  test('a suggested name is added to what was typed, with colons in it too', async () => {
    const it = await rescuedOne(KETTLE);
    await details(it, { ...FULL, characters: 'Ivo', add: 'characters:Marta Kettle: the Elder' });
    const { work } = await standing(it);
    const names = work.tags.filter((tag) => tag.kind === 'character').map((tag) => tag.name);
    expect(names).toEqual(['Ivo', 'Marta Kettle: the Elder']);
    for (const add of ['nothing:X', 'title:Taken Over', '__proto__:x', 'characters:'])
      await details(it, { ...FULL, characters: 'Ivo', add });
    const after = await standing(it);
    expect(after.work.title).toBe('The Kettle');
    expect(after.work.tags.filter((tag) => tag.kind === 'character').map((tag) => tag.name)).toEqual(['Ivo']);
  });

  test('posting is refused with the sentences of what lacks, and keeps what was typed', async () => {
    const it = await rescuedOne(KETTLE);
    const answer = await details(it, { title: 'Half Typed', fandoms: '', rating: '', language: 'en', ...and('post') });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain('value="Half Typed"');
    expect((await standing(it)).work).toMatchObject({ state: 'draft' });
    expect((await standing(it)).work.title).not.toBe('Half Typed');
    const wrong = await details(it, { ...FULL, rating: 'scorching', language: 'xx-none' });
    expect(wrong.status).toBe(422);
    const stale = await details(it, { ...FULL, version: '0' });
    expect(stale.status).toBe(422);
    expect((await standing(it)).work.title).not.toBe('The Kettle');
    expect((await details(it, { ...FULL, ...and('post') })).status).toBe(303);
    expect((await standing(it)).work).toMatchObject({ state: 'posted', title: 'The Kettle' });
    // A posted work is reviewed like a draft.
    const { id } = await repairOf(it, 'emphasis', 'of course');
    await act(it, { action: 'accept', repair: id });
    expect((await blocksOf(it)).join('\n')).toContain('*of course*');
  });

  test('names are suggested from works in the lists alone, of two creators or more', async () => {
    const own = await testSite();
    const tags = [{ kind: 'character' as const, name: 'Wren' }];
    const hidden = [{ kind: 'character' as const, name: 'Tam' }];
    const other = await own.person('tansy');
    for (const by of [[own.owner], [other]])
      await makeWork(own, { title: 'Known', fandoms: ['Port Ellory'], tags, by }, { state: 'posted' });
    // Of one creator alone: offered to nobody.
    const single = { title: 'Alone', fandoms: ['The Tide'], tags: [{ kind: 'character' as const, name: 'Nobody' }] };
    await makeWork(own, { ...single, by: [other] }, { state: 'posted' });
    await makeWork(own, { title: 'Unknown', fandoms: ['Port Ellory'], tags: hidden, by: [own.owner] });
    const it = await rescuedOne(LETTERS, own);
    const html = await (await own.get(`/works/${it.id}/review`, it.keeper)).text();
    expect(html).toMatch(/value="fandoms:Port Ellory"/);
    expect(html).not.toMatch(/value="characters:Tam"/);
    expect(html).not.toMatch(/value="characters:Nobody"/);
    expect((await standing(it)).work.tags).toEqual([]);
  });
});

test('somebody else who may import neither sees a review nor changes by it', async () => {
  const it = await rescuedOne(KETTLE);
  const other = await site.person('bramble', ['member', 'archivist']);
  const before = { ...(await standing(it)), rescue: await rescueOf(it) };
  const { version } = before.rescue;
  const path = `/works/${it.id}/review`;
  for (const who of [other, null, site.owner]) {
    expect((await site.get(path, who)).status).toBe(404);
    const fields = { part: '1', version: String(version), action: 'accept-kind', kind: 'emphasis' };
    expect((await site.post(path, fields, who)).status).toBe(404);
    expect((await site.post(`${path}/details`, { title: 'Taken Over' }, who)).status).toBe(404);
  }
  expect({ ...(await standing(it)), rescue: await rescueOf(it) }).toEqual(before);
});

describe('what a review must not lose', () => {
  test('end notes that a person wrote stay, whatever is done with the text', async () => {
    const it = await rescuedOne(KETTLE);
    const { work } = await standing(it);
    const changes = {
      madeFrom: null,
      title: work.title,
      language: work.language,
      status: work.status,
      plannedChapters: work.plannedChapters,
      format: work.format,
      summary: { source: '', html: '' },
      notes: { source: '', html: '' },
      endNotes: { source: '<p>Written by hand.</p>', html: '<p>Written by hand.</p>' },
      tags: work.tags,
      restricted: work.restricted,
      noindex: work.noindex,
    };
    await it.at.ground.db.write((tx) => editWork(tx, it.at.ground.now(), it.keeper.viewer, it.id, changes));
    const { from } = await repairOf(it, 'paragraph', '');
    await act(it, { action: 'join', block: String(from) });
    await act(it, { action: 'undo', repair: (await repairOf(it, 'label', 'Notes:')).id });
    expect((await standing(it)).work.endNotesHtml).toContain('Written by hand.');
  });

  test('the story stays a story: what would leave none is refused', async () => {
    const it = await rescuedOne(`Title: The Kettle\nAuthor: Wren\nRating: PG-13\n\n${KETTLE}`.replace(/^/, ''));
    const labels = (await rescueOf(it)).repairs.filter((one) => one.kind === 'label');
    for (const { id } of labels) await act(it, { action: 'undo', repair: id });
    const { chapters } = await standing(it);
    expect(chapters.length).toBeGreaterThan(0);
    expect(chapters.map((chapter) => chapter.html).join('')).toContain('You never said it was haunted');
  });
});
