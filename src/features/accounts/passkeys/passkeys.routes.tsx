/** One's own passkeys: added with the password, called something, removed. */
import type { Hono } from 'hono';
import type { Ground } from '../../../platform/ground.ts';
import { readForm } from '../../../platform/http/form.ts';
import { showPage } from '../../../ui/show.ts';
import { useProofs } from '../authenticator/authenticator.actions.ts';
import { isCodeDue, proveBoth, typedProofs, VOID_PROOF } from '../authenticator/both-proofs.ts';
import { KEY_NAME_CHARACTERS, keyNameProblem, tidyKeyName } from '../key-name.ts';
import { PasskeyPage, type PasskeyErrors } from '../pages/PasskeyPage.tsx';
import { PasskeysPage } from '../pages/PasskeysPage.tsx';
import type { Door } from '../passwords/door.ts';
import { credentialsOf } from '../credentials.queries.ts';
import { askingIn, neverKept, seeOther, type ArchiveContext, type ArchiveEnv } from '../web.ts';
import { askToRegister, challengeIn, checkRegistration, readRegistration } from './ceremony.ts';
import {
  addPasskey,
  askChallenge,
  ensurePasskeyUser,
  removePasskey,
  renamePasskey,
  takeChallenge,
} from './passkeys.actions.ts';
import { passkeysOf } from './passkeys.queries.ts';
import { relyingPartyOf } from './relying-party.ts';

const PLACE = '/account/passkeys';
const REFUSALS = {
  known: 'This passkey is known already.',
  'too-many': 'You have as many passkeys as there can be. Remove one first.',
};

export function passkeyRoutes(web: Hono<ArchiveEnv>, ground: Ground, door: Door): void {
  const { db, now, config } = ground;
  const partyOf = (c: ArchiveContext) => relyingPartyOf(config.url, new URL(c.req.url).host);

  const show = async (c: ArchiveContext, accountId: number, error?: string) => {
    const passkeys = await passkeysOf(db.reads, accountId);
    const view = {
      passkeys: passkeys.map(({ publicId, name, createdAt, usedOn }) => ({
        name,
        createdAt,
        usedOn,
        href: `${PLACE}/${publicId}`,
      })),
      possible: partyOf(c) !== null,
      hasPassword: (await credentialsOf(db.reads, accountId)) !== null,
      asksForCode: await isCodeDue(db.reads, now(), askingIn(c, accountId)),
      nameLimit: KEY_NAME_CHARACTERS,
      ...(error === undefined ? {} : { error }),
    };
    return showPage(c, <PasskeysPage site={c.var.site} view={view} />, error === undefined ? 200 : 422);
  };

  const showOne = async (c: ArchiveContext, accountId: number, errors: PasskeyErrors = {}, typed?: string) => {
    const passkey = (await passkeysOf(db.reads, accountId)).find((one) => one.publicId === c.req.param('id'));
    if (!passkey) return c.notFound();
    const base = `${PLACE}/${passkey.publicId}`;
    const view = {
      base,
      name: passkey.name,
      typed: typed ?? passkey.name,
      errors,
      asksForCode: await isCodeDue(db.reads, now(), askingIn(c, accountId)),
      nameLimit: KEY_NAME_CHARACTERS,
    };
    return showPage(c, <PasskeyPage site={c.var.site} view={view} />, Object.keys(errors).length > 0 ? 422 : 200);
  };

  web.get(PLACE, async (c) => {
    const { accountId } = c.var.viewer;
    return accountId === null ? c.redirect(`/sign-in?return=${PLACE}`) : show(c, accountId);
  });

  // For the script of the page, which hands the answer to the browser.
  web.post(`${PLACE}/challenge`, async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null) return c.notFound();
    const form = await readForm(c);
    const party = partyOf(c);
    const refuse = (field: string, sentence: string) => neverKept(c.json({ field, sentence }, 422));
    if (!party) return refuse('password', 'Passkeys need an address that begins with https.');
    const proven = await proveBoth({ handle: db.reads, door, now: now() }, askingIn(c, accountId), typedProofs(form));
    if ('field' in proven) return refuse(proven.field, proven.sentence);
    const begun = await db.writeUnlessRefused(
      async (tx) =>
        (await useProofs(tx, now(), proven)) ?? {
          user: await ensurePasskeyUser(tx, accountId),
          challenge: await askChallenge(tx, now(), accountId),
        },
    );
    if ('refusal' in begun) return refuse(VOID_PROOF[begun.refusal].field, VOID_PROOF[begun.refusal].sentence);
    const known = await passkeysOf(db.reads, accountId);
    const user = { handle: begun.user, name: proven.credentials.name };
    return neverKept(c.json(await askToRegister(party, c.var.site.name, user, begun.challenge, known)));
  });

  web.post(PLACE, async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null) return c.notFound();
    const form = await readForm(c);
    const name = tidyKeyName(form.one('name') ?? '');
    const said = readRegistration(form.one('credential') ?? '');
    const party = partyOf(c);
    const wrong = keyNameProblem(name);
    if (wrong !== null) return show(c, accountId, wrong);
    const challenge = said && challengeIn(said);
    const asked = challenge ? await db.write((tx) => takeChallenge(tx, now(), challenge, accountId)) : false;
    const made = asked && party && said && challenge ? await checkRegistration(party, said, challenge) : null;
    if (!made) return show(c, accountId, 'The passkey was not made, or that took too long. Try again.');
    const added = await db.writeUnlessRefused((tx) => addPasskey(tx, now(), accountId, { ...made, name }));
    if ('refusal' in added) return show(c, accountId, REFUSALS[added.refusal]);
    return seeOther(c, PLACE, { kind: 'done', text: 'The passkey is added. You can sign in with it.' });
  });

  web.get(`${PLACE}/:id`, async (c) => {
    const { accountId } = c.var.viewer;
    return accountId === null ? c.notFound() : showOne(c, accountId);
  });

  web.post(`${PLACE}/:id/name`, async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null) return c.notFound();
    const name = tidyKeyName((await readForm(c)).one('name') ?? '');
    const wrong = keyNameProblem(name);
    if (wrong !== null) return showOne(c, accountId, { name: wrong }, name);
    const renamed = await db.write((tx) => renamePasskey(tx, accountId, c.req.param('id'), name));
    return renamed ? seeOther(c, PLACE, { kind: 'done', text: 'The passkey has its new name.' }) : c.notFound();
  });

  web.post(`${PLACE}/:id/removal`, async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null) return c.notFound();
    const id = c.req.param('id');
    const form = await readForm(c);
    if (!(await passkeysOf(db.reads, accountId)).some((one) => one.publicId === id)) return c.notFound();
    const proven = await proveBoth({ handle: db.reads, door, now: now() }, askingIn(c, accountId), typedProofs(form));
    if ('field' in proven) return showOne(c, accountId, { [proven.field]: proven.sentence });
    const removed = await db.writeUnlessRefused(
      async (tx) => (await useProofs(tx, now(), proven)) ?? { removed: await removePasskey(tx, now(), accountId, id) },
    );
    if ('refusal' in removed) {
      const { field, sentence } = VOID_PROOF[removed.refusal];
      return showOne(c, accountId, { [field]: sentence });
    }
    return removed.removed
      ? seeOther(c, PLACE, { kind: 'done', text: 'The passkey is removed. It lets nobody in.' })
      : c.notFound();
  });
}
