/** One's own work skins. */
import { ButtonLink } from '../../../ui/Form.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf } from '../../../ui/numbers.ts';
import type { SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';

export interface SkinsView {
  skins: {
    title: string;
    href: string;
    deleteHref: string;
    works: number;
    outdated: boolean;
    updatedAt: number;
  }[];
  /** As many as there can be. */
  full: boolean;
}

export function SkinsPage({ site, view }: { site: SiteView; view: SkinsView }) {
  return (
    <Layout site={site} title="Your work skins" noindex kind="form">
      <div class="page-head">
        <h1>Your work skins</h1>
        <p>
          A work skin is a style sheet for the text of a work. You choose one in the form of the work, and several works
          can wear the same. Readers can turn it off.
        </p>
      </div>
      {view.skins.length === 0 ? (
        <EmptyState title="No skins yet">
          <p>
            Letters, messages and other <a href="/help/blocks">ready-made blocks</a> need none.
          </p>
        </EmptyState>
      ) : (
        <ul class="rows">
          {view.skins.map((skin) => (
            <li>
              <div>
                <h2>
                  <a href={skin.href} dir="auto">
                    {skin.title}
                  </a>
                </h2>
                <p class="figures">
                  <span>{skin.works === 0 ? 'On no work' : `On ${countOf(skin.works, 'work', site.locale)}`}</span>
                  <span>
                    Changed <Time at={skin.updatedAt} site={site} hint />
                  </span>
                </p>
                {skin.outdated && <p>It does not meet the rules any more, and is not shown. Open it to see why.</p>}
              </div>
              <div class="actions">
                <ButtonLink href={skin.deleteHref} small>
                  Delete<span class="visually-hidden"> {skin.title}</span>
                </ButtonLink>
              </div>
            </li>
          ))}
        </ul>
      )}
      <div class="actions">
        {view.full ? (
          <p>You have as many skins as there can be.</p>
        ) : (
          <ButtonLink href="/account/skins/new" look="primary">
            New skin
          </ButtonLink>
        )}
      </div>
    </Layout>
  );
}
