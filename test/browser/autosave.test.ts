/**
 * Writing in a real browser when much goes wrong at once: two browsers of one account, one of them offline for a while, and the
 * server killed meanwhile. All that was typed is there. And signing out leaves nothing on the device.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { printed, startProgram, type Place, type Program } from '../crash/program.ts';
import { openChromium } from './chromium.ts';

const TIMEOUT_MS = 120_000;
/** Longer than the pause after which what is typed is sent, on a busy machine. */
const SOON = { timeout: 30_000 };

let browser: Browser;
/** One archive for the tests that kill nothing; the last of them signs its writer out. */
let folder: string;
let quiet: { program: Program; address: string; token: string };

beforeAll(async () => {
  browser = await openChromium();
  folder = mkdtempSync(join(tmpdir(), 'fanfold-writing-'));
  const program = startProgram(['serve'], { folder, databaseUrl: null });
  const [, address = ''] = await printed(program, /Fanfold is at +(http:\/\/\S+)\n/);
  quiet = { program, address, token: await ownersCookie(program) };
});
afterAll(async () => {
  await browser.close();
  await quiet.program.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** An archive as a process of its own at one address, to be killed and started again. */
async function killable() {
  const folder = mkdtempSync(join(tmpdir(), 'fanfold-writing-'));
  const place: Place = { folder, databaseUrl: null };
  const port = await freePort();
  const running: Program[] = [];
  onTestFinished(async () => {
    await running.at(-1)?.kill();
    rmSync(folder, { recursive: true, force: true });
  });
  const start = async () => {
    const program = startProgram(['serve'], place, false, undefined, { PORT: String(port) });
    running.push(program);
    await printed(program, /Fanfold is at +http:\/\/\S+\n/);
    return program;
  };
  return { start, address: `http://127.0.0.1:${port}` };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function ownersCookie(program: Program): Promise<string> {
  const [link] = await printed(program, /http:\/\/\S+\/owner-links\/\S+/);
  const answer = await fetch(link, { method: 'POST', redirect: 'manual' });
  const session = answer.headers.getSetCookie().find((one) => one.startsWith('session='));
  return session?.split(';')[0]?.split('=')[1] ?? '';
}

async function writer(address: string, token: string): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ baseURL: address, locale: 'en-GB' });
  context.setDefaultTimeout(30_000);
  onTestFinished(() => context.close());
  await context.addCookies([{ name: 'session', value: token, url: address, httpOnly: true }]);
  return { context, page: await context.newPage() };
}

const state = (page: Page) => page.locator('.autosave-state');
const kept = (page: Page) => state(page).filter({ hasText: 'Kept in the archive' }).waitFor(SOON);
const says = (page: Page, words: string) => state(page).filter({ hasText: words }).waitFor(SOON);
/** Types at the end of the text, as the plain field has it. */
const type = async (page: Page, words: string) => {
  const field = page.locator('textarea[name=text]');
  await field.evaluate((element, more) => {
    const area = element as unknown as { value: string; dispatchEvent: (event: Event) => void };
    area.value += more;
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }, words);
};
/** How many texts the device keeps. */
const onDevice = (page: Page) =>
  page.evaluate<number>(`new Promise((resolve) => {
    const opening = indexedDB.open('fanfold-typed');
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onerror = () => resolve(0);
    opening.onsuccess = () => {
      const db = opening.result;
      const counting = db.transaction('sheets').objectStore('sheets').count();
      counting.onsuccess = () => { db.close(); resolve(counting.result); };
    };
  })`);

/** All that the device keeps, as JSON. */
const keptWords = (page: Page) =>
  page.evaluate<string>(`new Promise((resolve) => {
    const opening = indexedDB.open('fanfold-typed');
    opening.onsuccess = () => {
      const db = opening.result;
      const reading = db.transaction('sheets').objectStore('sheets').getAll();
      reading.onsuccess = () => { db.close(); resolve(JSON.stringify(reading.result)); };
    };
  })`);

