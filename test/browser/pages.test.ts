/**
 * Every page, on a phone and a desk, in light and dark: usable by everybody (axe), valid, quiet on the console,
 * no wider than the screen, headings in order, and people's words marked with their language and direction.
 * With SHOTS a picture of each is kept in that folder; PAGES names some of them, to look at those alone.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { HtmlValidate, type Report } from 'html-validate';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveArchive, type ServedArchive } from './archive.ts';
import { MAIL_NOWHERE } from '../post.ts';
import type { Person } from '../site.ts';
import { makeBrowsingWorks } from './browsing-works.ts';
import { ask, openChromium, visitor, watch } from './chromium.ts';
import { AXE_SCRIPT, EMPTY_PAGES, everyPage, type PagePlan } from './every-page.ts';
import { mailPages } from './mail-pages.ts';
import { makeSpecialWorks } from './special-works.ts';

const WIDTHS = [360, 1280] as const;
const THEMES = ['light', 'dark'] as const;
const SHOTS = process.env['SHOTS'];
/** The names of some pages, to look at those alone while they are made. */
const ONLY = process.env['PAGES']?.split(',');

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // How preact writes empty elements and attributes; all of it is valid HTML.
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    // Titles are people's own; no browser minds their length.
    'long-title': 'off',
    // A group of boxes repeats its name: that is how a form sends several values.
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'button', 'submit', 'reset'] }],
  },
});

let browser: Browser;
const archives: ServedArchive[] = [];

beforeAll(async () => {
  browser = await openChromium();
  if (SHOTS) mkdirSync(SHOTS, { recursive: true });
}, 60_000);

afterAll(async () => {
  await browser.close();
  for (const archive of archives) await archive.close();
});

/** Looks at all pages and names what is wrong with each, by page and by the way it was looked at. */
async function faultsOf(archive: ServedArchive, plans: readonly PagePlan[]): Promise<string[]> {
  const faults = await Promise.all(
    (['guest', 'owner'] as const).map((as) =>
      faultsFor(
        archive,
        as,
        plans.filter((plan) => plan.as === as),
      ),
    ),
  );
  return faults.flat();
}

/** The same for one visitor, page after page: two visitors are there at once. */
async function faultsFor(archive: ServedArchive, as: PagePlan['as'], plans: readonly PagePlan[]): Promise<string[]> {
  const context = await inspector(archive, as === 'owner' ? archive.site.owner : null);
  const page = await context.newPage();
  const watched = watch(page);
  const faults: string[] = [];
  for (const plan of plans) {
    const said = await look(page, plan);
    const errors = watched.errors.splice(0).map((error) => `console: ${error}`);
    faults.push(...[...said, ...errors].map((fault) => `${plan.name} (${plan.as}): ${fault}`));
  }
  await context.close();
  return faults;
}

/** A visitor whose every page brings the checker with it: ten times cheaper than handing it to each page. */
async function inspector(archive: ServedArchive, as: Person | null = null): Promise<BrowserContext> {
  const context = await visitor(browser, archive.address, { withoutPolicy: true, as });
  await context.addInitScript({ content: AXE_SCRIPT });
  return context;
}

async function look(page: Page, plan: PagePlan): Promise<string[]> {
  const faults: string[] = [];
  await page.setViewportSize({ width: WIDTHS[0], height: 800 });
  await page.emulateMedia({ colorScheme: THEMES[0] });
  const answer = await page.goto(plan.path);
  if (answer?.status() !== plan.status) faults.push(`answered with ${answer?.status()}`);
  // What was sent is judged, not what the browser made of it.
  let html = (await answer?.text()) ?? '';
  if (plan.act) {
    const refused = plan.name.includes('refused');
    const posted = refused ? page.waitForResponse((response) => response.request().method() === 'POST') : null;
    await plan.act(page);
    if (posted) html = await (await posted).text();
    await page.waitForLoadState();
  }
  faults.push(...invalid(await validator.validateString(html)));
  const ranks = await ask<number[]>(page, 'headings()');
  if (ranks.filter((rank) => rank === 1).length !== 1) faults.push(`has not one h1: ${ranks.join(' ')}`);
  if (ranks.some((rank, at) => rank > (ranks[at - 1] ?? 0) + 1)) faults.push(`skips a heading: ${ranks.join(' ')}`);
  faults.push(...(await ask<string[]>(page, 'unmarkedTexts()')));
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    for (const text of await ask<string[]>(page, 'sideways()')) faults.push(`${width} px, scrolls sideways: ${text}`);
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme });
      // What is no matter of colour is the same in every theme.
      const rules = theme === 'light' ? EVERY_RULE : COLOUR_RULES;
      for (const text of await violations(page, rules)) faults.push(`${width} px, ${theme}: ${text}`);
      if (SHOTS)
        await page.screenshot({ path: join(SHOTS, `${plan.name}-${plan.as}-${width}-${theme}.png`), fullPage: true });
    }
  }
  await page.evaluate(`document.documentElement.dataset.theme = 'sepia'`);
  for (const text of await violations(page, COLOUR_RULES)) faults.push(`sepia: ${text}`);
  return faults;
}

