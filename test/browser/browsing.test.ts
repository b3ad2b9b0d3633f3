/**
 * Finding the next thing to read, in a real browser: the filter beside a list, on a phone its sheet, the search box of
 * every page, and all of it without script too. Nothing on any page may break the content policy.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { tagPath } from '../../src/features/tags/index.ts';
import { serveArchive, type ServedArchive } from './archive.ts';
import { BOOKS, makeBrowsingWorks } from './browsing-works.ts';
import { openChromium, visitor, watch, type VisitOptions, type Watched } from './chromium.ts';

vi.setConfig({ testTimeout: 60_000 });

let browser: Browser;
let archive: ServedArchive;
let watched: Watched[] = [];

beforeAll(async () => {
  browser = await openChromium();
  archive = await serveArchive({ samples: true });
  await makeBrowsingWorks(archive.site);
}, 120_000);

afterAll(async () => {
  await browser.close();
  await archive.close();
});

afterEach(() => {
  const errors = watched.flatMap((one) => one.errors);
  watched = [];
  if (errors.length > 0) throw new Error(`A page said on its console: ${errors.join('; ')}`);
});

async function open(path: string, options: VisitOptions = {}): Promise<Page> {
  const context = await visitor(browser, archive.address, options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  watched.push(watch(page));
  await page.goto(path);
  if (options.script !== false) {
    await page.waitForFunction(`customElements.get('type-ahead')`);
    await page.evaluate(`globalThis.marker = 'not loaded again'`);
  }
  return page;
}

interface Listed {
  total: number;
  facets: Record<string, { name: string; works: number }[]>;
}
const counted = async (query: string) => (await (await archive.site.get(`/api/v1/works${query}`)).json()) as Listed;

const queryOf = (page: Page) => new URL(page.url()).search;
const total = (page: Page) => page.locator('#total b').innerText();
const worksOf = (number: number) => (number === 1 ? '1 work' : `${number} works`);
const box = (page: Page, name: string, field = 'tag') =>
  page.locator(`#filters input[type=checkbox][name="${field}"][value="${name}"]`);
const isSame = (page: Page) => page.evaluate<boolean>(`globalThis.marker === 'not loaded again'`);
const focusedField = (page: Page) =>
  page.evaluate<string>(`(document.activeElement.name ?? '') + '=' + (document.activeElement.value ?? '')`);
const focusedText = (page: Page) => page.evaluate<string>(`document.activeElement.textContent`);
const steps = (page: Page) => page.evaluate<number>(`history.length`);
const chips = (page: Page) => page.locator('#asked .chip :is(bdi, s)').allInnerTexts();
const valuesIn = (page: Page, group: string) =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('#${group} > .facets > li > label:first-child input')].map((box) => box.value)`,
  );
/** A choice in the filter, on its way to the server. */
const isForm = (url: URL) => url.searchParams.has('form');
/** The browser itself notes that a request was lost. */
const forgetLost = () => {
  for (const one of watched) one.errors = one.errors.filter((error) => !error.includes('ERR_CONNECTION_RESET'));
};
const settled = (page: Page, query: string) => page.waitForURL((url) => url.search === query);

