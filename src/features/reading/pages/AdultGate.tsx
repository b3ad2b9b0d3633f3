/** Stands before works that could have adult content, names what is known, and asks once. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import type { CreatorLink, RatingView, TagLink } from '../../../ui/Blurb.tsx';
import { Byline } from '../../../ui/Byline.tsx';
import { ActionForm, ButtonLink } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { Language, SiteView } from '../../../ui/site-view.ts';

export interface AdultGateView {
  title: string;
  language: Language;
  creators: CreatorLink[];
  rating: RatingView | null;
  warnings: TagLink[];
  /** Path to show after consent: posted to /adult-consent as `return`. */
  returnTo: string;
  /** The way back, for instance the works list. */
  backHref: string;
  /** Whoever trains AI is asked to leave the work out. */
  noTraining: boolean;
}

export function AdultGate({ site, view }: { site: SiteView; view: AdultGateView }) {
  return (
    <Layout site={site} title="Adult content" noindex noTraining={view.noTraining} kind="form">
      <div class="gate">
        <p class="eyebrow">Before you read</p>
        <h1>This work could have adult content</h1>
        <div class="box gate-work">
          <p class="gate-title" {...inLanguage(view.language)}>
            {view.title || 'Untitled'}
          </p>
          <Byline creators={view.creators} />
          <dl class="facts">
            <div>
              <dt>Rating</dt>
              <dd>{view.rating?.name ?? 'None yet'}</dd>
            </div>
            <div>
              <dt>Archive warnings</dt>
              <dd>
                {view.warnings.length === 0 ? 'None yet' : view.warnings.map((warning) => <div>{warning.name}</div>)}
              </dd>
            </div>
          </dl>
        </div>
        <p>If you go on, you say that you are willing to see such content. This browser remembers it.</p>
        <div class="actions">
          <ActionForm
            target={{ action: '/adult-consent', fields: { return: view.returnTo } }}
            label="Go on to the work"
            look="primary"
          />
          {site.viewer && (
            <ActionForm
              target={{ action: '/adult-consent', fields: { return: view.returnTo, always: 'on' } }}
              label="Go on, and never ask me again"
            />
          )}
          <ButtonLink href={view.backHref}>Go back</ButtonLink>
        </div>
      </div>
    </Layout>
  );
}
