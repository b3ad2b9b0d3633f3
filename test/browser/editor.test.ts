/**
 * Writing in a real browser: rich text by keyboard, what other programs put on the clipboard, a change of notation that
 * loses nothing, and what is stored in the end. Without script the same form saves the same text.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Person } from '../site.ts';
import { serveArchive, type ServedArchive } from './archive.ts';
import { AXE_SCRIPT } from './inspect.ts';
import { openChromium, visitor, watch, type VisitOptions, type Watched } from './chromium.ts';

let browser: Browser;
let archive: ServedArchive;
let writer: Person;

beforeAll(async () => {
  browser = await openChromium();
  archive = await serveArchive();
  writer = await archive.site.person('A Writer');
});

afterAll(async () => {
  await browser.close();
  await archive.close();
});

async function open(options: VisitOptions = {}): Promise<{ page: Page; watched: Watched }> {
  const context = await visitor(browser, archive.address, { as: writer, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const watched = watch(page);
  await page.goto('/works/new');
  return { page, watched };
}

const editor = (page: Page) => page.locator('#text');
/** What the form would send. */
const sent = (page: Page) =>
  page.evaluate<string>(`new FormData(document.querySelector('form.edit')).get('text').replaceAll('\\r\\n', '\\n')`);

/** The text of the last chapter that was saved: its source and what is read. */
async function stored(): Promise<{ source: string; html: string; format: string }> {
  const row = await archive.site.ground.db.reads
    .selectFrom('chapter_revisions')
    .select(['source', 'html', 'format'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  return { ...row, html: row.html.replace(/ id="b-[a-z2-7]{6}"/g, '') };
}

async function save(page: Page, title: string): Promise<void> {
  await page.fill('[name=title]', title);
  await page.getByRole('button', { name: 'Save draft' }).click();
  await page.getByText('Your draft is saved.').waitFor();
}

/** Pastes as a browser does. */
async function paste(page: Page, data: Record<string, string>): Promise<void> {
  await page.evaluate(`{
    const data = new DataTransfer();
    for (const [type, text] of Object.entries(${JSON.stringify(data)})) data.setData(type, text);
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }`);
}

describe('what is said about a work', () => {
  test('is written as rich text too, counted, and kept as clean HTML; what stands in Markdown stays so', async () => {
    const { page, watched } = await open();
    await save(page, 'About');
    const base = new URL(page.url()).pathname.split('/').slice(0, 3).join('/');
    await page.goto(`${base}/edit`);
    await page.locator('#summary.rich-text').focus();
    const { keyboard } = page;
    await keyboard.type('It was ');
    await keyboard.press('Control+i');
    await keyboard.type('never');
    await keyboard.press('Control+i');
    await keyboard.type(' wet.');
    const toolbar = page.getByRole('toolbar', { name: 'Formatting: Summary' });
    expect(await toolbar.getByRole('button', { name: 'H2 heading' }).count()).toBe(0);
    await expect
      .poll(() => page.locator('.field:has(#summary) .rich-count').innerText())
      .toBe('33 of 1,250 characters');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Your changes are saved.').waitFor();
    const work = () =>
      archive.site.ground.db.reads
        .selectFrom('works')
        .select(['summary_html', 'summary_source', 'format'])
        .where('title', '=', 'About')
        .executeTakeFirstOrThrow();
    expect(await work()).toEqual({
      summary_html: '<p>It was <em>never</em> wet.</p>',
      summary_source: '<p>It was <em>never</em> wet.</p>',
      format: 'html',
    });
    await page.goto(`${base}/edit`);
    await page.getByRole('radio', { name: /^HTML/ }).check();
    await page.fill('textarea[name=summary]', '');
    await page.getByRole('radio', { name: /^Markdown/ }).check();
    await page.fill('textarea[name=summary]', 'It was *always* wet.');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Your changes are saved.').waitFor();
    expect(await work()).toMatchObject({ summary_html: '<p>It was <em>always</em> wet.</p>', format: 'markdown' });
    await page.goto(`${base}/edit`);
    expect(await page.locator('textarea[name=summary]').inputValue()).toBe('It was *always* wet.');
    expect(watched.errors).toEqual([]);
  });

  test('is saved without script in the notation that stands', async () => {
    const { page } = await open({ script: false });
    await save(page, 'Without');
    const base = new URL(page.url()).pathname.split('/').slice(0, 3).join('/');
    await page.goto(`${base}/edit`);
    await page.fill('[name=summary]', 'Plain <em>words</em>.');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Your changes are saved.').waitFor();
    const { summary_html: summary } = await archive.site.ground.db.reads
      .selectFrom('works')
      .select('summary_html')
      .where('title', '=', 'Without')
      .executeTakeFirstOrThrow();
    expect(summary).toBe('<p>Plain <em>words</em>.</p>');
  });
});

describe('rich text', () => {
  test('is written and formatted by keyboard, and kept as clean HTML', async () => {
    const { page, watched } = await open();
    expect(await page.getByRole('radio', { name: /Rich text/ }).isChecked()).toBe(true);
    await editor(page).focus();
    const { keyboard } = page;
    await keyboard.press('Control+Alt+2');
    await keyboard.type('The Bees');
    await keyboard.press('Enter');
    await keyboard.type('It was ');
    await keyboard.press('Control+i');
    await keyboard.type('never');
    await keyboard.press('Control+i');
    await keyboard.type(' & <so> ');
    await keyboard.press('Control+b');
    await keyboard.type('wet');
    await keyboard.press('Control+b');
    await keyboard.press('Enter');
    await keyboard.type('***');
    await keyboard.type('- One');
    await keyboard.press('Enter');
    await keyboard.type('Two');
    await keyboard.press('Enter');
    await keyboard.press('Enter');
    await keyboard.type('See here');
    await keyboard.press('Shift+Home');
    // The browser tells a page of a selection a moment later, by the page's own clock; no hand is quicker than that.
    await page.evaluate(`new Promise((resolve) => setTimeout(resolve, 250))`);
    await keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Link' }).getByLabel('Address').fill('example.org/bees');
    await keyboard.press('Enter');
    await page.locator('#text a').waitFor();
    expect(await page.locator('.field:has(#text) .rich-count').innerText()).toMatch(
      /\d+ words, \d+ of 510,000 characters/,
    );
    await save(page, 'By keyboard');
    const { source, html, format } = await stored();
    expect(format).toBe('html');
    expect(html).toBe(
      '<h2>The Bees</h2><p>It was <em>never</em> &#x26; &#x3C;so> <strong>wet</strong></p><hr>' +
        '<ul><li>One</li><li>Two</li></ul><p><a href="https://example.org/bees" rel="nofollow ugc noopener">See here</a></p>',
    );
    expect(source.split('\n')).toHaveLength(8);
    expect(watched.errors).toEqual([]);
    expect(await page.evaluate(`probe.fired`)).toEqual([]);
  });

  test('the toolbar is one stop of the Tab key, and Tab leaves the text', async () => {
    const { page, watched } = await open();
    await editor(page).focus();
    await page.keyboard.type('Rain');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Alt+F10');
    expect(await page.evaluate(`document.activeElement.ariaLabel`)).toBe('Bold');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    expect(await sent(page)).toBe('<p><em>Rain</em></p>');
    expect(await page.getByRole('button', { name: 'Italic' }).last().getAttribute('aria-pressed')).toBe('true');
    await page.keyboard.press('Alt+F10');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(`document.activeElement.id`)).toBe('text');
    await page.keyboard.press('Control+z');
    expect(await sent(page)).toBe('<p>Rain</p>');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(`document.activeElement.name`)).toBe('postedOn');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    expect(await page.evaluate(`document.activeElement.closest('[role=toolbar]') !== null`)).toBe(true);
    expect(watched.errors).toEqual([]);
  });

  test('every button does what it says, and undo takes all of it back', async () => {
    const { page, watched } = await open();
    await editor(page).focus();
    await page.keyboard.type('Rain');
    const toolbar = page.getByRole('toolbar', { name: 'Formatting: Text' });
    const made: Record<string, string> = {
      Underline: '<p><u>Rain</u></p>',
      Strikethrough: '<p><s>Rain</s></p>',
      'Sup, superscript': '<p><sup>Rain</sup></p>',
      'Sub, subscript': '<p><sub>Rain</sub></p>',
      Code: '<p><code>Rain</code></p>',
      'H1 heading': '<h1>Rain</h1>',
      'H3 heading': '<h3>Rain</h3>',
      Centred: '<p align="center">Rain</p>',
      'Bulleted list': '<ul>\n<li>Rain</li>\n</ul>',
      'Numbered list': '<ol>\n<li>Rain</li>\n</ol>',
      Quote: '<blockquote>\n<p>Rain</p>\n</blockquote>',
      'Spoiler to open': '<details>\n<summary>Spoiler</summary>\n<p>Rain</p>\n</details>',
      'Scene break': '<p>Rain</p>\n<hr>',
    };
    for (const [name, html] of Object.entries(made)) {
      await page.keyboard.press('Control+a');
      const button = toolbar.getByRole('button', { name, exact: true });
      await button.click();
      expect(await sent(page), name).toBe(html);
      await toolbar.getByRole('button', { name: 'Undo' }).click();
      expect(await sent(page), `${name}, undone`).toBe('<p>Rain</p>');
    }
    for (const name of ['Bulleted list', 'Quote', 'Centred', 'H2 heading']) {
      const button = toolbar.getByRole('button', { name, exact: true });
      await button.click();
      await button.click();
      expect(await sent(page), `${name}, twice`).toBe('<p>Rain</p>');
    }
    expect(watched.errors).toEqual([]);
  });

  test('what programs put on the clipboard comes out right, and asks nobody for anything', async () => {
    const { page, watched } = await open();
    await editor(page).focus();
    await paste(page, {
      'text/html': `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" style="line-height:1.38;"><span style="font-weight:400;font-style:normal;">It </span><span style="font-weight:700;">rained</span></p><br /><p dir="ltr"><span style="font-style:italic;">so much</span></p><p>* * *</p><p>End<img src="https://elsewhere.example/spy.png" alt="A cat"><script>alert(1)</script></p></b>`,
      'text/plain': 'It rained so much',
    });
    expect(await sent(page)).toBe(
      '<p>It <strong>rained</strong></p>\n<p><br></p>\n<p><em>so much</em></p>\n<hr>\n<p>End<a class="picture" href="https://elsewhere.example/spy.png">Picture: A cat</a></p>',
    );
    await page.keyboard.press('Control+a');
    await paste(page, { 'text/plain': 'One.\r\n\r\nTwo <3\r\n\r\n***\r\n\r\nThree.' });
    expect(await sent(page)).toBe('<p>One.</p>\n<p>Two &lt;3</p>\n<hr>\n<p>Three.</p>');
    expect(watched.requests.filter((request) => !request.url().startsWith(archive.address))).toEqual([]);
    expect(watched.dialogs).toEqual([]);
    expect(watched.errors).toEqual([]);
  });

  test('copied and pasted here, a text stays as it is', async () => {
    const { page, watched } = await open();
    await page.getByRole('radio', { name: /^HTML/ }).check();
    const kept =
      '<table><tbody><tr><td>a</td></tr></tbody></table>\n<p class="u-x">so <ruby>漢<rt>kan</rt></ruby></p>\n<details>\n<summary>S</summary>\n<p>x</p>\n</details>';
    await page.fill('#text', kept);
    await page.getByRole('radio', { name: /Rich text/ }).check();
    await editor(page).focus();
    await page.keyboard.press('Control+a');
    const copied = await page.evaluate<Record<string, string>>(`(() => {
      const data = new DataTransfer();
      document.activeElement.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }));
      return Object.fromEntries([...data.types].map((type) => [type, data.getData(type)]));
    })()`);
    await page.keyboard.press('Delete');
    expect(await sent(page)).toBe('');
    await paste(page, copied);
    const again = (await sent(page)).replaceAll('\n', '');
    expect(again).toContain(
      '<p class="u-x">so <ruby>漢<rt>kan</rt></ruby></p><details><summary>S</summary><p>x</p></details>',
    );
    expect(again).toContain('<td>a</td>');
    expect(watched.errors).toEqual([]);
  });

  test('a text that comes in without paragraphs gets them back, and may be left as it was', async () => {
    const { page, watched } = await open();
    const told =
      'The rain had not stopped since Tuesday. Holmes looked out of the window. “You are late,” he said. “I was never late in my life,” said Watson. Nobody spoke for a while. “Well?” asked Holmes at last. ';
    await page.selectOption('[name=language]', 'en');
    await editor(page).focus();
    await paste(page, { 'text/plain': told.repeat(32) });
    await page.getByText('This text came in without paragraphs').waitFor();
    await page.getByRole('button', { name: 'Find the paragraphs' }).click();
    await page.getByText(/\d+ paragraphs were found/).waitFor();
    expect(await page.locator('#text > p').count()).toBeGreaterThan(20);
    await editor(page).focus();
    await page.keyboard.press('Control+z');
    expect(await page.locator('#text > p').count()).toBe(1);
    expect(watched.errors).toEqual([]);
  });
});

