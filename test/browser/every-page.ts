/** Every page the archive can show, with what a browser does to see it. */
import type { Page } from 'playwright-core';
import { makeOwnerLink } from '../../src/features/accounts/index.ts';
import { chapterPath, workPath } from '../../src/features/works/index.ts';
import { tagPath } from '../../src/features/tags/index.ts';
import { picture } from '../../src/features/accounts/pictures.fixture.ts';
import { changeProfile } from '../../src/features/accounts/pseuds/profile.actions.ts';
import { leaveUnsaved, makeOwnSeries, secureAccount, showIcon } from '../cast.ts';
import { givePasskey, giveToken } from '../keys.ts';
import { moderatedPages } from './moderated-pages.ts';
import { BROKEN_PATH, type ServedArchive } from './archive.ts';
import { BOOKS, HOLMES } from './browsing-works.ts';
import type { SpecialWorks } from './special-works.ts';
import { addTogether } from './together.ts';

const PASSWORD = 'four herons under ice';

const PROFILE = {
  format: 'html' as const,
  source: '<h1>What I keep</h1><p>Old archives.</p>',
  html: '<h1>What I keep</h1><p>Old archives.</p>',
  rules: 1,
  links: [{ label: 'A journal', address: 'https://journal.example/' }],
};

export interface PagePlan {
  name: string;
  path: string;
  as: 'guest' | 'owner';
  status: number;
  /** What a visitor does on the page to see what is meant. */
  act?: (page: Page) => Promise<void>;
  /** What they do there to be led to the page that is meant: a form is sent, and this is the answer. */
  send?: (page: Page) => Promise<void>;
}

const showAuthenticatorKey = (password: string) => async (page: Page) => {
  await page.fill('#password', password);
  await page.getByRole('button', { name: 'Show the key for the app' }).click();
};

