/**
 * Every page, on a phone and a desk, in light, dark and sepia: usable by everybody, valid, quiet on the console, no wider than
 * the screen, from the archive alone (see `inspect.ts`).
 * With SHOTS a picture of each is kept in that folder; PAGES names some of them, to look at those alone.
 */
import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveArchive, type ServedArchive } from './archive.ts';
import { MAIL_NOWHERE } from '../post.ts';
import { makeBrowsingWorks } from './browsing-works.ts';
import { openChromium } from './chromium.ts';
import { EMPTY_PAGES, everyPage, type PagePlan } from './every-page.ts';
import { faultsIn, inlineParts, inspector, noLooks } from './inspect.ts';
import { mailPages } from './mail-pages.ts';
import { makeSpecialWorks } from './special-works.ts';

const SHOTS = process.env['SHOTS'];
/** The names of some pages, to look at those alone while they are made. */
const ONLY = process.env['PAGES']?.split(',');

let browser: Browser;
const archives: ServedArchive[] = [];
const known = noLooks();

beforeAll(async () => {
  browser = await openChromium();
  if (SHOTS) mkdirSync(SHOTS, { recursive: true });
});

afterAll(async () => {
  await browser.close();
  for (const archive of archives) await archive.close();
});

/** Looks at all pages and names what is wrong with each: two visitors are there at once. */
async function faultsOf(archive: ServedArchive, plans: readonly PagePlan[]): Promise<string[]> {
  const visits = (['guest', 'owner'] as const).map(async (as) => {
    const context = await inspector(browser, archive, as === 'owner' ? archive.site.owner : null);
    const theirs = plans.filter((plan) => plan.as === as);
    const faults = await faultsIn(context, archive, theirs, known);
    await context.close();
    return faults;
  });
  return (await Promise.all(visits)).flat();
}

describe('every page', () => {
  test('of a full archive stands on a phone and a desk, in each theme', { timeout: 900_000 }, async () => {
    const archive = await serveArchive({ samples: true });
    archives.push(archive);
    await makeBrowsingWorks(archive.site);
    const plans = await everyPage(archive, await makeSpecialWorks(archive.site));
    expect(plans.length).toBeGreaterThan(40);
    expect(await faultsOf(archive, ONLY ? plans.filter((plan) => ONLY.includes(plan.name)) : plans)).toEqual([]);
  });

  test('of an empty archive does, too', async () => {
    const archive = await serveArchive();
    archives.push(archive);
    expect(await faultsOf(archive, EMPTY_PAGES)).toEqual([]);
  });

  test('of an archive that sends mail does, too', async () => {
    const archive = await serveArchive({ mail: MAIL_NOWHERE });
    archives.push(archive);
    expect(await faultsOf(archive, await mailPages(archive.site))).toEqual([]);
  });
});

/** Faults of every kind, among them those of one theme or one width alone. */
const PLANTED_STYLE = `
  .planted { color: #111; background: #eee }
  @media (prefers-color-scheme: dark) { .planted.dark { color: #222; background: #333 } }
  [data-theme='sepia'] .planted.sepia { color: #e8dcc0; background: #efe4cc }
  .planted.story { color: #6a6a6a; background: #fff }
  .planted.desk, .planted.deep { display: none }
  @media (max-width: 400px) { .planted.phone { width: 900px } }
  @media (min-width: 1000px) {
    .planted.desk { display: block; color: #ccc }
    .planted.deep { display: block; width: 3000px }
    @media (prefers-color-scheme: dark) { .planted.desk-dark { color: #555; background: #444 } }
  }`;
const PLANTED = `<link rel="stylesheet" href="/planted.css"><h4>Skipped</h4><div>سلام</div><img src="/x"><input name="bare">
  <p class="planted dark">Dark.</p><p class="planted sepia">Sepia.</p><p class="planted phone">Wide.</p>
  <p class="planted desk">Pale.<button></button></p><p class="planted deep">Deep.</p><p class="planted desk-dark">Gloom.</p>
  <div class="planted story">Weak.</div><p style="color:red" onclick="x()">Inline.</p>
  <img src="https://elsewhere.example/x.png" alt=""></main>`;

test('what is planted is found, where it is and nowhere else', async () => {
  const archive = await serveArchive();
  archives.push(archive);
  const context = await inspector(browser, archive, null);
  await context.route('**/planted.css', (route) => route.fulfill({ contentType: 'text/css', body: PLANTED_STYLE }));
  await context.route('**/works', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replace('</main>', PLANTED) });
  });
  const plan: PagePlan = { name: 'planted', path: '/works', as: 'guest', status: 200 };
  const faults = await faultsIn(context, archive, [plan], noLooks());
  await context.close();
  const said = faults.map((fault) => fault.replace('planted (guest): ', '')).join('\n');
  for (const expected of [
    /^skips a heading/m,
    /without a direction/,
    /without lang/,
    /^360 px, scrolls sideways: .*planted\.phone/m,
    /^1280 px, scrolls sideways: .*planted\.deep/m,
    /^360 px, light: axe image-alt/m,
    /^360 px, light: axe label,/m,
    /^360 px, light: axe color-contrast-enhanced.*story/m,
    /^360 px, dark: axe color-contrast, .*\.dark/m,
    /^360 px, sepia: axe color-contrast, .*\.sepia/m,
    /^1280 px, light: axe button-name/m,
    /^1280 px, light: axe color-contrast, .*\.desk/m,
    /^1280 px, dark: axe color-contrast, .*\.desk-dark/m,
    /^HTML/m,
    /^p style$/m,
    /^p onClick$/m,
    /^asks https:\/\/elsewhere\.example\/x\.png$/m,
    /^console: .*Content Security Policy/m,
  ]) {
    expect(said).toMatch(expected);
  }
  // What is wrong in one way of looking alone is not said of another.
  for (const unexpected of [/^360 px, light: axe color-contrast,/m, /^360 px, light: axe button-name/m]) {
    expect(said).not.toMatch(unexpected);
  }
});

test('inline parts would be seen', () => {
  expect(
    inlineParts('<style>a{}</style><script>1</script><p style="color:red" onclick="x()"><script src="/a"></script>'),
  ).toEqual(['<style>', '<script>', 'p style', 'p onClick']);
});
