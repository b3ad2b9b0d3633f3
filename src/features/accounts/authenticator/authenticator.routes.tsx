/** Turning authenticator codes on and off, for oneself. A key is shown by the answer to a form alone, and kept by nobody. */
import type { Hono } from 'hono';
import type { Ground } from '../../../platform/ground.ts';
import { readForm } from '../../../platform/http/form.ts';
import { showPage } from '../../../ui/show.ts';
import { credentialsOf, recoveryCodesLeft } from '../credentials.queries.ts';
import { AuthenticatorKeyPage } from '../pages/AuthenticatorKeyPage.tsx';
import { AuthenticatorPage, type AuthenticatorView } from '../pages/AuthenticatorPage.tsx';
import type { Door } from '../passwords/door.ts';
import { provePassword } from '../passwords/proof.ts';
import { hashOfSecret } from '../secret.ts';
import { askingIn, neverKept, seeOther, type ArchiveContext, type ArchiveEnv } from '../web.ts';
import { beginAuthenticator, confirmAuthenticator, removeAuthenticator, useProofs } from './authenticator.actions.ts';
import { authenticatorOf, isAskedForCode, KEY_SHOWN_MS, sealedFor } from './authenticator.queries.ts';
import { isCodeDue, proveBoth, typedProofs, VOID_PROOF } from './both-proofs.ts';
import { authenticatorAddress, keyInWords, newAuthenticatorKey, qrModules, stepOfCode, typedDigits } from './codes.ts';
import { WRONG_CODE } from './second-factor.ts';

const PLACE = '/account/authenticator';
const ON_ALREADY = { kind: 'refused', text: 'Codes are asked for already.' } as const;

export function authenticatorRoutes(web: Hono<ArchiveEnv>, ground: Ground, door: Door): void {
  const { db, now } = ground;
  const { seal } = door;

  const show = async (c: ArchiveContext, accountId: number, errors: AuthenticatorView['errors'] = {}) => {
    const kept = await authenticatorOf(db.reads, accountId);
    const view: AuthenticatorView = {
      since: kept?.confirmedAt ?? null,
      hasPassword: (await credentialsOf(db.reads, accountId)) !== null,
      asksForCode: await isCodeDue(db.reads, now(), askingIn(c, accountId)),
      codesLeft: await recoveryCodesLeft(db.reads, accountId),
      errors,
    };
    return showPage(c, <AuthenticatorPage site={c.var.site} view={view} />, Object.keys(errors).length > 0 ? 422 : 200);
  };

  const showKey = async (c: ArchiveContext, accountId: number, key: Buffer, error?: string) => {
    const name = (await credentialsOf(db.reads, accountId))?.name ?? '';
    const view = {
      key: keyInWords(key),
      qr: qrModules(authenticatorAddress(key, c.var.site.name, name)),
      ...(error === undefined ? {} : { error }),
    };
    return neverKept(
      showPage(c, <AuthenticatorKeyPage site={c.var.site} view={view} />, error === undefined ? 200 : 422),
    );
  };

  web.get(PLACE, async (c) => {
    const { accountId } = c.var.viewer;
    return accountId === null ? c.redirect(`/sign-in?return=${PLACE}`) : show(c, accountId);
  });

  web.post(`${PLACE}/key`, async (c) => {
    const { accountId } = c.var.viewer;
    const { sessionToken } = c.var;
    if (accountId === null || sessionToken === null) return c.notFound();
    const form = await readForm(c);
    if (await isAskedForCode(db.reads, accountId)) return seeOther(c, PLACE, ON_ALREADY);
    const proven = await provePassword(db.reads, door, accountId, form.one('password') ?? '');
    if (typeof proven === 'string') return show(c, accountId, { password: proven });
    const key = newAuthenticatorKey();
    const sealed = await seal.close(key, sealedFor(accountId));
    const hash = hashOfSecret(key.toString('hex'));
    const begunIn = hashOfSecret(sessionToken);
    const begun = await db.writeUnlessRefused((tx) =>
      beginAuthenticator(tx, now(), accountId, { sealed, hash, begunIn }),
    );
    return 'refusal' in begun ? seeOther(c, PLACE, ON_ALREADY) : showKey(c, accountId, key);
  });

  web.post(`${PLACE}/confirmation`, async (c) => {
    const { accountId } = c.var.viewer;
    const { sessionToken } = c.var;
    if (accountId === null || sessionToken === null) return c.notFound();
    const typed = (await readForm(c)).one('code') ?? '';
    const kept = await authenticatorOf(db.reads, accountId);
    if (kept && kept.confirmedAt !== null) return seeOther(c, PLACE, ON_ALREADY);
    // The key is shown where the password was typed, and in no session that only knows the account.
    const begunIn = hashOfSecret(sessionToken);
    const isShown = kept?.begunIn === begunIn && now() < kept.createdAt + KEY_SHOWN_MS;
    const key = kept && isShown ? await seal.open(kept.sealedKey, sealedFor(accountId)) : null;
    const over = () => seeOther(c, PLACE, { kind: 'refused', text: 'This key is over. Begin anew.' });
    if (!kept || !key) return over();
    const digits = typedDigits(typed);
    if (digits === null) return showKey(c, accountId, key, 'Type the six digits that the app shows.');
    const tried = `first code of account ${accountId}`;
    const wait = await door.tries.take(tried);
    if (wait !== null) return showKey(c, accountId, key, `Those were many tries. Try again in ${wait} seconds.`);
    const step = stepOfCode(key, digits, now());
    if (step === null) return showKey(c, accountId, key, WRONG_CODE);
    await door.tries.forget(tried);
    const confirmed = await db.writeUnlessRefused((tx) =>
      confirmAuthenticator(tx, now(), accountId, { keyHash: kept.keyHash, begunIn, step }),
    );
    if ('refusal' in confirmed) return over();
    return seeOther(c, PLACE, { kind: 'done', text: 'From now on, signing in by password asks for a code.' });
  });

  web.post(`${PLACE}/removal`, async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null) return c.notFound();
    const form = await readForm(c);
    if (!(await isAskedForCode(db.reads, accountId)))
      return seeOther(c, PLACE, { kind: 'refused', text: 'Codes are not asked for.' });
    const refuse = ({ field, sentence }: { field: 'password' | 'code'; sentence: string }) =>
      show(c, accountId, { [field]: sentence });
    const proven = await proveBoth({ handle: db.reads, door, now: now() }, askingIn(c, accountId), typedProofs(form));
    if ('field' in proven) return refuse(proven);
    const removed = await db.writeUnlessRefused(
      async (tx) => (await useProofs(tx, now(), proven)) ?? removeAuthenticator(tx, now(), accountId),
    );
    if ('refusal' in removed) return refuse(VOID_PROOF[removed.refusal]);
    return seeOther(c, PLACE, { kind: 'done', text: 'Codes are off. Your password alone lets you in.' });
  });
}
