/**
 * An archive in a temporary folder, for tests: on SQLite, or, where TEST_DATABASE_URL names a server, in a database of
 * its own on PostgreSQL. Requests go through the real web application; people are signed in by real sessions.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { onTestFinished } from 'vitest';
import type { Assets } from '../src/app/assets.ts';
import { startBackground, type Background } from '../src/app/background.ts';
import { archiveFeatures } from '../src/app/features.ts';
import { openGround, type OpenGround } from '../src/app/ground.ts';
import type { Finder } from '../src/features/browse/keeper/finder.ts';
import { inlineFinder } from '../src/features/browse/keeper/inline-finder.ts';
import { archiveWeb } from '../src/app/web.tsx';
import { migrations } from '../migrations/index.ts';
import { openDatabase } from '../src/platform/db/database.ts';
import type { Feature } from '../src/platform/feature.ts';
import type { MailSettings } from '../src/platform/mail/settings.ts';
import { catchUp } from '../src/platform/events/consumers.ts';
import {
  createAccount,
  ensureOwner,
  startSession,
  type ArchiveEnv,
  type Role,
  type Viewer,
} from '../src/features/accounts/index.ts';
import { databaseOf } from './databases.ts';

/** Somebody with an account and a running session. */
export interface Person {
  viewer: Viewer & { accountId: number };
  pseudId: number;
  pseud: string;
  /** The Cookie header of their browser. */
  cookie: string;
}

export interface TestSite {
  ground: OpenGround;
  web: Hono<ArchiveEnv>;
  features: Feature<ArchiveEnv>[];
  folder: string;
  owner: Person;
  /** Makes a person. */
  person(pseud: string, roles?: readonly Role[]): Promise<Person>;
  /** Asks for a page as a guest (null) or as somebody. */
  get(path: string, as?: Person | null, headers?: Record<string, string>): Promise<Response>;
  /** Sends a form of the archive's own. A value that is a list is sent once for each entry. */
  post(
    path: string,
    fields?: Record<string, string | readonly string[]>,
    as?: Person | null,
    headers?: Record<string, string>,
  ): Promise<Response>;
  /** Brings every follower of the event log up to its head. */
  follow(): Promise<void>;
  close(): Promise<void>;
}

export interface TestSiteOptions {
  now?: () => number;
  /** The public address; http on localhost when absent. */
  url?: string;
  /** Built assets, for tests in a browser; names alone otherwise. */
  assets?: Assets;
  /** Whether followers and jobs run by themselves, as they do in a real archive. */
  background?: boolean;
  samples?: boolean;
  /** How letters are sent; none are when not said. */
  mail?: MailSettings;
  /**
   * What finds works for lists. When not said: with `background` the index that a real archive keeps in its threads, else one
   * that is brought up to the truth before each question.
   */
  finder?: (ground: OpenGround) => Finder;
}

/** Hashes of passwords for a moment's use; what real ones cost has a test of its own. */
const CHEAP = { memory: 64, passes: 1 };

const NAMES_ONLY: Assets = { files: new Map(), address: (name) => `/assets/${name}` };

/** Opens an archive that is closed and removed when the test ends. */
export async function testSite(options: TestSiteOptions = {}): Promise<TestSite> {
  const site = await openSite(options);
  onTestFinished(() => site.close());
  return site;
}

/** Opens an archive that the caller closes: for `beforeAll`, and for tests in a browser. */
export async function openSite(options: TestSiteOptions = {}): Promise<TestSite> {
  const folder = await mkdtemp(join(tmpdir(), 'fanfold-test-'));
  const database = await ownDatabase();
  if (database.url === null) await copyFile(await (migratedSqlite ??= migratedFile()), join(folder, SQLITE_FILE));
  const ground = await openGround(
    {
      port: 0,
      host: '127.0.0.1',
      dataFolder: folder,
      url: options.url ?? null,
      databaseUrl: database.url,
      mail: options.mail ?? null,
      logLevel: 'silent',
      samples: options.samples ?? false,
    },
    options.now ? { now: options.now } : {},
  );
  const { db, now } = ground;
  const inline = options.background && !options.finder ? null : (options.finder ?? finderOf)(ground);
  const features = archiveFeatures(ground, inline ?? undefined, CHEAP);
  const origin = options.url ?? 'http://localhost';
  const web = archiveWeb({
    ground,
    features,
    assets: options.assets ?? NAMES_ONLY,
    origin: () => origin,
    ready: async () => true,
  });
  const background: Background | null = options.background ? startBackground(ground, features) : null;

  const signIn = async (viewer: Viewer & { accountId: number }, pseudId: number, pseud: string): Promise<Person> => {
    const token = await db.write((tx) => startSession(tx, now(), viewer.accountId, viewer.adult));
    return { viewer, pseudId, pseud, cookie: `${origin.startsWith('https') ? '__Host-' : ''}session=${token}` };
  };
  const ownerViewer = await db.write((tx) => ensureOwner(tx, now()));
  const ownerPseud = await db.reads
    .selectFrom('pseuds')
    .select(['id', 'name'])
    .where('account_id', '=', ownerViewer.accountId)
    .executeTakeFirstOrThrow();

  return {
    ground,
    web,
    features,
    folder,
    owner: await signIn(ownerViewer, ownerPseud.id, ownerPseud.name),
    async person(pseud, roles = ['member']) {
      const { accountId, pseudId } = await db.write((tx) => createAccount(tx, now(), { pseud, roles }));
      return signIn({ accountId, roles: new Set(roles), adult: true }, pseudId, pseud);
    },
    async get(path, as = null, headers = {}) {
      return web.request(origin + path, { headers: { ...headers, ...(as ? { cookie: as.cookie } : {}) } });
    },
    async post(path, fields = {}, as = null, headers = {}) {
      const body = new URLSearchParams();
      for (const [name, value] of Object.entries(fields)) {
        for (const one of typeof value === 'string' ? [value] : value) body.append(name, one);
      }
      return web.request(origin + path, {
        method: 'POST',
        body,
        headers: { origin, 'sec-fetch-site': 'same-origin', ...headers, ...(as ? { cookie: as.cookie } : {}) },
      });
    },
    async follow() {
      for (const feature of features)
        for (const consumer of feature.consumers?.(ground) ?? []) await catchUp(db, consumer);
    },
    async close() {
      await background?.stop();
      if (!background) await inline?.stop();
      await ground.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function finderOf(ground: OpenGround): Finder {
  return inlineFinder(ground.db);
}

/** Which database this run of the suite is about. */
export const onPostgres = process.env['TEST_DATABASE_URL'] !== undefined;

/**
 * A database of its own on the server of TEST_DATABASE_URL, or none: then SQLite keeps everything in the folder.
 * `empty`: without the schema, for tests of migrations.
 */
export async function ownDatabase(
  how: { empty?: boolean } = {},
): Promise<{ url: string | null; drop: () => Promise<void> }> {
  const server = process.env['TEST_DATABASE_URL'];
  return server === undefined ? { url: null, drop: async () => {} } : databaseOf(server, how);
}

const SQLITE_FILE = 'fanfold.db';
/** An SQLite file with the schema and nothing else, which each archive of this process begins with. */
let migratedSqlite: Promise<string> | null = null;

async function migratedFile(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'fanfold-schema-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await (await openDatabase({ dataFolder: folder, databaseUrl: null, migrations })).close();
  return join(folder, SQLITE_FILE);
}
