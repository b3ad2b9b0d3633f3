/** What was removed because its creator asked, as far as it is remembered: when, and what the host noted. */
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ActionForm, ButtonLink } from '../../../ui/Form.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { formatDate, Time } from '../../../ui/Time.tsx';
import { ImportsLayout } from './ImportsLayout.tsx';
import type { RemovedView } from './import-view.ts';

export function RemovedPage({ site, view }: { site: SiteView; view: RemovedView }) {
  return (
    <ImportsLayout site={site} title="Removed on request" kind="form">
      <div class="page-head">
        <p class="eyebrow">
          <a href={view.importsHref}>Imports</a>
        </p>
        <h1>Removed on request</h1>
        <p>
          Works that were deleted because their creator asked are not brought in again. What is kept of them is a
          fingerprint: neither name nor text can be read from it.
        </p>
      </div>
      {view.removals.length === 0 ? (
        <EmptyState title="Nobody has asked yet" icon="done">
          <p>
            When you delete a work that came in by import, you can say that its creator asked for it. Then it is
            remembered here.
          </p>
          <ButtonLink href={view.importsHref}>Go to the imports</ButtonLink>
        </EmptyState>
      ) : (
        <ul class="rows">
          {view.removals.map((removal) => (
            <li>
              <div>
                <h2>
                  Removed on <Time at={removal.removedAt} site={site} hint />
                </h2>
                <p dir="auto">{removal.note || 'Nothing was noted.'}</p>
              </div>
              <div class="actions">
                <ActionForm
                  target={removal.allow}
                  label="Allow again"
                  about={`what was removed on ${formatDate(removal.removedAt, site.locale)}`}
                  small
                />
              </div>
            </li>
          ))}
        </ul>
      )}
    </ImportsLayout>
  );
}