describe('the filter beside a list', () => {
  test('a tick narrows without loading the page again, and the address is the true one', async () => {
    const page = await open('/works');
    const before = [await total(page), await steps(page)] as const;
    await box(page, 'Slow Burn').check();
    await settled(page, '?tag=Slow+Burn');
    const now = await counted('?tag=Slow+Burn');
    expect(await total(page)).toBe(worksOf(now.total));
    expect(await total(page)).not.toBe(before[0]);
    const letters = now.facets['tag']?.find(({ name }) => name === 'Letters')?.works;
    expect(letters).toBeGreaterThan(0);
    expect(await page.locator('#f-tag li:has(> label > [value=Letters]) b').innerText()).toBe(String(letters));
    expect(await page.locator('#found article').count()).toBe(now.total);
    expect(await page.title()).toContain('Works found');
    expect(await focusedField(page)).toBe('tag=Slow Burn');
    expect([await steps(page), await isSame(page)]).toEqual([before[1], true]);
    await page.reload();
    expect(await box(page, 'Slow Burn').isChecked()).toBe(true);
  });

  test('what is included is not excluded, and the other way round', async () => {
    const page = await open('/works?not-tag=Angst');
    await box(page, 'Angst').check();
    await settled(page, '?tag=Angst');
    expect(await box(page, 'Angst', 'not-tag').isChecked()).toBe(false);
    await box(page, 'Angst', 'not-tag').check();
    await settled(page, '?not-tag=Angst');
    expect(await box(page, 'Angst').isChecked()).toBe(false);
    expect(await total(page)).toBe(worksOf((await counted('?not-tag=Angst')).total));
  });

  test('rows stay under the hand, and a group that was shut stays shut', async () => {
    const page = await open('/works');
    await page.locator('#f-character > summary').click();
    const rows = await valuesIn(page, 'f-tag');
    const last = rows.at(-1) ?? '';
    await box(page, last).check();
    await page.waitForURL(/tag=/);
    const stayed = await valuesIn(page, 'f-tag');
    expect(stayed.indexOf(last)).toBe(rows.filter((row) => stayed.includes(row)).indexOf(last));
    expect(stayed.filter((row) => rows.includes(row))).toEqual(rows.filter((row) => stayed.includes(row)));
    expect(await page.locator('#f-character').getAttribute('open')).toBeNull();
    await page.reload();
    expect((await valuesIn(page, 'f-tag'))[0]).toBe(last);
  });

  test('two quick ticks both count, however slow the first answer is', async () => {
    const page = await open('/works');
    let asked = 0;
    await page.route(isForm, async (route) => {
      asked += 1;
      if (asked === 1) await new Promise((done) => setTimeout(done, 700));
      await route.continue().catch(() => {});
    });
    await box(page, 'Slow Burn').check();
    await box(page, 'Letters').check();
    await settled(page, '?tag=Letters&tag=Slow+Burn');
    await page.waitForTimeout(900);
    expect(queryOf(page)).toBe('?tag=Letters&tag=Slow+Burn');
    expect(await total(page)).toBe(worksOf((await counted('?tag=Letters&tag=Slow+Burn')).total));
    expect(asked).toBe(2);
  });

  test('a chip taken away leaves the focus on the next, the last one on the total', async () => {
    const page = await open('/works?tag=Slow+Burn&not-tag=Angst');
    expect(await chips(page)).toEqual(['Slow Burn', 'Angst']);
    await page.locator('#asked .chips a', { hasText: 'Slow Burn' }).press('Enter');
    await settled(page, '?not-tag=Angst');
    expect(await focusedText(page)).toContain('Angst');
    expect(await box(page, 'Slow Burn').isChecked()).toBe(false);
    await page.locator('#asked .chips a', { hasText: 'Angst' }).press('Enter');
    await settled(page, '');
    expect(await page.evaluate<string>(`document.activeElement.id`)).toBe('total');
    expect([await chips(page), await isSame(page)]).toEqual([[], true]);
  });

  test('a page of the list is a step, and Back takes it back', async () => {
    const page = await open('/works');
    const [first, before] = [await page.locator('#found h2').first().innerText(), await steps(page)];
    await page.getByRole('link', { name: 'Next' }).click();
    await settled(page, '?page=2');
    expect(await page.locator('#found h2').first().innerText()).not.toBe(first);
    expect(await page.title()).toContain('page 2');
    expect(await steps(page)).toBe(before + 1);
    await page.goBack();
    await expect.poll(() => page.locator('#found h2').first().innerText()).toBe(first);
    expect([queryOf(page), await isSame(page)]).toEqual(['', true]);
  });

  test('ranges, questions, order and names that are typed are asked for, too', async () => {
    const page = await open(tagPath({ kind: 'fandom', name: BOOKS }));
    await page.getByLabel('Words, from').fill('6');
    await settled(page, '?words=6..');
    await page.getByRole('radio', { name: 'Complete' }).check({ force: true });
    await settled(page, '?words=6..&complete=yes');
    await page.getByLabel('Sort').selectOption({ label: 'Most words first' });
    await settled(page, '?words=6..&complete=yes&sort=words');
    await page.locator('#not-tag-more').fill('Bees');
    await page.locator('#not-tag-more').press('Enter');
    await settled(page, '?words=6..&complete=yes&not-tag=Bees&sort=words');
    expect(await page.locator('#not-tag-more').inputValue()).toBe('');
    expect(await focusedField(page)).toBe('not-tag-more=');
    expect(await box(page, 'Bees', 'not-tag').isChecked()).toBe(true);
    expect(await isSame(page)).toBe(true);
    await page.locator('.filter-head').getByRole('link', { name: 'Clear all' }).click();
    await settled(page, '');
    expect(await page.getByLabel('Words, from').inputValue()).toBe('');
  });

  test('a mistake that is typed is named, leads to its field, and can be mended there', async () => {
    const page = await open('/works');
    await page.getByLabel('Words, from').fill('many');
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await page.locator('#found article').count()).toBe(0);
    expect(await page.getByLabel('Words, from').inputValue()).toBe('many');
    await alert.getByRole('link').click();
    expect(await focusedField(page)).toBe('words-from=many');
    await page.getByLabel('Words, from').fill('500');
    await settled(page, '?words=500..');
    expect(await alert.count()).toBe(0);
    expect(await isSame(page)).toBe(true);
  });

  test('any page can be gone to by its number, and what the list is called stays true', async () => {
    const page = await open('/works?per=2');
    await page.getByLabel('Go to page').fill('9');
    await page.getByLabel('Go to page').press('Enter');
    await settled(page, '?per=2&page=9');
    expect(await page.locator('#total').innerText()).toContain('page 9 of');
    expect(await page.locator('.pages [aria-current]').getAttribute('href')).toContain('page=9');
    await page.goBack();
    await expect.poll(() => page.locator('#total').innerText()).toContain('page 1 of');
    await box(page, 'Slow Burn').check();
    await settled(page, '?tag=Slow+Burn&per=2');
    expect(await page.locator('h1').innerText()).toBe('Works found');
    expect(await isSame(page)).toBe(true);
  });

  test('the main relationship is asked for by name, any of several', async () => {
    const page = await open('/works');
    await page.locator('#f-main > summary').click();
    const main = (name: string) => box(page, name, 'main');
    const [raffles, mina] = ['A. J. Raffles/Bunny Manders', 'Mina Harker/Lucy Westenra'];
    await page.locator('#main-any').fill(raffles);
    await page.locator('#main-any').press('Enter');
    await page.waitForURL(/main=/);
    const alone = (await counted(queryOf(page))).total;
    expect([alone > 0, await total(page)]).toEqual([true, worksOf(alone)]);
    expect(await main(raffles).isChecked()).toBe(true);
    // A second name makes the list longer: no work has two.
    await page.locator('#main-any').fill(mina);
    await page.locator('#main-any').press('Enter');
    await page.waitForURL(/main=.*,/);
    const both = (await counted(queryOf(page))).total;
    expect([both > alone, await total(page)]).toEqual([true, worksOf(both)]);
    expect([await main(raffles).isChecked(), await main(mina).isChecked()]).toEqual([true, true]);
    expect(await page.locator('#main-any').inputValue()).toBe('');
    await main(raffles).uncheck();
    await page.waitForURL((url) => url.searchParams.get('main') === mina);
  });

  test('a filter that finds nothing says which condition to drop, and drops it', async () => {
    const page = await open('/works?tag=Slow+Burn&words=900000..');
    const ways = page.locator('.without-one a');
    expect(await ways.count()).toBe(1);
    await ways.press('Enter');
    await settled(page, '?tag=Slow+Burn');
    expect(await page.locator('#found article').count()).toBeGreaterThan(0);
    expect(await page.evaluate<string>(`document.activeElement.id`)).toBe('total');
    expect(await isSame(page)).toBe(true);
  });

  test('a tag in a blurb is left out of the list, or asked for, from the blurb; by keyboard, too', async () => {
    const page = await open(tagPath({ kind: 'fandom', name: BOOKS }));
    const before = await page.locator('#found article').count();
    expect(await page.locator('#found .narrow').count()).toBe(before);
    const blurb = page.locator('#found .blurb', { has: page.getByRole('link', { name: 'Slow Burn', exact: true }) });
    await blurb.first().locator('.narrow').focus();
    await page.keyboard.press('Enter');
    const menu = page.getByRole('group', { name: 'Narrow the list' });
    await menu.waitFor();
    // What the list is a list of is not offered.
    expect(await menu.getByRole('button', { name: `Without ${BOOKS}`, exact: true }).count()).toBe(0);
    await page.keyboard.press('Escape');
    expect(await menu.isVisible()).toBe(false);
    expect(await page.evaluate<string>(`document.activeElement.className`)).toBe('narrow');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>(`document.activeElement.ariaLabel`)).toMatch(/^With /);
    await menu.getByRole('button', { name: 'Without Slow Burn', exact: true }).press('Enter');
    await settled(page, '?not-tag=Slow+Burn');
    expect(await menu.isVisible()).toBe(false);
    expect(await page.evaluate<string>(`document.activeElement.id`)).toBe('total');
    expect(await box(page, 'Slow Burn', 'not-tag').isChecked()).toBe(true);
    expect(await page.locator('#found .tags').getByRole('link', { name: 'Slow Burn', exact: true }).count()).toBe(0);
    expect(await page.locator('#found .narrow').count()).toBe(await page.locator('#found article').count());
    // Archive warnings go by what they are called on the blurb; a second press lets go again.
    const warned = async (words: string) => {
      await page.locator('#found .narrow').first().click();
      await menu.getByRole('button', { name: `${words} No Archive Warnings Apply`, exact: true }).click();
    };
    await warned('With');
    await page.waitForURL(/[?&]warning=/);
    const { total: found } = await counted(`?fandom=${encodeURIComponent(BOOKS)}&${queryOf(page).slice(1)}`);
    expect([found > 0, await total(page)]).toEqual([true, worksOf(found)]);
    await page.locator('#found .narrow').first().click();
    const pressed = menu.getByRole('button', { name: 'With No Archive Warnings Apply', exact: true });
    expect(await pressed.getAttribute('aria-pressed')).toBe('true');
    await pressed.click();
    await settled(page, '?not-tag=Slow+Burn');
    expect(await isSame(page)).toBe(true);
  });

  test('where the archive cannot be reached the page stays, says so, and asks again', async () => {
    const page = await open('/works');
    const before = await total(page);
    let isDown = true;
    await page.route(isForm, (route) => (isDown ? route.abort('connectionreset') : route.continue()));
    await box(page, 'Slow Burn').check();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('could not be reached');
    expect([await total(page), queryOf(page), await isSame(page)]).toEqual([before, '', true]);
    isDown = false;
    await alert.getByRole('button', { name: 'Try again' }).click();
    await settled(page, '?tag=Slow+Burn');
    expect(await total(page)).toBe(worksOf((await counted('?tag=Slow+Burn')).total));
    expect([await alert.count(), await isSame(page)]).toEqual([0, true]);
    forgetLost();
  });

  test('what could not be asked for is asked again once the words about it are put away', async () => {
    const page = await open('/works');
    let isDown = true;
    await page.route(isForm, (route) => (isDown ? route.abort('connectionreset') : route.continue()));
    await box(page, 'Slow Burn').check();
    const alert = page.getByRole('alert');
    for (const state of ['is down', 'is back']) {
      await alert.getByRole('button', { name: 'Close' }).click();
      isDown = state === 'is down';
      await page.locator('#filters input[type=search]').first().press('Enter');
      if (isDown) await alert.waitFor();
    }
    await settled(page, '?tag=Slow+Burn');
    expect([await alert.count(), await isSame(page)]).toEqual([0, true]);
    forgetLost();
  });

  test('an answer of 500 becomes an ordinary loading', async () => {
    const page = await open('/works');
    await page.route(isForm, async (route) => {
      if (route.request().resourceType() !== 'xhr') await route.continue();
      else await route.fulfill({ status: 500, contentType: 'text/html', body: '<h1>Broken</h1>' });
    });
    await box(page, 'Slow Burn').check();
    await settled(page, '?tag=Slow+Burn');
    await page.waitForLoadState();
    expect(await isSame(page)).toBe(false);
    expect(await box(page, 'Slow Burn').isChecked()).toBe(true);
  });
});

