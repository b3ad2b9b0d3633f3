/** Signing in by name and password. What was wrong, name or password, is not told. */
import { Button, ErrorSummary, HiddenFields, PasswordField, TextField } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { PasskeyOffer } from './PasskeyOffer.tsx';

export interface SignInView {
  name: string;
  /** Where to go afterwards: a path of this archive. */
  back: string;
  /** A form, as JSON, that was sent after its session had ended: it comes back filled in when they are signed in. */
  typed?: string;
  error?: string;
  /** Whether a new password can be sent by mail. */
  mail: boolean;
}

export function SignInPage({ site: all, view }: { site: SiteView; view: SignInView }) {
  // Nothing leads away from a text that is carried along, not the head of the page either.
  const site = view.typed === undefined ? all : { ...all, joinable: false };
  return (
    <Layout site={site} title="Sign in" noindex kind="form">
      <div class="page-head">
        <h1>Sign in</h1>
        {view.typed !== undefined && (
          <p role="status">
            You were signed out before this was saved. Sign in on this page, and what you typed comes back. Nothing is
            saved yet.
          </p>
        )}
        {site.joinable && (
          <p>
            New here? <a href="/join">Join the archive</a>.
          </p>
        )}
      </div>
      <ErrorSummary
        title="You are not signed in:"
        errors={view.error === undefined ? [] : [{ name: 'name', text: view.error }]}
      />
      <form class="fields" method="post" action="/sign-in">
        <HiddenFields fields={{ return: view.back, ...(view.typed === undefined ? {} : { typed: view.typed }) }} />
        <TextField name="name" label="Name" value={view.name} error={view.error} language={null} fill="username" />
        <PasswordField name="password" label="Password" fill="current-password" />
        <div class="actions save">
          <Button look="primary">Sign in</Button>
        </div>
      </form>
      <PasskeyOffer site={site} back={view.back} typed={view.typed} />
      <OtherWays view={view} />
    </Layout>
  );
}

/** What to do without the password. Where a text is carried along, no link leads away from it. */
function OtherWays({ view }: { view: SignInView }) {
  if (view.typed !== undefined)
    return (
      <p class="after-form">
        Forgot the password? Set a new one in another tab, then sign in here: this page keeps what you typed.
      </p>
    );
  return (
    <p class="after-form">
      Forgot the password?{' '}
      {view.mail && (
        <>
          <a href="/forgotten">Set a new one by mail</a>, or{' '}
        </>
      )}
      <a href="/sign-in/recovery">{view.mail ? 'use a recovery code' : 'Use a recovery code'}</a>.
    </p>
  );
}
