/** Whether signing in asks for a code of an app, and where that is turned on and off. */
import { Button, ButtonLink, ErrorSummary, PasswordField } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf } from '../../../ui/numbers.ts';
import type { SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';
import { CodeField } from './CodeField.tsx';

export interface AuthenticatorView {
  /** Since when codes are asked for; null where none are. */
  since: number | null;
  /** Whether the account has a name and a password: without, there is nothing that a code comes after. */
  hasPassword: boolean;
  /** Whether turning it off asks for a code. */
  asksForCode: boolean;
  codesLeft: number;
  errors: { password?: string; code?: string };
}

export function AuthenticatorPage({ site, view }: { site: SiteView; view: AuthenticatorView }) {
  const { errors } = view;
  return (
    <Layout site={site} title="Authenticator codes" noindex kind="form">
      <div class="page-head">
        <h1>Authenticator codes</h1>
        <p>
          An app on your phone shows six digits, new ones each half minute. With it, your password alone lets nobody in.
        </p>
      </div>
      <ErrorSummary
        title="Nothing was changed:"
        errors={(['password', 'code'] as const).flatMap((name) => (errors[name] ? [{ name, text: errors[name] }] : []))}
      />
      {view.since !== null ? (
        <>
          <p>
            Asked for since <Time at={view.since} site={site} />. Without your phone, a recovery code works in place of
            a code: {countOf(view.codesLeft, 'recovery code', site.locale)} left.
          </p>
          <form class="fields" method="post" action="/account/authenticator/removal">
            <PasswordField name="password" label="Your password" error={errors.password} fill="current-password" />
            {view.asksForCode && <CodeField error={errors.code} />}
            <div class="actions">
              <Button look="danger">Turn codes off</Button>
            </div>
          </form>
        </>
      ) : view.hasPassword ? (
        <form class="fields" method="post" action="/account/authenticator/key">
          <PasswordField name="password" label="Your password" error={errors.password} fill="current-password" />
          <div class="actions save">
            <Button look="primary">Show the key for the app</Button>
          </div>
        </form>
      ) : (
        <p>Set a name and a password first.</p>
      )}
      <p class="after-form">
        <ButtonLink href="/account" small>
          Back to your account
        </ButtonLink>
      </p>
    </Layout>
  );
}
