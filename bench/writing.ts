/**
 * What a signed-in reader waits for a work, and a writer for a save, in an archive of 100,000 works: the whole answer of the
 * real web application (session, queries, page, packing). Beside each stands what cannot be done without: an answer with
 * nothing in it, and the cleaning of the same text. On SQLite, and on PostgreSQL where there is one.
 *
 *   npm run bench:writing -- --works 100000 --json
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archiveFeatures } from '../src/app/features.ts';
import { openGround, type OpenGround } from '../src/app/ground.ts';
import { archiveWeb } from '../src/app/web.tsx';
import { createAccount, startSession, type Viewer } from '../src/features/accounts/index.ts';
import { inlineFinder } from '../src/features/browse/keeper/inline-finder.ts';
import { createDraft, NO_TEXT, postWork } from '../src/features/works/index.ts';
import { onBothDatabases } from './both-databases.ts';
import { asked, findingsTable, quantile, rounded } from './figures.ts';
import { fillArchive } from './large-archive.ts';
import { randomFrom, type Random } from './random.ts';

const SEED = 1;
const READ_GOAL_MS = 8;
const SAVE_GOAL_MS = 150;
const READ_WORDS = 5_000;
const SAVED_WORDS = 20_000;
const WORKS_READ = 40;
const WARM_UP = 40;
const ROUNDS = 200;
const SAVES = 40;
const VOCABULARY =
  'the a of and keeper light ledger nine days tenth stair tea harbour rain letter window salt gull lamp brass winter never said door hand slow'.split(
    ' ',
  );

interface Measured {
  engine: string;
  what: string;
  p50: number;
  p99: number;
  /** The median over that of what cannot be done without. */
  ratio: number;
  goalMs: number;
}

/** Paragraphs of about sixty words, here and there in italics. */
function storyText(words: number, random: Random): string {
  const paragraphs: string[] = [];
  for (let left = words; left > 0; left -= 60) {
    const said = Array.from({ length: Math.min(60, left) }, () => VOCABULARY[random.below(VOCABULARY.length)]);
    paragraphs.push(
      `<p>${said.slice(0, 30).join(' ')} <em>${said.slice(30, 33).join(' ')}</em> ${said.slice(33).join(' ')}.</p>`,
    );
  }
  return paragraphs.join('\n');
}

