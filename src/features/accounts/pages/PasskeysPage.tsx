/** One's own passkeys, and the form that adds one. Making one is the browser's doing, so it needs the script. */
import { Button, ButtonLink, PasswordField, TextField } from '../../../ui/Form.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { CodeField } from './CodeField.tsx';
import { KeyRows, type KeyRow } from './KeyRows.tsx';

export interface PasskeysView {
  passkeys: (KeyRow & { href: string })[];
  /** Whether browsers make passkeys for the address that this page is looked at by. */
  possible: boolean;
  hasPassword: boolean;
  /** Whether signing in asks for a code: then adding a passkey does, too. */
  asksForCode: boolean;
  nameLimit: number;
  error?: string;
}

export function PasskeysPage({ site, view }: { site: SiteView; view: PasskeysView }) {
  return (
    <Layout site={site} title="Your passkeys" noindex kind="form">
      <div class="page-head">
        <h1>Your passkeys</h1>
        <p>
          A passkey lives on your phone, your computer or a security key. It lets you in by a fingerprint, your face or
          the PIN of the device, without name, password or code.
        </p>
      </div>
      {view.passkeys.length > 0 && (
        <section class="account-part" aria-labelledby="your-passkeys">
          <h2 id="your-passkeys">What you can sign in with</h2>
          <KeyRows
            site={site}
            rows={view.passkeys}
            made="Added"
            actions={(passkey) => (
              <ButtonLink href={passkey.href} small>
                Rename or remove<span class="visually-hidden"> {passkey.name}</span>
              </ButtonLink>
            )}
          />
        </section>
      )}
      <section class="account-part" aria-labelledby="add-passkey">
        <h2 id="add-passkey">Add a passkey</h2>
        <AddPasskey site={site} view={view} />
      </section>
      <p class="after-form">
        <ButtonLink href="/account" small>
          Back to your account
        </ButtonLink>
      </p>
    </Layout>
  );
}

function AddPasskey({ site, view }: { site: SiteView; view: PasskeysView }) {
  if (!view.hasPassword) return <p>Set a name and a password first.</p>;
  if (!view.possible)
    return (
      <p>
        Browsers make passkeys for addresses that begin with https, and for <code>localhost</code>. This archive is
        looked at by another address, so there are none here.
      </p>
    );
  return (
    <passkey-add>
      {/* The script shows the form in place of this: without it, the form would lead nowhere. */}
      <p class="without-script">
        Your browser makes the passkey by JavaScript. Where this page runs it, the form is here.
      </p>
      <form class="fields" method="post" action="/account/passkeys" hidden>
        <p class="error" role="alert" id="passkey-error">
          {view.error !== undefined && (
            <>
              <Icon name="warning" /> {view.error}
            </>
          )}
        </p>
        <input type="hidden" name="credential" value="" />
        <TextField
          name="name"
          label="Name"
          help="To know it again: “Phone”, “blue security key”."
          value=""
          maxLength={view.nameLimit}
        />
        <PasswordField name="password" label="Your password" fill="current-password" />
        {view.asksForCode && <CodeField />}
        <div class="actions save">
          <Button look="primary">Add a passkey</Button>
        </div>
      </form>
      <script type="module" src={site.assets('keys.js')}></script>
    </passkey-add>
  );
}
