/** A server that dies without warning: what it has answered is kept, what it had begun is taken up again. */
import SQLite from 'better-sqlite3';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { printed, startProgram, type Place, type Program } from './program.ts';

const TIMEOUT_MS = 120_000;
const SAMPLES = readdirSync(join(import.meta.dirname, '..', '..', 'samples')).length;

function newPlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'fanfold-crash-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, databaseUrl: null };
}

async function startServer(place: Place): Promise<{ program: Program; address: string }> {
  const program = startProgram(['serve'], place, true);
  const [, address = ''] = await printed(program, /Fanfold is at +(http:\/\/\S+)\n/);
  return { program, address };
}

interface Listed {
  total: number;
  works: { id: string; title: string; rating: string | null }[];
}

const listOf = async (address: string) => (await (await fetch(`${address}/api/v1/works`)).json()) as Listed;

test('an edit that was answered is there after kill -9', { timeout: TIMEOUT_MS }, async () => {
  const place = newPlace();
  const first = await startServer(place);
  const [ownerLink] = await printed(first.program, /http:\/\/\S+\/owner-links\/\S+/);
  const signedIn = await fetch(ownerLink, { method: 'POST', redirect: 'manual' });
  const cookie =
    signedIn.headers
      .getSetCookie()
      .find((one) => one.startsWith('session='))
      ?.split(';')[0] ?? '';
  const work = (await listOf(first.address)).works.find((one) => one.rating === 'General Audiences');
  const body = new URLSearchParams({
    title: 'Written just before the lights went out',
    fandoms: 'Dracula - Bram Stoker',
    rating: 'general',
    warnings: 'none',
    language: 'en',
    status: 'in-progress',
    plannedChapters: '?',
  });
  const answer = await fetch(`${first.address}/works/${work?.id}/edit`, {
    method: 'POST',
    body,
    headers: { cookie },
    redirect: 'manual',
  });
  await first.program.kill();
  expect(answer.status).toBe(303);

  const second = await startServer(place);
  const page = await fetch(`${second.address}/works/${work?.id}`);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('Written just before the lights went out');
  // The owner is still signed in: the session was answered for, too.
  expect((await fetch(`${second.address}/drafts`, { headers: { cookie } })).status).toBe(200);
  await second.program.stop();
});

test(
  'samples that a killed first start left half brought in are completed, none twice',
  { timeout: TIMEOUT_MS },
  async () => {
    const place = newPlace();
    const killed = startProgram(['serve'], place, true);
    let there = 0;
    while ((there = countWorks(place)) === 0) await sleep(1);
    await killed.kill();
    // It was killed between two transactions or inside one, not before the first nor after the last.
    there = countWorks(place);
    expect(there).toBeGreaterThan(0);
    expect(there).toBeLessThan(SAMPLES);

    const server = await startServer(place);
    const list = await listOf(server.address);
    expect(list.total).toBe(SAMPLES);
    expect(new Set(list.works.map((work) => work.title)).size).toBe(SAMPLES);
    await server.program.stop();
    expect(countWorks(place)).toBe(SAMPLES);
  },
);

/** How many works a SQLite archive holds, seen from outside; none before it has been made. */
function countWorks(place: Place): number {
  try {
    const file = new SQLite(join(place.folder, 'fanfold.db'), { readonly: true, fileMustExist: true });
    try {
      return (file.prepare('select count(*) as works from works').get() as { works: number }).works;
    } finally {
      file.close();
    }
  } catch {
    return 0;
  }
}
