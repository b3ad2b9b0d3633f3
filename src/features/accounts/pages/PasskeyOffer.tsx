/** Signing in by a passkey, beside name and password. Hidden where there is no script, or no passkeys. */
import { Button, HiddenFields } from '../../../ui/Form.tsx';
import type { SiteView } from '../../../ui/site-view.ts';

export function PasskeyOffer(props: { site: SiteView; back: string; typed?: string | undefined }) {
  const { site, back, typed } = props;
  return (
    <passkey-sign-in>
      <form class="after-form" method="post" action="/sign-in/passkey" hidden>
        <HiddenFields fields={{ return: back, ...(typed === undefined ? {} : { typed }), credential: '' }} />
        <div class="actions">
          <Button>Sign in with a passkey</Button>
        </div>
        <p class="error" role="alert"></p>
      </form>
      <script type="module" src={site.assets('keys.js')}></script>
    </passkey-sign-in>
  );
}
