/** What all new works of an account begin with. */
import { Button, ButtonLink, Checkbox } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import type { NewWorkDefaults } from '../deciding.ts';
import { DecisionFields } from './DecidingFields.tsx';

export function NewWorkDefaultsPage({ site, values }: { site: SiteView; values: NewWorkDefaults }) {
  return (
    <Layout site={site} title="What new works begin with" noindex kind="form">
      <div class="page-head">
        <p class="eyebrow">
          <a href="/account">Your account</a>
        </p>
        <h1>What new works begin with</h1>
        <p>
          The form of each work can say otherwise. Works that are here already stay as they are: to change many at once,
          go to <a href="/account/works">your works</a>.
        </p>
      </div>
      <form class="fields" method="post" action="/account/new-works">
        <fieldset class="field">
          <legend>Who finds them</legend>
          <Checkbox
            name="restricted"
            label="Registered readers only"
            help="Nobody else sees that they exist."
            checked={values.restricted}
          />
          <Checkbox
            name="noindex"
            label="Hide from search engines"
            help="A request that search engines may or may not honour."
            checked={values.noindex}
          />
        </fieldset>
        <DecisionFields values={values} />
        <div class="actions save">
          <Button look="primary">Save</Button>
          <ButtonLink href="/account" look="plain">
            Leave without saving
          </ButtonLink>
        </div>
      </form>
    </Layout>
  );
}
