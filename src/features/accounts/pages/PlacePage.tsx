/** A place in the queue for invitations, for who holds its link. The address is not shown. */
import { ActionForm, ButtonLink } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf, formatNumber } from '../../../ui/numbers.ts';
import type { FormTarget, SiteView } from '../../../ui/site-view.ts';

export interface PlaceView {
  /** From 1; null while the address is not confirmed. */
  place: number | null;
  eachDay: number;
  confirm: FormTarget;
  leave: FormTarget;
}

/** `view`: null for a link that is not good. */
export function PlacePage({ site, view }: { site: SiteView; view: PlaceView | null }) {
  return (
    <Layout site={site} title="Your place in the queue" noindex kind="form" reportable={false}>
      <div class="gate">
        {view === null ? (
          <>
            <h1>This link does not work any more</h1>
            <p>You were invited, or have left the queue, or a newer link was sent. Look for the latest mail.</p>
            <div class="actions">
              <ButtonLink href="/invitations/queue">Ask for an invitation</ButtonLink>
            </div>
          </>
        ) : (
          <Place site={site} view={view} />
        )}
      </div>
    </Layout>
  );
}

function Place({ site, view: { place, eachDay, confirm, leave } }: { site: SiteView; view: PlaceView }) {
  return (
    <>
      <h1>{place === null ? 'Take your place in the queue' : `You are number ${formatNumber(place, site.locale)}`}</h1>
      {place === null ? (
        <p>Your address is not in the queue until you press the button.</p>
      ) : (
        <p>
          {countOf(eachDay, 'invitation', site.locale)} {eachDay === 1 ? 'is' : 'are'} sent each day, so yours comes in
          about {countOf(Math.ceil(place / eachDay), 'day', site.locale)}. It comes by mail.
        </p>
      )}
      <div class="actions">
        {place === null && <ActionForm target={confirm} label="Take my place" look="primary" />}
        <ActionForm target={leave} label={place === null ? 'Forget my address' : 'Leave the queue'} />
      </div>
    </>
  );
}