async function measureEngine(engine: string, works: number, databaseUrl: string | null): Promise<Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'fanfold-bench-'));
  const ground = await openGround({
    port: 0,
    host: '127.0.0.1',
    dataFolder: folder,
    url: null,
    databaseUrl,
    logLevel: 'silent',
    samples: false,
    mail: null,
  });
  try {
    await fillArchive(ground.db, works, SEED);
    process.stderr.write(`${engine}: ${works} works filled in\n`);
    return await measure(engine, ground);
  } finally {
    await ground.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(engine: string, ground: OpenGround): Promise<Measured[]> {
  const { db, cleaner } = ground;
  const features = archiveFeatures(ground, inlineFinder(db));
  const assets = { files: new Map(), address: (name: string) => `/assets/${name}` };
  const web = archiveWeb({ ground, features, assets, origin: () => 'http://localhost', ready: async () => true });
  const random = randomFrom(SEED);
  const writer = await person(ground, 'Writer');
  const reader = await person(ground, 'Reader');
  const read: string[] = [];
  for (let at = 0; at < WORKS_READ; at += 1) read.push(await posted(ground, writer, storyText(READ_WORDS, random)));
  const written = await posted(ground, writer, storyText(SAVED_WORDS, random));

  /** @returns how long the whole answer took, in milliseconds. */
  const ask = async (path: string, cookie: string, status: number, fields?: Record<string, string>) => {
    const began = performance.now();
    const own = { origin: 'http://localhost', 'sec-fetch-site': 'same-origin' };
    const headers = { 'accept-encoding': 'zstd', ...own, cookie };
    const response = await web.request(
      `http://localhost${path}`,
      fields ? { method: 'POST', headers, body: new URLSearchParams(fields) } : { headers },
    );
    await response.arrayBuffer();
    if (response.status !== status) throw new Error(`${path} answered ${response.status}.`);
    return performance.now() - began;
  };

  const pages: number[] = [];
  const empty: number[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const work = read[random.below(read.length)] ?? '';
    const took = await ask(`/works/${work}/a-story`, reader.cookie, 200);
    const bare = await ask('/healthz', reader.cookie, 200);
    if (round >= 0) void (pages.push(took), empty.push(bare));
  }

  const { public_id: chapter } = await db.reads
    .selectFrom('chapters')
    .innerJoin('works', 'works.id', 'chapters.work_id')
    .select('chapters.public_id')
    .where('works.public_id', '=', written)
    .executeTakeFirstOrThrow();
  const paragraphs = storyText(SAVED_WORDS, random).split('\n');
  const saves: number[] = [];
  const cleanings: number[] = [];
  for (let round = 0; round < SAVES; round += 1) {
    // As people do: a paragraph is changed somewhere, and the whole is saved.
    paragraphs[random.below(paragraphs.length)] = storyText(60, random);
    const text = paragraphs.join('\n');
    const fields = { revision: String(round + 1), text, format: 'html', chapterTitle: '' };
    saves.push(await ask(`/works/${written}/chapters/${chapter}/edit`, writer.cookie, 303, fields));
    const began = performance.now();
    await cleaner.clean(text, 'html');
    cleanings.push(performance.now() - began);
  }
  const row = (what: string, times: number[], beside: number[], goalMs: number): Measured => ({
    engine,
    what,
    p50: rounded(quantile(times, 0.5), 2),
    p99: rounded(quantile(times, 0.99), 2),
    ratio: rounded(quantile(times, 0.5) / quantile(beside, 0.5), 1),
    goalMs,
  });
  return [
    row(`a chapter of ${READ_WORDS} words read, signed in`, pages, empty, READ_GOAL_MS),
    row(`a chapter of ${SAVED_WORDS} words saved`, saves, cleanings, SAVE_GOAL_MS),
  ];
}

interface Person {
  viewer: Viewer & { accountId: number };
  pseudId: number;
  cookie: string;
}

async function person({ db, now }: OpenGround, pseud: string): Promise<Person> {
  const { accountId, pseudId } = await db.write((tx) => createAccount(tx, now(), { pseud, roles: ['member'] }));
  const token = await db.write((tx) => startSession(tx, now(), accountId, true));
  return { viewer: { accountId, roles: new Set(['member']), adult: true }, pseudId, cookie: `session=${token}` };
}

/** Posts a work of one chapter. @returns its public id. */
async function posted({ db, now, cleaner }: OpenGround, writer: Person, source: string): Promise<string> {
  const text = await cleaner.clean(source, 'html');
  if (!text.ok) throw new Error(text.refusal);
  const short = { summary: NO_TEXT, notes: NO_TEXT, endNotes: NO_TEXT };
  const about = { format: 'html' as const, rules: text.rules, postedAt: null };
  const chapter = { ...about, ...short, title: '', text: { source, html: text.html }, words: text.words };
  return db.write(async (tx) => {
    const { publicId } = await createDraft(tx, now(), {
      ...about,
      ...short,
      title: 'A Story',
      language: 'en',
      status: 'in-progress',
      plannedChapters: 1,
      tags: [
        { kind: 'rating', name: 'General Audiences' },
        { kind: 'warning', name: 'No Archive Warnings Apply' },
        { kind: 'fandom', name: 'Sherlock Holmes' },
        { kind: 'relationship', name: 'Holmes & Watson' },
        { kind: 'freeform', name: 'Bees' },
      ],
      creators: [{ kind: 'pseud', pseudId: writer.pseudId }],
      archivedBy: null,
      restricted: false,
      noindex: false,
      sample: false,
      sourceUrl: null,
      notices: [],
      updatedAt: null,
      chapters: [chapter],
      savedBy: writer.viewer.accountId,
    });
    const answer = await postWork(tx, now(), writer.viewer, publicId);
    if ('refusal' in answer) throw new Error(answer.refusal);
    return publicId;
  });
}

async function main(): Promise<void> {
  const { works, json } = asked(100_000);
  const measured = await onBothDatabases((engine, databaseUrl) => measureEngine(engine, works, databaseUrl));
  if (json) return void process.stdout.write(`${JSON.stringify({ works, measured }, null, 2)}\n`);
  process.stdout.write(
    findingsTable(
      measured.map((one) => ({
        what: `${one.engine}: ${one.what}`,
        found: `${one.p50} / ${one.p99} ms, ${one.ratio} times what cannot be done without`,
        goal: `p50 < ${one.goalMs} ms`,
        met: one.p50 < one.goalMs,
      })),
    ),
  );
}

await main();
