/** Passkeys in Chromium, with an authenticator that it plays itself: one is added, and signs in where nobody types a name. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { secureAccount } from '../cast.ts';
import type { Person } from '../site.ts';
import { serveArchive, type ServedArchive } from './archive.ts';
import { openChromium, visitor, watch } from './chromium.ts';

const PASSWORD = 'four herons under ice';
const SOON = { timeout: 20_000 };

let archive: ServedArchive;
let browser: Browser;
let person: Person;
/** Browsers make passkeys for names, not for numbers. */
let address: string;

beforeAll(async () => {
  archive = await serveArchive();
  address = archive.address.replace('127.0.0.1', 'localhost');
  person = await archive.site.person('wintergreen');
  await secureAccount(archive.site, person, 'quiet_otter', PASSWORD);
  browser = await openChromium();
});
afterAll(async () => {
  await browser.close();
  await archive.close();
});

async function openBrowser(at: string, as: Person | null): Promise<{ context: BrowserContext; page: Page }> {
  const context = await visitor(browser, at, { as });
  onTestFinished(() => context.close());
  return { context, page: await context.newPage() };
}

/** Gives a page an authenticator whose owner always agrees. */
async function plugIn(context: BrowserContext, page: Page): Promise<void> {
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

test('a passkey is added with the password, and signs in without a name', async () => {
  const { context, page } = await openBrowser(address, person);
  const watched = watch(page);
  await plugIn(context, page);
  await page.goto('/account/passkeys');
  await page.fill('#name', 'This laptop');
  await page.fill('#password', 'not the password');
  await page.click('passkey-add button[type=submit]');
  await page.getByText('This is not your present password.').waitFor(SOON);
  await page.fill('#password', PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'This laptop' }).waitFor(SOON);
  await context.clearCookies();
  await page.goto('/sign-in?return=/drafts');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.waitForURL((url) => url.pathname === '/drafts', SOON);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Drafts');
  expect(watched.errors).toEqual([]);
});

test('a browser without a passkey says so in words, and the form for name and password is still there', async () => {
  const { context, page } = await openBrowser(address, null);
  await plugIn(context, page);
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByText('That was cancelled, or took too long. Try again.').waitFor(SOON);
  await page.fill('#name', 'quiet_otter');
  await page.fill('#password', PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === '/', SOON);
  expect(await page.getByRole('link', { name: 'Sign in' }).count()).toBe(0);
});

test('at an address in numbers there are none, and the page says why', async () => {
  const { page } = await openBrowser(archive.address, person);
  await page.goto('/account/passkeys');
  await page.getByText('addresses that begin with https').waitFor(SOON);
  expect(await page.locator('passkey-add').count()).toBe(0);
});

test('without script, the offer to sign in by a passkey is not shown, and the page for passkeys says what it needs', async () => {
  const context = await visitor(browser, address, { as: person, script: false });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto('/account/passkeys');
  await page.getByText('Your browser makes the passkey by JavaScript.').waitFor(SOON);
  expect(await page.locator('#password').isVisible()).toBe(false);
  await context.clearCookies();
  await page.goto('/sign-in');
  expect(await page.getByRole('button', { name: 'Sign in with a passkey' }).count()).toBe(0);
});
