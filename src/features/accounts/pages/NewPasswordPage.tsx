/** Where the link of a forgotten password leads: a new one, typed twice. */
import { Button, ButtonLink, ErrorSummary } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { FormTarget, SiteView } from '../../../ui/site-view.ts';
import { LATELY } from '../ways-in.ts';
import { NewPasswordFields } from './NewPasswordFields.tsx';

export interface NewPasswordView {
  /** Null for a link that is used, too old or unknown: which of them it is, is not told. */
  set: FormTarget | null;
  errors: Partial<Record<'password' | 'confirmation', string>>;
}

const order = ['password', 'confirmation'] as const;

export function NewPasswordPage({ site, view }: { site: SiteView; view: NewPasswordView }) {
  const { errors } = view;
  return (
    <Layout site={site} title="Set a new password" noindex kind="form" reportable={false}>
      {view.set === null ? (
        <div class="gate">
          <h1>This link does not work any more</h1>
          <p>It was used, or it is older than an hour.</p>
          <div class="actions">
            <ButtonLink href="/forgotten">Ask for another one</ButtonLink>
          </div>
        </div>
      ) : (
        <>
          <div class="page-head">
            <h1>Set a new password</h1>
            <p>
              It ends your sessions on all devices, and your passkeys, tokens and recovery codes: you get new codes. If
              you sign in with codes of an app, they stay, and so do recovery codes that are older than {LATELY}.
            </p>
          </div>
          <ErrorSummary
            title="The password is not changed:"
            errors={order.flatMap((name) => (errors[name] ? [{ name, text: errors[name] }] : []))}
          />
          <form class="fields" method="post" action={view.set.action}>
            <NewPasswordFields errors={errors} />
            <div class="actions save">
              <Button look="primary">Set the new password</Button>
            </div>
          </form>
        </>
      )}
    </Layout>
  );
}
