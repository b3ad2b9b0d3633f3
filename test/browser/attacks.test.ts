/**
 * Hostile texts in work pages: in a real browser nothing of them runs, asks another host, leaves the page or reaches
 * out of its box. Once with the content policy as it is sent, and for some without it, so that the cleaning is shown
 * to hold alone.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chapterPath, entireWorkPath, workPath } from '../../src/features/works/index.ts';
import { clean } from '../../src/platform/html/clean.ts';
import { makeWork, type CastWork } from '../cast.ts';
import { serveArchive, type ServedArchive } from './archive.ts';
import { countKinds, everyAttack, sampleOf, type Attack } from './attack-sample.ts';
import { ask, openChromium, visitor, watch } from './chromium.ts';

const SHOWN = 300;
const SHOWN_WITHOUT_POLICY = 60;
/** Attacks in one work: its summary, notes and end notes, and a chapter for each of the others. */
const TOGETHER = 15;
const SHORT_TEXTS = 3;
/** How long a page is left alone, for what runs later: a redirect by `meta`, a timer, an animation. */
const PATIENCE_MS = 120;

/** The corpus, or a few attacks where it is not at hand. */
const corpus = everyAttack();

let browser: Browser;
let archive: ServedArchive;
let attacked: AttackedWork[];
/** A work of the same shape with harmless texts in the same places. */
let harmless: CastWork;

interface AttackedWork {
  attacks: Attack[];
  work: CastWork;
}

beforeAll(async () => {
  browser = await openChromium();
  archive = await serveArchive();
  const sample = sampleOf(corpus.attacks, SHOWN, leavesSomething);
  harmless = await post('Harmless', Array<string>(TOGETHER).fill('<p>It rained in Sussex.</p>'));
  attacked = [];
  for (let from = 0; from < sample.length; from += TOGETHER)
    attacked.push(await attack(sample.slice(from, from + TOGETHER)));
  await archive.site.follow();
});

afterAll(async () => {
  await browser.close();
  await archive.close();
});

/** Whether anything is left of a text once it is clean. What the cleaner refuses is never shown. */
function leavesSomething(input: string): boolean {
  const result = clean(input, 'html');
  return result.ok && result.html !== '';
}

function post(title: string, texts: string[]): Promise<CastWork> {
  const [summary = '', notes = '', endNotes = '', ...chapters] = texts;
  return makeWork(archive.site, { title, summary, notes, endNotes, chapters }, { state: 'posted' });
}

async function attack(attacks: Attack[]): Promise<AttackedWork> {
  const texts = attacks.map(({ input }) => input);
  // A title is plain text: an attack in it must come out as it was typed.
  const title = texts
    .find((text) => text.includes('<'))
    ?.replace(/[\p{Cc}\s]+/gu, ' ')
    .slice(0, 200);
  return { attacks, work: await post(title ?? 'Attacked', texts) };
}

interface Seen {
  /** What the page did that a story must never do. */
  misdeeds: string[];
  /** What the page is outside the story: the same on every work of the same shape. */
  outside: string[];
}

/** A page that is told from the start what to look out for. */
interface Lookout {
  look(path: string): Promise<Seen>;
  close(): Promise<void>;
}

async function lookout(withoutPolicy: boolean): Promise<Lookout> {
  const context = await visitor(browser, archive.address, { withoutPolicy });
  await context.addInitScript({ content: 'probe.listenForAttacks()' });
  const page = await context.newPage();
  const watched = watch(page);
  let moves = 0;
  page.on('framenavigated', () => (moves += 1));
  await page.goto('/works');
  const own = new Set(await ask<string[]>(page, 'globals()'));

  const look = async (path: string): Promise<Seen> => {
    moves = watched.requests.length = watched.dialogs.length = watched.errors.length = 0;
    const address = archive.address + encodeURI(decodeURI(path));
    await page.goto(path);
    const outside = await ask<string[]>(page, 'outside()');
    await ask(page, 'touchEverything()');
    await page.waitForTimeout(PATIENCE_MS);
    const misdeeds = [...watched.dialogs, ...watched.errors];
    if (page.url() !== address || moves !== 1)
      return { misdeeds: [...misdeeds, `the page moved to ${page.url()}`], outside };
    misdeeds.push(...(await page.evaluate<string[]>('probe.fired')), ...(await ask<string[]>(page, 'strangers()')));
    const globals = await ask<string[]>(page, 'globals()');
    misdeeds.push(...globals.filter((name) => !own.has(name)).map((name) => `window.${name}`));
    if (page.frames().length > 1 || context.pages().length > 1) misdeeds.push('another frame or window opened');
    const asked = watched.requests.map((request) => request.url()).filter((url) => url !== address && !isAsset(url));
    return { misdeeds: misdeeds.concat(asked.map((url) => `asked ${url}`)), outside };
  };
  return { look, close: () => context.close() };
}

