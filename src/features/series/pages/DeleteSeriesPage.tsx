/** Asks before a series is deleted: its works stay, and it can be taken back. */
import { Button, ButtonLink } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf } from '../../../ui/numbers.ts';
import type { SiteView } from '../../../ui/site-view.ts';

export function DeleteSeriesPage(props: {
  site: SiteView;
  view: { title: string; works: number; confirm: string; cancelHref: string };
}) {
  const { site, view } = props;
  return (
    <Layout site={site} title="Delete a series" noindex kind="form">
      <div class="gate">
        <p class="eyebrow">Delete a series</p>
        <h1>
          Delete <bdi>{view.title}</bdi>?
        </h1>
        <p>
          Its summary, its notes and the order of {countOf(view.works, 'work', site.locale)} go. The works themselves
          stay. For 30 days you can take it back under <em>Your series</em>; after that it is erased for good.
        </p>
        <form method="post" action={view.confirm}>
          <div class="actions">
            <Button look="danger">Delete this series</Button>
            <ButtonLink href={view.cancelHref}>Keep it</ButtonLink>
          </div>
        </form>
      </div>
    </Layout>
  );
}
