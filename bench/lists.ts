/**
 * How long the server needs for a list of 25 works, whatever the page, in an archive of 100,000: the whole answer of
 * the real web application (session, queries, page, packing), and the queries alone. On SQLite, and on PostgreSQL where
 * there is one (TEST_DATABASE_URL, or installed here).
 *
 *   npm run bench:lists -- --works 100000 --json
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archiveFeatures } from '../src/app/features.ts';
import { openGround, type OpenGround } from '../src/app/ground.ts';
import { archiveWeb } from '../src/app/web.tsx';
import { createAccount, guest, startSession, type Viewer } from '../src/features/accounts/index.ts';
import { filteredList } from '../src/features/browse/filtered-list.queries.ts';
import { NO_FILTER } from '../src/features/browse/filter/work-filter.ts';
import { currentIndex } from '../src/features/browse/current-index.queries.ts';
import type { Where } from '../src/features/browse/browse-query.ts';
import { inlineFinder } from '../src/features/browse/keeper/inline-finder.ts';
import { archiveWords } from '../src/features/browse/queries.ts';
import { WORKS_PER_PAGE } from '../src/features/site/index.ts';
import { tagPath, tagsById } from '../src/features/tags/index.ts';
import { creatorPath } from '../src/features/works/index.ts';
import { onBothDatabases } from './both-databases.ts';
import { asked, findingsTable, quantile, rounded } from './figures.ts';
import { fillArchive } from './large-archive.ts';
import { randomFrom } from './random.ts';

const SEED = 1;
const GOAL_MS = 10;
const WARM_UP = 60;
const ROUNDS = 60;

interface Measured {
  engine: string;
  list: string;
  viewer: string;
  /** Server time of the whole answer, in milliseconds. */
  p50: number;
  p99: number;
  /** The queries alone. */
  queriesP50: number;
  queriesP99: number;
  /** Whether the goal covers it. */
  claimed: boolean;
}

interface Person {
  name: string;
  viewer: Viewer;
  headers: Record<string, string>;
}

