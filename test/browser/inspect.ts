/**
 * What must hold on every page, looked at in one visit: axe, valid HTML, headings in order, words marked with their language,
 * a quiet console, nothing wider than the screen, nothing inline, nothing asked of another host.
 *
 * Axe's rules are about what is there to see: all of them are asked on a phone, and at a desk of what only a desk shows, and where
 * things stand. Colours alone differ between themes. They are asked of every text in light on a phone, and everywhere else of every look (see
 * `axe.client.ts`) once for all pages, which is a tenth of the work.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromHtml } from 'hast-util-from-html';
import { HtmlValidate } from 'html-validate';
import type { Browser, BrowserContext, Page, Response } from 'playwright-core';
import { visit } from 'unist-util-visit';
import type { Person } from '../site.ts';
import type { ServedArchive } from './archive.ts';
import { ask, visitor, watch, type Watched } from './chromium.ts';
import type { ColourReport } from './axe.client.ts';
import type { PagePlan } from './every-page.ts';

const PHONE = 360;
const DESK = 1280;
/** After this many pages on which axe could say nothing of a look, it is asked no more. */
const TRIES = 4;
const SHOTS = process.env['SHOTS'];

/** The checker of accessibility, as a script to put into a page. */
export const AXE_SCRIPT = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

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

type Theme = 'light' | 'dark' | 'sepia';

/** Looks that were judged already, by theme, with how often axe was asked in vain. */
export interface KnownLooks {
  judged: Record<Theme, Set<string>>;
  tried: Map<string, number>;
}

export function noLooks(): KnownLooks {
  return { judged: { light: new Set(), dark: new Set(), sepia: new Set() }, tried: new Map() };
}

/** A visitor whose every page brings the checker with it: ten times cheaper than handing it to each page. */
export async function inspector(browser: Browser, archive: ServedArchive, as: Person | null): Promise<BrowserContext> {
  const context = await visitor(browser, archive.address, { as, width: PHONE, reducedMotion: true });
  context.setDefaultTimeout(30_000);
  await context.addInitScript({ content: AXE_SCRIPT });
  return context;
}

/** Looks at pages one after the other and names what is wrong with each. With SHOTS a picture of each is kept in that folder. */
export async function faultsIn(
  context: BrowserContext,
  archive: ServedArchive,
  plans: readonly PagePlan[],
  known: KnownLooks,
): Promise<string[]> {
  const page = await context.newPage();
  const watched = watch(page);
  const faults: string[] = [];
  for (const plan of plans) {
    // A page that cannot be reached is named, and the others are looked at all the same.
    const said = await look(page, plan, known).catch((error: unknown) => [String(error)]);
    const asked = foreign(watched, archive.address);
    const errors = watched.errors.splice(0).map((error) => `console: ${error}`);
    faults.push(...[...said, ...asked, ...errors].map((fault) => `${plan.name} (${plan.as}): ${fault}`));
  }
  await page.close();
  return faults;
}

async function look(page: Page, plan: PagePlan, known: KnownLooks): Promise<string[]> {
  const faults: string[] = [];
  await resize(page, PHONE);
  const { answer, strayed } = await reach(page, plan);
  const html = (await answer?.text()) ?? '';
  if (strayed) faults.push('led to another page: what is done there is to be called `send`');
  else if (!plan.send && answer?.status() !== plan.status) faults.push(`answered with ${answer?.status()}`);
  // What was sent is judged, not what the browser made of it; the browser is busy with the page meanwhile.
  const sent = validityOf(html);
  const ranks = await ask<number[]>(page, 'headings()');
  if (ranks.filter((rank) => rank === 1).length !== 1) faults.push(`has not one h1: ${ranks.join(' ')}`);
  if (ranks.some((rank, at) => rank > (ranks[at - 1] ?? 0) + 1)) faults.push(`skips a heading: ${ranks.join(' ')}`);
  faults.push(...(await ask<string[]>(page, 'unmarkedTexts()')));
  const at = `${PHONE} px`;
  faults.push(...named(`${at}, scrolls sideways`, await ask<string[]>(page, 'sideways()')));
  faults.push(...named(`${at}, light`, await ask<string[]>(page, 'everyRule()')));
  for (const one of await ask<string[]>(page, 'looks()')) known.judged.light.add(one);
  await shoot(page, plan, PHONE, 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  faults.push(...(await coloursIn(page, plan, PHONE, 'dark', known)));
  faults.push(...(await coloursIn(page, plan, PHONE, 'sepia', known)));
  await resize(page, DESK);
  faults.push(...(await coloursIn(page, plan, DESK, 'dark', known)));
  faults.push(...(await coloursIn(page, plan, DESK, 'sepia', known)));
  await page.emulateMedia({ colorScheme: 'light' });
  faults.push(...named(`${DESK} px, scrolls sideways`, await ask<string[]>(page, 'sideways()')));
  faults.push(...named(`${DESK} px, light`, await ask<string[]>(page, 'rulesOfThisWidth()')));
  faults.push(...(await coloursIn(page, plan, DESK, 'light', known)));
  return [...faults, ...(await sent), ...inlineParts(html)];
}

/** Goes to the page that is meant. @returns the answer that brought it, and whether what was done there led away from it. */
async function reach(page: Page, plan: PagePlan): Promise<{ answer: Response | null; strayed: boolean }> {
  const opened = await page.goto(plan.path);
  const answers: Response[] = [];
  const note = (response: Response) => {
    if (response.request().isNavigationRequest() && response.frame() === page.mainFrame()) answers.push(response);
  };
  page.on('response', note);
  try {
    if (plan.send) {
      const loaded = page.waitForEvent('load');
      await plan.send(page);
      await loaded;
      return { answer: answers.at(-1) ?? null, strayed: false };
    }
    await plan.act?.(page);
    return { answer: opened, strayed: answers.length > 0 };
  } finally {
    page.off('response', note);
  }
}

async function resize(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 800 });
}

