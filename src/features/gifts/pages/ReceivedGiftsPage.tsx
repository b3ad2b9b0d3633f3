/** The works that others have given to an account, each with the answers that can be given. Nobody else sees it. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { Byline } from '../../../ui/Byline.tsx';
import type { CreatorLink } from '../../../ui/Blurb.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ActionForm } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { FormTarget, Language, SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';
import type { GiftState } from '../gift.ts';

export interface ReceivedGiftView {
  title: string;
  href: string;
  language: Language;
  /** Empty for an anonymous work. */
  creators: CreatorLink[];
  pseud: string;
  at: number;
  state: GiftState;
  accept: FormTarget;
  refuse: FormTarget;
}

const STATES: Record<GiftState, string> = {
  waiting: 'Not answered yet.',
  accepted: 'Accepted: the work says that it is for you.',
  refused: 'Refused: your name is not on it.',
};

export function ReceivedGiftsPage({ site, view }: { site: SiteView; view: { gifts: ReceivedGiftView[] } }) {
  return (
    <Layout site={site} title="Gifts to you" noindex>
      <div class="page-head">
        <h1>Gifts to you</h1>
        <p>
          A work says that it is for you only when you have accepted.{' '}
          <a href="/account#together">Who may give you works</a>
        </p>
      </div>
      {view.gifts.length === 0 && (
        <EmptyState title="No gifts">
          <p>Works that others have made for you are answered here.</p>
        </EmptyState>
      )}
      {view.gifts.length > 0 && (
        <ul class="rows">
          {view.gifts.map((gift) => (
            <li>
              <div>
                <h2 {...inLanguage(gift.language)}>
                  <a href={gift.href}>{gift.title || 'Untitled'}</a>
                </h2>
                <Byline creators={gift.creators} />
                <p>
                  For <bdi>{gift.pseud}</bdi>, given <Time at={gift.at} site={site} hint />. {STATES[gift.state]}
                </p>
              </div>
              <div class="actions">
                {gift.state !== 'accepted' && (
                  <ActionForm target={gift.accept} label="Accept" about={gift.title} look="primary" small />
                )}
                {gift.state !== 'refused' && (
                  <ActionForm target={gift.refuse} label="Refuse" about={gift.title} small />
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Layout>
  );
}
