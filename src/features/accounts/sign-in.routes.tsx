/** Signing in by name and password, and by a recovery code. What is wrong is never told by name. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { readForm } from '../../platform/http/form.ts';
import { showPage } from '../../ui/show.ts';
import { SESSION_LONGEST_MS } from './account.ts';
import { signInByPassword } from './authenticator/half-sessions.actions.ts';
import { askForCode } from './authenticator/second-step.routes.tsx';
import { recover, rehashPassword } from './credentials.actions.ts';
import { accountToRecover, credentialsOfName, pseudNames } from './credentials.queries.ts';
import { CodesPage, type CodesView } from './pages/CodesPage.tsx';
import { RecoveryPage, type RecoveryView } from './pages/RecoveryPage.tsx';
import { SignInPage } from './pages/SignInPage.tsx';
import { passwordProblem } from './password.ts';
import type { Door } from './passwords/door.ts';
import { typedCode } from './recovery-code.ts';
import { signInNameKey } from './sign-in-name.ts';
import type { Resume } from './signed-out.web.tsx';
import { endedSentences } from './ways-in.ts';
import {
  browserOf,
  localPath,
  neverKept,
  seeOther,
  SESSION_COOKIE,
  type ArchiveContext,
  type ArchiveEnv,
} from './web.ts';

const WRONG = 'The name or the password is not right.';
const WRONG_CODE = 'The name or the code is not right, or the code was used before.';

/** `resume`: goes on with a form that was carried through the sign-in. */
export function signInRoutes(web: Hono<ArchiveEnv>, ground: Ground, door: Door, resume: Resume): void {
  const { db, now } = ground;
  const mail = ground.post !== null;

  const show = (
    c: ArchiveContext,
    status: 200 | 422 | 429,
    name: string,
    back: string,
    error?: string,
    typed?: string,
  ) => {
    const more = { ...(error ? { error } : {}), ...(typed === undefined ? {} : { typed }) };
    return showPage(c, <SignInPage site={c.var.site} view={{ name, back, mail, ...more }} />, status);
  };

  web.get('/sign-in', (c) => {
    const back = wayBack(c);
    return c.var.viewer.accountId === null ? show(c, 200, '', back) : c.redirect(back);
  });

  web.post('/sign-in', async (c) => {
    const form = await readForm(c);
    const [name, password] = [(form.one('name') ?? '').trim(), form.one('password') ?? ''];
    const back = localPath(form.one('return'));
    const typed = form.one('typed');
    // Nothing leads away from a text that is carried along.
    const elsewhere = typed === undefined ? '' : ' in another tab';
    const again = (status: 422 | 429, sentence: string) => show(c, status, name, back, sentence, typed);
    const crowded = await door.network.take(c.var.network);
    if (crowded !== null) {
      c.header('Retry-After', String(crowded));
      return again(429, `That was very often. Try again in ${crowded} seconds.`);
    }
    if (name === '' || password === '') return again(422, 'Type your name and your password.');
    const tried = `name ${signInNameKey(name)}`;
    const wait = await door.tries.take(tried);
    if (wait !== null) {
      c.header('Retry-After', String(wait));
      return again(429, `There were many tries at this name. ${waiting(wait)}, or use a recovery code${elsewhere}.`);
    }
    const kept = await credentialsOfName(db.reads, name);
    if (!(await door.passwords.fits(password, kept?.passwordHash ?? null)) || kept === null) return again(422, WRONG);
    const fresh = door.passwords.isOutdated(kept.passwordHash) ? await door.passwords.hash(password) : null;
    const signedIn = await db.writeUnlessRefused(async (tx) => {
      if (fresh !== null) await rehashPassword(tx, kept.accountId, kept.passwordHash, fresh);
      return signInByPassword(tx, now(), { ...kept, passwordHash: fresh ?? kept.passwordHash }, browserOf(c));
    });
    if ('refusal' in signedIn) return again(422, WRONG);
    await door.tries.forget(tried);
    if ('half' in signedIn) return askForCode(c, signedIn.half, back, typed);
    c.var.cookies.set(c, SESSION_COOKIE, signedIn.token, SESSION_LONGEST_MS / 1000);
    const resumed = typed === undefined ? null : await resume(c, kept.accountId, back, typed);
    return resumed ?? seeOther(c, back, { kind: 'done', text: 'You are signed in.' });
  });

  const showRecovery = (c: ArchiveContext, status: 200 | 422 | 429, view: RecoveryView) =>
    showPage(c, <RecoveryPage site={c.var.site} view={{ ...view, mail }} />, status);

  web.get('/sign-in/recovery', (c) => showRecovery(c, 200, { name: '', errors: {} }));

  web.post('/sign-in/recovery', async (c) => {
    const form = await readForm(c);
    const name = (form.one('name') ?? '').trim();
    const code = typedCode(form.one('code') ?? '');
    const [password, confirmation] = [form.one('password') ?? '', form.one('confirmation') ?? ''];
    const errors: RecoveryView['errors'] = {};
    if (name === '') errors.name = 'Type the name you sign in with.';
    if (code === '') errors.code = 'Type one of your recovery codes.';
    const wrong = passwordProblem(password, [name]);
    if (wrong !== null) errors.password = wrong;
    if (password !== confirmation) errors.confirmation = 'The two passwords are not the same.';
    if (Object.keys(errors).length > 0) return showRecovery(c, 422, { name, errors });
    // By network alone: a code has 100 bits, and whoever holds one gets through whatever others try at the name.
    const crowded = await door.network.take(c.var.network);
    if (crowded !== null) {
      c.header('Retry-After', String(crowded));
      const sentence = `That was very often. Try again in ${crowded} seconds.`;
      return showRecovery(c, 429, { name, errors: { name: sentence } });
    }
    const accountId = await accountToRecover(db.reads, name, code);
    if (accountId === null) return showRecovery(c, 422, { name, errors: { code: WRONG_CODE } });
    const isPseud = passwordProblem(password, await pseudNames(db.reads, accountId));
    if (isPseud !== null) return showRecovery(c, 422, { name, errors: { password: isPseud } });
    const passwordHash = await door.passwords.hash(password);
    const recovered = await db.writeUnlessRefused((tx) =>
      recover(tx, now(), { accountId, code, passwordHash }, browserOf(c)),
    );
    if ('refusal' in recovered) return showRecovery(c, 422, { name, errors: { code: WRONG_CODE } });
    await door.tries.forget(`name ${signInNameKey(name)}`);
    c.var.cookies.set(c, SESSION_COOKIE, recovered.token, SESSION_LONGEST_MS / 1000);
    const view: CodesView = {
      title: 'The new password is set, and you are signed in',
      before: endedSentences('recovery-code'),
      codes: recovered.codes ?? [],
      mail,
      next: { href: '/account', label: 'I have kept them' },
    };
    return neverKept(showPage(c, <CodesPage site={c.var.site} view={view} />));
  });
}

/** Where to go after signing in: where the address says, or the page of this archive that the visitor comes from. */
function wayBack(c: ArchiveContext): string {
  const said = c.req.query('return');
  if (said !== undefined) return notTheDoor(localPath(said));
  const from = URL.parse(c.req.header('referer') ?? '');
  const own = [URL.parse(c.var.site.origin)?.host, c.req.header('host')];
  return from && own.includes(from.host) ? notTheDoor(localPath(from.pathname + from.search)) : '/';
}

/** Nobody wants back to the door they came in by. */
function notTheDoor(path: string): string {
  return /^\/(?:sign-in|join|owner-links|sessions|forgotten|account\/email\/confirmation)(?:[/?]|$)/.test(path)
    ? '/'
    : path;
}

function waiting(seconds: number): string {
  return seconds < 120 ? `Wait ${seconds} seconds` : `Wait ${Math.ceil(seconds / 60)} minutes`;
}
