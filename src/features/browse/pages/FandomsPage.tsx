/** All fandoms by letter, each with the number of works this viewer may see. */
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf } from '../../../ui/numbers.ts';
import type { SiteView } from '../../../ui/site-view.ts';
import { CountedNames, type CountedName } from './CountedNames.tsx';

export interface FandomsView {
  total: number;
  /** False while counts are being prepared. */
  counted: boolean;
  /** In the order to show; letter "#" for what starts with no letter. */
  groups: { letter: string; fandoms: CountedName[] }[];
}

export function FandomsPage({ site, view }: { site: SiteView; view: FandomsView }) {
  return (
    <Layout site={site} title="Fandoms" canonical={site.path}>
      <div class="page-head">
        <h1>Fandoms</h1>
        <p class="total">
          <b>{countOf(view.total, 'fandom', site.locale)}</b>, by letter
        </p>
        {!view.counted && <p class="remark">Counts are being prepared.</p>}
      </div>
      {view.groups.length === 0 && (
        <EmptyState title="No fandoms yet" icon="list">
          <p>A fandom appears here with its first posted work.</p>
        </EmptyState>
      )}
      {view.groups.length > 1 && (
        <nav class="letters" aria-label="Letters">
          <ul class="letter-links">
            {view.groups.map((group, place) => (
              <li>
                <a href={`#letter-${place + 1}`} dir="auto">
                  {group.letter}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {view.groups.map((group, place) => (
        <section class="letter" aria-labelledby={`letter-${place + 1}`}>
          <h2 id={`letter-${place + 1}`} dir="auto">
            {group.letter}
          </h2>
          <CountedNames names={group.fandoms} locale={site.locale} />
        </section>
      ))}
    </Layout>
  );
}
