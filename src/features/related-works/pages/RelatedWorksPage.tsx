/** What others say goes back to an account's works, with its answers; and what its own works ask of others. */
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ActionForm } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { FormTarget, SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';
import type { RelationKind, RelationState } from '../relation.ts';
import { RelatedTitle, type RelatedTitleView } from '../../../ui/RelatedTitle.tsx';

export interface AskedView {
  kind: RelationKind;
  state: RelationState;
  child: RelatedTitleView;
  parent: RelatedTitleView;
  at: number;
}

export interface RelatedWorksView {
  /** About one's own works. */
  asked: (AskedView & { approve: FormTarget; refuse: FormTarget })[];
  /** Of one's own works. */
  asking: (AskedView & { href: string })[];
}

const GOES_BACK: Record<RelationKind, string> = {
  'inspired-by': 'is inspired by',
  'translation-of': 'is a translation of',
};
const ANSWERS: Record<RelationState, string> = {
  waiting: 'Not answered yet.',
  approved: 'Approved: the works stand beside each other.',
  refused: 'Refused: neither work says it.',
};

export function RelatedWorksPage({ site, view }: { site: SiteView; view: RelatedWorksView }) {
  return (
    <Layout site={site} title="Related works" noindex>
      <div class="page-head">
        <h1>Related works</h1>
        <p>A work stands beside one of yours only when you have approved it.</p>
      </div>
      {view.asked.length === 0 && view.asking.length === 0 && (
        <EmptyState title="No related works">
          <p>When somebody says that their work goes back to one of yours, you are asked here.</p>
        </EmptyState>
      )}
      {view.asked.length > 0 && (
        <section class="account-part" aria-labelledby="asked-of-you">
          <h2 id="asked-of-you">About your works</h2>
          <ul class="rows">
            {view.asked.map((one) => (
              <li>
                <Pair site={site} one={one} />
                <div class="actions">
                  {one.state !== 'approved' && (
                    <ActionForm target={one.approve} label="Approve" about={one.child.title} look="primary" small />
                  )}
                  {one.state !== 'refused' && (
                    <ActionForm target={one.refuse} label="Refuse" about={one.child.title} small />
                  )}
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      {view.asking.length > 0 && (
        <section class="account-part" aria-labelledby="asked-by-you">
          <h2 id="asked-by-you">Of your works</h2>
          <ul class="rows">
            {view.asking.map((one) => (
              <li>
                <Pair site={site} one={one} />
                <div class="actions">
                  <a href={one.href}>
                    Change<span class="visually-hidden"> what {one.child.title || 'Untitled'} goes back to</span>
                  </a>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Layout>
  );
}

function Pair({ site, one }: { site: SiteView; one: AskedView }) {
  return (
    <div>
      <h3>
        <RelatedTitle work={one.child} /> {GOES_BACK[one.kind]} <RelatedTitle work={one.parent} />
      </h3>
      <p>
        Asked <Time at={one.at} site={site} hint />. {ANSWERS[one.state]}
      </p>
    </div>
  );
}
