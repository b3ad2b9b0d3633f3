/** Signing in by a passkey, which finds its account by itself. Whatever is wrong, the answer is the same. */
import type { Hono } from 'hono';
import type { Ground } from '../../../platform/ground.ts';
import { readForm } from '../../../platform/http/form.ts';
import { showPage } from '../../../ui/show.ts';
import { SESSION_LONGEST_MS } from '../account.ts';
import { SignInPage } from '../pages/SignInPage.tsx';
import { limit } from '../../../platform/http/limit.ts';
import type { Resume } from '../signed-out.web.tsx';
import { browserOf, localPath, neverKept, seeOther, SESSION_COOKIE, type ArchiveEnv } from '../web.ts';
import { askToSignIn, challengeIn, checkAssertion, readAssertion } from './ceremony.ts';
import { askChallenge, signInByPasskey, takeChallenge } from './passkeys.actions.ts';
import { passkeyWithId } from './passkeys.queries.ts';
import { relyingPartyOf } from './relying-party.ts';

const WRONG = 'This passkey does not let you in here. Try again, or use your name and your password.';
/** Tries of one network. A signature cannot be guessed; this is against a flood. */
const TRIES = { points: 30, seconds: 60 };

/** `resume`: goes on with a form that was carried through the sign-in. */
export function passkeySignInRoutes(web: Hono<ArchiveEnv>, ground: Ground, resume: Resume): void {
  const { db, now, config } = ground;
  const mail = ground.post !== null;
  const [questions, answers] = [limit(TRIES.points, TRIES.seconds), limit(TRIES.points, TRIES.seconds)];

  // For the script of the page, which hands the answer to the browser.
  web.post('/sign-in/passkey/challenge', async (c) => {
    const party = relyingPartyOf(config.url, new URL(c.req.url).host);
    const wait = await questions.take(c.var.network);
    if (wait !== null) {
      c.header('Retry-After', String(wait));
      return neverKept(c.json({ sentence: `That was very often. Try again in ${wait} seconds.` }, 429));
    }
    if (!party) return neverKept(c.json({ sentence: 'Passkeys need an address that begins with https.' }, 422));
    const challenge = await db.write((tx) => askChallenge(tx, now(), null));
    return neverKept(c.json(await askToSignIn(party, challenge)));
  });

  web.post('/sign-in/passkey', async (c) => {
    const form = await readForm(c);
    const back = localPath(form.one('return'));
    const typed = form.one('typed');
    const again = (status: 422 | 429, error: string) => {
      const view = { name: '', back, mail, error, ...(typed === undefined ? {} : { typed }) };
      return showPage(c, <SignInPage site={c.var.site} view={view} />, status);
    };
    const wait = await answers.take(c.var.network);
    if (wait !== null) {
      c.header('Retry-After', String(wait));
      return again(429, `That was very often. Try again in ${wait} seconds.`);
    }
    const party = relyingPartyOf(config.url, new URL(c.req.url).host);
    const said = readAssertion(form.one('credential') ?? '');
    const challenge = said && challengeIn(said);
    const asked = challenge ? await db.write((tx) => takeChallenge(tx, now(), challenge, null)) : false;
    if (!party || !said || !challenge || !asked) return again(422, WRONG);
    const passkey = await passkeyWithId(db.reads, said.id);
    // What it calls its account is said by every passkey that finds it by itself.
    const counter =
      passkey && said.response.userHandle === passkey.handle
        ? await checkAssertion(party, said, challenge, passkey)
        : null;
    if (!passkey || counter === null) return again(422, WRONG);
    const signedIn = await db.writeUnlessRefused((tx) => signInByPasskey(tx, now(), passkey, counter, browserOf(c)));
    if ('refusal' in signedIn) return again(422, WRONG);
    c.var.cookies.set(c, SESSION_COOKIE, signedIn.token, SESSION_LONGEST_MS / 1000);
    const resumed = typed === undefined ? null : await resume(c, passkey.accountId, back, typed);
    return resumed ?? seeOther(c, back, { kind: 'done', text: 'You are signed in.' });
  });
}
