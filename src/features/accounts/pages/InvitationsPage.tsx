/** Invitations that somebody has made: to give away, to look after, to take back. Who used one is not told. */
import { ActionForm } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf } from '../../../ui/numbers.ts';
import type { SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';
import { InvitationByMail, type InvitationByMailView } from './InvitationByMail.tsx';

export interface InvitationRow {
  state: 'unused' | 'used' | 'withdrawn' | 'expired';
  createdAt: number;
  endsAt: number;
  /** Path of the form that takes it back. */
  withdraw: string;
}

export interface InvitationsView {
  /** Just made, and shown this once. */
  made?: { code: string; href: string };
  /** How many more can be made; null for any number. */
  left: number | null;
  error?: string;
  /** Absent where the archive sends no mail. */
  byMail?: InvitationByMailView;
  invitations: InvitationRow[];
  /** Days in which one must be used. */
  days: number;
  /** How people join at present: an invitation is only needed by one way. */
  joining: 'invitation' | 'open' | 'closed';
}

const STATES = { unused: 'Unused', used: 'Used', withdrawn: 'Withdrawn', expired: 'Expired' } as const;

export function InvitationsPage({ site, view }: { site: SiteView; view: InvitationsView }) {
  return (
    <Layout site={site} title="Invitations" noindex kind="form">
      <div class="page-head">
        <h1>Invitations</h1>
        <p>
          Each lets one person join, within {view.days} days.
          {view.left !== null && ` You can make ${countOf(view.left, 'more', site.locale, 'more')}.`}
        </p>
        {view.joining === 'open' && <p>At present everybody can join without one.</p>}
        {view.joining === 'closed' && <p>At present nobody can join, not even with one.</p>}
        {view.error && (
          <p class="error" role="alert">
            {view.error}
          </p>
        )}
        {view.left !== 0 && (
          <div class="actions">
            <ActionForm target={{ action: '/invitations' }} label="Make an invitation" look="primary" />
          </div>
        )}
      </div>
      {view.made && (
        <section class="box account-told" aria-labelledby="made">
          <h2 id="made">Your invitation</h2>
          <p>It is shown this once. Give away the code, or the address that holds it:</p>
          <pre class="command">{view.made.code}</pre>
          <pre class="command">{view.made.href}</pre>
        </section>
      )}
      {view.byMail && view.left !== 0 && <InvitationByMail view={view.byMail} />}
      {view.invitations.length === 0 ? (
        <p>You have made none yet.</p>
      ) : (
        <ul class="rows">
          {view.invitations.map((invitation) => (
            <Row site={site} invitation={invitation} />
          ))}
        </ul>
      )}
    </Layout>
  );
}

function Row({ site, invitation }: { site: SiteView; invitation: InvitationRow }) {
  const unused = invitation.state === 'unused';
  return (
    <li>
      <div>
        <h2>{STATES[invitation.state]}</h2>
        <p class="figures">
          <span>
            Made <Time at={invitation.createdAt} site={site} />
          </span>
          {unused && (
            <span>
              Good until <Time at={invitation.endsAt} site={site} hint />
            </span>
          )}
        </p>
      </div>
      {unused && (
        <div class="actions">
          <ActionForm target={{ action: invitation.withdraw }} label="Withdraw" small />
        </div>
      )}
    </li>
  );
}
