/** The browser the tests drive: the system's own Chromium, a fresh profile, nothing sent anywhere but to the archive. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium, type Browser, type BrowserContext, type Page, type Request } from 'playwright-core';
import { vi } from 'vitest';
import type { Person } from '../site.ts';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// A browser shares its processor with the archive it looks at and with the next test: minutes are for what hangs.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** Starts Chromium. `CHROMIUM` names it; the step that runs these tests sets it. */
export async function openChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ARGS });
}

export interface VisitOptions {
  /** Whose session the browser carries; a guest's otherwise. */
  as?: Person | null;
  width?: number;
  theme?: 'light' | 'dark';
  script?: boolean;
  /** Lets what the content policy forbids run: for tools that put script into a page, and to prove the cleaning alone. */
  withoutPolicy?: boolean;
  reducedMotion?: boolean;
}

/** A visitor's browser: cookies of its own, with `probe` in every page. */
export async function visitor(browser: Browser, address: string, options: VisitOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width: options.width ?? 1280, height: 900 },
    colorScheme: options.theme ?? 'light',
    javaScriptEnabled: options.script ?? true,
    bypassCSP: options.withoutPolicy ?? false,
    reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
    locale: 'en-GB',
  });
  // What a test waits for is there in a moment; on a busy machine a moment is long.
  context.setDefaultTimeout(30_000);
  await context.addInitScript({ content: await probeScript() });
  if (options.as) await signIn(context, address, options.as);
  return context;
}

/** Gives a browser somebody's session. */
export async function signIn(context: BrowserContext, address: string, person: Person): Promise<void> {
  const [name = '', value = ''] = person.cookie.split('=');
  await context.addCookies([{ name, value, url: address, httpOnly: true }]);
}

/** Asks `probe` in a page. `question` is a call, like `headings()`. */
export async function ask<T>(page: Page, question: string): Promise<T> {
  return page.evaluate<T>(`probe.${question}`);
}

/** What a page did that somebody should know of, from now on. */
export interface Watched {
  /** Errors on the console and errors nobody caught. */
  errors: string[];
  requests: Request[];
  dialogs: string[];
}

export function watch(page: Page): Watched {
  const watched: Watched = { errors: [], requests: [], dialogs: [] };
  page.on('console', (message) => {
    // A page that is a 404 by design says so on the console, too.
    if (message.type() === 'error' && !/status of 4\d\d|status of 500/.test(message.text()))
      watched.errors.push(message.text());
  });
  page.on('pageerror', (error) => {
    // A browser that gives up fading from page to page, because it is busy, says so as if the page had failed.
    if (!/ViewTransition|^Transition was (?:aborted|skipped)/.test(error.message)) watched.errors.push(String(error));
  });
  page.on('request', (request) => watched.requests.push(request));
  page.on('dialog', (dialog) => {
    watched.dialogs.push(`${dialog.type()}: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return watched;
}

let bundled: Promise<string> | null = null;

function probeScript(): Promise<string> {
  bundled ??= build({
    entryPoints: [fileURLToPath(new URL('probe.client.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    logLevel: 'silent',
  }).then((result) => result.outputFiles[0]?.text ?? '');
  return bundled;
}