function invalid(report: Report): string[] {
  return report.results
    .flatMap((result) => result.messages)
    .map((message) => `HTML ${message.ruleId}: ${message.message} at ${message.selector ?? message.line}`);
}

interface AxeViolation {
  id: string;
  nodes: { target: string[]; failureSummary?: string }[];
}

/** Axe's questions: where it looks, and what for. Text of stories is held to 7:1, all other to 4.5:1. */
const BRIEFLY = `resultTypes: ['violations']`;
const EVERY_RULE = `document, { ${BRIEFLY} }`;
const COLOUR_RULES = `document, { ${BRIEFLY}, runOnly: ['color-contrast', 'link-in-text-block'] }`;
const STORY_RULES = `'.story', { ${BRIEFLY}, runOnly: ['color-contrast-enhanced'] }`;

async function violations(page: Page, question: string): Promise<string[]> {
  const stories = await page.locator('.story').count();
  const questions = stories > 0 ? [question, STORY_RULES] : [question];
  const found: AxeViolation[] = [];
  for (const one of questions) {
    found.push(...(await page.evaluate<AxeViolation[]>(`axe.run(${one}).then((result) => result.violations)`)));
  }
  return found.map(({ id, nodes }) => {
    const first = nodes[0];
    return `axe ${id}, ${nodes.length} ×: ${first?.target.join(' ')} ${first?.failureSummary?.replaceAll('\n', ' ')}`;
  });
}

describe('every page', () => {
  test('of a full archive stands on a phone and a desk, in light and dark', { timeout: 900_000 }, async () => {
    const archive = await serveArchive({ samples: true });
    archives.push(archive);
    await makeBrowsingWorks(archive.site);
    const plans = await everyPage(archive, await makeSpecialWorks(archive.site));
    expect(plans.length).toBeGreaterThan(40);
    expect(await faultsOf(archive, ONLY ? plans.filter((plan) => ONLY.includes(plan.name)) : plans)).toEqual([]);
  });

  test('of an empty archive does, too', { timeout: 60_000 }, async () => {
    const archive = await serveArchive();
    archives.push(archive);
    expect(await faultsOf(archive, EMPTY_PAGES)).toEqual([]);
  });

  test('of an archive that sends mail does, too', { timeout: 240_000 }, async () => {
    const archive = await serveArchive({ mail: MAIL_NOWHERE });
    archives.push(archive);
    expect(await faultsOf(archive, await mailPages(archive.site))).toEqual([]);
  });

  test('would be found wanting: the checks see what is planted', { timeout: 60_000 }, async () => {
    const archive = await serveArchive();
    archives.push(archive);
    const context = await inspector(archive);
    const page = await context.newPage();
    await context.route('**/works', async (route) => {
      const answer = await route.fetch();
      const spoilt =
        '<h4>Skipped</h4><div style="width:5000px">سلام</div><img src="/x"><div class="story">x</div></main>';
      await route.fulfill({ response: answer, body: (await answer.text()).replace('</main>', spoilt) });
    });
    const faults = await look(page, { name: 'planted', path: '/works', as: 'guest', status: 200 });
    for (const expected of [
      /skips a heading/,
      /without a direction/,
      /without lang/,
      /sideways/,
      /axe image-alt/,
      /HTML/,
    ]) {
      expect(faults.join('\n')).toMatch(expected);
    }
    await context.close();
  });
});
