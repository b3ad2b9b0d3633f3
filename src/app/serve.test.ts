/** What the archive says when it has started, and to whom it tells the owner's link. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ownDatabase } from '../../test/site.ts';
import type { Config } from '../platform/config/config.ts';
import { serveArchive } from './serve.ts';

async function place(): Promise<Config> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'fanfold-serve-'));
  const database = await ownDatabase();
  onTestFinished(async () => {
    await database.drop();
    await rm(dataFolder, { recursive: true, force: true });
  });
  return {
    port: 0,
    host: '127.0.0.1',
    dataFolder,
    url: null,
    databaseUrl: database.url,
    mail: null,
    logLevel: 'silent',
    samples: false,
  };
}

/** Starts an archive, does something with the owner's link, and stops it. @returns what it said. */
async function said(config: Config, isTTY: boolean, use: (link: string) => Promise<unknown> = async () => {}) {
  const lines: string[] = [];
  const serving = await serveArchive(config, { say: (line) => lines.push(line), isTTY });
  const words = lines.join('\n');
  try {
    await use(/http\S+\/owner-links\/\S+/.exec(words)?.[0] ?? '');
  } finally {
    await serving.stop();
  }
  return words;
}

test('a journal is given a link while nobody has signed in; a terminal always', async () => {
  const config = await place();
  const first = await said(config, false);
  expect(first).toMatch(/Fanfold is at +http:\/\/localhost:\d+\n/);
  expect(first).toMatch(/http:\/\/localhost:\d+\/owner-links\/[\w-]{43}\n/);
  expect(first).not.toContain('Warning');
  await said(config, false, async (link) => {
    expect((await fetch(link, { method: 'POST', redirect: 'manual' })).status).toBe(303);
  });
  const journal = await said(config, false);
  expect(journal).not.toContain('/owner-links/');
  expect(journal).toContain('./fanfold owner-link makes a link to sign in');
  expect(await said(config, true)).toContain('/owner-links/');
});

test('listening for others without a public address, it warns; with one, it says that', async () => {
  const config = await place();
  const open = await said({ ...config, host: '0.0.0.0' }, true);
  expect(open).toMatch(/Warning .*unencrypted.*FANFOLD_URL/);
  const behind = await said({ ...config, host: '0.0.0.0', url: 'https://archive.example.org' }, true);
  expect(behind).toContain('Fanfold is at     https://archive.example.org\n');
  expect(behind).toContain('https://archive.example.org/owner-links/');
  expect(behind).not.toContain('Warning');
});
