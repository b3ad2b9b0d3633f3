/** Signing in by the owner's link, signing out, and what a reader says of themselves without an account. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { readForm } from '../../platform/http/form.ts';
import { limit } from '../../platform/http/limit.ts';
import { parseReadingForm, parseTheme, readingCookie, themeCookie, writeReadingCookie } from '../../ui/preferences.ts';
import { showPage } from '../../ui/show.ts';
import { SESSION_LONGEST_MS } from './account.ts';
import { consentToAdult, endSession, useOwnerLink } from './actions.ts';
import { signIn } from './credentials.actions.ts';
import { OwnerLinkPage } from './pages/OwnerLinkPage.tsx';
import { choosePreferences } from './preferences.actions.ts';
import { isOwnerLinkGood } from './queries.ts';
import { ADULT_COOKIE, browserOf, localPath, seeOther, SESSION_COOKIE, type ArchiveEnv } from './web.ts';

const YEAR_SECONDS = 365 * 86_400;

export function accountRoutes(web: Hono<ArchiveEnv>, ground: Ground): void {
  const { db, now } = ground;
  const linkTries = limit(20, 60);

  web.get('/owner-links/:token', async (c) => {
    const good = await isOwnerLinkGood(db.reads, c.req.param('token'), now());
    c.header('X-Robots-Tag', 'noindex');
    return showPage(
      c,
      <OwnerLinkPage
        site={c.var.site}
        view={{
          state: good
            ? { kind: 'ready', signIn: { action: `/owner-links/${c.req.param('token')}` } }
            : { kind: 'over' },
        }}
      />,
      good ? 200 : 404,
    );
  });

  web.post('/owner-links/:token', async (c) => {
    const wait = await linkTries.take(c.var.network);
    if (wait !== null) return c.text('Too many tries. Wait a minute.', 429, { 'Retry-After': String(wait) });
    const token = c.req.param('token');
    const session = await db.write(async (tx) => {
      const accountId = await useOwnerLink(tx, now(), token);
      return accountId === null ? null : signIn(tx, now(), accountId, browserOf(c));
    });
    if (session === null)
      return showPage(c, <OwnerLinkPage site={c.var.site} view={{ state: { kind: 'over' } }} />, 404);
    c.var.cookies.set(c, SESSION_COOKIE, session, SESSION_LONGEST_MS / 1000);
    return seeOther(c, '/', { kind: 'done', text: 'You are signed in as the owner of this archive.' });
  });

  web.post('/sessions/end', async (c) => {
    const token = c.var.sessionToken;
    if (token !== null) await db.write((tx) => endSession(tx, token));
    c.var.cookies.clear(c, SESSION_COOKIE);
    c.header('Clear-Site-Data', '"cache", "storage"');
    return seeOther(c, '/', { kind: 'done', text: 'You are signed out.' });
  });

  web.post('/adult-consent', async (c) => {
    const form = await readForm(c);
    const token = c.var.sessionToken;
    const { accountId } = c.var.viewer;
    if (token !== null) await db.write((tx) => consentToAdult(tx, token));
    if (accountId !== null && form.one('always') !== undefined)
      await db.write((tx) => choosePreferences(tx, now(), accountId, { adult: 'always' }));
    if (token === null) c.var.cookies.set(c, ADULT_COOKIE, 'yes');
    return seeOther(c, localPath(form.one('return')));
  });

  web.post('/preferences/theme', async (c) => {
    const form = await readForm(c);
    const theme = parseTheme(form.one('theme'));
    const { accountId } = c.var.viewer;
    if (accountId === null) c.var.cookies.set(c, themeCookie, theme, YEAR_SECONDS);
    else await db.write((tx) => choosePreferences(tx, now(), accountId, { theme }));
    return seeOther(c, localPath(form.one('return')));
  });

  web.post('/preferences/reading', async (c) => {
    const form = await readForm(c);
    const reading = writeReadingCookie(parseReadingForm((name) => form.one(name)));
    const { accountId } = c.var.viewer;
    if (accountId === null) c.var.cookies.set(c, readingCookie, reading, YEAR_SECONDS);
    else await db.write((tx) => choosePreferences(tx, now(), accountId, { reading }));
    return seeOther(c, localPath(form.one('return')));
  });
}
