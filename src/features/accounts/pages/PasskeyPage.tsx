/** One passkey: called something else, or removed. */
import { Button, ButtonLink, ErrorSummary, PasswordField, TextField } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { CodeField } from './CodeField.tsx';

export type PasskeyErrors = { name?: string; password?: string; code?: string };

export interface PasskeyView {
  /** Path of the passkey. */
  base: string;
  name: string;
  /** What stands in the field. */
  typed: string;
  errors: PasskeyErrors;
  /** Whether removing it asks for a code. */
  asksForCode: boolean;
  nameLimit: number;
}

export function PasskeyPage({ site, view }: { site: SiteView; view: PasskeyView }) {
  const { errors } = view;
  return (
    <Layout site={site} title={view.name} noindex kind="form">
      <div class="page-head">
        <h1>{view.name}</h1>
        <p>One of your passkeys.</p>
      </div>
      <ErrorSummary
        title="Nothing was changed:"
        errors={(['name', 'password', 'code'] as const).flatMap((name) =>
          errors[name] ? [{ name, text: errors[name] }] : [],
        )}
      />
      <section class="account-part" aria-labelledby="rename">
        <h2 id="rename">Name</h2>
        <form class="fields" method="post" action={`${view.base}/name`}>
          <TextField name="name" label="Name" value={view.typed} error={errors.name} maxLength={view.nameLimit} />
          <div class="actions">
            <Button>Rename</Button>
          </div>
        </form>
      </section>
      <section class="account-part" aria-labelledby="remove">
        <h2 id="remove">Remove</h2>
        <p>It lets nobody in any more. Remove it on your device as well: there it stays until you do.</p>
        <form class="fields" method="post" action={`${view.base}/removal`}>
          <PasswordField name="password" label="Your password" error={errors.password} fill="current-password" />
          {view.asksForCode && <CodeField error={errors.code} />}
          <div class="actions">
            <Button look="danger">Remove this passkey</Button>
          </div>
        </form>
      </section>
      <p class="after-form">
        <ButtonLink href="/account/passkeys" small>
          All your passkeys
        </ButtonLink>
      </p>
    </Layout>
  );
}
