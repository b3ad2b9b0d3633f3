/** What the owner decides about the whole archive. */
import { ActionForm, Button, Checkbox, ErrorSummary, RadioGroup, TextAreaField, TextField } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf } from '../../../ui/numbers.ts';
import type { FormTarget, SiteView } from '../../../ui/site-view.ts';
import { QueueSettings } from './QueueSettings.tsx';

/** Field names in the form are these keys; checkboxes send 'on'. */
export interface SettingsValues {
  name: string;
  description: string;
  /** The owner's own name in bylines. */
  pseud: string;
  /** Refuse works rated Explicit. */
  refuseExplicit: boolean;
  /** Only registered readers can read works. */
  readersOnly: boolean;
  indexable: boolean;
  noTraining: boolean;
  /** Who may join: 'invitation', 'open' or 'closed'. */
  joining: string;
  /** Numbers as they were typed. */
  minimumAge: string;
  invitationsEach: string;
  invitationQueue: boolean;
  queueEachDay: string;
}

export interface SettingsView {
  action: string;
  values: SettingsValues;
  errors: Partial<Record<keyof SettingsValues, string>>;
  limits: { name: number; description: number; pseud: number };
  /** Present where the archive sends mail. */
  queue?: { waiting: number };
  /** Present while sample works are in the archive. */
  samples?: { works: number; remove: FormTarget };
}

const order = [
  'name',
  'description',
  'pseud',
  'refuseExplicit',
  'readersOnly',
  'joining',
  'minimumAge',
  'invitationsEach',
  'queueEachDay',
  'indexable',
] as const satisfies (keyof SettingsValues)[];

export function SettingsPage({ site, view }: { site: SiteView; view: SettingsView }) {
  const { values, errors, limits } = view;
  return (
    <Layout site={site} title="Settings" noindex kind="form">
      <div class="page-head">
        <h1>Settings</h1>
        <p>They hold for the whole archive.</p>
      </div>
      <ErrorSummary
        title="Couldn’t save:"
        errors={order.flatMap((name) => (errors[name] ? [{ name, text: errors[name] }] : []))}
      />
      <form class="fields" method="post" action={view.action}>
        <TextField
          name="name"
          label="Name of the archive"
          value={values.name}
          error={errors.name}
          maxLength={limits.name}
          language={null}
        />
        <TextAreaField
          name="description"
          label="Description"
          help="One or two sentences. They stand on the home page, and search engines may show them."
          value={values.description}
          error={errors.description}
          language={null}
          short
        />
        <TextField
          name="pseud"
          label="Your pseud"
          help="The name in the byline of what you write, and behind “archived by” on what you bring in for others."
          value={values.pseud}
          error={errors.pseud}
          maxLength={limits.pseud}
          language={null}
        />
        <fieldset class="field">
          <legend>Rules</legend>
          <p class="help">Posting and import refuse what the rules do not take, and give the reason.</p>
          <Checkbox
            name="refuseExplicit"
            label="No works rated Explicit"
            help="Works that are here already stay."
            checked={values.refuseExplicit}
          />
          <Checkbox
            name="readersOnly"
            label="Registered readers only"
            help="Every posted work becomes restricted, now and from now on. Switching this off later opens none of them again."
            checked={values.readersOnly}
          />
        </fieldset>
        <RadioGroup
          name="joining"
          label="Joining"
          value={values.joining}
          error={errors.joining}
          choices={[
            { value: 'invitation', label: 'By invitation', help: 'Each code lets one person in.' },
            { value: 'open', label: 'Open', help: 'Everybody can join.' },
            { value: 'closed', label: 'Closed', help: 'Nobody can join. Who has an account keeps it.' },
          ]}
        />
        <TextField
          name="invitationsEach"
          label="Invitations for each member"
          help={
            <>
              How many they may give. You can give any number: <a href="/invitations">your invitations</a>.
            </>
          }
          value={values.invitationsEach}
          error={errors.invitationsEach}
          inputMode="numeric"
          brief
        />
        {view.queue && (
          <QueueSettings
            site={site}
            view={{
              open: values.invitationQueue,
              eachDay: values.queueEachDay,
              error: errors.queueEachDay,
              waiting: view.queue.waiting,
            }}
          />
        )}
        <TextField
          name="minimumAge"
          label="Minimum age"
          help="Who joins confirms to be that old. No date of birth is kept."
          value={values.minimumAge}
          error={errors.minimumAge}
          inputMode="numeric"
          brief
        />
        <fieldset class="field">
          <legend>Search engines and AI</legend>
          <Checkbox
            name="indexable"
            label="Search engines may list this archive"
            help="A request, not a lock: well-behaved ones honour it. Restricted works are never offered to them."
            checked={values.indexable}
          />
          <Checkbox
            name="noTraining"
            label="Ask that no AI is trained on this archive"
            help="A request, not a lock, in every page, its headers and robots.txt. Creators can ask it for each of their works besides."
            checked={values.noTraining}
          />
        </fieldset>
        <div class="actions save">
          <Button look="primary">Save settings</Button>
        </div>
      </form>
      {view.samples && (
        <section class="box samples" aria-labelledby="samples">
          <h2 id="samples">Sample works</h2>
          <p>
            {countOf(view.samples.works, 'sample work', site.locale)} came with the archive. Removing them is for good
            and touches nothing else.
          </p>
          <ActionForm target={view.samples.remove} label="Remove the samples" look="danger" />
        </section>
      )}
    </Layout>
  );
}
