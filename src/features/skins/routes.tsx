/** One's own skins, the sheets of works, and the page about blocks. */
import type { Hono } from 'hono';
import type { SheetChecker } from '../../platform/css/checker.ts';
import { SHEET_RULES } from '../../platform/css/rules.ts';
import type { Ground } from '../../platform/ground.ts';
import { readForm } from '../../platform/http/form.ts';
import { limit } from '../../platform/http/limit.ts';
import { showPage } from '../../ui/show.ts';
import {
  choosePreferences,
  localPath,
  may,
  seeOther,
  type ArchiveContext,
  type ArchiveEnv,
} from '../accounts/index.ts';
import { SKIN_CHARACTERS, SKINS_EACH, TITLE_CHARACTERS } from '../site/index.ts';
import { changeSkin, deleteSkin, makeSkin, trySkin } from './actions.ts';
import { BLOCKS } from './blocks.ts';
import { BlocksPage } from './pages/BlocksPage.tsx';
import { DeleteSkinPage } from './pages/DeleteSkinPage.tsx';
import { SkinPage, type SkinValues, type SkinView } from './pages/SkinPage.tsx';
import { SkinsPage } from './pages/SkinsPage.tsx';
import { findOwnSkin, ownSheet, ownSkins, sheetOfWork } from './queries.ts';
import { BLOCK_HTML } from './sample-text.ts';
import {
  ownSheetPath,
  SKIN_BOX,
  SKIN_LAYER,
  skinPath,
  skinTitleProblem,
  STYLE_COOKIE,
  TOO_MANY_SKINS,
  type PrintedSkin,
  type WrittenSkin,
} from './skin.ts';

/** A form with what was typed in it: either what can be kept, or the page that says why it cannot. */
interface Checked {
  values: SkinValues;
  button: string | undefined;
  version: string | undefined;
  printed?: PrintedSkin;
  refused?: Response;
}

/** Sheets that are checked for one account: each takes a while, and nobody writes faster. */
const CHECKS = { points: 120, seconds: 3_600 };

const YEAR_SECONDS = 365 * 86_400;
const CHANGED_MEANWHILE =
  'This skin was saved meanwhile, perhaps in another tab. Yours is here; saving now puts it in the place of the other.';

