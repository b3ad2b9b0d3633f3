/** Asks before a skin is deleted: that cannot be taken back. */
import { ActionForm, ButtonLink } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf } from '../../../ui/numbers.ts';
import type { FormTarget, SiteView } from '../../../ui/site-view.ts';

export interface DeleteSkinView {
  title: string;
  works: number;
  confirm: FormTarget;
  cancelHref: string;
}

export function DeleteSkinPage({ site, view }: { site: SiteView; view: DeleteSkinView }) {
  return (
    <Layout site={site} title={`Delete ${view.title}`} noindex kind="form">
      <div class="page-head">
        <p class="eyebrow">Delete a work skin</p>
        <h1 dir="auto">{view.title}</h1>
      </div>
      <p>
        {view.works === 0
          ? 'No work wears it.'
          : `${countOf(view.works, 'work', site.locale)} ${view.works === 1 ? 'wears it, and looks' : 'wear it, and look'} as works do by themselves afterwards.`}{' '}
        This cannot be taken back.
      </p>
      <div class="actions">
        <ActionForm target={view.confirm} label="Delete the skin" look="danger" />
        <ButtonLink href={view.cancelHref} look="plain">
          Keep it
        </ButtonLink>
      </div>
    </Layout>
  );
}
