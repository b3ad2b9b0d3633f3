/** A new password by mail. What is answered, and how soon, never says whether there is such an account. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { readForm } from '../../platform/http/form.ts';
import { limit } from '../../platform/http/limit.ts';
import { showPage } from '../../ui/show.ts';
import { accountOfPasswordLink, accountToWriteTo } from './addresses.queries.ts';
import { pseudNames } from './credentials.queries.ts';
import { askForNewPassword, setPasswordByLink } from './forgotten.actions.ts';
import { ForgottenPage } from './pages/ForgottenPage.tsx';
import { CodesPage, type CodesView } from './pages/CodesPage.tsx';
import { NewPasswordPage, type NewPasswordView } from './pages/NewPasswordPage.tsx';
import { passwordProblem } from './password.ts';
import type { Door } from './passwords/door.ts';
import { signInNameKey } from './sign-in-name.ts';
import { endedSentences, LATELY } from './ways-in.ts';
import { neverKept, seeOther, type ArchiveContext, type ArchiveEnv } from './web.ts';

const HOUR_SECONDS = 3_600;
/** More than any name or address. */
const TYPED_CHARACTERS = 300;
const ON_ITS_WAY =
  'If there is such an account, and its e-mail address is confirmed, a mail is on its way to it. Look into the folder for spam, too.';
const CODE_STILL_ASKED =
  `The new password is set, all devices are signed out, and passkeys and tokens let nobody in. Sign in with it and with a code of your app. ` +
  `Recovery codes made in the last ${LATELY} are void.`;

export function forgottenRoutes(web: Hono<ArchiveEnv>, ground: Ground, door: Door): void {
  const { db, now, post } = ground;
  /** Letters that one network may ask for. How many an account is sent is counted where they are made. */
  const asking = limit(10, HOUR_SECONDS);

  const showAsking = (c: ArchiveContext, status: 200 | 422 | 429, typed: string, error?: string) =>
    showPage(c, <ForgottenPage site={c.var.site} view={{ typed, ...(error ? { error } : {}) }} />, status);

  web.get('/forgotten', (c) => (post === null ? c.redirect('/sign-in/recovery') : showAsking(c, 200, '')));

  web.post('/forgotten', async (c) => {
    if (post === null) return c.notFound();
    const form = await readForm(c);
    // Control characters stand in no name, and one of them in no question to a database.
    const typed = (form.one('who') ?? '')
      .trim()
      .slice(0, TYPED_CHARACTERS)
      .replaceAll(/\p{Cc}/gu, '\ufffd');
    if (typed === '') return showAsking(c, 422, typed, 'Type the name you sign in with, or your e-mail address.');
    const wait = await asking.take(c.var.network);
    if (wait !== null) {
      c.header('Retry-After', String(wait));
      const minutes = Math.ceil(wait / 60);
      return showAsking(c, 429, typed, `That was very often. Try again in ${minutes} minutes, or use a recovery code.`);
    }
    const accountId = await accountToWriteTo(db.reads, typed);
    await db.write((tx) => askForNewPassword(tx, now(), accountId));
    return seeOther(c, '/forgotten', { kind: 'done', text: ON_ITS_WAY });
  });

  const showSetting = (c: ArchiveContext, status: 200 | 404 | 422 | 429, view: NewPasswordView) => {
    c.header('X-Robots-Tag', 'noindex');
    return neverKept(showPage(c, <NewPasswordPage site={c.var.site} view={view} />, status));
  };

  web.get('/forgotten/:token', async (c) => {
    const { token } = c.req.param();
    const meant = await accountOfPasswordLink(db.reads, now(), token);
    if (meant === null) return showSetting(c, 404, { set: null, errors: {} });
    return showSetting(c, 200, { set: { action: `/forgotten/${token}` }, errors: {} });
  });

  web.post('/forgotten/:token', async (c) => {
    const form = await readForm(c);
    const { token } = c.req.param();
    const [password, confirmation] = [form.one('password') ?? '', form.one('confirmation') ?? ''];
    const refuse = (errors: NewPasswordView['errors'], status: 422 | 429 = 422) =>
      showSetting(c, status, { set: { action: `/forgotten/${token}` }, errors });
    const crowded = await door.network.take(c.var.network);
    if (crowded !== null) {
      c.header('Retry-After', String(crowded));
      return refuse({ password: `That was very often. Try again in ${crowded} seconds.` }, 429);
    }
    const meant = await accountOfPasswordLink(db.reads, now(), token);
    if (meant === null) return showSetting(c, 404, { set: null, errors: {} });
    const wrong = passwordProblem(password, [meant.name, ...(await pseudNames(db.reads, meant.accountId))]);
    if (wrong !== null) return refuse({ password: wrong });
    if (password !== confirmation) return refuse({ confirmation: 'The two passwords are not the same.' });
    const passwordHash = await door.passwords.hash(password);
    const set = await db.writeUnlessRefused((tx) => setPasswordByLink(tx, now(), { token, passwordHash }));
    if ('refusal' in set) return showSetting(c, 404, { set: null, errors: {} });
    await door.tries.forget(`name ${signInNameKey(meant.name)}`);
    if (set.codes === null) return seeOther(c, '/sign-in', { kind: 'done', text: CODE_STILL_ASKED });
    const view: CodesView = {
      title: 'The new password is set',
      before: endedSentences('link'),
      codes: set.codes,
      mail: true,
      next: { href: '/sign-in', label: 'Sign in' },
    };
    c.header('X-Robots-Tag', 'noindex');
    return neverKept(showPage(c, <CodesPage site={c.var.site} view={view} />));
  });
}
