/** A new token, shown this once: the archive keeps a hash of it only. */
import { ButtonLink } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';

export function NewTokenPage({ site, view }: { site: SiteView; view: { name: string; token: string } }) {
  return (
    <Layout site={site} title="Your new token" noindex kind="form">
      <div class="page-head">
        <h1>Your new token</h1>
        <p>
          Copy it to where {view.name} will find it. It is shown this once; if it gets lost, revoke it and make another.
        </p>
      </div>
      <p>
        <code class="authenticator-key">{view.token}</code>
      </p>
      <p class="after-form">
        A program sends it with each request: <code>Authorization: Bearer …</code>
      </p>
      <div class="actions">
        <ButtonLink href="/account/tokens" look="primary">
          I have copied it
        </ButtonLink>
      </div>
    </Layout>
  );
}
