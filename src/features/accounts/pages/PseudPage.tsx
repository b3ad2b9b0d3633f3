/** One of an account's pseuds: its name, what it says of itself, its icon. Seen by nobody but the account. */
import {
  ActionForm,
  Button,
  ButtonLink,
  ErrorSummary,
  RadioGroup,
  SelectField,
  TextAreaField,
  TextField,
} from '../../../ui/Form.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf } from '../../../ui/numbers.ts';
import type { SiteView } from '../../../ui/site-view.ts';
import { PROFILE_NOTATIONS } from '../pseud-profile.ts';
import { PseudPicture, type PictureView } from './PseudPicture.tsx';

export interface PseudValues {
  name: string;
  text: string;
  format: string;
  /** As many as the form has rows for; empty ones among them. */
  links: { label: string; address: string }[];
  alt: string;
}

export interface PseudView {
  /** Path of this page; its forms lie below it. */
  path: string;
  /** As it is stored, for the heading. */
  name: string;
  isDefault: boolean;
  works: number;
  publicHref: string;
  icon: PictureView | null;
  values: PseudValues;
  /** One sentence each, by field: `name`, `text`, `linkLabel1`, `linkAddress1`, `icon`, `alt`, `heir`. */
  errors: Readonly<Record<string, string>>;
  /** The account's other pseuds, by public id. */
  others: { value: string; label: string }[];
  limits: { name: number; alt: number; label: number; address: number; links: number; megabytes: number };
  /** The types of files that can be chosen. */
  accept: string;
  mayChange: boolean;
}

interface PartProps {
  site: SiteView;
  view: PseudView;
}

export function PseudPage({ site, view }: PartProps) {
  return (
    <Layout site={site} title={view.name} noindex kind="form" reportable={false}>
      <div class="page-head">
        <p class="eyebrow">One of your pseuds</p>
        <h1>
          <bdi>{view.name}</bdi>
        </h1>
        <div class="actions">
          <ButtonLink href={view.publicHref} small>
            See its public page
          </ButtonLink>
          <ButtonLink href="/account/pseuds" small>
            All your pseuds
          </ButtonLink>
        </div>
      </div>
      <ErrorSummary
        title="Nothing was changed:"
        errors={Object.entries(view.errors).map(([name, text]) => ({ name, text }))}
      />
      {view.mayChange ? (
        <>
          <Name view={view} />
          <Profile view={view} />
          <IconPart view={view} />
          <Standing site={site} view={view} />
        </>
      ) : (
        <p>Your account changes nothing for now.</p>
      )}
    </Layout>
  );
}

function Name({ view }: { view: PseudView }) {
  return (
    <section class="account-part" aria-labelledby="its-name">
      <h2 id="its-name">Name</h2>
      <p>
        Its works and its page take the new name, and the old address leads to them: whoever knew one name learns the
        other.
      </p>
      <form class="fields" method="post" action={`${view.path}/name`}>
        <TextField
          name="name"
          label="Name"
          help="Letters, digits, spaces, _ and -."
          value={view.values.name}
          error={view.errors['name']}
          maxLength={view.limits.name}
          language={null}
        />
        <div class="actions">
          <Button>Change the name</Button>
        </div>
      </form>
    </section>
  );
}

function Profile({ view }: { view: PseudView }) {
  const { values, errors } = view;
  return (
    <section class="account-part" aria-labelledby="profile">
      <h2 id="profile">Profile</h2>
      <p>It stands on the public page of this pseud, and on no other.</p>
      <form class="fields" method="post" action={`${view.path}/profile`}>
        <RadioGroup name="format" label="Written in" value={values.format} choices={[...PROFILE_NOTATIONS]} />
        <TextAreaField name="text" label="Text" value={values.text} error={errors['text']} language={null} />
        <fieldset class="field">
          <legend>Links elsewhere</legend>
          <p class="help">Up to {view.limits.links}. The same link on two pseuds tells readers that both are yours.</p>
          {values.links.map((link, place) => (
            <LinkRow view={view} link={link} number={place + 1} />
          ))}
        </fieldset>
        <div class="actions">
          <Button>Save the profile</Button>
        </div>
      </form>
    </section>
  );
}

