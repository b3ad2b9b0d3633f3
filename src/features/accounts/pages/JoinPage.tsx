/** Joining: what the archive asks of a newcomer. No date of birth, and an e-mail address only from who wants to give one. */
import { Button, ButtonLink, CheckboxGroup, EmailField, ErrorSummary, TextField } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { NewPasswordFields } from './NewPasswordFields.tsx';

/** Field names in the form are these keys; the boxes send 'yes'. */
export interface JoinValues {
  invitation: string;
  name: string;
  pseud: string;
  /** '' for none. */
  address: string;
  age: boolean;
  rules: boolean;
}
export type JoinField = keyof JoinValues | 'password' | 'confirmation';

export interface JoinView {
  joining: 'invitation' | 'open' | 'closed';
  values: JoinValues;
  errors: Partial<Record<JoinField, string>>;
  /** Whether the archive sends mail, and whether one can wait for an invitation. */
  mail: boolean;
  queue: boolean;
  minimumAge: number;
  /** What the archive does not take, a sentence each. */
  rules: string[];
  limits: { name: number; pseud: number };
}

const order = [
  'invitation',
  'name',
  'password',
  'confirmation',
  'pseud',
  'address',
  'age',
  'rules',
] as const satisfies JoinField[];

export function JoinPage({ site, view }: { site: SiteView; view: JoinView }) {
  return (
    <Layout site={site} title="Join" noindex kind="form">
      {view.joining === 'closed' ? <Closed /> : <JoinForm site={site} view={view} />}
    </Layout>
  );
}

function Closed() {
  return (
    <div class="gate">
      <h1>Nobody can join at present</h1>
      <p>The owner of this archive has closed it to newcomers. What is here for everybody can be read as before.</p>
      <div class="actions">
        <ButtonLink href="/">Go to the archive</ButtonLink>
        <ButtonLink href="/sign-in" look="plain">
          Sign in
        </ButtonLink>
      </div>
    </div>
  );
}

function JoinForm({ site, view }: { site: SiteView; view: JoinView }) {
  const { values, errors, limits } = view;
  return (
    <>
      <div class="page-head">
        <h1>
          Join <bdi>{site.name}</bdi>
        </h1>
        <p>
          A name and a password are enough. Have an account already? <a href="/sign-in">Sign in</a>.
        </p>
      </div>
      <ErrorSummary
        title="You have not joined yet:"
        errors={order.flatMap((name) => (errors[name] ? [{ name, text: errors[name] }] : []))}
      />
      <form class="fields" method="post" action="/join">
        {view.joining === 'invitation' && (
          <TextField
            name="invitation"
            label="Invitation"
            help="This archive is joined by invitation. The code looks like k3m9x-2q4zt-7hh0d-w5e8r."
            value={values.invitation}
            error={errors.invitation}
            maxLength={60}
          />
        )}
        {view.queue && (
          <p class="help">
            None? <a href="/invitations/queue">Ask for an invitation</a>.
          </p>
        )}
        <TextField
          name="name"
          label="Name to sign in with"
          help="Letters, digits and _. Nobody but you is shown it."
          value={values.name}
          error={errors.name}
          maxLength={limits.name}
          language={null}
          fill="username"
        />
        <NewPasswordFields
          label="Password"
          help="At least 8 characters. A few words that do not belong together are good and easy to keep."
          errors={errors}
        />
        <TextField
          name="pseud"
          label="Pseud"
          help="Your pen name: it stands beside what you write. Best not the name you sign in with."
          value={values.pseud}
          error={errors.pseud}
          maxLength={limits.pseud}
          language={null}
          fill="nickname"
        />
        {view.mail && (
          <EmailField
            name="address"
            label="E-mail address (not needed)"
            help="Nobody but you is shown it. With one you can set a new password by mail; a link is sent to confirm it."
            value={values.address}
            error={errors.address}
          />
        )}
        <CheckboxGroup
          name="age"
          label="Your age"
          help="No date of birth is asked for or kept."
          values={values.age ? ['yes'] : []}
          error={errors.age}
          choices={[{ value: 'yes', label: `I am at least ${view.minimumAge} years old` }]}
        />
        {view.rules.length > 0 && (
          <section class="box account-told" aria-labelledby="the-rules">
            <h2 id="the-rules">The rules</h2>
            <ul>
              {view.rules.map((rule) => (
                <li>{rule}</li>
              ))}
            </ul>
          </section>
        )}
        <p class="help">
          <a href="/rules">All rules of this archive</a>
        </p>
        <CheckboxGroup
          name="rules"
          label="Agreement"
          values={values.rules ? ['yes'] : []}
          error={errors.rules}
          choices={[{ value: 'yes', label: 'I agree to keep the rules of this archive' }]}
        />
        <div class="actions save">
          <Button look="primary">Join</Button>
        </div>
      </form>
    </>
  );
}
