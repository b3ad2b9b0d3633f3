/**
 * What a browser keeps of what was typed, where two accounts and two tabs share it: nobody's words are lost to somebody else, to what
 * is older, or to a sign-out that never reached the archive.
 */
import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { deviceKey } from '../../src/features/accounts/index.ts';
import { archiveEpoch } from '../../src/platform/events/log.ts';
import { serveArchive, type ServedArchive } from './archive.ts';
import { openChromium, signIn } from './chromium.ts';
import type { Person } from '../site.ts';

const DAY_MS = 86_400_000;
/** Longer than the pause after which what is typed is sent, on a busy machine. */
const SOON = { timeout: 30_000 };

let browser: Browser;
let archive: ServedArchive;

beforeAll(async () => {
  browser = await openChromium();
  archive = await serveArchive();
});
afterAll(async () => {
  await browser.close();
  await archive.close();
});

async function signedIn(name: string): Promise<{ person: Person; context: BrowserContext; page: Page }> {
  const person = await archive.site.person(name);
  const context = await browser.newContext({ baseURL: archive.address, locale: 'en-GB' });
  context.setDefaultTimeout(30_000);
  onTestFinished(() => context.close());
  await signIn(context, archive.address, person);
  return { person, context, page: await context.newPage() };
}

interface Kept {
  sheet: string;
  device: string;
  sequence: number;
  taken: number;
  fields: [string, string][];
}
const STORE = `{
  const opening = indexedDB.open('fanfold-typed', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('sheets', { keyPath: 'sheet' });
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => act(opening.result);
}`;
const onDevice = (page: Page) =>
  page.evaluate<Kept[]>(`new Promise((resolve, reject) => {
    const act = (db) => {
      const all = db.transaction('sheets').objectStore('sheets').getAll();
      all.onsuccess = () => { db.close(); resolve(all.result); };
    };
    ${STORE}
  })`);
const putOnDevice = (page: Page, records: readonly object[]) =>
  page.evaluate<void>(`new Promise((resolve, reject) => {
    const act = (db) => {
      const putting = db.transaction('sheets', 'readwrite');
      for (const record of ${JSON.stringify(records)}) putting.objectStore('sheets').put(record);
      putting.oncomplete = () => { db.close(); resolve(); };
    };
    ${STORE}
  })`);
const sheetsOn = async (page: Page) => (await onDevice(page)).map((one) => one.sheet).toSorted();

const keyOf = (person: Person) => deviceKey(archive.site.ground.db.reads, person.viewer.accountId);
const words = (text: string): [string, string][] => [['text', text]];
/** A record as a page would have kept it a moment ago. */
async function recordOf(person: Person, sheet: string, more: object) {
  const epoch = await archiveEpoch(archive.site.ground.db.reads);
  const place = { place: '/works/new', base: 0, continues: null };
  return { sheet, device: await keyOf(person), epoch, ...place, sequence: 1, taken: 0, at: Date.now(), ...more };
}

const state = (page: Page) => page.locator('.autosave-state');
const says = (page: Page, sentence: string) => state(page).filter({ hasText: sentence }).waitFor(SOON);
const type = (page: Page, text: string) =>
  page.locator('textarea[name=text]').evaluate((element, more) => {
    const area = element as unknown as { value: string; dispatchEvent: (event: Event) => void };
    area.value += more;
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }, text);
const signOut = (page: Page) => page.getByRole('button', { name: 'Sign out' }).click();
/** What the next question of a page is, answered so. */
const asked = (page: Page, answer: 'accept' | 'dismiss') =>
  new Promise<string>((resolve) => {
    page.once('dialog', (dialog) => {
      resolve(dialog.message());
      void dialog[answer]();
    });
  });

describe('words of another account', () => {
  test('stay while the archive lacks them, are shown and sent to nobody, and go with a sign-out only after a question', async () => {
    const wren = await archive.site.person('wren');
    const { page } = await signedIn('robin');
    await page.goto('/about');
    await putOnDevice(page, [
      await recordOf(wren, 'aaaaaaaaaa', { fields: words('Nowhere else.') }),
      await recordOf(wren, 'bbbbbbbbbb', { fields: words('In the archive.'), taken: 1 }),
      await recordOf(wren, 'cccccccccc', { fields: words('Left long ago.'), at: Date.now() - 31 * DAY_MS }),
      await recordOf(wren, 'dddddddddd', { fields: words('Lost in a restore.'), taken: 1, epoch: 'before' }),
    ]);
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.postData() ?? ''));
    await page.goto('/works/new');
    await expect.poll(() => sheetsOn(page), SOON).toEqual(['aaaaaaaaaa', 'dddddddddd']);
    expect(await page.content()).not.toContain('Nowhere else.');

    const question = asked(page, 'dismiss');
    await signOut(page);
    expect(await question).toContain('Another account has words on this device that are not in the archive.');
    expect(await question).not.toContain('This device keeps text');
    expect(await sheetsOn(page)).toEqual(['aaaaaaaaaa', 'dddddddddd']);
    expect((await page.request.get('/drafts')).status()).toBe(200);
    expect(sent.join()).not.toContain('Nowhere else.');

    const again = asked(page, 'accept');
    await signOut(page);
    await again;
    await page.getByText('You are signed out.').waitFor();
    expect(await sheetsOn(page)).toEqual([]);
  });
});

