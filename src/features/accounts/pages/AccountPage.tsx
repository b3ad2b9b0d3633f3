/** One's own account: the name to sign in with, the password, recovery codes, and where one is signed in. */
import { ActionForm, Button, ButtonLink, Checkbox, ErrorSummary, PasswordField, TextField } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf } from '../../../ui/numbers.ts';
import type { SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';
import { AccountLife } from './AccountLife.tsx';
import { LATELY } from '../ways-in.ts';
import { Waiting } from './Waiting.tsx';
import { CodeField } from './CodeField.tsx';
import { Happenings, type HappeningView } from './Happenings.tsx';
import { NewPasswordFields } from './NewPasswordFields.tsx';
import { OwnKeys } from './OwnKeys.tsx';
import { Openness, type OpennessView } from './Openness.tsx';

/** Fields of all forms on the page, each with a name of its own. */
export type AccountField =
  | 'name'
  | 'presentForName'
  | 'codeForName'
  | 'presentForPassword'
  | 'codeForPassword'
  | 'password'
  | 'confirmation'
  | 'presentForCodes'
  | 'code';

export interface DeviceView {
  /** '' where the browser did not say. */
  device: string;
  signedInAt: number;
  seenAt: number;
  /** The one this page is looked at with. */
  here: boolean;
  /** Path of the form that signs it out. */
  end: string;
}

export interface AccountView {
  /** The name to sign in with; null for an account that has none yet. */
  name: string | null;
  /** What was typed into the field of the name, where a form comes back. */
  typedName?: string;
  errors: Partial<Record<AccountField, string>>;
  codesLeft: number;
  /** What lets in beside the password, in words; null for nothing. */
  waysIn: string | null;
  /** Whether all that was to end with the old password, where a form comes back. */
  endOthers: boolean;
  /** Whether a change of what one signs in with asks for a code. */
  asksForCode: boolean;
  devices: DeviceView[];
  /** What happened lately, the newest first. */
  happenings: HappeningView[];
  /** Whether the person has invitations to give, or has given some. */
  invitations: boolean;
  /** The account's pseuds, with what each is open for; null for who may not change them at present. */
  openness: OpennessView[] | null;
  /** Whether there is a page for an e-mail address. */
  mail: boolean;
  limits: { name: number };
}

const order = [
  'name',
  'presentForName',
  'codeForName',
  'presentForPassword',
  'codeForPassword',
  'password',
  'confirmation',
  'presentForCodes',
  'code',
] as const satisfies AccountField[];

export function AccountPage({ site, view }: { site: SiteView; view: AccountView }) {
  const { errors } = view;
  return (
    <Layout site={site} title="Your account" noindex kind="form">
      <div class="page-head">
        <h1>Your account</h1>
        <p>Nobody but you sees this page, or the name you sign in with.</p>
      </div>
      <ErrorSummary
        title="Nothing was changed:"
        errors={order.flatMap((name) => (errors[name] ? [{ name, text: errors[name] }] : []))}
      />
      <Waiting site={site} />
      {view.name === null ? <FirstCredentials view={view} /> : <OwnCredentials site={site} view={view} />}
      <OwnKeys />
      <section class="account-part" aria-labelledby="pseuds">
        <h2 id="pseuds">Pseuds</h2>
        <p>The names that you write under, each with a page of its own.</p>
        <div class="actions">
          <ButtonLink href="/account/pseuds">Your pseuds</ButtonLink>
        </div>
      </section>
      <section class="account-part" aria-labelledby="preferences">
        <h2 id="preferences">Preferences</h2>
        <p>Time zone, theme, how works open, and what new works begin with.</p>
        <div class="actions">
          <ButtonLink href="/account/preferences">Your preferences</ButtonLink>
        </div>
      </section>
      {view.mail && (
        <section class="account-part" aria-labelledby="email-address">
          <h2 id="email-address">E-mail address</h2>
          <p>With one you can set a new password by mail. You need none.</p>
          <div class="actions">
            <ButtonLink href="/account/email">Look at your address</ButtonLink>
          </div>
        </section>
      )}
      {view.invitations && (
        <section class="account-part" aria-labelledby="invitations">
          <h2 id="invitations">Invitations</h2>
          <div class="actions">
            <ButtonLink href="/invitations">Invite somebody</ButtonLink>
          </div>
        </section>
      )}
      <section class="account-part" aria-labelledby="works">
        <h2 id="works">Works and series</h2>
        <p>Many works changed at once, series in your order, and who sees and who speaks in what you begin.</p>
        <div class="actions">
          <ButtonLink href="/account/works">Your works</ButtonLink>
          <ButtonLink href="/account/series">Your series</ButtonLink>
          <ButtonLink href="/account/new-works">What new works begin with</ButtonLink>
        </div>
      </section>
      <section class="account-part" aria-labelledby="skins">
        <h2 id="skins">Work skins</h2>
        <div class="actions">
          <ButtonLink href="/account/skins">Your work skins</ButtonLink>
        </div>
      </section>
      {view.openness && <Openness pseuds={view.openness} />}
      <Devices site={site} devices={view.devices} />
      <Happenings site={site} happenings={view.happenings} />
      <AccountLife />
    </Layout>
  );
}

function FirstCredentials({ view }: { view: AccountView }) {
  return (
    <section class="account-part" aria-labelledby="credentials">
      <h2 id="credentials">Name and password</h2>
      <p>You have none yet. With them you can sign in from anywhere, without a link.</p>
      <form class="fields" method="post" action="/account/credentials">
        <NameField view={view} />
        <NewPasswordFields label="Password" errors={view.errors} />
        <div class="actions">
          <Button look="primary">Set name and password</Button>
        </div>
      </form>
    </section>
  );
}

function OwnCredentials({ site, view }: { site: SiteView; view: AccountView }) {
  return (
    <>
      <section class="account-part" aria-labelledby="change-name">
        <h2 id="change-name">Name to sign in with</h2>
        <form class="fields" method="post" action="/account/name">
          <NameField view={view} />
          <PasswordField
            name="presentForName"
            label="Your password"
            error={view.errors.presentForName}
            fill="current-password"
          />
          {view.asksForCode && <CodeField name="codeForName" error={view.errors.codeForName} />}
          <div class="actions">
            <Button>Change the name</Button>
          </div>
        </form>
      </section>
      <section class="account-part" aria-labelledby="change-password">
        <h2 id="change-password">Password</h2>
        <p>A new one signs out all your other devices.</p>
        <form class="fields" method="post" action="/account/password">
          <PasswordField
            name="presentForPassword"
            label="Present password"
            error={view.errors.presentForPassword}
            fill="current-password"
          />
          {view.asksForCode && <CodeField name="codeForPassword" error={view.errors.codeForPassword} />}
          <NewPasswordFields errors={view.errors} />
          <Checkbox
            name="endOthers"
            label="Somebody else may have known the old one"
            help={endOthersHelp(view.waysIn)}
            checked={view.endOthers}
          />
          <div class="actions">
            <Button>Change the password</Button>
          </div>
        </form>
      </section>
      <section class="account-part" aria-labelledby="codes">
        <h2 id="codes">Recovery codes</h2>
        <p>{countOf(view.codesLeft, 'code', site.locale)} left. New codes make the earlier ones void.</p>
        <form class="fields" method="post" action="/account/recovery-codes">
          <PasswordField
            name="presentForCodes"
            label="Your password"
            error={view.errors.presentForCodes}
            fill="current-password"
          />
          {view.asksForCode && <CodeField error={view.errors.code} />}
          <div class="actions">
            <Button>Make new recovery codes</Button>
          </div>
        </form>
      </section>
    </>
  );
}

function endOthersHelp(waysIn: string | null): string {
  const ends = waysIn === null ? '' : `Ends what else lets in: ${waysIn}. `;
  return `${ends}You get new recovery codes. Authenticator codes that were turned on in the last ${LATELY}, and an address confirmed in that time, go too.`;
}

function NameField({ view }: { view: AccountView }) {
  return (
    <TextField
      name="name"
      label="Name"
      help="Letters, digits and _. Nobody but you is shown it."
      value={view.typedName ?? view.name ?? ''}
      error={view.errors.name}
      maxLength={view.limits.name}
      language={null}
      fill="username"
    />
  );
}

function Devices({ site, devices }: { site: SiteView; devices: DeviceView[] }) {
  return (
    <section class="account-part" aria-labelledby="devices">
      <h2 id="devices">Where you are signed in</h2>
      <ul class="rows">
        {devices.map((device) => (
          <li>
            <div>
              <h3>
                {device.device || 'Unknown device'}
                {device.here && ' (this one)'}
              </h3>
              <p class="figures">
                <span>
                  Last used <Time at={device.seenAt} site={site} hint />
                </span>
                <span>
                  Signed in <Time at={device.signedInAt} site={site} />
                </span>
              </p>
            </div>
            <div class="actions">
              <ActionForm
                target={{ action: device.end }}
                label="Sign out"
                about={device.here ? 'here' : device.device || 'the unknown device'}
                small
              />
            </div>
          </li>
        ))}
      </ul>
      {devices.length > 1 && (
        <div class="actions">
          <ActionForm target={{ action: '/sessions/others/end' }} label="Sign out all others" />
        </div>
      )}
    </section>
  );
}