/** Every page of an archive with the sample library, the special works and those to choose among in it. */
export async function everyPage(archive: ServedArchive, works: SpecialWorks): Promise<PagePlan[]> {
  const { db, now } = archive.site.ground;
  const rows = await db.reads
    .selectFrom('works')
    .select(['id', 'public_id', 'title', 'language', 'posted_chapters', 'adult', 'state'])
    .where('sample', '=', 1)
    .execute();
  const sample = (test: (row: (typeof rows)[number]) => boolean) => {
    const row = rows.find((one) => one.state === 'posted' && one.adult === 0 && test(one));
    if (!row) throw new Error('The sample library has no such work.');
    return { id: row.id, publicId: row.public_id, title: row.title };
  };
  const chapterOf = async (work: { id: number; publicId: string; title: string }, position: number) => {
    const chapter = await db.reads
      .selectFrom('chapters')
      .select('public_id')
      .where('work_id', '=', work.id)
      .where('position', '=', position)
      .executeTakeFirstOrThrow();
    return chapterPath(work, { publicId: chapter.public_id });
  };
  const series = await db.reads.selectFrom('series').select('public_id').executeTakeFirstOrThrow();
  const outsider = await db.reads.selectFrom('imported_creators').select('public_id').executeTakeFirstOrThrow();
  const pseud = await db.reads
    .selectFrom('pseuds')
    .select('public_id')
    .where('name', '=', 'A'.repeat(40))
    .executeTakeFirstOrThrow();
  await secureAccount(archive.site, archive.site.owner, 'keeper_of_the_archive', PASSWORD);
  const link = await db.write((tx) => makeOwnerLink(tx, now()));
  const arabic = sample((row) => row.language === 'ar');
  const chaptered = sample((row) => row.posted_chapters > 2);
  await db.write((tx) =>
    tx
      .updateTable('chapter_revisions')
      .set({ warnings: `Needles; ${'long'.repeat(30)}` })
      .where('chapter_id', 'in', (chapters) =>
        chapters
          .selectFrom('chapters')
          .select('chapters.id')
          .where('work_id', '=', chaptered.id)
          .where('position', '=', 2),
      )
      .execute(),
  );
  const plans: PagePlan[] = [];
  const add = (as: PagePlan['as'], name: string, path: string, more: Partial<PagePlan> = {}) =>
    plans.push({ name, path, as, status: 200, ...more });

  add('guest', 'home', '/');
  add('guest', 'works', '/works');
  add('guest', 'works-page-2', '/works?page=2');
  add('guest', 'works-beyond', '/works?page=9', { status: 404 });
  add('guest', 'works-filtered', '/works?words=1..5000&complete=yes&tag=Slow+Burn&not-tag=Angst', {
    act: openAllGroups,
  });
  add('guest', 'works-sheet', '/works?tag=Slow+Burn,Letters', {
    act: (page) => pressIfThere(page, '#open-filter'),
  });
  add('guest', 'works-offers', '/works', {
    act: async (page) => {
      await pressIfThere(page, '.open-search');
      await page.locator('#search').pressSequentially('sherlock');
      await page.locator('#offers-search [role=option]').first().waitFor();
    },
  });
  add('guest', 'works-mistaken', '/works?words=abc&colour=red&tag=Angst', { status: 400, act: openAllGroups });
  add('guest', 'works-none', '/works?tag=Angst&not-tag=Angst');
  add('guest', 'works-unknown', '/works?fandom=nobody+knows+it&q=bees+fandom:%22no+such%22');
  add('guest', 'search', `/search?q=${encodeURIComponent('"Sherlock Holmes" -angst words>500')}`);
  add('guest', 'search-mistaken', `/search?q=${encodeURIComponent('words>lots "open')}`, { status: 400 });
  add('guest', 'search-in-text', '/works?q=lantern&in=text&sort=relevance');
  add('guest', 'tag-filtered', `${tagPath({ kind: 'fandom', name: BOOKS })}?character=Mrs+Hudson&posted=2018..`);
  add('guest', 'tag-synonym', tagPath({ kind: 'fandom', name: 'ACD Holmes' }));
  add('guest', 'tag-about', `${tagPath({ kind: 'fandom', name: HOLMES })}/about`, {
    act: (page) => page.locator('.years summary').click(),
  });
  add('guest', 'tag-about-below', `${tagPath({ kind: 'fandom', name: BOOKS })}/about`);
  add('guest', 'tag-about-bare', `${tagPath({ kind: 'freeform', name: 'w'.repeat(150) })}/about`);
  add('guest', 'blocks', '/help/blocks', { act: openAllDetails });
  add('guest', 'fandoms', '/fandoms');
  add('guest', 'tag', tagPath({ kind: 'fandom', name: 'Sherlock Holmes' }));
  add('guest', 'tag-long', tagPath({ kind: 'freeform', name: 'w'.repeat(150) }));
  add('guest', 'tag-rtl', tagPath({ kind: 'fandom', name: 'שרלוק הולמס' }));
  add('guest', 'creator-outside', `/creators/${outsider.public_id}`);
  add('guest', 'creator-long', `/creators/${pseud.public_id}`);
  add('guest', 'series', `/series/${series.public_id}`);
  add('guest', 'one-shot', workPath(sample((row) => row.posted_chapters === 1 && row.language === 'en')));
  add('guest', 'chaptered', workPath(chaptered));
  add('guest', 'chapter', await chapterOf(chaptered, 2));
  add('guest', 'entire', `${workPath(chaptered)}/entire`);
  add('guest', 'arabic', workPath(arabic));
  add('guest', 'chinese', workPath(sample((row) => row.language?.startsWith('zh') === true)));
  add('guest', 'mixed', workPath(works.mixed));
  add('guest', 'mixed-entire', `${workPath(works.mixed)}/entire`);
  add('guest', 'mixed-last', await chapterOf(works.mixed, 3));
  add('guest', 'long', workPath(works.long));
  add('guest', 'sixty', workPath(works.many));
  add('guest', 'sixty-chapter', await chapterOf(works.many, 30), {
    act: (page) => page.locator('details.drawer > summary').first().click(),
  });
  add('guest', 'settings-panel', workPath(works.anonymous), {
    act: (page) => page.locator('details.drawer.end > summary').click(),
  });
  add('guest', 'hebrew', workPath(works.rightToLeft));
  add('guest', 'hebrew-chapter', await chapterOf(works.rightToLeft, 2));
  add('guest', 'marked', workPath(works.marked));
  add('guest', 'adult-gate', workPath(works.adult));
  add('guest', 'not-found', '/works/nothing-here', { status: 404 });
  add('guest', 'broken', BROKEN_PATH, { status: 500 });
  add('guest', 'owner-link', `/owner-links/${link}`);
  add('guest', 'owner-link-over', '/owner-links/used-long-ago', { status: 404 });
  add('guest', 'sign-in', '/sign-in');
  add('guest', 'sign-in-refused', '/sign-in', {
    send: (page) => page.click('main form.fields button[type=submit]'),
  });
  add('guest', 'recovery', '/sign-in/recovery');
  add('guest', 'recovery-refused', '/sign-in/recovery', {
    send: (page) => page.click('main form.fields button[type=submit]'),
  });
  add('guest', 'join', '/join?invitation=k3m9x-2q4zt-7hh0d-w5e8r');
  add('guest', 'join-refused', '/join', {
    send: (page) => page.click('main form.fields button[type=submit]'),
  });
  add('owner', 'account', '/account');
  add('owner', 'preferences', '/account/preferences');
  add('owner', 'orphaning', '/account/orphaning');
  add('owner', 'deletion', '/account/deletion');
  add('owner', 'take-out', '/account/take-out');
  add('owner', 'own-works', '/account/works?tick=all');
  add('owner', 'own-works-none-ticked', '/account/works', {
    send: (page) => page.locator('.own-works button.primary').click(),
  });
  add('owner', 'new-work-defaults', '/account/new-works');
  const byHand = await makeOwnSeries(
    archive.site,
    archive.site.owner,
    'The Lighthouse Papers',
    rows.slice(0, 3).map((row) => row.id),
    { summary: '<p>All that the keeper wrote.</p>', notes: '<p>In the order of the nights.</p>' },
  );
  add('owner', 'own-series', '/account/series');
  add('owner', 'series-new', '/account/series/new');
  add('owner', 'series-edit', `/series/${byHand}/edit`);
  add('owner', 'series-by-hand', `/series/${byHand}`);
  add('owner', 'series-delete', `/series/${byHand}/delete`);
  add('owner', 'passkeys', '/account/passkeys');
  add(
    'owner',
    'passkey-refused',
    `/account/passkeys/${await givePasskey(archive.site, archive.site.owner, 'w'.repeat(60))}`,
    {
      send: (page) => page.getByRole('button', { name: 'Remove this passkey' }).click(),
    },
  );
  add('owner', 'authenticator', '/account/authenticator');
  add('owner', 'authenticator-refused', '/account/authenticator', { send: showAuthenticatorKey('not the password') });
  add('owner', 'authenticator-key', '/account/authenticator', { send: showAuthenticatorKey(PASSWORD) });
  await giveToken(archive.site, archive.site.owner, { name: 'w'.repeat(60) });
  add('owner', 'tokens', '/account/tokens');
  add('owner', 'tokens-refused', '/account/tokens', {
    send: (page) => page.getByRole('button', { name: 'Make a token' }).click(),
  });
  add('owner', 'skins', '/account/skins');
  add('owner', 'skin-new', '/account/skins/new', {
    send: async (page) => {
      await page.locator('#title').fill('Letters');
      await page.locator('#css').fill('p { position: fixed }\nb { color: url(x) }');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
    },
  });
  add('owner', 'account-refused', '/account', {
    send: (page) => page.getByRole('button', { name: 'Change the password' }).click(),
  });
  add('owner', 'account-codes', '/account', {
    send: async (page) => {
      await page.fill('[name=presentForCodes]', PASSWORD);
      await page.getByRole('button', { name: 'Make new recovery codes' }).click();
    },
  });
  const lantern = await picture().webp().toBuffer();
  const { accountId } = archive.site.owner.viewer;
  const second = await showIcon(archive.site, accountId, 'Keeper by Night', 'A lantern', lantern);
  await db.write((tx) => changeProfile(tx, now(), accountId, second.publicId, PROFILE));
  const ownPseud = `/account/pseuds/${second.publicId}`;
  add('owner', 'pseuds', '/account/pseuds');
  add('owner', 'pseuds-refused', '/account/pseuds', {
    send: (page) => page.getByRole('button', { name: 'Add the pseud' }).click(),
  });
  add('owner', 'pseud', ownPseud);
  add('owner', 'pseud-refused', ownPseud, {
    send: async (page) => {
      await page.fill('[name=linkLabel2]', 'A link without an address');
      await page.getByRole('button', { name: 'Save the profile' }).click();
    },
  });
  add('owner', 'creator-profile', `/creators/${second.publicId}`);
  add('owner', 'invitations', '/invitations', {
    send: (page) => page.getByRole('button', { name: 'Make an invitation' }).click(),
  });
  add('owner', 'home', '/');
  add('owner', 'works', '/works');
  add('owner', 'works-menu', '/works', {
    act: (page) => pressIfThere(page, '.open-menu'),
  });
  add('owner', 'drafts', '/drafts');
  add('owner', 'deleted', '/deleted');
  add('owner', 'settings', '/settings');
  add('owner', 'settings-refused', '/settings', {
    send: async (page) => {
      await page.fill('[name=name]', ' ');
      await page.click('main form.fields button[type=submit]');
    },
  });
  add('owner', 'draft', workPath(works.completeDraft));
  add('owner', 'draft-bare', `/works/${works.bareDraft}`);
  add('owner', 'edit', `/works/${works.completeDraft.publicId}/edit`);
  add('owner', 'edit-posted', `/works/${chaptered.publicId}/edit`);
  add('owner', 'edit-arabic', `/works/${arabic.publicId}/edit`);
  add('owner', 'edit-refused', `/works/${works.bareDraft}/edit`, {
    send: async (page) => {
      await page.fill('[name=title]', '');
      await page.click('button[value=post]');
    },
  });
  add('owner', 'new-work', '/works/new');
  add('owner', 'new-work-refused', '/works/new', {
    send: (page) => page.click('button[value=post]'),
  });
  add('owner', 'new-work-preview', '/works/new', {
    send: async (page) => {
      await page.fill('[name=title]', 'The Bees');
      await page.fill('#summary', 'About bees.');
      await page.fill('#text', 'It rained in Sussex.');
      await page.click('button[value=preview]');
    },
  });
  add('owner', 'chapters', `/works/${chaptered.publicId}/chapters`);
  add('owner', 'chapters-draft', `/works/${works.completeDraft.publicId}/chapters`);
  add('owner', 'chapter-new', `/works/${chaptered.publicId}/chapters/new`);
  const later = (await chapterOf(chaptered, 2)).split('/').at(-1);
  add('owner', 'chapter-edit', `/works/${chaptered.publicId}/chapters/${later}/edit`);
  const chapterForm = `/works/${chaptered.publicId}/chapters/${later}/edit`;
  const unsaved = await leaveUnsaved(archive.site, archive.site.owner, '<p>Typed, and not saved.</p>', chapterForm);
  add('owner', 'unsaved', `/unsaved/${unsaved}`);
  add('owner', 'chapter-edit-unsaved', chapterForm);
  // The last of them: a form that has taken a text up keeps it as its own.
  add('owner', 'chapter-edit-taken-up', `${chapterForm}?typed=${unsaved}`);
  add('owner', 'revisions', `/works/${chaptered.publicId}/chapters/${later}/revisions`);
  const first = (await chapterOf(chaptered, 1)).split('/').at(-1);
  add('owner', 'split', `/works/${chaptered.publicId}/chapters/${first}/split`);
  add('owner', 'merge', `/works/${chaptered.publicId}/chapters/${first}/merge`);
  add('owner', 'delete', `/works/${works.completeDraft.publicId}/delete`);
  add('owner', 'delete-imported', `/works/${works.bareDraft}/delete`);
  add('owner', 'imports', '/imports', {
    act: (page) => page.locator('form details > summary').first().click(),
  });
  add('owner', 'imports-unfilled', '/imports', {
    act: (page) => page.getByRole('button', { name: 'Bring them in' }).click(),
  });
  add('owner', 'imports-removed', '/imports/removed');
  add('owner', 'import', `/imports/${works.rescued.run}`);
  add('owner', 'review', `/works/${works.rescued.work}/review`, {
    act: (page) => page.locator('.review-text details > summary').first().click(),
  });
  add('owner', 'review-bare', `/works/${works.bareDraft}/review`);
  add('owner', 'update', works.rescued.update);
  const together = await addTogether(archive.site);
  const ours = `/works/${together.publicId}`;
  add('guest', 'together', ours);
  add('guest', 'gifts-to', `/creators/${together.creator}/any/gifts`);
  add('owner', 'co-creation', '/account/co-creation');
  add('owner', 'gifts', '/account/gifts');
  add('owner', 'related-works', '/account/related-works');
  add('owner', 'creators', `${ours}/creators`);
  add('owner', 'work-gifts', `${ours}/gifts`, {
    send: (page) => page.getByRole('button', { name: 'Give it to them' }).click(),
  });
  add('owner', 'work-relations', `${ours}/related-works`, {
    send: (page) => page.getByRole('button', { name: 'Add the work' }).click(),
  });
  add('owner', 'delete-together', `${ours}/delete`);
  plans.push(...(await moderatedPages(archive.site)));
  return plans;
}