describe('notations', () => {
  test('change without losing a word, and back to what was typed', async () => {
    const { page, watched } = await open();
    await page.getByRole('radio', { name: /Markdown/ }).check();
    const typed = '# Bees\n\nIt *rained*,   <3\n\n1. one\n2. two';
    await page.fill('#text', typed);
    await page.getByRole('radio', { name: /Rich text/ }).check();
    await page.locator('#text em').waitFor();
    expect(await page.locator('#text h1').innerText()).toBe('Bees');
    await page.getByRole('radio', { name: /Markdown/ }).check();
    expect(await page.inputValue('#text')).toBe(typed);
    await page.getByRole('radio', { name: /Rich text/ }).check();
    await page.locator('#text em').waitFor();
    await editor(page).focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' and three');
    await page.getByRole('radio', { name: /Markdown/ }).click();
    await page.getByText('Rich text can say more than Markdown').waitFor();
    expect(await page.getByRole('radio', { name: /Rich text/ }).isChecked()).toBe(true);
    await page.getByRole('radio', { name: /^HTML/ }).check();
    expect(await page.inputValue('#text')).toBe(
      '<h1>Bees</h1>\n<p>It <em>rained</em>,   &lt;3</p>\n<ol>\n<li>one</li>\n<li>two and three</li>\n</ol>',
    );
    expect(watched.errors).toEqual([]);
  });

  test('HTML that somebody wrote by hand is not touched until they ask', async () => {
    const { page } = await open();
    await page.getByRole('radio', { name: /^HTML/ }).check();
    await page.fill('#text', 'One.\n\nTwo <!-- mine -->.');
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('Nothing is saved yet').waitFor();
    expect(await page.getByRole('radio', { name: /^HTML/ }).isChecked()).toBe(true);
    expect(await page.inputValue('#text')).toBe('One.\n\nTwo <!-- mine -->.');
    await page.getByRole('radio', { name: /Rich text/ }).check();
    expect(await page.locator('#text > p').count()).toBe(2);
    await page.getByRole('radio', { name: /^HTML/ }).check();
    expect(await page.inputValue('#text')).toBe('One.\n\nTwo <!-- mine -->.');
  });

  test('where the archive cannot be reached, Markdown stays Markdown', async () => {
    const { page } = await open();
    await page.getByRole('radio', { name: /Markdown/ }).check();
    await page.fill('#text', '*Bees*');
    await page.context().setOffline(true);
    await page.getByRole('radio', { name: /Rich text/ }).click();
    await page.getByText('could not be reached').waitFor();
    expect(await page.getByRole('radio', { name: /Markdown/ }).isChecked()).toBe(true);
    expect(await page.inputValue('#text')).toBe('*Bees*');
  });
});