function LinkRow(props: { view: PseudView; link: { label: string; address: string }; number: number }) {
  const { view, link, number } = props;
  return (
    <div class="profile-link-row">
      <TextField
        name={`linkLabel${number}`}
        label={`Name of link ${number}`}
        value={link.label}
        error={view.errors[`linkLabel${number}`]}
        maxLength={view.limits.label}
        language={null}
      />
      <TextField
        name={`linkAddress${number}`}
        label={`Address of link ${number}`}
        value={link.address}
        error={view.errors[`linkAddress${number}`]}
        maxLength={view.limits.address}
      />
    </div>
  );
}

function IconPart({ view }: { view: PseudView }) {
  const { icon, errors } = view;
  return (
    <section class="account-part" aria-labelledby="its-icon">
      <h2 id="its-icon">Icon</h2>
      {icon && <PseudPicture picture={{ ...icon, alt: icon.alt || 'The icon of this pseud' }} />}
      <form class="fields" method="post" action={`${view.path}/icon`} enctype="multipart/form-data">
        <div class="field">
          <label for="icon">{icon ? 'Another picture' : 'Picture'}</label>
          <p class="help" id="icon-help">
            PNG, JPEG, GIF, WebP or AVIF, at most {view.limits.megabytes} MB. Its middle is kept as a small square, and
            nothing that a camera wrote into the file. The same picture on two pseuds tells readers that both are yours.
          </p>
          {errors['icon'] && (
            <p class="error" id="icon-error">
              <Icon name="warning" /> {errors['icon']}
            </p>
          )}
          <input
            type="file"
            id="icon"
            name="icon"
            class="pseud-file"
            accept={view.accept}
            aria-describedby={errors['icon'] ? 'icon-help icon-error' : 'icon-help'}
            aria-invalid={errors['icon'] ? 'true' : undefined}
          />
        </div>
        <TextField
          name="alt"
          label="What it shows"
          help="In words, for those who do not see it. Empty for an ornament."
          value={view.values.alt}
          error={errors['alt']}
          maxLength={view.limits.alt}
          language={null}
        />
        <div class="actions">
          <Button>{icon ? 'Save the icon' : 'Add the icon'}</Button>
        </div>
      </form>
      {icon && (
        <div class="actions">
          <ActionForm target={{ action: `${view.path}/icon/removal` }} label="Remove the icon" look="danger" />
        </div>
      )}
    </section>
  );
}

/** What the pseud is to the account: the one it goes by, or one that can go. */
function Standing({ site, view }: PartProps) {
  if (view.isDefault) {
    return (
      <section class="account-part" aria-labelledby="standing">
        <h2 id="standing">Your default pseud</h2>
        <p>New works are signed by it unless you choose another. To delete it, make another pseud the default first.</p>
      </section>
    );
  }
  const signs = view.works > 0;
  return (
    <>
      <section class="account-part" aria-labelledby="standing">
        <h2 id="standing">Default</h2>
        <p>New works are signed by your default pseud unless you choose another.</p>
        <div class="actions">
          <ActionForm target={{ action: `${view.path}/default` }} label="Make it the default" />
        </div>
      </section>
      <section class="account-part" aria-labelledby="deletion">
        <h2 id="deletion">Delete this pseud</h2>
        <p>Its profile, its icon and its page go with it. That cannot be undone.</p>
        <form class="fields" method="post" action={`${view.path}/deletion`}>
          {signs && (
            <SelectField
              name="heir"
              label="Who signs its works from now on"
              help={`It signs ${countOf(view.works, 'work', site.locale)}. Whoever has seen them under this name learns that the other is yours too.`}
              error={view.errors['heir']}
              prompt="Choose another of your pseuds"
              value=""
              options={view.others}
            />
          )}
          <div class="actions">
            <Button look="danger">Delete {view.name}</Button>
          </div>
        </form>
      </section>
    </>
  );
}
