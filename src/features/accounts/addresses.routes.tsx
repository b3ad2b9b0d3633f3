/** The e-mail address of one's own account, and the link that confirms it. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { readForm, type Form } from '../../platform/http/form.ts';
import { limit } from '../../platform/http/limit.ts';
import { readAddress } from '../../platform/mail/address.ts';
import { showPage } from '../../ui/show.ts';
import { confirmAddress, giveAddress, removeAddress } from './addresses.actions.ts';
import { addressesOf, isAddressLinkGood } from './addresses.queries.ts';
import { useProofs } from './authenticator/authenticator.actions.ts';
import { isCodeDue, proveBoth, VOID_PROOF, type Asking } from './authenticator/both-proofs.ts';
import { credentialsOf } from './credentials.queries.ts';
import { AddressPage, type AddressField, type AddressView } from './pages/AddressPage.tsx';
import { ConfirmAddressPage } from './pages/ConfirmAddressPage.tsx';
import type { Door } from './passwords/door.ts';
import { askingIn, seeOther, type ArchiveContext, type ArchiveEnv } from './web.ts';

const HOUR_SECONDS = 3_600;
/** Where each form asks for what guards the account. */
interface ProofFields {
  password: AddressField;
  code: AddressField;
}
const FOR_ADDRESS: ProofFields = { password: 'presentForAddress', code: 'codeForAddress' };
const FOR_REMOVAL: ProofFields = { password: 'presentForRemoval', code: 'codeForRemoval' };
const NO_ADDRESS = 'That is no e-mail address. It looks like name@example.org.';

export function addressRoutes(web: Hono<ArchiveEnv>, ground: Ground, door: Door): void {
  const { db, now, post } = ground;
  /** Letters that one account may cause, to whatever addresses. */
  const giving = limit(5, HOUR_SECONDS);
  /** And one network, with however many accounts. */
  const givingFrom = limit(10, HOUR_SECONDS);

  /** The page, or null where there is nothing on it: no mail is sent, and no address is left to remove. */
  const viewFor = async (asking: Asking, refused: Partial<AddressView> = {}): Promise<AddressView | null> => {
    const { accountId } = asking;
    const own = await addressesOf(db.reads, now(), accountId);
    if (post === null && own.confirmed === null && own.waiting === null) return null;
    const secured = (await credentialsOf(db.reads, accountId)) !== null;
    const asksForCode = await isCodeDue(db.reads, now(), asking);
    return { ...own, secured, asksForCode, mail: post !== null, typed: '', errors: {}, ...refused };
  };
  const prove = async (c: ArchiveContext, accountId: number, form: Form, fields: ProofFields) => {
    const typed = { password: form.one(fields.password) ?? '', code: form.one(fields.code) ?? '' };
    const proven = await proveBoth({ handle: db.reads, door, now: now() }, askingIn(c, accountId), typed);
    return 'field' in proven ? { errors: { [fields[proven.field]]: proven.sentence } } : proven;
  };
  const voidProof = (fields: ProofFields, refusal: 'changed' | 'used'): AddressView['errors'] => {
    const { field, sentence } = VOID_PROOF[refusal];
    return { [fields[field]]: sentence };
  };
  const show = async (c: ArchiveContext, accountId: number, refused?: Partial<AddressView>) => {
    const view = await viewFor(askingIn(c, accountId), refused);
    if (view === null) return c.notFound();
    return showPage(c, <AddressPage site={c.var.site} view={view} />, refused === undefined ? 200 : 422);
  };

  web.get('/account/email', async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId !== null) return show(c, accountId);
    return post === null ? c.notFound() : c.redirect('/sign-in?return=/account/email');
  });

  web.post('/account/email', async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null || post === null) return c.notFound();
    const form = await readForm(c);
    const typed = (form.one('address') ?? '').trim();
    const refuse = (errors: AddressView['errors']) => show(c, accountId, { typed, errors });
    const address = readAddress(typed);
    if (address === null) return refuse({ address: NO_ADDRESS });
    const proven = await prove(c, accountId, form, FOR_ADDRESS);
    if ('errors' in proven) return refuse(proven.errors);
    const wait = (await giving.take(String(accountId))) ?? (await givingFrom.take(c.var.network));
    if (wait !== null)
      return refuse({ address: `You have given many addresses. Try again in ${Math.ceil(wait / 60)} minutes.` });
    const given = await db.writeUnlessRefused(
      async (tx) => (await useProofs(tx, now(), proven)) ?? giveAddress(tx, now(), accountId, address),
    );
    if ('refusal' in given)
      return refuse(
        given.refusal === 'same' ? { address: 'This is your address already.' } : voidProof(FOR_ADDRESS, given.refusal),
      );
    return seeOther(c, '/account/email', {
      kind: 'done',
      text: 'A mail is on its way to the new address. Open the link in it to confirm it.',
    });
  });

  web.post('/account/email/removal', async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null || (await viewFor(askingIn(c, accountId))) === null) return c.notFound();
    const form = await readForm(c);
    const proven = await prove(c, accountId, form, FOR_REMOVAL);
    if ('errors' in proven) return show(c, accountId, proven);
    const removed = await db.writeUnlessRefused(async (tx) => {
      const refused = await useProofs(tx, now(), proven);
      if (refused === null) await removeAddress(tx, now(), accountId, post !== null);
      return refused ?? { removed: true };
    });
    if ('refusal' in removed) return show(c, accountId, { errors: voidProof(FOR_REMOVAL, removed.refusal) });
    return seeOther(c, '/account', { kind: 'done', text: 'Your account has no e-mail address any more.' });
  });

  // The link alone does nothing: programs that look into mail open links, and press no button.
  web.get('/account/email/confirmation/:token', async (c) => {
    c.header('X-Robots-Tag', 'noindex');
    const { token } = c.req.param();
    const good = await isAddressLinkGood(db.reads, now(), token);
    const confirm = good ? { action: `/account/email/confirmation/${token}` } : null;
    return showPage(c, <ConfirmAddressPage site={c.var.site} view={{ confirm }} />, good ? 200 : 404);
  });

  web.post('/account/email/confirmation/:token', async (c) => {
    const good = await db.write((tx) => confirmAddress(tx, now(), c.req.param('token')));
    if (!good) return showPage(c, <ConfirmAddressPage site={c.var.site} view={{ confirm: null }} />, 404);
    return seeOther(c, c.var.viewer.accountId === null ? '/sign-in' : '/account/email', {
      kind: 'done',
      text: 'The e-mail address is confirmed.',
    });
  });
}
