/** Back in without the password: a recovery code, which is used up, and a new password. */
import { Button, ErrorSummary, TextField } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { NewPasswordFields } from './NewPasswordFields.tsx';

export type RecoveryField = 'name' | 'code' | 'password' | 'confirmation';

export interface RecoveryView {
  name: string;
  errors: Partial<Record<RecoveryField, string>>;
  /** Whether a new password can be sent by mail. */
  mail?: boolean;
}

const order = ['name', 'code', 'password', 'confirmation'] as const satisfies RecoveryField[];

export function RecoveryPage({ site, view }: { site: SiteView; view: RecoveryView }) {
  const { errors } = view;
  return (
    <Layout site={site} title="Use a recovery code" noindex kind="form">
      <div class="page-head">
        <h1>Use a recovery code</h1>
        <p>
          You were shown ten of them when you joined. Each works once. A new password ends your sessions on all devices,
          your passkeys, tokens and other recovery codes: you get new ones.
        </p>
      </div>
      <ErrorSummary
        title="The password is not changed:"
        errors={order.flatMap((name) => (errors[name] ? [{ name, text: errors[name] }] : []))}
      />
      <form class="fields" method="post" action="/sign-in/recovery">
        <TextField name="name" label="Name" value={view.name} error={errors.name} language={null} fill="username" />
        <TextField
          name="code"
          label="Recovery code"
          help="It looks like k3m9x-2q4zt-7hh0d-w5e8r."
          value=""
          error={errors.code}
          maxLength={60}
        />
        <NewPasswordFields errors={errors} />
        <div class="actions save">
          <Button look="primary">Set the new password</Button>
        </div>
      </form>
      {view.mail && (
        <p class="after-form">
          No code? <a href="/forgotten">Set a new password by mail</a>.
        </p>
      )}
    </Layout>
  );
}
