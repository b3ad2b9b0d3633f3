/** The second step of signing in. A cookie of its own says whose password was right; it is good for this question alone. */
import type { Hono } from 'hono';
import type { Ground } from '../../../platform/ground.ts';
import { readForm } from '../../../platform/http/form.ts';
import { showPage } from '../../../ui/show.ts';
import { SESSION_LONGEST_MS } from '../account.ts';
import { deviceName } from '../device.ts';
import { noteWrongCode } from '../happenings.actions.ts';
import { SecondStepPage, type SecondStepView } from '../pages/SecondStepPage.tsx';
import { SignInPage } from '../pages/SignInPage.tsx';
import type { Door } from '../passwords/door.ts';
import type { Resume } from '../signed-out.web.tsx';
import { browserOf, localPath, seeOther, SESSION_COOKIE, type ArchiveContext, type ArchiveEnv } from '../web.ts';
import { finishSignIn, HALF_SESSION_MS, halfSessionOf } from './half-sessions.actions.ts';
import { proveSecondFactor, WRONG_CODE } from './second-factor.ts';

const HALF_COOKIE = 'half-session';
const STEP = '/sign-in/code';
const OVER = 'The second step took too long, or the password was changed. Type your name and your password again.';

/** Leads to the second step after a right password. A form that is carried along is shown at once: it fits no address. */
export function askForCode(c: ArchiveContext, half: string, back: string, typed: string | undefined): Response {
  c.var.cookies.set(c, HALF_COOKIE, half, HALF_SESSION_MS / 1000);
  if (typed === undefined) return c.redirect(`${STEP}?return=${encodeURIComponent(back)}`, 303);
  return showPage(c, <SecondStepPage site={c.var.site} view={{ back, typed }} />);
}

/** `resume`: goes on with a form that was carried through the sign-in. */
export function secondStepRoutes(
  web: Hono<ArchiveEnv>,
  ground: Ground,
  { door, resume }: { door: Door; resume: Resume },
): void {
  const { db, now } = ground;
  const mail = ground.post !== null;

  const show = (c: ArchiveContext, view: SecondStepView) =>
    showPage(c, <SecondStepPage site={c.var.site} view={view} />, view.error === undefined ? 200 : 422);
  const over = (c: ArchiveContext, back: string, carried: { typed?: string }) => {
    c.var.cookies.clear(c, HALF_COOKIE);
    return showPage(c, <SignInPage site={c.var.site} view={{ name: '', back, mail, error: OVER, ...carried }} />, 422);
  };

  web.get(STEP, async (c) => {
    const back = localPath(c.req.query('return'));
    const half = c.var.cookies.get(c, HALF_COOKIE);
    if (c.var.viewer.accountId !== null) return c.redirect(back);
    if (half === undefined || (await halfSessionOf(db.reads, half, now())) === null)
      return c.redirect(`/sign-in?return=${encodeURIComponent(back)}`);
    return show(c, { back });
  });

  web.post(STEP, async (c) => {
    const form = await readForm(c);
    const back = localPath(form.one('return'));
    const typed = form.one('typed');
    const carried = typed === undefined ? {} : { typed };
    const half = c.var.cookies.get(c, HALF_COOKIE);
    const crowded = await door.network.take(c.var.network);
    if (crowded !== null) {
      c.header('Retry-After', String(crowded));
      const error = `That was very often. Try again in ${crowded} seconds.`;
      return showPage(c, <SecondStepPage site={c.var.site} view={{ back, ...carried, error }} />, 429);
    }
    const waiting = half === undefined ? null : await halfSessionOf(db.reads, half, now());
    if (half === undefined || waiting === null) return over(c, back, carried);
    const place = { handle: db.reads, door, now: now() };
    const code = form.one('code') ?? '';
    const factor = await proveSecondFactor(place, waiting, code);
    if (typeof factor === 'string' && code.trim() !== '') {
      const device = deviceName(c.req.header('user-agent'));
      await db.write((tx) => noteWrongCode(tx, now(), waiting, device));
    }
    if (typeof factor === 'string') return show(c, { back, ...carried, error: factor });
    const signedIn = await db.writeUnlessRefused((tx) => finishSignIn(tx, now(), half, factor, browserOf(c)));
    if ('refusal' in signedIn)
      return signedIn.refusal === 'over' ? over(c, back, carried) : show(c, { back, ...carried, error: WRONG_CODE });
    c.var.cookies.clear(c, HALF_COOKIE);
    c.var.cookies.set(c, SESSION_COOKIE, signedIn.token, SESSION_LONGEST_MS / 1000);
    const resumed = typed === undefined ? null : await resume(c, signedIn.accountId, back, typed);
    return resumed ?? seeOther(c, back, { kind: 'done', text: 'You are signed in.' });
  });
}