describe('on a phone', () => {
  const phone = { width: 360 } as const;

  test('that the archive cannot be reached is said over the sheet, and over the list once that is closed', async () => {
    const page = await open('/works', phone);
    await page.route(isForm, (route) => route.abort('connectionreset'));
    await page.locator('#open-filter').click();
    await box(page, 'Slow Burn').check();
    const again = page.getByRole('alert').getByRole('button', { name: 'Try again' });
    /** Whether nothing lies over it. */
    const isOnTop = () =>
      again.evaluate((button) => {
        const { x, y, width, height } = button.getBoundingClientRect();
        return document.elementFromPoint(x + width / 2, y + height / 2) === button;
      });
    await expect.poll(isOnTop).toBe(true);
    await page.locator('.close-filter').click();
    await expect.poll(isOnTop).toBe(true);
    await page.locator('#open-filter').click();
    await expect.poll(isOnTop).toBe(true);
    forgetLost();
  });

  test('the filter is a sheet: it opens from one button, stays while things are chosen, and says how many are found', async () => {
    const page = await open('/works', phone);
    const sheet = page.locator('#filter');
    expect(await sheet.isVisible()).toBe(false);
    await page.locator('#open-filter').click();
    expect(await sheet.isVisible()).toBe(true);
    await box(page, 'Slow Burn').check();
    await settled(page, '?tag=Slow+Burn');
    const { total: found } = await counted('?tag=Slow+Burn');
    expect(await sheet.isVisible()).toBe(true);
    const show = sheet.getByRole('button', { name: `Show ${worksOf(found)}` });
    expect(await show.isVisible()).toBe(true);
    await box(page, 'Angst', 'not-tag').check();
    await settled(page, '?tag=Slow+Burn&not-tag=Angst');
    expect(await sheet.isVisible()).toBe(true);
    await page.locator('.filter-foot button').click();
    await expect.poll(() => sheet.isVisible()).toBe(false);
    expect(await page.evaluate<string>(`document.activeElement.id`)).toBe('open-filter');
    expect(await page.locator('#open-filter').textContent()).toBe(`Filter ${await total(page)}2 chosen`);
    expect(await isSame(page)).toBe(true);
  });

  test('what is chosen stands at the top of the sheet, can be taken away there, and a slow count is not shown as true', async () => {
    const page = await open('/works?tag=Slow+Burn&not-tag=Angst', phone);
    await page.locator('#open-filter').click();
    const sheet = page.locator('#filter');
    await page.route(isForm, async (route) => {
      await new Promise((done) => setTimeout(done, 900));
      await route.continue();
    });
    await box(page, 'Letters').check();
    await sheet.getByRole('button', { name: 'Counting…' }).waitFor();
    await settled(page, '?tag=Letters&tag=Slow+Burn&not-tag=Angst');
    await sheet.getByRole('button', { name: `Show ${await total(page)}` }).waitFor();
    const chosen = sheet.locator('.chip');
    expect(await chosen.count()).toBe(3);
    for (const query of ['?tag=Slow+Burn&not-tag=Angst', '?not-tag=Angst']) {
      await chosen.first().press('Enter');
      await settled(page, query);
    }
    expect(await focusedText(page)).toContain('Angst');
    await chosen.first().press('Enter');
    await settled(page, '');
    expect([await sheet.isVisible(), await chosen.count(), await isSame(page)]).toEqual([true, 0, true]);
    expect(await page.evaluate<string>(`document.activeElement.id`)).toBe('filter');
  });

  test('Escape shuts the sheet, and the focus is where it was', async () => {
    const page = await open('/works', phone);
    await page.locator('#open-filter').press('Enter');
    expect(await page.locator('#filter').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('#filter').isVisible()).toBe(false);
    expect(await page.evaluate<string>(`document.activeElement.id`)).toBe('open-filter');
  });

  test('a mistake opens the sheet at its field', async () => {
    const page = await open('/works?words=many', phone);
    await page.getByRole('alert').getByRole('link').click();
    expect(await page.locator('#filter').isVisible()).toBe(true);
    expect(await focusedField(page)).toBe('words-from=many');
  });

  test('the header is one line for everybody, and what has no room in it is one press away', async () => {
    for (const as of [null, archive.site.owner]) {
      const page = await open('/works', { ...phone, as });
      expect((await page.locator('.site-header').boundingBox())?.height).toBeLessThan(60);
    }
    const page = await open('/works', { ...phone, as: archive.site.owner, script: false });
    await page.getByRole('button', { name: 'Menu' }).click();
    expect(await page.getByRole('button', { name: 'Sign out' }).isVisible()).toBe(true);
    await page.getByRole('link', { name: 'Drafts' }).click();
    expect(new URL(page.url()).pathname).toBe('/drafts');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByLabel('Search works and tags').fill('lantern');
    await Promise.all([page.waitForURL(/\/works\?q=lantern/), page.keyboard.press('Enter')]);
  });
});