describe('a text that another tab brings in', () => {
  for (const [what, answer] of [
    ['is taken', null],
    ['is over', { saved: 1, over: true }],
  ] as const)
    test(`never takes the place of what its own page has kept since, when it ${what}`, async () => {
      const { person, page } = await signedIn(`heron ${what}`);
      let going: Route | null = null;
      await page.route('**/autosaves/eeeeeeeeee', (route) => {
        going = route;
      });
      await page.goto('/about');
      const older = await recordOf(person, 'eeeeeeeeee', { writer: 'ffffffffff', fields: words('One.') });
      await putOnDevice(page, [older]);
      await page.goto('/works/new');
      await expect.poll(() => going !== null, SOON).toBe(true);
      await putOnDevice(page, [{ ...older, sequence: 2, fields: words('One and two.') }]);
      const route = going as Route | null;
      await (answer ? route?.fulfill({ json: answer }) : route?.continue());
      if (!answer) await page.locator('#kept-eeeeeeeeee').waitFor();
      else await page.waitForTimeout(500);
      expect(await onDevice(page)).toMatchObject([{ sequence: 2, fields: words('One and two.') }]);
    });
});

test('a tab that is hidden takes back what is on its way, and says nothing of the archive by that', async () => {
  const { page } = await signedIn('siskin');
  let held = 0;
  await page.route('**/autosaves/*', async (route) => {
    held += 1;
    if (held > 1) await route.continue();
  });
  await page.goto('/works/new');
  await page.evaluate(`{
    globalThis.said = [];
    const region = document.querySelector('.autosave-state');
    new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
  }`);
  await type(page, 'It rained.');
  await expect.poll(() => held, SOON).toBe(1);
  await page.evaluate(`{
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
  }`);
  await says(page, 'Kept in the archive');
  expect((await page.evaluate<string[]>('said')).filter((one) => one.includes('does not answer'))).toEqual([]);
  expect(await onDevice(page)).toMatchObject([{ sequence: 1, taken: 1 }]);
});

describe('signing out', () => {
  test('while the archive is away ends nothing and removes nothing', async () => {
    const { context, page } = await signedIn('dunnock');
    await page.goto('/works/new');
    await type(page, 'It rained.');
    await says(page, 'Kept in the archive');
    const other = await context.newPage();
    await other.goto('/works');
    await other.route('**/sessions/end', (route) => route.abort());
    const told = asked(other, 'accept');
    await signOut(other);
    expect(await told).toContain('Signing out did not work');
    expect(new URL(other.url()).pathname).toBe('/works');
    expect(await onDevice(other)).toHaveLength(1);
    await type(page, ' And more.');
    await expect.poll(async () => (await onDevice(page)).map((one) => one.taken), SOON).toEqual([2]);
    await other.unroute('**/sessions/end');
    await signOut(other);
    await other.getByText('You are signed out.').waitFor();
    await says(page, 'You have signed out in another tab.');
    expect(await onDevice(other)).toEqual([]);
  });

  test('and in again leaves no tab behind that keeps nothing', async () => {
    const { context, page } = await signedIn('linnet');
    await page.goto('/works/new');
    await type(page, 'It rained.');
    await says(page, 'Kept in the archive');
    // As if somebody had signed out and in again, in another tab.
    const other = await context.newPage();
    await other.goto('/about');
    await other.evaluate(`new BroadcastChannel('fanfold-writing').postMessage({ kind: 'signed-out' })`);
    await says(page, 'You have signed out in another tab.');
    await type(page, ' And more.');
    await page.waitForTimeout(3_000);
    await says(page, 'You have signed out in another tab.');
    // It is tried once a minute, and when the network comes back.
    await page.evaluate(`dispatchEvent(new Event('online'))`);
    await says(page, 'Kept in the archive');
    await expect.poll(async () => (await onDevice(page)).map((one) => one.taken), SOON).toEqual([2]);
  });
});