/** Puts records among those that the device keeps, as an earlier page would have. */
const putOnDevice = (page: Page, records: readonly object[]) =>
  page.evaluate<void>(`new Promise((resolve, reject) => {
    const opening = indexedDB.open('fanfold-typed', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('sheets', { keyPath: 'sheet' });
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const db = opening.result;
      const putting = db.transaction('sheets', 'readwrite');
      for (const record of ${JSON.stringify(records)}) putting.objectStore('sheets').put(record);
      putting.oncomplete = () => { db.close(); resolve(); };
    };
  })`);

test(
  'two browsers, one offline for a while, the server killed meanwhile: all that was typed is there',
  async () => {
    const { start, address } = await killable();
    let program = await start();
    const token = await ownersCookie(program);
    const [one, two] = [await writer(address, token), await writer(address, token)];
    await one.page.goto('/works/new');
    await two.page.goto('/works/new');
    await type(one.page, 'The heron stood in the first browser.');
    await type(two.page, 'The bees slept in the second browser.');
    await kept(one.page);
    await kept(two.page);

    await one.context.setOffline(true);
    await type(one.page, ' It waited for the weather.');
    await says(one.page, 'kept on this device');
    await program.kill();
    await type(two.page, ' They dreamt of clover.');
    await says(two.page, 'The archive does not answer');
    program = await start();
    await one.context.setOffline(false);
    await kept(one.page);
    await kept(two.page);

    // Closed without a word, right after typing: what leaves with the page arrives, or the device has it.
    await type(one.page, ' And flew.');
    await one.page.close();
    const again = await one.context.newPage();
    await again.goto('/works/new');
    await again.locator('.notice').getByRole('link', { name: 'Take it up' }).first().waitFor();
    await again.goto('/drafts');
    const lines = await again.locator('.unsaved-rows h3').allInnerTexts();
    expect(lines.toSorted()).toEqual([
      expect.stringContaining('The bees slept in the second browser. They dreamt of clover.'),
      expect.stringContaining('The heron stood in the first browser. It waited for the weather.'),
    ]);
    await again.getByRole('link', { name: 'The heron stood' }).first().click();
    expect(await again.locator('textarea').first().inputValue()).toBe(
      '<p>The heron stood in the first browser. It waited for the weather. And flew.</p>',
    );
    await again.getByRole('link', { name: 'Take it up' }).click();
    await again.fill('[name=title]', 'Weather');
    await again.click('button[value=save]');
    await again.waitForURL(/\/works\/\w{10}/);
    await again.goto('/drafts');
    expect(await again.locator('.unsaved-rows h3').count()).toBe(1);
  },
  TIMEOUT_MS,
);

test(
  'a session that ends over the text costs nothing: it stays on the device, and the form comes back',
  async () => {
    const { start, address } = await killable();
    const token = await ownersCookie(await start());
    const { context, page } = await writer(address, token);
    await page.goto('/works/new');
    await context.clearCookies();
    await type(page, 'Typed by nobody.');
    await says(page, 'You are signed out. What you type is kept on this device.');
    expect(await onDevice(page)).toBe(1);
    // The network of who is signed out has its tries for other things: it is asked again by the clock alone.
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/autosaves/')) sent.push(request.url());
    });
    await type(page, ' And more.');
    // Longer than the pause after which what is typed is sent.
    await page.waitForTimeout(3_000);
    expect(sent).toEqual([]);
    expect(await keptWords(page)).toContain('And more.');
    // Nobody signs out over text that the archive does not have without being asked.
    const asked: string[] = [];
    page.once('dialog', (dialog) => {
      asked.push(dialog.message());
      void dialog.dismiss();
    });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect.poll(() => asked, SOON).toEqual([expect.stringContaining('the archive does not have yet')]);
    expect(await onDevice(page)).toBe(1);
    await page.click('button[value=save]');
    await page.getByText('You were signed out before this was saved.').waitFor();
    // Signed in again, the device offers what it kept.
    await context.addCookies([{ name: 'session', value: token, url: address, httpOnly: true }]);
    await page.goto('/works/new');
    await page.getByText('This device has text of yours that was not saved').waitFor();
    await page.getByRole('link', { name: 'Take it up' }).first().click();
    expect(await page.locator('textarea[name=text]').inputValue()).toBe('<p>Typed by nobody. And more.</p>');
  },
  TIMEOUT_MS,
);