describe('tags are offered while one is typed', () => {
  const offers = (page: Page, field: string) => page.locator(`#offers-${field} [role=option]`);

  test('in a field of names: arrows point, Enter takes, Escape shuts', async () => {
    const page = await open('/works');
    const field = page.locator('#tag-more');
    await field.pressSequentially('slo');
    await offers(page, 'tag-more').first().waitFor();
    expect(await field.getAttribute('aria-expanded')).toBe('true');
    await field.press('ArrowDown');
    const pointed = await field.getAttribute('aria-activedescendant');
    expect(await page.locator(`#${pointed}`).getAttribute('aria-selected')).toBe('true');
    expect(await page.locator(`#${pointed}`).innerText()).toContain('Slow Burn');
    await field.press('ArrowUp');
    expect(await field.getAttribute('aria-activedescendant')).toBeNull();
    await field.press('Escape');
    expect(await page.locator('#offers-tag-more').isVisible()).toBe(false);
    expect([await field.inputValue(), await field.getAttribute('aria-expanded')]).toEqual(['slo', 'false']);
    await field.pressSequentially('o');
    await offers(page, 'tag-more').first().waitFor();
    expect(await offers(page, 'tag-more').first().innerText()).toContain('means Slow Burn');
    await field.press('ArrowDown');
    await field.press('Enter');
    await settled(page, '?tag=Slow+Burn');
    expect([await box(page, 'Slow Burn').isChecked(), await field.inputValue()]).toEqual([true, '']);
    expect([await focusedField(page), await isSame(page)]).toEqual(['tag-more=', true]);
  });

  test('for any of several names, which are sent when the field is left', async () => {
    const page = await open('/works');
    await page.locator('#f-tag .others summary').click();
    const field = page.locator('#tag-any');
    for (const typed of ['slow', 'lett']) {
      await field.pressSequentially(typed);
      await offers(page, 'tag-any').first().waitFor();
      await field.press('ArrowDown');
      await field.press('Enter');
    }
    expect(await field.inputValue()).toBe('Slow Burn, Letters, ');
    await field.press('Tab');
    await page.waitForURL(/tag=/);
    await page.waitForLoadState();
    expect(await chips(page)).toHaveLength(1);
    expect(await total(page)).toBe(worksOf((await counted(queryOf(page))).total));
    expect(await page.locator('.rows-any input').isChecked()).toBe(true);
  });

  test('in the header’s box: a name alone leads to its works, one beside other words is written out', async () => {
    const page = await open('/fandoms');
    const field = page.getByLabel('Search works and tags');
    await field.pressSequentially('words>1 slow b');
    await offers(page, 'search').first().waitFor();
    await field.press('ArrowDown');
    await field.press('Enter');
    expect(await field.inputValue()).toBe('words>1 tag:"Slow Burn" ');
    await field.fill('');
    await field.pressSequentially('slow b');
    await offers(page, 'search').first().waitFor();
    expect(await offers(page, 'search').first().innerText()).toContain('additional tag');
    await field.press('Escape');
    expect(await page.locator('#offers-search').isVisible()).toBe(false);
    await field.pressSequentially('u');
    await offers(page, 'search').first().waitFor();
    await field.press('ArrowDown');
    await Promise.all([page.waitForURL(/Slow(\+|%20)Burn/), field.press('Enter')]);
    expect(await total(page)).toBe(worksOf((await counted('?tag=Slow+Burn')).total));
  });
});

