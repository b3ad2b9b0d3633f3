/** Legal notices, for who decides on them. */
import type { ComponentChildren } from 'preact';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';
import { NOTICE_KINDS } from '../legal-notice.ts';
import { labelOf } from '../report.ts';
import { ModerationLayout } from './ModerationLayout.tsx';
import { ReasonForm, type ReasonView } from './ReasonForm.tsx';

export interface NoticeLine {
  href: string;
  publicId: string;
  kind: string;
  name: string;
  createdAt: number;
  closedAt: number | null;
}

export function NoticesPage({ site, view }: { site: SiteView; view: { notices: readonly NoticeLine[] } }) {
  return (
    <ModerationLayout site={site} title="Legal notices" lead={<a href="/legal-notice">The form by which they come</a>}>
      {view.notices.length === 0 && (
        <EmptyState title="None">
          <p>Nobody has sent one.</p>
        </EmptyState>
      )}
      <ul class="records">
        {view.notices.map((notice) => (
          <li>
            <p>
              <a href={notice.href}>
                {labelOf(NOTICE_KINDS, notice.kind)}, from <bdi>{notice.name}</bdi>
              </a>
            </p>
            <p class="small">
              {notice.publicId}, <Time at={notice.createdAt} site={site} />,{' '}
              {notice.closedAt === null ? 'waits' : 'decided'}
            </p>
          </li>
        ))}
      </ul>
    </ModerationLayout>
  );
}

export interface NoticeView extends NoticeLine {
  email: string;
  onBehalfOf: string;
  places: string;
  what: string;
  why: string;
  signature: string;
  decision: ReasonView;
}

export function NoticePage({ site, view }: { site: SiteView; view: NoticeView }) {
  return (
    <ModerationLayout
      site={site}
      title={`Legal notice ${view.publicId}`}
      lead={`${labelOf(NOTICE_KINDS, view.kind)}, ${view.closedAt === null ? 'waits' : 'decided'}.`}
    >
      <dl class="facts">
        <Fact label="Received">
          <Time at={view.createdAt} site={site} hint />
        </Fact>
        <Fact label="From">{view.name}</Fact>
        <Fact label="E-mail">{view.email}</Fact>
        {view.onBehalfOf !== '' && <Fact label="Acts for">{view.onBehalfOf}</Fact>}
        <Fact label="Where">{view.places}</Fact>
        <Fact label="What">{view.what}</Fact>
        <Fact label="Why">{view.why}</Fact>
        <Fact label="Signed">{view.signature}</Fact>
      </dl>
      <section class="section" aria-labelledby="decision">
        <h2 id="decision">Decision</h2>
        <ReasonForm
          view={view.decision}
          help="What you decided and why. The log keeps it. Send it to the address above: the law asks for an answer."
          acts={[
            {
              action: `${view.href}/closing`,
              label: view.closedAt === null ? 'Close the notice' : 'Change the decision',
              look: 'primary',
            },
          ]}
        />
      </section>
    </ModerationLayout>
  );
}

function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd class="in-their-words" dir="auto">
        {children}
      </dd>
    </div>
  );
}