test('a text that another script puts into the field is shown', async () => {
  const { page } = await open();
  await page.evaluate(`{
    const area = document.querySelector('textarea[name=text]');
    area.value = '<p>Kept <em>here</em></p>';
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }`);
  expect(await page.locator('#text em').innerText()).toBe('here');
  await page.keyboard.press('Tab');
  expect(await sent(page)).toBe('<p>Kept <em>here</em></p>');
});

test('without script the form saves what is typed', async () => {
  const { page } = await open({ script: false });
  expect(await page.locator('[role=toolbar]').count()).toBe(0);
  await page.fill('textarea[name=text]', 'It <em>rained</em>.');
  await save(page, 'Without script');
  expect((await stored()).html).toBe('<p>It <em>rained</em>.</p>');
});

test.each([360, 1280])('nothing of it is in the way of anybody on %i pixels', async (width) => {
  const context = await visitor(browser, archive.address, { as: writer, width, withoutPolicy: true });
  onTestFinished(() => context.close());
  await context.addInitScript({ content: AXE_SCRIPT });
  const page = await context.newPage();
  await page.goto('/works/new');
  await editor(page).focus();
  await page.keyboard.type('It rained.');
  await page.keyboard.press('Control+b');
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    const found = await page.evaluate<{ id: string; nodes: { target: string[] }[] }[]>(
      `axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations)`,
    );
    expect(found.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)).toEqual([]);
    expect(await page.evaluate(`probe.sideways()`)).toEqual([]);
    expect(await page.evaluate(`probe.smallTargets()`)).toEqual([]);
    const shots = process.env['SHOTS'];
    if (shots) await page.screenshot({ path: `${shots}/editor-${width}-${theme}.png`, fullPage: true });
  }
});
