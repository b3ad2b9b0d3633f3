/** One's own account: what one signs in with, and where one is signed in. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { readForm, type Form } from '../../platform/http/form.ts';
import { showPage } from '../../ui/show.ts';
import { USERNAME_CHARACTERS } from '../site/index.ts';
import { SESSION_LONGEST_MS } from './account.ts';
import { addressesOf } from './addresses.queries.ts';
import { useProofs } from './authenticator/authenticator.actions.ts';
import { isCodeDue, proveBoth, VOID_PROOF, type BothProofs } from './authenticator/both-proofs.ts';
import { changeName, changePassword, renewCodes, setCredentials } from './credentials.actions.ts';
import { credentialsOf, pseudNames } from './credentials.queries.ts';
import { endDevice, endOtherDevices } from './devices.actions.ts';
import { devicesOf } from './devices.queries.ts';
import { happeningsOf } from './happenings.queries.ts';
import { invitationsLeft, invitationsOf } from './invitations.queries.ts';
import { opennessOf } from './openness.queries.ts';
import { AccountPage, type AccountField, type AccountView } from './pages/AccountPage.tsx';
import { CodesPage } from './pages/CodesPage.tsx';
import { passwordProblem } from './password.ts';
import type { Door } from './passwords/door.ts';
import { signInNameProblem } from './sign-in-name.ts';
import { may } from './viewer.ts';
import { endedSentences } from './ways-in.ts';
import { waysInTo } from './ways-in.queries.ts';
import { waysInWords } from './ways-in.view.ts';
import {
  askingIn,
  browserOf,
  neverKept,
  seeOther,
  SESSION_COOKIE,
  type ArchiveContext,
  type ArchiveEnv,
} from './web.ts';

type Errors = AccountView['errors'];
/** What was typed, where a form comes back. */
interface Typed {
  typedName?: string;
  endOthers?: boolean;
}

const TAKEN = 'This name is taken. Choose another to sign in with.';
/** Where each form asks for what guards the account. */
const FOR_NAME = { password: 'presentForName', code: 'codeForName' } as const;
const FOR_PASSWORD = { password: 'presentForPassword', code: 'codeForPassword' } as const;
const FOR_CODES = { password: 'presentForCodes', code: 'code' } as const;

