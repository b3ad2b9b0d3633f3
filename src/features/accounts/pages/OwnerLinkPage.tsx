/** Where the owner's link leads: one button, because a link alone must not sign anybody in. */
import { ActionForm, ButtonLink } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { FormTarget, SiteView } from '../../../ui/site-view.ts';

export interface OwnerLinkView {
  /** 'over' covers used, expired and unknown alike: which of them it was is not told. */
  state: { kind: 'ready'; signIn: FormTarget } | { kind: 'over' };
}

export function OwnerLinkPage({ site, view }: { site: SiteView; view: OwnerLinkView }) {
  return (
    <Layout site={site} title="Sign in as the owner" noindex kind="form">
      <div class="gate">
        <p class="eyebrow">For the owner of this archive</p>
        {view.state.kind === 'ready' ? (
          <>
            <h1>Sign in as the owner</h1>
            <p>This link works once, within 24 hours of being made. The button uses it up.</p>
            <div class="actions">
              <ActionForm target={view.state.signIn} label="Sign in as the owner" look="primary" />
            </div>
          </>
        ) : (
          <>
            <h1>This link does not work any more</h1>
            <p>It was used, or it is older than 24 hours. In the archive&rsquo;s folder, this makes a new one:</p>
            <pre class="command">./fanfold owner-link</pre>
            <div class="actions">
              <ButtonLink href="/">Go to the archive</ButtonLink>
            </div>
          </>
        )}
      </div>
    </Layout>
  );
}