function isAsset(url: string): boolean {
  const prefix = `${archive.address}/assets/`;
  return url.startsWith(prefix) && archive.assets.files.has(url.slice(prefix.length));
}

/** The first place where two pages differ outside the story. */
function difference(lines: string[], expected: string[]): string[] {
  const at = lines.findIndex((line, place) => line !== expected[place]);
  if (at < 0 && lines.length === expected.length) return [];
  return [`outside the story: “${lines[at]}” for “${expected[at]}”`];
}

/** Names the attacks behind misdeeds: by looking at each chapter alone. */
async function guilty({ look }: Lookout, one: AttackedWork, found: string[]): Promise<string[]> {
  const chapters = await archive.site.ground.db.reads
    .selectFrom('chapters')
    .select(['public_id', 'position'])
    .where('work_id', '=', one.work.id)
    .where('position', '>', 1)
    .execute();
  const named: string[] = [];
  for (const chapter of chapters) {
    const { misdeeds: alone } = await look(chapterPath(one.work, { publicId: chapter.public_id }));
    const { source, input } = one.attacks[chapter.position - 1 + SHORT_TEXTS] ?? { source: '', input: '' };
    if (alone.length > 0) named.push(`${source}: ${input}\n  → ${alone.join('; ')}`);
  }
  if (named.length > 0) return named;
  const suspects = one.attacks.slice(0, SHORT_TEXTS + 1).map(({ source, input }) => `${source}: ${input}`);
  return [`one of\n${suspects.join('\n')}\n  → ${found.join('; ')}`];
}

async function faultsOf(works: AttackedWork[], withoutPolicy: boolean, twin = harmless): Promise<string[]> {
  const out = await lookout(withoutPolicy);
  const faults: string[] = [];
  for (const path of [entireWorkPath, workPath]) {
    const { outside } = await out.look(path(twin));
    for (const one of works) {
      const seen = await out.look(path(one.work));
      if (seen.misdeeds.length > 0) faults.push(...(await guilty(out, one, seen.misdeeds)));
      const inputs = one.attacks.map(({ input }) => input).join('\n');
      faults.push(...difference(seen.outside, outside).map((line) => `one of\n${inputs}\n  → ${line}`));
    }
  }
  await out.close();
  return faults;
}

test.runIf(corpus.whole)('the sample is of many sources and of every kind', () => {
  const all = attacked.flatMap(({ attacks }) => attacks);
  expect(all.length).toBe(SHOWN);
  expect(Math.min(...countKinds(all))).toBeGreaterThanOrEqual(3);
  expect(new Set(all.map(({ source }) => source)).size).toBeGreaterThan(100);
});

test('attacks do nothing', async () => {
  expect(await faultsOf(attacked, false)).toEqual([]);
});

test('nor do they where the browser would let them', async () => {
  expect(await faultsOf(attacked.slice(0, SHOWN_WITHOUT_POLICY / TOGETHER), true)).toEqual([]);
});

test('an attack that is not cleaned would be seen', async () => {
  const raw = `<p onmouseover="alert(1)">x</p><script>window.taken = 1; console.log(1)</script>
    <img src="https://elsewhere.example/x" onerror="alert(2)"></div></article></main><form action="/settings"></form>`;
  const work = await makeWork(
    archive.site,
    { title: 'Raw', chapters: ['<p>One.</p>', '<p>Two.</p>'] },
    { state: 'posted' },
  );
  const twin = await makeWork(
    archive.site,
    { title: 'Its Harmless Twin', chapters: ['<p>One.</p>', '<p>Two.</p>'] },
    { state: 'posted' },
  );
  await archive.site.ground.db.write((tx) =>
    tx
      .updateTable('chapter_revisions')
      .set({ html: raw })
      .where(
        'chapter_id',
        'in',
        tx.selectFrom('chapters').select('id').where('work_id', '=', work.id).where('position', '=', 2),
      )
      .execute(),
  );
  const attacks = Array.from({ length: SHORT_TEXTS + 2 }, (_, at) => ({ source: 'planted', input: `attack ${at}` }));
  const free = (await faultsOf([{ attacks, work }], true, twin)).join('\n');
  for (const seen of [
    /attack 4/,
    /alert\(\)/,
    /console\.log/,
    /window\.taken/,
    /asked https:/,
    /<script>/,
    /outside the story/,
  ]) {
    expect(free).toMatch(seen);
  }
  expect((await faultsOf([{ attacks, work }], false, twin)).join('\n')).toMatch(/policy script-src/);
});
