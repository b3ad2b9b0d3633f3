/** Where the link in a letter leads: one button, because a link alone must not confirm anything. The address is not shown. */
import { ActionForm, ButtonLink } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { FormTarget, SiteView } from '../../../ui/site-view.ts';

export interface ConfirmAddressView {
  /** Null for a link that is used, too old or unknown: which of them it is, is not told. */
  confirm: FormTarget | null;
}

export function ConfirmAddressPage({ site, view }: { site: SiteView; view: ConfirmAddressView }) {
  return (
    <Layout site={site} title="Confirm an e-mail address" noindex kind="form" reportable={false}>
      <div class="gate">
        {view.confirm ? (
          <>
            <h1>Confirm your e-mail address</h1>
            <p>It becomes the address of the account that it was given for. Only do this if that account is yours.</p>
            <div class="actions">
              <ActionForm target={view.confirm} label="Confirm the address" look="primary" />
            </div>
          </>
        ) : (
          <>
            <h1>This link does not work any more</h1>
            <p>
              It was used, or it is older than 7 days, or a newer one was sent. Your account has a page to try again.
            </p>
            <div class="actions">
              <ButtonLink href="/account">Go to your account</ButtonLink>
            </div>
          </>
        )}
      </div>
    </Layout>
  );
}