test('without script the filter is a form, and a mistake leads to its field', async () => {
  const page = await open('/works', { script: false });
  await box(page, 'Slow Burn').check();
  await box(page, 'Angst', 'not-tag').check();
  await page.getByLabel('Words, from').fill('many');
  await page.locator('.filter-foot button').click();
  await page.getByRole('alert').getByRole('link').click();
  expect(new URL(page.url()).hash).toBe('#words-from');
  expect(await page.getByLabel('Words, from').inputValue()).toBe('many');
  expect(await box(page, 'Slow Burn').isChecked()).toBe(true);
  await page.getByLabel('Words, from').fill('1');
  await page.locator('.filter-foot button').click();
  await page.waitForLoadState();
  expect(queryOf(page)).toBe('?tag=Slow+Burn&words=1..&not-tag=Angst');
  expect(await total(page)).toBe(worksOf((await counted(queryOf(page))).total));
  await page.getByLabel('Sort').selectOption({ label: 'Most words first' });
  await page.getByRole('button', { name: 'Sort' }).click();
  await page.waitForLoadState();
  expect(queryOf(page)).toContain('sort=words');
  await page.locator('#asked .chips a', { hasText: 'Angst' }).click();
  await page.waitForLoadState();
  expect(await chips(page)).not.toContain('Angst');
});

