/** What moderators have said to an account, for the account alone. */
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Button } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { Measures, type MeasureLine } from './Measures.tsx';

export function StandingPage({ site, view }: { site: SiteView; view: { measures: readonly MeasureLine[] } }) {
  const unread = view.measures.filter((one) => one.kind === 'warning' && one.acknowledgedAt === null);
  return (
    <Layout site={site} title="Your standing" noindex kind="form" reportable={false}>
      <div class="page-head">
        <h1>Your standing</h1>
        <p>
          What those who look after this archive have said to you. Nobody else can see it. The{' '}
          <a href="/rules">rules</a> say what holds here; answer through <a href="/contact">contact</a>.
        </p>
      </div>
      {view.measures.length === 0 ? (
        <EmptyState title="Nothing">
          <p>You have not been warned, and you can do all that members do.</p>
        </EmptyState>
      ) : (
        <Measures site={site} measures={view.measures} />
      )}
      {unread.length > 0 && (
        <form method="post" action="/standing/acknowledgement">
          {unread.map((one) => (
            <input type="hidden" name="warning" value={one.publicId} />
          ))}
          <Button look="primary">I have read it</Button>
        </form>
      )}
    </Layout>
  );
}
