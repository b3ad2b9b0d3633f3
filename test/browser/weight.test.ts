/**
 * What a page costs who reads it, as it is really sent.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { workPath } from '../../src/features/works/index.ts';
import { makeWork } from '../cast.ts';
import { serveArchive, type ServedArchive } from './archive.ts';
import { makeBrowsingWorks } from './browsing-works.ts';
import { openChromium, visitor, watch } from './chromium.ts';

const LIST_BYTES = 40_000;
const SCRIPT_BYTES = 20_000;
const BLURBS = 25;
const PACKED = new Set(['document', 'script', 'stylesheet']);

let browser: Browser;
let library: ServedArchive;
let everything: ServedArchive;

beforeAll(async () => {
  browser = await openChromium();
  library = await serveArchive({ samples: true });
  await fillPage(library);
  everything = await serveArchive({ samples: true });
  await makeBrowsingWorks(everything.site);
});

afterAll(async () => {
  await browser.close();
  await library.close();
  await everything.close();
});

/** Adds to the samples what a page of 25 lacks: works described as people describe them, each in other words. */
async function fillPage(archive: ServedArchive): Promise<void> {
  const { total } = (await (await archive.site.get('/api/v1/works')).json()) as { total: number };
  const by = [await archive.site.person('wintergreen_two')];
  const turns = ['a locked room', 'an unposted letter', 'the wrong train', 'a borrowed coat', 'bees', 'a cold winter'];
  for (let number = total; number < BLURBS; number += 1) {
    const turn = turns[number % turns.length] ?? '';
    const freeforms = [
      'Slow Burn',
      'Hurt/Comfort',
      'Letters',
      `Set in ${1880 + number}`,
      `There is ${turn}`,
      'Happy Ending',
    ];
    await makeWork(
      archive.site,
      {
        title: `What Came of ${turn}, ${number}`,
        by,
        summary: `<p>In the year ${1880 + number} nobody expected ${turn}. Watson least of all, who had ${number} other things to see to, and a train to catch before any of them could be begun.</p><p>He is not sorry. He would like that written down.</p>`,
        tags: [
          { kind: 'category', name: 'M/M' },
          { kind: 'relationship', name: 'Sherlock Holmes/John Watson' },
          { kind: 'character', name: 'Sherlock Holmes' },
          { kind: 'character', name: 'John Watson' },
          ...freeforms.map((name) => ({ kind: 'freeform' as const, name })),
        ],
      },
      { state: 'posted' },
    );
  }
  await archive.site.follow();
}

/** Opens a page for the first time in a new browser. @returns bytes on the wire by what they are. */
async function bytesOf(archive: ServedArchive, path: string): Promise<Record<string, number>> {
  const context = await visitor(browser, archive.address);
  const page = await context.newPage();
  const { requests } = watch(page);
  await page.goto(path, { waitUntil: 'networkidle' });
  const bytes: Record<string, number> = {};
  for (const request of requests) {
    const packing = await (await request.response())?.headerValue('content-encoding');
    const kind = request.resourceType();
    if (PACKED.has(kind) && !/^(zstd|br)$/.test(packing ?? ''))
      throw new Error(`${request.url()} is sent as ${packing}.`);
    bytes[kind] = (bytes[kind] ?? 0) + (await request.sizes()).responseBodySize;
  }
  await context.close();
  return bytes;
}

test('a list of 25 works, with its style and script, is under 40 KB', async () => {
  const { document = 0, stylesheet = 0, script = 0, font = 0 } = await bytesOf(library, '/works');
  console.info(`list of 25: document ${document}, style ${stylesheet}, script ${script}, fonts ${font} bytes`);
  const html = await (await library.site.get('/works')).text();
  expect(html.split('<article').length - 1).toBe(BLURBS);
  for (const part of [document, stylesheet, script]) expect(part).toBeGreaterThan(100);
  expect(document + stylesheet + script).toBeLessThan(LIST_BYTES);
});

test('a list with its filter has at most 20 KB of script', async () => {
  const bytes = await bytesOf(everything, '/works?tag=Slow+Burn');
  console.info(`filtered list: ${JSON.stringify(bytes)}`);
  expect(bytes['script']).toBeGreaterThan(1_000);
  expect(bytes['script']).toBeLessThanOrEqual(SCRIPT_BYTES);
});

test('a reading page has at most 20 KB of script', async () => {
  const chapters = ['<p>One.</p>', '<p>Two.</p>', '<p>Three.</p>'];
  const serial = await makeWork(everything.site, { title: 'A Serial', chapters }, { state: 'posted' });
  const bytes = await bytesOf(everything, workPath(serial));
  console.info(`reading page: ${JSON.stringify(bytes)}`);
  expect(bytes['script']).toBeGreaterThan(100);
  expect(bytes['script']).toBeLessThanOrEqual(SCRIPT_BYTES);
});
