/**
 * What readers and the owner do, in a real browser: all of it without script, and with script what script adds; by
 * keyboard alone; and what a page must not break for them.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { makeOwnerLink } from '../../src/features/accounts/index.ts';
import { workPath } from '../../src/features/works/index.ts';
import { makeWork, type CastWork } from '../cast.ts';
import { serveArchive, type ServedArchive } from './archive.ts';
import { ask, openChromium, visitor, watch, type VisitOptions } from './chromium.ts';

let browser: Browser;
let archive: ServedArchive;
let serial: CastWork;
let adult: CastWork;

beforeAll(async () => {
  browser = await openChromium();
  archive = await serveArchive({ samples: true, background: true });
  const chapters = ['<p>One.</p>', '<p>Two.</p>', '<p>Three.</p>'];
  serial = await makeWork(
    archive.site,
    { title: 'A Serial', chapters, endNotes: '<p>Thank you.</p>' },
    { state: 'posted' },
  );
  adult = await makeWork(archive.site, { title: 'After Dark', rating: 'Explicit', chapters }, { state: 'posted' });
  await archive.site.follow();
});

afterAll(async () => {
  await browser.close();
  await archive.close();
});

async function open(options: VisitOptions = {}): Promise<{ context: BrowserContext; page: Page }> {
  const context = await visitor(browser, archive.address, options);
  onTestFinished(() => context.close());
  return { context, page: await context.newPage() };
}

const editPath = (work: CastWork) => `/works/${work.publicId}/edit`;
const pathOf = (page: Page) => decodeURI(new URL(page.url()).pathname);
const theme = (page: Page) => page.locator('html').getAttribute('data-theme');
const story = (page: Page) => page.locator('.story').first().innerText();

describe('without script', () => {
  test('a reader goes from the list to the last chapter and back', async () => {
    const { page } = await open({ script: false });
    await page.goto('/');
    await page.getByRole('navigation', { name: 'Archive' }).getByRole('link', { name: 'Works' }).click();
    await page.getByRole('link', { name: 'A Serial' }).click();
    expect(await story(page)).toBe('One.');
    await page.getByRole('link', { name: /Next chapter/ }).click();
    expect(await story(page)).toBe('Two.');
    await page.getByRole('link', { name: /Next chapter/ }).click();
    expect(await story(page)).toBe('Three.');
    await page.waitForLoadState();
    expect(await page.getByRole('link', { name: /Next chapter/ }).count()).toBe(0);
    expect(await page.locator('.end-notes').innerText()).toContain('Thank you.');
    await page.getByRole('link', { name: /Previous chapter/ }).click();
    await page.getByRole('link', { name: /Previous chapter/ }).click();
    expect(await story(page)).toBe('One.');
    expect(pathOf(page)).toBe(workPath(serial));
    await page.locator('details.drawer > summary').first().click();
    await page
      .locator('nav.drop')
      .getByRole('link', { name: /Entire work/ })
      .click();
    await page.waitForLoadState();
    expect(await page.locator('.story').allInnerTexts()).toEqual(['One.', 'Two.', 'Three.']);
  });

  test('the adult gate asks once and remembers', async () => {
    const { page } = await open({ script: false });
    await page.goto(workPath(adult));
    expect(await page.locator('.story').count()).toBe(0);
    await page.getByRole('button', { name: 'Go on to the work' }).click();
    expect(pathOf(page)).toBe(workPath(adult));
    expect(await story(page)).toBe('One.');
    await page.getByRole('link', { name: /Next chapter/ }).click();
    expect(await story(page)).toBe('Two.');
  });

  test('theme and reading settings hold on every page', async () => {
    const { page } = await open({ script: false });
    await page.goto('/works?sort=title');
    const paper = () => page.evaluate<string>(`getComputedStyle(document.body).backgroundColor`);
    const light = await paper();
    await page.locator('footer').getByRole('button', { name: 'Dark' }).click();
    await page.waitForLoadState();
    expect(page.url()).toBe(`${archive.address}/works?sort=title`);
    expect(await theme(page)).toBe('dark');
    expect(await paper()).not.toBe(light);
    expect(await page.locator('footer button[aria-pressed=true]').innerText()).toBe('Dark');
    await page.goto(workPath(serial));
    const size = () => page.evaluate<string>(`getComputedStyle(document.querySelector('.story')).fontSize`);
    const medium = await size();
    await page.locator('details.drawer.end > summary').click();
    await page.getByRole('radio', { name: 'Largest' }).check({ force: true });
    await page.getByRole('radio', { name: 'Atkinson' }).check({ force: true });
    await page.getByRole('checkbox', { name: 'Justify lines' }).check({ force: true });
    await page.getByRole('button', { name: 'Save these settings' }).click();
    await page.waitForLoadState();
    expect(Number.parseFloat(await size())).toBeGreaterThan(Number.parseFloat(medium));
    await page.getByRole('link', { name: /Next chapter/ }).click();
    await page.waitForLoadState();
    const html = page.locator('html');
    expect([await html.getAttribute('data-size'), await html.getAttribute('data-face')]).toEqual(['5', 'atkinson']);
    expect([await html.getAttribute('data-justify'), await theme(page)]).toEqual(['on', 'dark']);
    expect(await page.evaluate<string>(`getComputedStyle(document.querySelector('.story')).fontFamily`)).toMatch(
      /Atkinson/,
    );
  });

  test('the owner signs in, names the archive, corrects and posts a draft, deletes it, takes that back', async () => {
    const { db, now } = archive.site.ground;
    const draft = await makeWork(archive.site, { title: 'A Draft' }, { state: 'draft' });
    const token = await db.write((tx) => makeOwnerLink(tx, now()));
    const { page } = await open({ script: false });
    await page.goto(`/owner-links/${token}`);
    await page.getByRole('button', { name: 'Sign in as the owner' }).click();
    expect(await page.getByRole('status').first().innerText()).toContain('signed in');
    await page.goto(`/owner-links/${token}`);
    expect(await page.getByRole('button', { name: 'Sign in as the owner' }).count()).toBe(0);

    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await page.getByLabel('Name of the archive').fill('The Hive');
    await page.getByRole('button', { name: 'Save settings' }).click();
    expect(await page.locator('.mark').innerText()).toBe('The Hive');
    expect(await page.title()).toContain('The Hive');

    await page.getByRole('link', { name: 'Drafts', exact: true }).click();
    await page.locator(`[data-work="${draft.publicId}"]`).getByRole('link', { name: /^Edit/ }).click();
    await page.getByLabel('Planned chapters').fill('many');
    await page.getByLabel('Title').fill('A Finished Thing');
    await page.getByRole('button', { name: 'Save and post' }).click();
    const alert = page.getByRole('alert');
    await alert.getByRole('link').first().click();
    expect(new URL(page.url()).hash).toBe('#plannedChapters');
    expect(await page.getByLabel('Title').inputValue()).toBe('A Finished Thing');
    await page.getByLabel('Planned chapters').fill('1');
    await page.getByRole('button', { name: 'Save and post' }).click();
    expect(pathOf(page)).toBe(`/works/${draft.publicId}/a-finished-thing`);
    expect(await page.getByRole('status').first().innerText()).toContain('posted');

    await page.getByRole('link', { name: 'Delete…' }).click();
    expect(await page.locator('main').innerText()).toContain('1 chapter');
    await page.getByRole('button', { name: 'Delete this work' }).click();
    expect((await archive.site.get(`/works/${draft.publicId}`)).status).toBe(404);
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(pathOf(page)).toContain(`/works/${draft.publicId}`);
    expect((await archive.site.get(`/works/${draft.publicId}`)).status).toBe(200);

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForLoadState();
    expect(await page.getByRole('link', { name: 'Drafts' }).count()).toBe(0);
  });
});

describe('with script', () => {
  test('a theme is there at the touch, without another page, and is kept', async () => {
    const { page } = await open();
    const watched = watch(page);
    await page.goto('/works');
    const documents = () => watched.requests.filter((request) => request.resourceType() === 'document').length;
    const saved = page.waitForResponse((response) => response.url().endsWith('/preferences/theme'));
    await page.locator('footer').getByRole('button', { name: 'Sepia' }).click();
    expect(await theme(page)).toBe('sepia');
    await saved;
    expect(documents()).toBe(1);
    await page.reload();
    expect(await theme(page)).toBe('sepia');
    expect(watched.errors).toEqual([]);
  });

  test('reading settings take effect at the touch and are kept', async () => {
    const { page } = await open();
    const watched = watch(page);
    await page.goto(workPath(serial));
    await page.locator('details.drawer.end > summary').click();
    const saved = page.waitForResponse((response) => response.url().endsWith('/preferences/reading'));
    await page.getByText('Wide', { exact: true }).click();
    expect(await page.locator('html').getAttribute('data-measure')).toBe('wide');
    await saved;
    await page.reload();
    expect(await page.locator('html').getAttribute('data-measure')).toBe('wide');
    expect(watched.errors).toEqual([]);
  });

  test('keys turn chapters and list themselves, and can be turned off', async () => {
    const { page } = await open();
    const watched = watch(page);
    await page.goto(workPath(serial));
    await turn(page, 'ArrowRight', /\/chapters\//);
    expect(await story(page)).toBe('Two.');
    await turn(page, 'ArrowLeft', /a-serial$/);
    expect(await story(page)).toBe('One.');
    await page.keyboard.press('c');
    expect(await page.locator('details.drawer[data-key=c]').getAttribute('open')).not.toBeNull();
    await page.keyboard.press('Escape');
    expect(await page.locator('details.drawer[data-key=c]').getAttribute('open')).toBeNull();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keys' });
    expect(await dialog.isVisible()).toBe(true);
    await dialog.getByRole('checkbox').uncheck();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.keyboard.press('?');
    expect(await dialog.isVisible()).toBe(false);
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(200);
    expect(await story(page)).toBe('One.');
    // Trusted Types and the rest of the policy are broken by nothing that ran.
    expect(watched.errors).toEqual([]);
  });

  test('no page keeps a browser from holding it whole for a step back', async () => {
    const { page } = await open({ as: archive.site.owner });
    for (const path of ['/', '/works', workPath(serial), '/drafts', '/settings', editPath(serial)]) {
      const control = (await page.goto(path))?.headers()['cache-control'] ?? '';
      expect(`${path}: ${control}`).toContain('private');
      expect(`${path}: ${control}`).not.toContain('no-store');
    }
  });

  test('no motion where none is wanted', async () => {
    const { page } = await open({ reducedMotion: true });
    const moving = `document.querySelectorAll('*').values().flatMap((element) => {
      const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(element);
      const still = animationName === 'none' && /^(0s(, )?)+$/.test(transitionDuration) && scrollBehavior === 'auto';
      return still ? [] : [element.localName + '.' + element.className];
    }).toArray()`;
    for (const path of ['/', '/works', workPath(serial)]) {
      await page.goto(path);
      expect([path, ...(await page.evaluate<string[]>(moving))]).toEqual([path]);
    }
  });
});

async function turn(page: Page, key: string, address: RegExp): Promise<void> {
  const arrived = page.waitForURL(address);
  await page.keyboard.press(key);
  await arrived;
  await page.waitForLoadState();
}

describe('by keyboard', () => {
  test('the first thing reached skips to the content', async () => {
    const { page } = await open();
    await page.goto('/works');
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to the content' });
    expect(await ask<{ name: string; seen: boolean }>(page, 'focused()')).toEqual({
      name: expect.stringContaining('Skip'),
      seen: true,
    });
    expect((await skip.boundingBox())?.width).toBeGreaterThan(100);
    await page.keyboard.press('Enter');
    expect(await page.evaluate<string>(`document.activeElement.id`)).toBe('main');
    await page.keyboard.press('Tab');
    expect(await page.evaluate<boolean>(`document.activeElement.closest('main') !== null`)).toBe(true);
  });

  test.each(['a list', 'a work', 'the edit form', 'the settings'] as const)(
    'everything on %s is reached, and is seen to be',
    async (name) => {
      const paths = {
        'a list': '/works',
        'a work': workPath(serial),
        'the edit form': editPath(serial),
        'the settings': '/settings',
      };
      const { page } = await open({ as: name === 'a list' || name === 'a work' ? null : archive.site.owner });
      await page.goto(paths[name]);
      // A form for writing gets its editors after the page.
      if (name === 'the edit form') await page.locator('[contenteditable=true]').nth(2).waitFor();
      const count = await ask<number>(page, 'reachable()');
      expect(count).toBeGreaterThan(10);
      const unseen: string[] = [];
      for (let step = 0; step < count; step += 1) {
        await page.keyboard.press('Tab');
        const { name, seen } = await ask<{ name: string; seen: boolean }>(page, 'focused()');
        if (!seen) unseen.push(`${step}: ${name}`);
      }
      expect(unseen).toEqual([]);
      // All of it once, and no more: the next step leaves the page.
      await page.keyboard.press('Tab');
      expect(await page.evaluate<string>(`document.activeElement.localName`)).toBe('body');
    },
  );

  test.each([360, 1280])('what is pressed is at least 24 pixels each way on %i pixels', async (width) => {
    const { page } = await open({ as: archive.site.owner, width });
    for (const path of ['/', '/works', '/fandoms', workPath(serial), '/drafts', '/settings', editPath(serial)]) {
      await page.goto(path);
      // Drawers shut each other; for once all of them are open.
      await page.evaluate(
        `for (const box of document.querySelectorAll('details')) { box.name = ''; box.open = true; }`,
      );
      expect([path, ...(await ask<string[]>(page, 'smallTargets()'))]).toEqual([path]);
    }
  });
});

test('what is small or cannot be seen to have the focus would be found', async () => {
  const { page } = await open();
  await page.goto('/works');
  await page.evaluate(`{
    const button = document.createElement('button');
    button.textContent = 'Planted';
    Object.assign(button.style, { width: '20px', height: '20px', padding: 0, overflow: 'hidden', outline: 'none' });
    document.querySelector('main').prepend(button);
    button.focus();
  }`);
  expect(await ask<string[]>(page, 'smallTargets()')).toEqual([expect.stringContaining('Planted')]);
  expect(await ask<{ seen: boolean }>(page, 'focused()')).toMatchObject({ seen: false });
});

test('the samples go with one press, and the archive is empty and says so', async () => {
  const own = await serveArchive({ samples: true, background: true });
  onTestFinished(() => own.close());
  const context = await visitor(browser, own.address, { as: own.site.owner, script: false });
  const page = await context.newPage();
  await page.goto('/');
  await page.getByRole('button', { name: 'Remove the samples' }).click();
  expect(await page.getByRole('status').first().innerText()).toContain('18 sample works are removed');
  await own.site.follow();
  await page.goto('/');
  expect(await page.locator('article').count()).toBe(0);
  expect(await page.getByText('No works yet').isVisible()).toBe(true);
  expect(await page.getByRole('button', { name: 'Remove the samples' }).count()).toBe(0);
  await context.close();
});