async function measureEngine(engine: string, works: number, databaseUrl: string | null): Promise<Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'fanfold-bench-'));
  const ground = await openGround({
    port: 0,
    host: '127.0.0.1',
    dataFolder: folder,
    url: null,
    databaseUrl,
    mail: null,
    logLevel: 'silent',
    samples: false,
  });
  try {
    const began = performance.now();
    await fillArchive(ground.db, works, SEED);
    process.stderr.write(
      `${engine}: ${works} works filled in after ${Math.round((performance.now() - began) / 1000)} s\n`,
    );
    return await measureLists(engine, ground);
  } finally {
    await ground.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureLists(engine: string, ground: OpenGround): Promise<Measured[]> {
  const { db, now } = ground;
  const finder = inlineFinder(db);
  const features = archiveFeatures(ground, finder);
  const assets = { files: new Map(), address: (name: string) => `/assets/${name}` };
  const web = archiveWeb({ ground, features, assets, origin: () => 'http://localhost', ready: async () => true });
  const { accountId } = await db.write((tx) => createAccount(tx, now(), { pseud: 'Reader', roles: ['member'] }));
  const token = await db.write((tx) => startSession(tx, now(), accountId, true));
  const people: Person[] = [
    { name: 'guest', viewer: guest(true), headers: {} },
    {
      name: 'account',
      viewer: { accountId, roles: new Set(['member']), adult: true },
      headers: { cookie: `session=${token}` },
    },
  ];
  const sources = { handle: db.reads, index: currentIndex(db.reads, finder.index), text: finder.text, now };
  const words = await archiveWords(db.reads);
  const listed = (person: Person, within: readonly Where[], page: number) =>
    filteredList(sources, person.viewer, { filter: { ...NO_FILTER, page }, within, hide: null, words, facets: true });
  const measured: Measured[] = [];

  const measure = async (
    name: string,
    person: Person,
    within: readonly Where[],
    path: string,
    pageOf: () => number,
    claimed: boolean,
  ) => {
    const answers: number[] = [];
    const queries: number[] = [];
    for (let round = -WARM_UP; round < ROUNDS; round += 1) {
      const page = pageOf();
      const began = performance.now();
      const response = await web.request(`http://localhost${path}?page=${page}`, {
        headers: { 'accept-encoding': 'zstd', ...person.headers },
      });
      await response.arrayBuffer();
      const answered = performance.now();
      await listed(person, within, page);
      if (response.status !== 200) throw new Error(`${path}, page ${page}, answered ${response.status}.`);
      if (round < 0) continue;
      answers.push(answered - began);
      queries.push(performance.now() - answered);
    }
    measured.push({
      engine,
      list: name,
      viewer: person.name,
      p50: rounded(quantile(answers, 0.5), 2),
      p99: rounded(quantile(answers, 0.99), 2),
      queriesP50: rounded(quantile(queries, 0.5), 2),
      queriesP99: rounded(quantile(queries, 0.99), 2),
      claimed,
    });
  };

  for (const person of people) {
    const all: Where[] = [];
    const pages = Math.ceil((await listed(person, all, 1)).answer.total / WORKS_PER_PAGE);
    const random = randomFrom(SEED);
    await measure('all works, page 1', person, all, '/works', () => 1, true);
    await measure('all works, page 2', person, all, '/works', () => 2, true);
    await measure('all works, middle page', person, all, '/works', () => Math.ceil(pages / 2), true);
    await measure('all works, last page', person, all, '/works', () => pages, true);
    await measure('all works, any page', person, all, '/works', () => 1 + random.below(pages), true);
    for (const share of [0.06, 0.25]) {
      const tag = await tagOn(ground, share);
      if (tag)
        await measure(
          `works of a tag on ${Math.round(tag.share * 100)} %, page 1`,
          person,
          [{ term: { kind: 'freeform', id: tag.tag.id } }],
          tagPath(tag.tag),
          () => 1,
          false,
        );
    }
    const creator = await db.reads
      .selectFrom('imported_creators')
      .select(['id', 'public_id', 'name'])
      .orderBy('id')
      .limit(1)
      .executeTakeFirstOrThrow();
    await measure(
      'works of a creator',
      person,
      [{ term: { kind: 'imported', id: creator.id } }],
      creatorPath({ publicId: creator.public_id, name: creator.name }),
      () => 1,
      false,
    );
  }
  return measured;
}

/** The tag that stands on a share of all works nearest to this one. */
async function tagOn(ground: OpenGround, share: number) {
  const { works } = await ground.db.reads
    .selectFrom('works')
    .select((count) => count.fn.countAll<number>().as('works'))
    .executeTakeFirstOrThrow();
  const counts = await ground.db.reads
    .selectFrom('work_tags')
    .select(['tag_id', (count) => count.fn.countAll<number>().as('uses')])
    .groupBy('tag_id')
    .orderBy('uses', 'desc')
    .limit(200)
    .execute();
  const [nearest] = counts.toSorted((a, b) => Math.abs(a.uses / works - share) - Math.abs(b.uses / works - share));
  const tag = nearest && (await tagsById(ground.db.reads, [nearest.tag_id])).get(nearest.tag_id);
  return tag && { tag, share: nearest.uses / works };
}

async function main(): Promise<void> {
  const { works, json } = asked(100_000);
  const measured = await onBothDatabases((engine, databaseUrl) => measureEngine(engine, works, databaseUrl));
  if (json) return void process.stdout.write(`${JSON.stringify({ works, goalMs: GOAL_MS, measured }, null, 2)}\n`);
  process.stdout.write(
    findingsTable(
      measured.map((one) => ({
        what: `${one.engine}, ${one.viewer}: ${one.list}`,
        found: `${one.p50} / ${one.p99} ms (queries ${one.queriesP50} / ${one.queriesP99})`,
        goal: one.claimed ? `p50 < ${GOAL_MS} ms` : '',
        met: one.claimed ? one.p50 < GOAL_MS : null,
      })),
    ),
  );
}

await main();
