/** Somebody by one pseud: what was said to it, and what can be done. */
import { ErrorSummary, SelectField, TextAreaField, TextField, Button } from '../../../ui/Form.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { Measures, type MeasureLine } from './Measures.tsx';
import { ModerationLayout } from './ModerationLayout.tsx';
import { ReasonForm, type ReasonView } from './ReasonForm.tsx';

export interface PersonView {
  href: string;
  creatorHref: string;
  pseud: string;
  measures: MeasureLine[];
  /** Null before a reason was given to know them. */
  otherPseuds: { href: string; name: string }[] | null;
  form: ReasonView & { until: string; untilError?: string };
  /** For the owner. */
  roles?: {
    held: string[];
    choices: { value: string; label: string }[];
    values: { role: string; reason: string };
    errors: { role?: string; roleReason?: string };
  };
}

export function PersonPage({ site, view }: { site: SiteView; view: PersonView }) {
  const { form } = view;
  return (
    <ModerationLayout
      site={site}
      title={view.pseud}
      lead={<a href={view.creatorHref}>Their page, where they have works for everybody</a>}
    >
      <section class="section" aria-labelledby="measures">
        <h2 id="measures">What was said</h2>
        {view.measures.length === 0 ? (
          <p>Nothing, to this pseud.</p>
        ) : (
          <Measures site={site} measures={view.measures} />
        )}
      </section>
      {view.otherPseuds && (
        <section class="section" aria-labelledby="pseuds">
          <h2 id="pseuds">Other pseuds of the account</h2>
          {view.otherPseuds.length === 0 && <p>None.</p>}
          <ul>
            {view.otherPseuds.map((one) => (
              <li>
                <a href={one.href} dir="auto">
                  {one.name}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section class="section" aria-labelledby="acts">
        <h2 id="acts">What can be done</h2>
        <ReasonForm
          view={form}
          help="The log keeps it. Of a warning, a removal, a suspension and a ban the person reads it, too."
          errors={form.untilError === undefined ? [] : [{ name: 'until', text: form.untilError }]}
          acts={[
            // First, since Enter in the date's field presses the first button.
            { action: `${view.href}/suspension`, label: 'Suspend', look: 'danger' },
            { action: `${view.href}/warning`, label: 'Warn' },
            { action: `${view.href}/ban`, label: 'Ban', look: 'danger' },
            { action: `${view.href}/profile-removal`, label: 'Remove the profile' },
            { action: `${view.href}/icon-removal`, label: 'Remove the icon' },
            { action: `${view.href}/lifting`, label: 'Lift what holds' },
            ...(view.otherPseuds === null
              ? [{ action: `${view.href}/pseuds`, label: 'Ask for the other pseuds' }]
              : []),
          ]}
        >
          <TextField
            name="until"
            label="Last day of a suspension"
            help="As 2027-01-31. Left empty it has no end."
            value={form.until}
            error={form.untilError}
            maxLength={10}
            brief
            language={null}
          />
        </ReasonForm>
      </section>
      {view.roles && <Roles view={view} roles={view.roles} />}
    </ModerationLayout>
  );
}

function Roles({ view, roles }: { view: PersonView; roles: NonNullable<PersonView['roles']> }) {
  return (
    <section class="section" aria-labelledby="roles">
      <h2 id="roles">Roles</h2>
      <p>{roles.held.length === 0 ? 'None.' : roles.held.join(', ')}</p>
      <ErrorSummary
        title="No role was changed:"
        errors={(['role', 'roleReason'] as const).flatMap((name) =>
          roles.errors[name] ? [{ name, text: roles.errors[name] }] : [],
        )}
      />
      <form class="fields" method="post" action={`${view.href}/roles`}>
        <SelectField
          name="role"
          label="Role"
          prompt="Choose"
          value={roles.values.role}
          error={roles.errors.role}
          options={roles.choices}
        />
        <TextAreaField
          name="roleReason"
          label="Why"
          help="The log keeps it. Who is given a role signs in again before it holds."
          value={roles.values.reason}
          error={roles.errors.roleReason}
          language={null}
          short
        />
        <div class="actions">
          <Button name="change" value="give">
            Give the role
          </Button>
          <Button name="change" value="take">
            Take the role
          </Button>
        </div>
      </form>
    </section>
  );
}