export function skinRoutes(web: Hono<ArchiveEnv>, ground: Ground, checker: SheetChecker): void {
  const { db, now } = ground;
  const handle = db.reads;
  const checks = limit(CHECKS.points, CHECKS.seconds);

  /** The account of who may write; null for everybody else, who learn of nothing here. */
  const writer = (c: ArchiveContext) => (may(c.var.viewer, 'change-own-works') ? c.var.viewer.accountId : null);

  const ownSkin = async (c: ArchiveContext): Promise<WrittenSkin | null> => {
    const accountId = writer(c);
    return accountId === null ? null : findOwnSkin(handle, accountId, c.req.param('id') ?? '');
  };

  const show = (
    c: ArchiveContext,
    skin: WrittenSkin | null,
    said: Partial<Pick<SkinView, 'values' | 'errors' | 'refusals' | 'preview'>> = {},
    refusedBy: 422 | 429 = 422,
  ) => {
    const errors = said.errors ?? {};
    return showPage(
      c,
      <SkinPage
        site={c.var.site}
        view={{
          action: skinPath(skin?.publicId ?? 'new'),
          version: skin?.version ?? null,
          storedTitle: skin?.title ?? null,
          values: said.values ?? { title: skin?.title ?? '', css: skin?.source ?? '' },
          errors,
          refusals: said.refusals ?? [],
          preview:
            said.preview ??
            (skin === null ? null : { sheet: ownSheetPath(skin.publicId, 'saved', skin.cssHash), saved: true }),
          limits: { title: TITLE_CHARACTERS, css: SKIN_CHARACTERS },
        }}
      />,
      Object.keys(errors).length > 0 ? refusedBy : 200,
    );
  };

  /** What was typed, checked: a skin to keep, or the form with what is wrong beside its fields. */
  const checked = async (c: ArchiveContext, skin: WrittenSkin | null): Promise<Checked> => {
    const form = await readForm(c);
    const values: SkinValues = {
      title: (form.one('title') ?? '').replace(/\s+/gu, ' ').trim(),
      css: (form.one('css') ?? '').replaceAll('\r\n', '\n').toWellFormed(),
    };
    const more = { button: form.one('then'), version: form.one('version'), values };
    const title = skinTitleProblem(values.title);
    const errors: SkinView['errors'] = title === null ? {} : { title };
    if (values.css.length > SKIN_CHARACTERS) {
      errors.css = `A skin has at most ${SKIN_CHARACTERS} characters; this one has ${values.css.length}.`;
      return { ...more, refused: show(c, skin, { values, errors }) };
    }
    const wait = await checks.take(String(c.var.viewer.accountId));
    if (wait !== null) {
      c.header('Retry-After', String(wait));
      errors.css = `You have had many skins checked. Try again in ${Math.ceil(wait / 60)} minutes.`;
      return { ...more, refused: show(c, skin, { values, errors }, 429) };
    }
    const sheet = await checker.check({ source: values.css, box: SKIN_BOX, layer: SKIN_LAYER });
    if (!sheet.ok) {
      const [first] = sheet.refusals;
      errors.css = `Line ${first?.line ?? 1}: ${first?.sentence ?? 'This cannot stay.'}`;
      return { ...more, refused: show(c, skin, { values, errors, refusals: sheet.refusals }) };
    }
    if (Object.keys(errors).length > 0) return { ...more, refused: show(c, skin, { values, errors }) };
    const printed: PrintedSkin = { title: values.title, source: values.css, css: sheet.css, rules: SHEET_RULES };
    return { ...more, printed };
  };

  web.get('/account/skins', async (c) => {
    const accountId = writer(c);
    if (accountId === null) return c.notFound();
    const skins = await ownSkins(handle, accountId);
    return showPage(
      c,
      <SkinsPage
        site={c.var.site}
        view={{
          skins: skins.map(({ publicId, ...skin }) => ({
            ...skin,
            href: skinPath(publicId),
            deleteHref: `${skinPath(publicId)}/delete`,
          })),
          full: skins.length >= SKINS_EACH,
        }}
      />,
    );
  });

  web.get('/account/skins/new', (c) => (writer(c) === null ? c.notFound() : show(c, null)));

  web.post('/account/skins/new', async (c) => {
    if (writer(c) === null) return c.notFound();
    const { refused, printed, values } = await checked(c, null);
    if (printed === undefined) return refused ?? c.notFound();
    const made = await db.writeUnlessRefused((tx) => makeSkin(tx, now(), c.var.viewer, printed));
    if ('publicId' in made)
      return seeOther(c, skinPath(made.publicId), {
        kind: 'done',
        text: 'Your skin is saved. Choose it in the form of a work.',
      });
    return made.refusal === 'too-many' ? show(c, null, { values, errors: { title: TOO_MANY_SKINS } }) : c.notFound();
  });

  web.get('/account/skins/:id', async (c) => {
    const skin = await ownSkin(c);
    return skin ? show(c, skin) : c.notFound();
  });

  web.post('/account/skins/:id', async (c) => {
    const skin = await ownSkin(c);
    if (!skin) return c.notFound();
    const { refused, printed, values, button, version } = await checked(c, skin);
    if (printed === undefined) return refused ?? c.notFound();
    if (button === 'preview') {
      const tried = await db.write((tx) => trySkin(tx, c.var.viewer, skin.publicId, printed.css));
      if ('refusal' in tried) return c.notFound();
      return show(c, skin, {
        values,
        preview: { sheet: ownSheetPath(skin.publicId, 'tried', tried.hash), saved: false },
      });
    }
    const madeFrom = version === undefined ? null : Number(version);
    const changed = await db.writeUnlessRefused((tx) =>
      changeSkin(tx, now(), c.var.viewer, skin.publicId, { ...printed, madeFrom }),
    );
    if (!('refusal' in changed))
      return seeOther(c, skinPath(skin.publicId), { kind: 'done', text: 'Your skin is saved.' });
    if (changed.refusal !== 'changed-meanwhile') return c.notFound();
    return show(c, await ownSkin(c), { values, errors: { css: CHANGED_MEANWHILE } });
  });

  web.get('/account/skins/:id/delete', async (c) => {
    const accountId = writer(c);
    const skin = (accountId === null ? [] : await ownSkins(handle, accountId)).find(
      (one) => one.publicId === c.req.param('id'),
    );
    if (!skin) return c.notFound();
    return showPage(
      c,
      <DeleteSkinPage
        site={c.var.site}
        view={{
          title: skin.title,
          works: skin.works,
          confirm: { action: `${skinPath(skin.publicId)}/deletion` },
          cancelHref: '/account/skins',
        }}
      />,
    );
  });

  web.post('/account/skins/:id/deletion', async (c) => {
    const deleted = await db.writeUnlessRefused((tx) => deleteSkin(tx, now(), c.var.viewer, c.req.param('id')));
    if ('refusal' in deleted) return c.notFound();
    return seeOther(c, '/account/skins', { kind: 'done', text: 'The skin is deleted.' });
  });

  web.get('/account/skins/:id/:sheet{(?:saved|tried)-[0-9a-f]{12}\\.css}', async (c) => {
    const accountId = writer(c);
    const which = c.req.param('sheet').startsWith('tried') ? 'tried' : 'saved';
    const css = accountId === null ? null : await ownSheet(handle, accountId, c.req.param('id'), which);
    return css === null ? c.notFound() : answerSheet(c, css);
  });

  // The mark in the address changes with the sheet and is not asked about: a page that was open meanwhile gets the new one.
  web.get('/works/:id/skin/:sheet{[0-9a-f]{12}\\.css}', async (c) => {
    const css = await sheetOfWork(handle, c.var.viewer, c.req.param('id'));
    return css === null ? c.notFound() : answerSheet(c, css);
  });

  web.post('/preferences/creator-style', async (c) => {
    const form = await readForm(c);
    const { accountId } = c.var.viewer;
    const style = form.one('style') === 'off' ? 'off' : 'on';
    if (accountId !== null) await db.write((tx) => choosePreferences(tx, now(), accountId, { creatorStyle: style }));
    else if (style === 'off') c.var.cookies.set(c, STYLE_COOKIE, 'off', YEAR_SECONDS);
    else c.var.cookies.clear(c, STYLE_COOKIE);
    return seeOther(c, localPath(form.one('return')));
  });

  web.get('/help/blocks', (c) =>
    showPage(
      c,
      <BlocksPage
        site={c.var.site}
        view={{
          blocks: BLOCKS.map(({ html: source, ...block }) => ({
            ...block,
            source,
            html: BLOCK_HTML.get(block.name) ?? '',
          })),
        }}
      />,
    ),
  );
}

/** A sheet is private to who may read the work, and asked for again each time; what a reader has already is not sent again. */
function answerSheet(c: ArchiveContext, css: string): Response {
  c.header('Cache-Control', 'private, no-cache');
  c.header('Vary', 'Cookie', { append: true });
  c.header('X-Robots-Tag', 'noindex');
  return c.body(css, 200, { 'Content-Type': 'text/css; charset=utf-8' });
}