/** Judges what looks in a theme like nothing before. The theme of the system is set already; sepia is one's own choice. */
async function coloursIn(
  page: Page,
  plan: PagePlan,
  width: number,
  theme: Theme,
  known: KnownLooks,
): Promise<string[]> {
  const { judged } = known;
  const wear = (name: string) => page.evaluate(`document.documentElement.dataset.theme = '${name}'`);
  const had = theme === 'sepia' ? await page.evaluate<string>(`document.documentElement.dataset.theme ?? ''`) : '';
  if (theme === 'sepia') await wear('sepia');
  const report = await ask<ColourReport>(page, `colours(${JSON.stringify([...judged[theme]])})`);
  await shoot(page, plan, width, theme);
  if (theme === 'sepia') {
    if (had === '') await page.evaluate(`delete document.documentElement.dataset.theme`);
    else await wear(had);
  }
  for (const one of report.judged) judged[theme].add(one);
  for (const one of report.open) {
    const tries = (known.tried.get(`${theme} ${one}`) ?? 0) + 1;
    known.tried.set(`${theme} ${one}`, tries);
    if (tries === TRIES) judged[theme].add(one);
  }
  return named(`${width} px, ${theme}`, report.faults);
}

async function shoot(page: Page, plan: PagePlan, width: number, theme: Theme): Promise<void> {
  if (!SHOTS) return;
  await page.screenshot({ path: join(SHOTS, `${plan.name}-${plan.as}-${width}-${theme}.png`), fullPage: true });
}

function named(where: string, faults: readonly string[]): string[] {
  return faults.map((fault) => `${where}: ${fault}`);
}

async function validityOf(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html);
  return results
    .flatMap((result) => result.messages)
    .map((message) => `HTML ${message.ruleId}: ${message.message} at ${message.selector ?? message.line}`);
}

/** Script and style that stand in the page itself, and handlers. */
export function inlineParts(html: string): string[] {
  const found: string[] = [];
  visit(fromHtml(html), 'element', (element) => {
    if (element.tagName === 'style') found.push('<style>');
    if (element.tagName === 'script' && (!element.properties['src'] || element.children.length > 0))
      found.push('<script>');
    for (const name of Object.keys(element.properties)) {
      if (name === 'style' || /^on[A-Z]/.test(name)) found.push(`${element.tagName} ${name}`);
    }
  });
  return found;
}

/** What was asked of other hosts since the last page, and what could not be had. */
function foreign({ requests }: Watched, address: string): string[] {
  const asked = requests.splice(0);
  const faults: string[] = [];
  if (!asked.some((request) => request.resourceType() === 'font'))
    faults.push('asks for no font, so nothing is shown about fonts');
  for (const request of asked) {
    if (new URL(request.url()).origin !== address) faults.push(`asks ${request.url()}`);
    const failed = request.failure()?.errorText;
    // A visitor who moves on leaves requests behind.
    if (failed && failed !== 'net::ERR_ABORTED') faults.push(`${request.url()} failed: ${failed}`);
  }
  return faults;
}
