/** Tokens for programs: made with the password, looked at and revoked by the person they work as. */
import type { Hono } from 'hono';
import type { Ground } from '../../../platform/ground.ts';
import { readForm } from '../../../platform/http/form.ts';
import { showPage } from '../../../ui/show.ts';
import { useProofs } from '../authenticator/authenticator.actions.ts';
import { isCodeDue, proveBoth, typedProofs, VOID_PROOF } from '../authenticator/both-proofs.ts';
import { credentialsOf } from '../credentials.queries.ts';
import { KEY_NAME_CHARACTERS, keyNameProblem, tidyKeyName } from '../key-name.ts';
import { NewTokenPage } from '../pages/NewTokenPage.tsx';
import { TokensPage, type TokensView } from '../pages/TokensPage.tsx';
import type { Door } from '../passwords/door.ts';
import { askingIn, neverKept, seeOther, type ArchiveContext, type ArchiveEnv } from '../web.ts';
import { endOfTerm, SCOPES, scopesAmong, TERMS, USUAL_TERM } from './scopes.ts';
import { makeToken, revokeToken, TOKENS_EACH } from './tokens.actions.ts';
import { tokensOf } from './tokens.queries.ts';

const PLACE = '/account/tokens';
const BLANK: TokensView['values'] = { name: '', scopes: ['read'], term: USUAL_TERM };

export function tokenRoutes(web: Hono<ArchiveEnv>, ground: Ground, door: Door): void {
  const { db, now } = ground;

  const show = async (
    c: ArchiveContext,
    accountId: number,
    values: TokensView['values'] = BLANK,
    errors: TokensView['errors'] = {},
  ) => {
    const tokens = await tokensOf(db.reads, accountId);
    const view: TokensView = {
      tokens: tokens.map((token) => ({
        name: token.name,
        scopes: token.scopes.map((scope) => SCOPES[scope]),
        createdAt: token.createdAt,
        endsAt: token.endsAt,
        ended: token.endsAt !== null && token.endsAt <= now(),
        usedOn: token.usedOn,
        revoke: `${PLACE}/${token.publicId}/revocation`,
      })),
      values,
      errors,
      scopes: Object.entries(SCOPES).map(([value, help]) => ({ value, label: value, help })),
      terms: TERMS.map(({ value, label }) => ({ value, label })),
      nameLimit: KEY_NAME_CHARACTERS,
      hasPassword: (await credentialsOf(db.reads, accountId)) !== null,
      asksForCode: await isCodeDue(db.reads, now(), askingIn(c, accountId)),
    };
    return showPage(c, <TokensPage site={c.var.site} view={view} />, Object.keys(errors).length > 0 ? 422 : 200);
  };

  web.get(PLACE, async (c) => {
    const { accountId } = c.var.viewer;
    return accountId === null ? c.redirect(`/sign-in?return=${PLACE}`) : show(c, accountId);
  });

  web.post(PLACE, async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null) return c.notFound();
    const form = await readForm(c);
    const name = tidyKeyName(form.one('name') ?? '');
    const scopes = scopesAmong(form.all('scopes'));
    const term = form.one('term') ?? '';
    const endsAt = endOfTerm(term, now());
    const errors: TokensView['errors'] = {};
    const wrong = keyNameProblem(name);
    if (wrong !== null) errors.name = wrong;
    if (scopes.length === 0) errors.scopes = 'Choose what it may do.';
    if (endsAt === undefined) errors.term = 'Choose how long it is good.';
    if (Object.keys(errors).length > 0 || endsAt === undefined)
      return show(c, accountId, { name, scopes, term }, errors);
    const refuse = (field: keyof TokensView['errors'], sentence: string) =>
      show(c, accountId, { name, scopes, term }, { [field]: sentence });
    const proven = await proveBoth({ handle: db.reads, door, now: now() }, askingIn(c, accountId), typedProofs(form));
    if ('field' in proven) return refuse(proven.field, proven.sentence);
    const made = await db.writeUnlessRefused(
      async (tx) => (await useProofs(tx, now(), proven)) ?? makeToken(tx, now(), accountId, { name, scopes, endsAt }),
    );
    if ('refusal' in made) {
      if (made.refusal === 'too-many') return refuse('name', `You have ${TOKENS_EACH} tokens. Revoke one first.`);
      return refuse(VOID_PROOF[made.refusal].field, VOID_PROOF[made.refusal].sentence);
    }
    return neverKept(showPage(c, <NewTokenPage site={c.var.site} view={{ name, token: made.token }} />));
  });

  web.post(`${PLACE}/:id/revocation`, async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null) return c.notFound();
    const revoked = await db.write((tx) => revokeToken(tx, now(), accountId, c.req.param('id')));
    return revoked
      ? seeOther(c, PLACE, { kind: 'done', text: 'The token is revoked. It opens nothing any more.' })
      : c.notFound();
  });
}
