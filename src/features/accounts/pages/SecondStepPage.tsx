/** The second step of signing in: a code, after the password was right. */
import { Button, ErrorSummary, HiddenFields } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { CodeField } from './CodeField.tsx';

export interface SecondStepView {
  /** Where to go afterwards: a path of this archive. */
  back: string;
  /** A form, as JSON, that is carried through the sign-in. */
  typed?: string;
  error?: string;
}

export function SecondStepPage({ site, view }: { site: SiteView; view: SecondStepView }) {
  return (
    <Layout site={site} title="Type your code" noindex kind="form">
      <div class="page-head">
        <h1>Type your code</h1>
        <p>Your password is right. You are signed in when the code is right, too.</p>
      </div>
      <ErrorSummary
        title="You are not signed in:"
        errors={view.error === undefined ? [] : [{ name: 'code', text: view.error }]}
      />
      <form class="fields" method="post" action="/sign-in/code">
        <HiddenFields fields={{ return: view.back, ...(view.typed === undefined ? {} : { typed: view.typed }) }} />
        <CodeField error={view.error} />
        <div class="actions save">
          <Button look="primary">Sign in</Button>
        </div>
      </form>
      <p class="after-form">Without your phone, type one of your recovery codes. Each works once.</p>
    </Layout>
  );
}