export function ownAccountRoutes(web: Hono<ArchiveEnv>, ground: Ground, door: Door): void {
  const { db, now } = ground;

  const show = async (
    c: ArchiveContext,
    accountId: number,
    errors: Errors = {},
    { typedName, endOthers = false }: Typed = {},
  ) => {
    const { reads } = db;
    const { viewer, sessionToken } = c.var;
    const waysIn = await waysInTo(reads, now(), accountId);
    const left = await invitationsLeft(reads, now(), viewer);
    const view: AccountView = {
      name: (await credentialsOf(reads, accountId))?.name ?? null,
      ...(typedName === undefined ? {} : { typedName }),
      errors,
      asksForCode: await isCodeDue(reads, now(), askingIn(c, accountId)),
      codesLeft: waysIn.codes,
      waysIn: waysInWords(waysIn, c.var.site.locale),
      endOthers,
      devices: (await devicesOf(reads, now(), accountId, sessionToken)).map((device) => ({
        device: device.device,
        signedInAt: device.createdAt,
        seenAt: device.seenAt,
        here: device.here,
        end: `/sessions/${device.publicId}/end`,
      })),
      invitations: left !== 0 || (await invitationsOf(reads, now(), accountId)).length > 0,
      happenings: await happeningsOf(reads, accountId),
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

  const showCodes = (c: ArchiveContext, title: string, codes: string[], before: string[] = []) =>
    neverKept(
      showPage(
        c,
        <CodesPage
          site={c.var.site}
          view={{
            title,
            before,
            codes,
            mail: ground.post !== null,
            next: { href: '/account', label: 'I have kept them' },
          }}
        />,
      ),
    );

  /** What was shown for a change, by the fields of its form; or the page with what is wrong beside them. */
  const prove = async (
    c: ArchiveContext,
    accountId: number,
    form: Form,
    fields: { password: AccountField; code: AccountField },
    back: Typed = {},
  ): Promise<{ proven: BothProofs } | { answer: Response | Promise<Response> }> => {
    const typed = { password: form.one(fields.password) ?? '', code: form.one(fields.code) ?? '' };
    const proven = await proveBoth({ handle: db.reads, door, now: now() }, askingIn(c, accountId), typed);
    if (!('field' in proven)) return { proven };
    return { answer: await show(c, accountId, { [fields[proven.field]]: proven.sentence }, back) };
  };
  const voidProof = (fields: { password: AccountField; code: AccountField }, refusal: 'changed' | 'used'): Errors => {
    const { field, sentence } = VOID_PROOF[refusal];
    return { [fields[field]]: sentence };
  };

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
    if (Object.keys(errors).length > 0) return show(c, accountId, errors, { typedName: name });
    const passwordHash = await door.passwords.hash(typedPassword(form).password);
    const set = await db.writeUnlessRefused((tx) =>
      setCredentials(tx, now(), accountId, { name, passwordHash }, browserOf(c)),
    );
    if ('refusal' in set) {
      if (set.refusal === 'name-taken') return show(c, accountId, { name: TAKEN }, { typedName: name });
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
    const refuse = (field: AccountField, sentence: string) =>
      show(c, accountId, { [field]: sentence }, { typedName: name });
    const wrong = signInNameProblem(name);
    if (wrong !== null) return refuse('name', wrong);
    const shown = await prove(c, accountId, form, FOR_NAME, { typedName: name });
    if ('answer' in shown) return shown.answer;
    const { proven } = shown;
    const errors = await nameErrors(accountId, name);
    if (errors.name !== undefined) return refuse('name', errors.name);
    const changed = await db.writeUnlessRefused(
      async (tx) => (await useProofs(tx, now(), proven)) ?? changeName(tx, now(), proven.credentials, name),
    );
    if ('refusal' in changed) {
      if (changed.refusal === 'name-taken') return refuse('name', TAKEN);
      return show(c, accountId, voidProof(FOR_NAME, changed.refusal), { typedName: name });
    }
    return seeOther(c, '/account', { kind: 'done', text: 'The name you sign in with is changed.' });
  });

  web.post('/account/password', async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null) return c.notFound();
    const form = await readForm(c);
    const own = await credentialsOf(db.reads, accountId);
    const errors = await passwordErrors(form, accountId, own?.name ?? '');
    const endOthers = form.one('endOthers') !== undefined;
    if (Object.keys(errors).length > 0) return show(c, accountId, errors, { endOthers });
    const shown = await prove(c, accountId, form, FOR_PASSWORD, { endOthers });
    if ('answer' in shown) return shown.answer;
    const { proven } = shown;
    const passwordHash = await door.passwords.hash(typedPassword(form).password);
    const browser = browserOf(c);
    const isOwnCode = proven.factor?.kind === 'step';
    const more = {
      factorAt: proven.factorAt,
      endOthers: endOthers ? (isOwnCode ? 'password-and-authenticator' : 'password') : null,
    } as const;
    const changed = await db.writeUnlessRefused(
      async (tx) =>
        (await useProofs(tx, now(), proven)) ??
        changePassword(tx, now(), proven.credentials, passwordHash, browser, more),
    );
    if ('refusal' in changed) return show(c, accountId, voidProof(FOR_PASSWORD, changed.refusal), { endOthers });
    renewed(c, changed.token);
    if (changed.codes !== null)
      return showCodes(c, 'The password is changed', changed.codes, endedSentences('password'));
    const others = waysInWords(await waysInTo(db.reads, now(), accountId), c.var.site.locale);
    const said = [
      'The password is changed. All your other devices are signed out.',
      ...(changed.forgotAddress ? ['The e-mail address that waited to be confirmed is forgotten.'] : []),
      ...(others === null ? [] : [`These still let in: ${others}.`]),
    ];
    return seeOther(c, '/account', { kind: 'done', text: said.join(' ') });
  });

  web.post('/account/recovery-codes', async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null) return c.notFound();
    const form = await readForm(c);
    // A recovery code counts as a code: whoever makes new ones shows both.
    const shown = await prove(c, accountId, form, FOR_CODES);
    if ('answer' in shown) return shown.answer;
    const made = await db.writeUnlessRefused(
      async (tx) => (await useProofs(tx, now(), shown.proven)) ?? renewCodes(tx, now(), shown.proven.credentials),
    );
    if ('refusal' in made) return show(c, accountId, voidProof(FOR_CODES, made.refusal));
    return showCodes(c, 'Your new recovery codes', made.codes);
  });

  web.post('/sessions/others/end', async (c) => {
    const { accountId } = c.var.viewer;
    const token = c.var.sessionToken;
    if (accountId === null || token === null) return c.notFound();
    const { mark } = browserOf(c);
    await db.write((tx) => endOtherDevices(tx, accountId, { token, mark }));
    return seeOther(c, '/account', { kind: 'done', text: 'All your other devices are signed out.' });
  });

  web.post('/sessions/:id/end', async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null) return c.notFound();
    const ended = await db.write((tx) => endDevice(tx, accountId, c.req.param('id')));
    return ended ? seeOther(c, '/account', { kind: 'done', text: 'The device is signed out.' }) : c.notFound();
  });
}