/** So that what a folded group holds is looked at, too. */
async function openAllGroups(page: Page): Promise<void> {
  await page.evaluate(`for (const group of document.querySelectorAll('#filters details')) group.open = true;`);
}

async function openAllDetails(page: Page): Promise<void> {
  await page.evaluate(`for (const one of document.querySelectorAll('main details')) one.open = true;`);
}

/** What only a phone has. */
async function pressIfThere(page: Page, selector: string): Promise<void> {
  if (await page.locator(selector).isVisible()) await page.locator(selector).click();
}

/** The pages of an archive with nothing in it. */
export const EMPTY_PAGES: readonly PagePlan[] = [
  { name: 'empty-home', path: '/', as: 'guest', status: 200 },
  { name: 'empty-works', path: '/works', as: 'guest', status: 200 },
  { name: 'empty-fandoms', path: '/fandoms', as: 'guest', status: 200 },
  { name: 'empty-home', path: '/', as: 'owner', status: 200 },
  { name: 'empty-drafts', path: '/drafts', as: 'owner', status: 200 },
  { name: 'empty-deleted', path: '/deleted', as: 'owner', status: 200 },
  { name: 'empty-imports', path: '/imports', as: 'owner', status: 200 },
  { name: 'empty-account', path: '/account', as: 'owner', status: 200 },
  { name: 'empty-invitations', path: '/invitations', as: 'owner', status: 200 },
  { name: 'empty-co-creation', path: '/account/co-creation', as: 'owner', status: 200 },
  { name: 'empty-gifts', path: '/account/gifts', as: 'owner', status: 200 },
  { name: 'empty-related-works', path: '/account/related-works', as: 'owner', status: 200 },
];
