/** Where the link leads that turns letters off: asks once, for programs that look into mail open links and press no button. */
import { ActionForm, ButtonLink } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { FormTarget, SiteView } from '../../../ui/site-view.ts';

export interface TurnOffView {
  /** When such letters come, as the preferences say it. */
  when: string;
  /** Null once they are off. */
  off: FormTarget | null;
}

export function TurnOffPage({ site, view: { when, off } }: { site: SiteView; view: TurnOffView }) {
  return (
    <Layout site={site} title="Letters by mail" noindex kind="form" reportable={false}>
      <div class="gate">
        <h1>{off === null ? 'These letters are off' : 'Turn these letters off?'}</h1>
        <p>
          They {off === null ? 'came' : 'come'} when this happens: {when}.
        </p>
        <div class="actions">
          {off === null ? (
            <ButtonLink href="/account/preferences">Your preferences</ButtonLink>
          ) : (
            <ActionForm target={off} label="Turn them off" look="primary" />
          )}
        </div>
      </div>
    </Layout>
  );
}
