/** What an account chooses for itself: how the archive looks, what is shown, and what new works begin with. */
import { Button, ErrorSummary, RadioGroup, SelectField, TextAreaField } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { Letters, type LettersView } from './Letters.tsx';

/** As the form sends it. */
export interface PreferencesValues {
  language: string;
  timeZone: string;
  theme: string;
  adult: string;
  opens: string;
  creatorStyle: string;
  workLanguage: string;
  notes: string;
  endNotes: string;
  /** Letters that come; null where the form did not ask. */
  letters: readonly string[] | null;
}

export type PreferencesErrors = Partial<Record<keyof PreferencesValues, string>>;

export interface PreferencesView {
  values: PreferencesValues;
  errors: PreferencesErrors;
  languages: { value: string; label: string }[];
  timeZones: readonly string[];
  /** Languages that works are written in. */
  workLanguages: { value: string; label: string; lang?: string }[];
  /** The pseud that signs where no other is chosen. */
  pseud: string;
  mail: LettersView['mail'];
  limits: { notes: number };
}

const ORDER: readonly (keyof PreferencesValues)[] = [
  'language',
  'timeZone',
  'theme',
  'adult',
  'opens',
  'creatorStyle',
  'workLanguage',
  'notes',
  'endNotes',
];

export function PreferencesPage({ site, view }: { site: SiteView; view: PreferencesView }) {
  const { errors } = view;
  return (
    <Layout site={site} title="Preferences" noindex kind="form">
      <div class="page-head">
        <h1>Preferences</h1>
        <p>
          They are kept in your account and hold wherever you sign in. Nobody else sees them.{' '}
          <a href="/account">Your account</a>
        </p>
      </div>
      <ErrorSummary
        title="Nothing was saved:"
        errors={ORDER.flatMap((name) => (errors[name] ? [{ name, text: errors[name] }] : []))}
      />
      <form class="fields" method="post" action="/account/preferences">
        <Interface view={view} />
        <Reading view={view} />
        <Writing view={view} />
        <Letters view={{ mail: view.mail, chosen: view.values.letters }} />
        <div class="actions">
          <Button look="primary">Save preferences</Button>
        </div>
      </form>
    </Layout>
  );
}

function Interface({ view: { values, errors, languages, timeZones } }: { view: PreferencesView }) {
  return (
    <section class="account-part" aria-labelledby="interface">
      <h2 id="interface">The archive</h2>
      <RadioGroup
        name="language"
        label="Language of the archive"
        help="English is the only one so far. Works can be in any language."
        value={values.language}
        choices={languages}
        error={errors.language}
      />
      <SelectField
        name="timeZone"
        label="Time zone"
        help="Times are shown, and works scheduled, by its clocks. Days that works bear are UTC’s, the same for everybody."
        prompt="Choose a time zone"
        value={values.timeZone}
        options={timeZones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
        error={errors.timeZone}
      />
      <RadioGroup
        name="theme"
        label="Theme"
        value={values.theme}
        choices={[
          { value: '', label: 'As each browser of yours says' },
          { value: 'system', label: 'As the device says' },
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
          { value: 'sepia', label: 'Sepia' },
        ]}
        error={errors.theme}
      />
    </section>
  );
}

function Reading({ view: { values, errors } }: { view: PreferencesView }) {
  return (
    <section class="account-part" aria-labelledby="reading">
      <h2 id="reading">Reading</h2>
      <RadioGroup
        name="adult"
        label="Works with adult content"
        value={values.adult}
        choices={[
          { value: 'ask', label: 'Ask me first', help: 'Once each time you sign in.' },
          { value: 'always', label: 'Never ask', help: 'You are willing to see adult content.' },
        ]}
        error={errors.adult}
      />
      <RadioGroup
        name="opens"
        label="Works with several chapters open"
        value={values.opens}
        choices={[
          { value: 'chapters', label: 'Chapter by chapter' },
          { value: 'entire', label: 'Whole, on one page' },
        ]}
        error={errors.opens}
      />
      <RadioGroup
        name="creatorStyle"
        label="Styles that creators made for their works"
        value={values.creatorStyle}
        choices={[
          { value: '', label: 'As each browser of yours says' },
          { value: 'on', label: 'Show them' },
          { value: 'off', label: 'Show works plain' },
        ]}
        error={errors.creatorStyle}
      />
      <p class="help">Size, face and measure of the text are set on any page of a work, and kept here too.</p>
    </section>
  );
}

const IN_HTML = 'Written in HTML; blank lines make paragraphs.';

function Writing({ view: { values, errors, workLanguages, pseud, limits } }: { view: PreferencesView }) {
  return (
    <section class="account-part" aria-labelledby="writing">
      <h2 id="writing">New works begin with</h2>
      <p>Each work can have it otherwise; works that are here already stay as they are.</p>
      <p>
        <a href="/account/new-works">Who sees a new work, and who speaks</a>
      </p>
      <SelectField
        name="workLanguage"
        label="Language"
        prompt="None: choose it each time"
        value={values.workLanguage}
        options={workLanguages}
        error={errors.workLanguage}
      />
      <TextAreaField
        name="notes"
        label="Notes"
        help={IN_HTML}
        value={values.notes}
        error={errors.notes}
        maxLength={limits.notes}
        short
      />
      <TextAreaField
        name="endNotes"
        label="End notes"
        help={IN_HTML}
        value={values.endNotes}
        error={errors.endNotes}
        maxLength={limits.notes}
        short
      />
      <p>
        They are signed by <bdi>{pseud}</bdi>, your default pseud. <a href="/account/pseuds">Choose another</a>
      </p>
    </section>
  );
}
