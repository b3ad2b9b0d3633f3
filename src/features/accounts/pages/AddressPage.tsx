/** The e-mail address of one's own account: given, changed, taken away. Nobody needs one. */
import { Button, EmailField, ErrorSummary, PasswordField } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { CodeField } from './CodeField.tsx';
import { Time } from '../../../ui/Time.tsx';

export type AddressField = 'address' | 'presentForAddress' | 'codeForAddress' | 'presentForRemoval' | 'codeForRemoval';

export interface AddressView {
  confirmed: string | null;
  waiting: { address: string; endsAt: number } | null;
  /** Whether the account has a password to ask for. */
  secured: boolean;
  /** Whether a change asks for a code. */
  asksForCode: boolean;
  /** Whether the archive sends mail; else an address can only be taken away. */
  mail: boolean;
  typed: string;
  errors: Partial<Record<AddressField, string>>;
}

const order = [
  'address',
  'presentForAddress',
  'codeForAddress',
  'presentForRemoval',
  'codeForRemoval',
] as const satisfies AddressField[];

export function AddressPage({ site, view }: { site: SiteView; view: AddressView }) {
  const { errors, confirmed, waiting } = view;
  return (
    <Layout site={site} title="E-mail address" noindex kind="form">
      <div class="page-head">
        <h1>E-mail address</h1>
        <p>
          With one you can set a new password by mail, and are told when something happens to your account. Nobody but
          you is shown it. You need none.
        </p>
      </div>
      <ErrorSummary
        title="Nothing was changed:"
        errors={order.flatMap((name) => (errors[name] ? [{ name, text: errors[name] }] : []))}
      />
      <section class="account-part" aria-labelledby="present-address">
        <h2 id="present-address">Your address</h2>
        <p>{confirmed === null ? 'None is confirmed.' : <bdi>{confirmed}</bdi>}</p>
        {waiting && (
          <p>
            <bdi>{waiting.address}</bdi> waits to be confirmed by the link that was sent to it, until{' '}
            <Time at={waiting.endsAt} site={site} />. No mail? Look into the folder for spam, or give the address once
            more.
          </p>
        )}
      </section>
      {view.mail && (view.secured ? <Giving view={view} /> : <FirstAPassword />)}
      {view.secured && (confirmed !== null || waiting !== null) && (
        <section class="account-part" aria-labelledby="remove-address">
          <h2 id="remove-address">Remove it</h2>
          <p>Without an address, only a recovery code lets you in when you have lost your password.</p>
          <form class="fields" method="post" action="/account/email/removal">
            <PasswordField
              name="presentForRemoval"
              label="Your password"
              error={errors.presentForRemoval}
              fill="current-password"
            />
            {view.asksForCode && <CodeField name="codeForRemoval" error={errors.codeForRemoval} />}
            <div class="actions">
              <Button>Remove the address</Button>
            </div>
          </form>
        </section>
      )}
    </Layout>
  );
}

function Giving({ view }: { view: AddressView }) {
  return (
    <section class="account-part" aria-labelledby="give-address">
      <h2 id="give-address">{view.confirmed === null ? 'Give an address' : 'Change it'}</h2>
      {view.confirmed !== null && <p>The present one stays until the new one is confirmed, and is told of it then.</p>}
      <form class="fields" method="post" action="/account/email">
        <EmailField
          name="address"
          label="E-mail address"
          help="A link is sent to it, which is good for 7 days."
          value={view.typed}
          error={view.errors.address}
        />
        <PasswordField
          name="presentForAddress"
          label="Your password"
          error={view.errors.presentForAddress}
          fill="current-password"
        />
        {view.asksForCode && <CodeField name="codeForAddress" error={view.errors.codeForAddress} />}
        <div class="actions">
          <Button look="primary">Send the link</Button>
        </div>
      </form>
    </section>
  );
}

function FirstAPassword() {
  return (
    <p>
      An address is given with a password, and you have none yet. <a href="/account">Set a name and a password first</a>
      .
    </p>
  );
}
