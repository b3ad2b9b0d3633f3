/** Asking for a place in the queue for invitations. The answer is the same for an address that is in it. */
import { Button, EmailField, ErrorSummary } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';

export interface QueueView {
  typed: string;
  error?: string;
}

export function QueuePage({ site, view }: { site: SiteView; view: QueueView }) {
  return (
    <Layout site={site} title="Queue for invitations" noindex kind="form">
      <div class="page-head">
        <h1>Ask for an invitation</h1>
        <p>
          Some of those who wait are invited every day, in the order in which they confirmed their address. It is used
          for nothing else, shown to nobody, and forgotten when you are invited, when you leave the queue, or after 90
          days.
        </p>
      </div>
      <ErrorSummary
        title="Nothing was sent:"
        errors={view.error === undefined ? [] : [{ name: 'address', text: view.error }]}
      />
      <form class="fields" method="post" action="/invitations/queue">
        <EmailField
          name="address"
          label="E-mail address"
          help="A link is sent to it. It confirms your place, and shows it later."
          value={view.typed}
          error={view.error}
        />
        <div class="actions save">
          <Button look="primary">Send the link</Button>
        </div>
      </form>
      <p class="after-form">
        Have an invitation? <a href="/join">Join with it</a>.
      </p>
    </Layout>
  );
}