test(
  'a form that is only looked at is kept nowhere; rich text that was typed comes back as it was',
  async () => {
    const { address, token } = quiet;
    const { context, page } = await writer(address, token);
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/autosaves/')) sent.push(request.url());
    });
    await page.goto('/works/new');
    await page.locator('.ProseMirror#text').waitFor();
    // Longer than the pause after which what is typed is sent.
    await page.waitForTimeout(3_000);
    expect(sent).toEqual([]);
    expect(await state(page).textContent()).toBe('');
    await page.click('#text');
    await page.keyboard.type('It ');
    await page.keyboard.press('Control+i');
    await page.keyboard.type('rained');
    await kept(page);
    expect(await onDevice(page)).toBe(1);
    await page.close();
    const again = await context.newPage();
    await again.goto('/works/new');
    await again.locator('.notice').getByRole('link', { name: 'Take it up' }).first().click();
    await again.locator('#text em', { hasText: 'rained' }).waitFor();
  },
  TIMEOUT_MS,
);

test(
  'the same chapter in two tabs: each is told of the other',
  async () => {
    const { start, address } = await killable();
    const token = await ownersCookie(await start());
    const { context, page } = await writer(address, token);
    await page.goto('/works/new');
    await page.fill('[name=title]', 'The Bees');
    await page.locator('textarea[name=text]').evaluate((element) => {
      (element as unknown as { value: string }).value = 'It rained.';
    });
    await page.click('button[value=save]');
    await page.waitForURL(/\/works\/\w{10}/);
    const base = new URL(page.url()).pathname.split('/').slice(0, 3).join('/');
    await page.goto(`${base}/edit`);
    expect(await page.locator('#open-elsewhere').count()).toBe(0);
    const other = await context.newPage();
    await other.goto(`${base}/edit`);
    for (const tab of [page, other]) await tab.locator('#open-elsewhere').waitFor();
  },
  TIMEOUT_MS,
);

test(
  'one sheet in two tabs: the words of both are kept, each by itself',
  async () => {
    const { address, token } = quiet;
    const { context, page } = await writer(address, token);
    await page.goto('/works/new');
    await type(page, 'Said in the first tab.');
    await kept(page);
    const other = await context.newPage();
    await other.goto('/works/new');
    const sheet = await page.locator('[name=sheet]').inputValue();
    await other.locator('[name=sheet]').evaluate((field, value) => {
      (field as unknown as { value: string }).value = value;
    }, sheet);
    await type(other, 'Said in the second tab.');
    await kept(other);
    expect(await other.locator('[name=sheet]').inputValue()).not.toBe(sheet);
    await page.goto('/drafts');
    const lines = (await page.locator('.unsaved-rows h3').allInnerTexts()).filter((line) => line.includes(' tab.'));
    expect(lines.toSorted()).toEqual(['Said in the first tab.', 'Said in the second tab.']);
  },
  TIMEOUT_MS,
);