test('without script a mistake leads a phone to its field, too', async () => {
  const page = await open('/works?words=many', { script: false, width: 360 });
  await page.getByRole('alert').getByRole('link').click();
  expect(await page.getByLabel('Words, from').isVisible()).toBe(true);
  await page.getByLabel('Words, from').fill('2');
  await page.locator('.filter-foot button').click();
  expect(queryOf(page)).toBe('?words=2..');
});

describe('the search box', () => {
  test('says what it understood, and each reading can be corrected', async () => {
    const page = await open('/');
    const typed = '"Sherlock Holmes" -angst words>500';
    await page.getByLabel('Search works and tags').fill(typed);
    await Promise.all([page.waitForURL(/\/works\?/), page.keyboard.press('Enter')]);
    const filter = 'character=Sherlock+Holmes&words=501..&not-tag=Angst';
    expect(queryOf(page)).toContain(filter);
    expect(await page.getByLabel('Search works and tags').inputValue()).toBe(typed);
    expect(await chips(page)).toEqual(['Sherlock Holmes', 'more than 500 words', 'Angst']);
    const understood = page.getByRole('region', { name: 'Understood as' });
    expect(await understood.innerText()).toContain('the character Sherlock Holmes');
    expect(await understood.innerText()).toContain('without the additional tag Angst');
    expect(await total(page)).toBe(worksOf((await counted(`?${filter}`)).total));
    await understood.getByRole('link', { name: 'Look for the words instead' }).first().click();
    await page.waitForURL(/q=/);
    expect(new URL(page.url()).searchParams.get('q')).toBe('"Sherlock Holmes"');
    await understood.getByRole('link', { name: 'As the character Sherlock Holmes' }).click();
    await page.waitForURL(/character=/);
    await page.locator('#asked .chips a', { hasText: 'Angst' }).click();
    await expect.poll(() => chips(page)).toEqual(['Sherlock Holmes', 'more than 500 words']);
  });

  test('a search in the stories leads to the paragraph', async () => {
    const page = await open('/works');
    await page.getByLabel('Words in these works').fill('lantern');
    await page.getByRole('checkbox', { name: 'Also inside the stories' }).check();
    await page.waitForURL(/in=text/);
    const snippet = page.locator('.snippets li').first();
    expect(await snippet.locator('mark').innerText()).toBe('lantern');
    await snippet.getByRole('link', { name: 'Chapter 2: The lantern' }).click();
    await page.waitForURL(/#b-/);
    await page.waitForLoadState();
    const block = page.locator(new URL(page.url()).hash);
    expect(await block.innerText()).toContain('lit the lantern');
    expect(await page.evaluate<number>(`scrollY`)).toBeGreaterThan(300);
    const place = await block.boundingBox();
    expect(place?.y).toBeGreaterThanOrEqual(0);
    expect(place?.y).toBeLessThan(900);
  });
});
