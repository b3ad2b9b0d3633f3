/** Asking for a new password by mail. The answer is the same whoever is meant. */
import { Button, ErrorSummary, TextField } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';

export interface ForgottenView {
  typed: string;
  error?: string;
}

export function ForgottenPage({ site, view }: { site: SiteView; view: ForgottenView }) {
  return (
    <Layout site={site} title="Forgot the password" noindex kind="form">
      <div class="page-head">
        <h1>Forgot the password</h1>
        <p>If your account has a confirmed e-mail address, a link is sent to it that sets a new password.</p>
      </div>
      <ErrorSummary
        title="Nothing was sent:"
        errors={view.error === undefined ? [] : [{ name: 'who', text: view.error }]}
      />
      <form class="fields" method="post" action="/forgotten">
        <TextField
          name="who"
          label="Name or e-mail address"
          help="The name you sign in with, or the address of your account."
          value={view.typed}
          error={view.error}
          maxLength={300}
          language={null}
          fill="username"
        />
        <div class="actions save">
          <Button look="primary">Send the link</Button>
        </div>
      </form>
      <p class="after-form">
        No address? <a href="/sign-in/recovery">Use a recovery code</a>.
      </p>
    </Layout>
  );
}