test(
  'a tab that was duplicated and hears nothing of the first takes no word of it away',
  async () => {
    const { address, token } = quiet;
    const { context, page } = await writer(address, token);
    await page.goto('/works/new');
    await type(page, 'Written in the original.');
    await kept(page);
    const sheet = await page.locator('[name=sheet]').inputValue();
    const other = await context.newPage();
    await other.addInitScript('delete globalThis.BroadcastChannel');
    await other.route('**/works/new', async (route) => {
      const html = await (await route.fetch()).text();
      const body = html
        .replace(/(name="sheet" value=")\w+/, `$1${sheet}`)
        .replace(/(name="sequence" value=")\d+/, '$150');
      await route.fulfill({ contentType: 'text/html; charset=UTF-8', body });
    });
    await other.goto('/works/new');
    await type(other, 'Written in the copy.');
    await kept(other);
    expect(await other.locator('[name=sheet]').inputValue()).not.toBe(sheet);
    await page.goto('/drafts');
    const lines = await page.locator('.unsaved-rows h3').allInnerTexts();
    expect(lines.filter((line) => line.startsWith('Written in')).toSorted()).toEqual([
      'Written in the copy.',
      'Written in the original.',
    ]);
  },
  TIMEOUT_MS,
);

test(
  'what the device kept is put into the form as what it was: Markdown stays Markdown, rich text is rich again',
  async () => {
    const { address, token } = quiet;
    const { page } = await writer(address, token);
    await page.route('**/autosaves/*', (route) => route.abort());
    await page.goto('/works/new');
    const device = (await page.locator('auto-save').getAttribute('data-device')) ?? '';
    const record = { place: '/works/new', base: 0, sequence: 1, taken: 0, continues: null, at: 0, device };
    const fields = (text: string, format: string) => [
      ['text', text],
      ['format', format],
      ['language', 'en'],
      ['restricted', 'on'],
    ];
    await page.goto('/about');
    await putOnDevice(page, [
      { ...record, sheet: 'aaaaaaaaaa', fields: fields('It *rained* <all> day.', 'markdown') },
      { ...record, sheet: 'bbbbbbbbbb', fields: fields('<p>It <em>poured</em>.</p>', 'html') },
    ]);
    await page.goto('/works/new');
    await page.evaluate(`{
      globalThis.heard = [];
      document.addEventListener('change', (event) => heard.push(event.target.name));
    }`);
    const put = (sheet: string) =>
      page.locator(`#kept-${sheet}`).getByRole('button', { name: 'Put it into the form' }).click();
    await put('aaaaaaaaaa');
    expect(await page.locator('textarea[name=text]').inputValue()).toBe('It *rained* <all> day.');
    expect(await page.locator('textarea[name=text]').isVisible()).toBe(true);
    expect(await page.getByRole('radio', { name: /^Markdown/ }).isChecked()).toBe(true);
    expect(await page.evaluate('heard')).toEqual(expect.arrayContaining(['language', 'format', 'text', 'restricted']));
    await put('bbbbbbbbbb');
    await page.locator('#text em', { hasText: 'poured' }).waitFor();
    expect(await page.getByRole('radio', { name: /Rich text/ }).isChecked()).toBe(true);
    const sent = 'Object.fromEntries(new FormData(document.querySelector("form.edit")))';
    expect(await page.evaluate(sent)).toMatchObject({ text: '<p>It <em>poured</em>.</p>', format: 'html' });
  },
  TIMEOUT_MS,
);

test(
  'signing out in one tab waits for what was typed a moment ago in another',
  async () => {
    const { start, address } = await killable();
    const token = await ownersCookie(await start());
    const { context, page } = await writer(address, token);
    await page.goto('/works/new');
    const other = await context.newPage();
    await other.goto('/works');
    const sent: string[] = [];
    context.on('request', (request) => {
      if (request.method() === 'POST') sent.push(`${new URL(request.url()).pathname} ${request.postData() ?? ''}`);
    });
    await type(page, 'Typed just before.');
    await other.getByRole('button', { name: 'Sign out' }).click();
    await other.getByText('You are signed out.').waitFor();
    expect(sent[0]).toMatch(/^\/autosaves\/.*Typed just before\./);
    expect(sent.at(-1)).toContain('/sessions/end');
    await says(page, 'You have signed out in another tab.');
    expect(await onDevice(page)).toBe(0);
  },
  TIMEOUT_MS,
);

test(
  'what the device keeps: another account’s old text goes alone, and one’s own is sent again after a restore',
  async () => {
    const { address, token } = quiet;
    const { page } = await writer(address, token);
    await page.goto('/works/new');
    const device = (await page.locator('auto-save').getAttribute('data-device')) ?? '';
    const record = { place: '/works/new', base: 0, sequence: 1, taken: 1, continues: null, at: 0 };
    const fields = (words: string) => [['text', words]];
    await page.goto('/about');
    await putOnDevice(page, [
      { ...record, sheet: 'aaaaaaaaaa', device: 'another', taken: 0, fields: fields('Somebody else’s.') },
      { ...record, sheet: 'bbbbbbbbbb', device, epoch: 'before', fields: fields('Lost by the archive.') },
    ]);
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/autosaves/')) sent.push(request.postData() ?? '');
    });
    await page.goto('/works/new');
    await page.locator('#kept-bbbbbbbbbb').waitFor();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toContain('Lost by the archive.');
    expect(await onDevice(page)).toBe(1);
    // The archive has it now, and so do the drafts.
    await page.goto('/unsaved/bbbbbbbbbb');
    expect(await page.locator('textarea').first().inputValue()).toBe('Lost by the archive.');
  },
  TIMEOUT_MS,
);

test(
  'another account’s words that the archive does not have stay on the device, unseen, and are not signed out over unasked',
  async () => {
    const { address, token } = quiet;
    const { page } = await writer(address, token);
    await page.goto('/about');
    const record = { place: '/works/new', base: 0, sequence: 2, continues: null, device: 'another', at: Date.now() };
    const fields = [['text', 'Somebody else’s.']];
    await page.goto('/works/new');
    const epoch = (await page.locator('auto-save').getAttribute('data-epoch')) ?? '';
    await page.goto('/about');
    await putOnDevice(page, [
      { ...record, sheet: 'aaaaaaaaaa', taken: 0, fields },
      { ...record, sheet: 'bbbbbbbbbb', taken: 2, epoch, fields },
      { ...record, sheet: 'cccccccccc', taken: 0, at: Date.now() - 31 * 86_400_000, fields },
    ]);
    await page.goto('/works/new');
    // What the archive has, and what is old, is forgotten.
    await expect.poll(() => onDevice(page), SOON).toBe(1);
    expect(await keptWords(page)).toContain('aaaaaaaaaa');
    expect(await page.content()).not.toContain('Somebody else’s.');
    const asked: string[] = [];
    page.once('dialog', (dialog) => {
      asked.push(dialog.message());
      void dialog.dismiss();
    });
    await page.goto('/works');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect.poll(() => asked, SOON).toEqual([expect.stringContaining('Another account has words on this device')]);
    expect(asked[0]).not.toContain('This device keeps text that the archive does not have yet');
    expect(await onDevice(page)).toBe(1);
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
  },
  TIMEOUT_MS,
);

test(
  'signing out on the page one writes on sends what was typed a moment ago',
  async () => {
    const { start, address } = await killable();
    const token = await ownersCookie(await start());
    const { page } = await writer(address, token);
    await page.goto('/works/new');
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(`${new URL(request.url()).pathname} ${request.postData() ?? ''}`);
    });
    await type(page, 'The last words.');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are signed out.').waitFor();
    const [first = '', ...others] = sent;
    expect(first).toMatch(/^\/autosaves\/.*The last words\./);
    expect(others.at(-1)).toContain('/sessions/end');
    expect(await onDevice(page)).toBe(0);
  },
  TIMEOUT_MS,
);

test(
  'signing out leaves nothing on the device',
  async () => {
    const { start, address } = await killable();
    const token = await ownersCookie(await start());
    const { context, page } = await writer(address, token);
    await page.goto('/works/new');
    await type(page, 'A secret of the first rank.');
    await kept(page);
    expect(await onDevice(page)).toBe(1);
    const other = await context.newPage();
    await other.goto('/works');
    await other.getByRole('button', { name: 'Sign out' }).click();
    await other.getByText('You are signed out.').waitFor();
    await says(page, 'You have signed out in another tab.');
    await type(page, ' And more.');
    await page.close();
    expect(await onDevice(other)).toBe(0);
  },
  TIMEOUT_MS,
);
