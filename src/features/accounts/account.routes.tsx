/** One's own account: what one signs in with, and where one is signed in. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import type { Seal } from '../../platform/files/seal.ts';
import { readForm, type Form } from '../../platform/http/form.ts';
import { showPage } from '../../ui/show.ts';
import { USERNAME_CHARACTERS } from '../site/index.ts';
import { SESSION_LONGEST_MS } from './account.ts';
import { addressesOf } from './addresses.queries.ts';
import { useFactor } from './authenticator/authenticator.actions.ts';
import { isAskedForCode } from './authenticator/authenticator.queries.ts';
import { proveBoth } from './authenticator/both-proofs.ts';
import { WRONG_CODE } from './authenticator/second-factor.ts';
import { changeName, changePassword, renewCodes, setCredentials } from './credentials.actions.ts';
import { credentialsOf, pseudNames, recoveryCodesLeft } from './credentials.queries.ts';
import { endDevice, endOtherDevices } from './devices.actions.ts';
import { devicesOf } from './devices.queries.ts';
import { invitationsLeft, invitationsOf } from './invitations.queries.ts';
import { opennessOf } from './openness.queries.ts';
import { AccountPage, type AccountField, type AccountView } from './pages/AccountPage.tsx';
import { CodesPage } from './pages/CodesPage.tsx';
import { passwordProblem } from './password.ts';
import type { Door } from './passwords/door.ts';
import { provePassword } from './passwords/proof.ts';
import { signInNameProblem } from './sign-in-name.ts';
import { may } from './viewer.ts';
import { browserOf, neverKept, seeOther, SESSION_COOKIE, type ArchiveContext, type ArchiveEnv } from './web.ts';

type Errors = AccountView['errors'];
const TAKEN = 'This name is taken. Choose another to sign in with.';
const CHANGED = 'The password was changed in the meantime. Type it again.';

export function ownAccountRoutes(web: Hono<ArchiveEnv>, ground: Ground, door: Door, seal: Seal): void {
  const { db, now } = ground;

  const show = async (c: ArchiveContext, accountId: number, errors: Errors = {}, typedName?: string) => {
    const { reads } = db;
    const { viewer, sessionToken } = c.var;
    const left = await invitationsLeft(reads, now(), viewer);
    const view: AccountView = {
      name: (await credentialsOf(reads, accountId))?.name ?? null,
      ...(typedName === undefined ? {} : { typedName }),
      errors,
      asksForCode: await isAskedForCode(reads, accountId),
      codesLeft: await recoveryCodesLeft(reads, accountId),
      devices: (await devicesOf(reads, now(), accountId, sessionToken)).map((device) => ({
        device: device.device,
        signedInAt: device.createdAt,
        seenAt: device.seenAt,
        here: device.here,
        end: `/sessions/${device.publicId}/end`,
      })),
      invitations: left !== 0 || (await invitationsOf(reads, now(), accountId)).length > 0,
      openness: may(viewer, 'change-own-pseuds') ? await opennessOf(reads, accountId) : null,
      mail: ground.post !== null || (await addressesOf(reads, now(), accountId)).confirmed !== null,
      limits: { name: USERNAME_CHARACTERS.most },
    };
    return showPage(
      c,
      <AccountPage site={c.var.site} view={view} />,
      Object.keys(errors).length > 0 || typedName !== undefined ? 422 : 200,
    );
  };

  const showCodes = (c: ArchiveContext, title: string, codes: string[]) =>
    neverKept(
      showPage(
        c,
        <CodesPage
          site={c.var.site}
          view={{ title, codes, mail: ground.post !== null, next: { href: '/account', label: 'I have kept them' } }}
        />,
      ),
    );

  const prove = (accountId: number, password: string) => provePassword(db.reads, door, accountId, password);

  const typedPassword = (form: Form) => ({
    password: form.one('password') ?? '',
    confirmation: form.one('confirmation') ?? '',
  });
  const passwordErrors = async (form: Form, accountId: number, name: string): Promise<Errors> => {
    const { password, confirmation } = typedPassword(form);
    const wrong = passwordProblem(password, [name, ...(await pseudNames(db.reads, accountId))]);
    return {
      ...(wrong === null ? {} : { password: wrong }),
      ...(password === confirmation ? {} : { confirmation: 'The two passwords are not the same.' }),
    };
  };
  const nameErrors = async (accountId: number, name: string): Promise<Errors> => {
    const wrong = signInNameProblem(name);
    if (wrong !== null) return { name: wrong };
    const wait = await door.naming.take(String(accountId));
    return wait === null ? {} : { name: `You have tried many names. Try again in ${Math.ceil(wait / 60)} minutes.` };
  };
  const renewed = (c: ArchiveContext, token: string) =>
    c.var.cookies.set(c, SESSION_COOKIE, token, SESSION_LONGEST_MS / 1000);

  web.get('/account', async (c) => {
    const { accountId } = c.var.viewer;
    return accountId === null ? c.redirect('/sign-in?return=/account') : show(c, accountId);
  });

  web.post('/account/credentials', async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null) return c.notFound();
    const form = await readForm(c);
    const name = (form.one('name') ?? '').trim();
    if ((await credentialsOf(db.reads, accountId)) !== null)
      return seeOther(c, '/account', { kind: 'refused', text: 'You have a name and a password already.' });
    const errors = { ...(await nameErrors(accountId, name)), ...(await passwordErrors(form, accountId, name)) };
    if (Object.keys(errors).length > 0) return show(c, accountId, errors, name);
    const passwordHash = await door.passwords.hash(typedPassword(form).password);
    const set = await db.writeUnlessRefused((tx) =>
      setCredentials(tx, now(), accountId, { name, passwordHash }, browserOf(c)),
    );
    if ('refusal' in set) {
      if (set.refusal === 'name-taken') return show(c, accountId, { name: TAKEN }, name);
      return seeOther(c, '/account', { kind: 'refused', text: 'You have a name and a password already.' });
    }
    renewed(c, set.token);
    return showCodes(c, 'Your name and password are set', set.codes);
  });

  web.post('/account/name', async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null) return c.notFound();
    const form = await readForm(c);
    const name = (form.one('name') ?? '').trim();
    const refuse = (field: AccountField, sentence: string) => show(c, accountId, { [field]: sentence }, name);
    const wrong = signInNameProblem(name);
    if (wrong !== null) return refuse('name', wrong);
    const proven = await prove(accountId, form.one('presentForName') ?? '');
    if (typeof proven === 'string') return refuse('presentForName', proven);
    const errors = await nameErrors(accountId, name);
    if (errors.name !== undefined) return refuse('name', errors.name);
    const changed = await db.writeUnlessRefused((tx) => changeName(tx, now(), proven, name));
    if ('refusal' in changed)
      return changed.refusal === 'changed' ? refuse('presentForName', CHANGED) : refuse('name', TAKEN);
    return seeOther(c, '/account', { kind: 'done', text: 'The name you sign in with is changed.' });
  });

  web.post('/account/password', async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null) return c.notFound();
    const form = await readForm(c);
    const own = await credentialsOf(db.reads, accountId);
    const errors = await passwordErrors(form, accountId, own?.name ?? '');
    if (Object.keys(errors).length > 0) return show(c, accountId, errors);
    const proven = await prove(accountId, form.one('presentForPassword') ?? '');
    if (typeof proven === 'string') return show(c, accountId, { presentForPassword: proven });
    const passwordHash = await door.passwords.hash(typedPassword(form).password);
    const changed = await db.writeUnlessRefused((tx) => changePassword(tx, now(), proven, passwordHash, browserOf(c)));
    if ('refusal' in changed) return show(c, accountId, { presentForPassword: CHANGED });
    renewed(c, changed.token);
    return seeOther(c, '/account', {
      kind: 'done',
      text: 'The password is changed. All your other devices are signed out.',
    });
  });

  web.post('/account/recovery-codes', async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null) return c.notFound();
    const form = await readForm(c);
    // A recovery code counts as a code: whoever makes new ones shows both.
    const proven = await proveBoth({ handle: db.reads, seal, door, now: now() }, accountId, {
      password: form.one('presentForCodes') ?? '',
      code: form.one('code') ?? '',
    });
    if ('field' in proven)
      return show(c, accountId, { [proven.field === 'code' ? 'code' : 'presentForCodes']: proven.sentence });
    const { credentials, factor } = proven;
    const made = await db.writeUnlessRefused(async (tx) => {
      if (factor && !(await useFactor(tx, now(), accountId, factor))) return { refusal: 'used' as const };
      return renewCodes(tx, now(), credentials);
    });
    if ('refusal' in made)
      return show(c, accountId, made.refusal === 'used' ? { code: WRONG_CODE } : { presentForCodes: CHANGED });
    return showCodes(c, 'Your new recovery codes', made.codes);
  });

  web.post('/sessions/others/end', async (c) => {
    const { accountId } = c.var.viewer;
    const token = c.var.sessionToken;
    if (accountId === null || token === null) return c.notFound();
    await db.write((tx) => endOtherDevices(tx, accountId, token));
    return seeOther(c, '/account', { kind: 'done', text: 'All your other devices are signed out.' });
  });

  web.post('/sessions/:id/end', async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null) return c.notFound();
    const ended = await db.write((tx) => endDevice(tx, accountId, c.req.param('id')));
    return ended ? seeOther(c, '/account', { kind: 'done', text: 'The device is signed out.' }) : c.notFound();
  });
}
