/**
 * Work skins in a real browser: whatever is printed of the cases that cleaners are tried with, and of sheets made to get out,
 * no request leaves and nothing outside the story looks different or lies elsewhere.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { workPath } from '../../src/features/works/index.ts';
import { checkSheet } from '../../src/platform/css/sheet.ts';
import { giveSkin, makeWork, type CastWork } from '../cast.ts';
import { serveArchive, type ServedArchive } from './archive.ts';
import { ask, openChromium, visitor, watch } from './chromium.ts';

const CASES = resolve(
  import.meta.dirname,
  '../..',
  process.env['FANFOLD_CORPORA'] ?? '../shared/corpora',
  'css-cases.json',
);
const WHERE = { box: '.work-skin', layer: 'skin' };

/** What skins can say, said as rudely as they can. */
const RUDE = [
  '#workskin { position: absolute; inset: -5000px; z-index: 2147483647; background: red }',
  '#workskin { width: 9999px; height: 50px; margin: -500px; float: left; color: red; box-shadow: 0 0 0 9999px red }',
  'p { position: absolute; top: -3000px; left: -3000px; width: 9000px; height: 9000px; background: red; z-index: 99999 }',
  'p { transform: translate(-200px, -600px) scale(20); outline: 9999px solid red }',
  'p::before { content: "x"; position: absolute; inset: -9999px; background: red }',
  'p { margin: -2000px -900px; padding: 900px; border: 900px solid red; display: inline-block; min-width: 500vw }',
  '* { all: initial; display: block; min-inline-size: 400vw; mix-blend-mode: difference; direction: rtl }',
  '#workskin { display: contents } p { float: right; inline-size: 300vw; block-size: 300vh; cursor: none }',
  'p { counter-increment: list-item 9 chapter 9; quotes: none; content: open-quote; writing-mode: vertical-rl }',
  '#workskin { writing-mode: vertical-rl; inline-size: 9000px; block-size: 9000px; resize: both; overflow: scroll }',
  'p { animation: away 1ms both } @keyframes away { to { position: absolute; top: -999px; width: 5000px } }',
];

let browser: Browser;
let archive: ServedArchive;
let work: CastWork;

beforeAll(async () => {
  browser = await openChromium();
  archive = await serveArchive();
  const text = '<p class="x">It rained in <em>Sussex</em>.</p>'.repeat(12);
  work = await makeWork(archive.site, { chapters: [`${text}<ul><li>One</li></ul>`] }, { state: 'posted' });
  await giveSkin(archive.site, archive.site.owner, work, '.x { color: rgb(1, 2, 3) }');
});

afterAll(async () => {
  await browser.close();
  await archive.close();
});

/** What the sheets do to a page that wears them one by one; '' where it is nothing. */
async function doings(sheets: readonly string[]): Promise<string[]> {
  const context = await visitor(browser, archive.address);
  const page = await context.newPage();
  const watched = watch(page);
  await page.route('**/tried-*.css', (route) => {
    const at = Number(/tried-(\d+)/.exec(route.request().url())?.[1]);
    return route.fulfill({ contentType: 'text/css; charset=utf-8', body: sheets[at] ?? '' });
  });
  await page.goto(workPath(work));
  watched.requests.length = watched.errors.length = 0;
  const hrefs = sheets.map((_, at) => `/tried-${at}.css`);
  const changes = await ask<(string | null)[]>(page, `wearEach(${JSON.stringify(hrefs)})`);
  const asked = watched.requests
    .map((request) => request.url())
    .filter((url) => !/\/tried-\d+\.css$/.test(url) && !url.startsWith(`${archive.address}/assets/`));
  await context.close();
  const fault = [...asked.map((url) => `asked ${url}`), ...watched.errors].join('; ');
  return changes.map((change, at) => [change ?? '', at === sheets.length - 1 ? fault : ''].join(' ').trim());
}

function printed(source: string): string[] {
  const sheet = checkSheet(source, WHERE);
  return sheet.ok && sheet.css !== '' ? [sheet.css] : [];
}

test('rude skins stay in their box', async () => {
  const sheets = RUDE.flatMap(printed);
  expect(sheets).toHaveLength(RUDE.length);
  expect(await doings(sheets)).toEqual(sheets.map(() => ''));
});

test.runIf(existsSync(CASES))('so does all that is printed of the cases', { timeout: 400_000 }, async () => {
  const cases = JSON.parse(readFileSync(CASES, 'utf8')) as { kind: string; input: string }[];
  const sheets = cases.flatMap(({ kind, input }) =>
    printed(kind === 'stylesheet' || kind === 'exfiltration' ? input : `p, #workskin { ${input}\n}`),
  );
  expect(sheets.length).toBeGreaterThan(600);
  const found = await doings(sheets);
  expect(found.flatMap((doing, at) => (doing === '' ? [] : [`${sheets[at]}: ${doing}`]))).toEqual([]);
});

test('a sheet that was not checked would be seen', async () => {
  const [colour, place, over] = await doings([
    'body { color: rgb(9, 9, 9) }',
    'h1 { position: relative; left: 3px }',
    '.story { contain: none; isolation: auto } .story p { position: fixed; inset: 0; z-index: 9 }',
  ]);
  expect(colour).toContain('rgb(9, 9, 9)');
  expect(place).toContain('h1');
  expect(over).not.toBe('');
  const [loads] = await doings(['p { background: url(https://elsewhere.example/x.png) }']);
  expect(loads).toMatch(/elsewhere\.example|Content Security Policy/);
});

test('a reader sees the creator’s style, turns it off without script, and on again', async () => {
  const context = await visitor(browser, archive.address, { script: false });
  const page = await context.newPage();
  const watched = watch(page);
  await page.goto(workPath(work));
  expect(watched.requests.some((request) => request.url().includes('/skin/'))).toBe(true);
  const press = async (label: string) => {
    await page.locator('.drawer.end > summary').click();
    await page.getByRole('button', { name: label }).click();
    await page.waitForLoadState();
  };
  watched.requests.length = 0;
  await press('Turn creators’ styles off');
  expect(watched.requests.some((request) => request.url().includes('/skin/'))).toBe(false);
  expect(await page.locator('.work-skin').count()).toBe(0);
  await press('Turn creators’ styles on');
  expect(await page.locator('.work-skin').count()).toBe(1);
  await context.close();
  const scripted = await (await visitor(browser, archive.address)).newPage();
  await scripted.goto(workPath(work));
  expect(await scripted.evaluate(`getComputedStyle(document.querySelector('.story .u-x')).color`)).toBe('rgb(1, 2, 3)');
});
