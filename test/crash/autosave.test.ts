/** A server that is killed again and again while somebody writes: not one word that it has acknowledged is lost. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { randomFrom } from '../../bench/random.ts';
import { ownDatabase } from '../site.ts';
import { printed, startProgram, type Place, type Program } from './program.ts';

const TIMEOUT_MS = 180_000;
const KILLS = 4;
/** To see the same moments again: FANFOLD_CRASH_SEED=… */
const seed = Number(process.env['FANFOLD_CRASH_SEED'] ?? Date.now() % 1_000_000);

const engines = [
  { engine: 'SQLite', open: async () => ({ url: null, drop: async () => {} }) },
  ...(process.env['TEST_DATABASE_URL'] === undefined
    ? []
    : [{ engine: 'PostgreSQL', open: () => ownDatabase({ empty: true }) }]),
];

interface Server {
  program: Program;
  address: string;
}

async function startServer(place: Place): Promise<Server> {
  const program = startProgram(['serve'], place);
  const [, address = ''] = await printed(program, /Fanfold is at +(http:\/\/\S+)\n/);
  return { program, address };
}

/** Signs in by the owner's link of a first start. @returns the cookie. */
async function signIn(server: Server): Promise<string> {
  const [link] = await printed(server.program, /http:\/\/\S+\/owner-links\/\S+/);
  const answer = await fetch(link, { method: 'POST', redirect: 'manual' });
  const session = answer.headers.getSetCookie().find((one) => one.startsWith('session='));
  return session?.split(';')[0] ?? '';
}

/** A tab in which somebody types a word after the other. */
interface Tab {
  sheet: string;
  words: string[];
  /** The number of the last that was acknowledged. */
  taken: number;
}

/** Types and sends until the server no longer answers. Each text is sent once the one before is answered, as a browser does. */
async function typeOn(server: Server, cookie: string, tab: Tab): Promise<void> {
  const form = await (await fetch(`${server.address}/works/new`, { headers: { cookie } })).text();
  const device = /data-device="(\w+)"/.exec(form)?.[1] ?? '';
  for (;;) {
    tab.words.push(`${tab.sheet}-${tab.words.length + 1}`);
    const sequence = tab.words.length;
    const body = { device, place: '/works/new', base: 0, sequence, fields: [['text', tab.words.join(' ')]] };
    try {
      const answer = await fetch(`${server.address}/autosaves/${tab.sheet}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { cookie },
      });
      const said = (await answer.json()) as { saved?: number };
      if (answer.status === 200 && said.saved === sequence) tab.taken = sequence;
      else if (answer.status !== 429) throw new Error(`The server answered ${answer.status}.`);
      // A pause of a writer: a little more than the archive takes of one account.
      await sleep(answer.status === 429 ? 500 : 20);
    } catch (error) {
      if (error instanceof TypeError) return;
      throw error;
    }
  }
}

/** What the archive has of a tab, as its page for copying shows it. */
async function keptWords(server: Server, cookie: string, tab: Tab): Promise<string[]> {
  const page = await (await fetch(`${server.address}/unsaved/${tab.sheet}`, { headers: { cookie } })).text();
  return (/<textarea[^>]*>\s*([^<]*)</.exec(page)?.[1] ?? '').trim().split(' ');
}

describe.each(engines)('on $engine', { timeout: TIMEOUT_MS }, ({ open }) => {
  test(`words that were acknowledged are there after kill -9, in every tab (seed ${seed})`, async () => {
    const random = randomFrom(seed);
    const folder = mkdtempSync(join(tmpdir(), 'fanfold-autosave-'));
    const database = await open();
    onTestFinished(async () => {
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    });
    const place: Place = { folder, databaseUrl: database.url };
    const tabs: Tab[] = ['aaaaaaaaaa', 'bbbbbbbbbb'].map((sheet) => ({ sheet, words: [], taken: 0 }));
    let server = await startServer(place);
    const cookie = await signIn(server);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = tabs.map((tab) => tab.taken);
      const typing = Promise.all(tabs.map((tab) => typeOn(server, cookie, tab)));
      while (tabs.some((tab, index) => tab.taken <= (before[index] ?? 0))) await sleep(1);
      await sleep(random.next() * 400);
      await server.program.kill();
      await typing;
      server = await startServer(place);
      for (const tab of tabs) {
        const kept = await keptWords(server, cookie, tab);
        expect(kept.length, `kill ${kill}`).toBeGreaterThanOrEqual(tab.taken);
        // What was on its way may be there or not; what is there is what was typed.
        expect(kept).toEqual(tab.words.slice(0, kept.length));
      }
    }
    await server.program.stop();
  });
});
