/** What is said about a work that came in, beside its text: what was guessed is marked, what the archive knows is offered. */
import {
  Button,
  CheckboxGroup,
  ErrorSummary,
  HiddenFields,
  RadioGroup,
  SelectField,
  TextAreaField,
  TextField,
} from '../../../ui/Form.tsx';
import { listOf } from '../../../ui/numbers.ts';
import type { SiteView } from '../../../ui/site-view.ts';
import type { NameField, ReviewDetailsValues, ReviewDetailsView } from './import-view.ts';

const nameFields: readonly { field: NameField; kind: string; label: string; one: string }[] = [
  { field: 'fandoms', kind: 'fandom', label: 'Fandoms', one: 'fandom' },
  { field: 'relationships', kind: 'relationship', label: 'Relationships', one: 'relationship' },
  { field: 'characters', kind: 'character', label: 'Characters', one: 'character' },
  { field: 'freeforms', kind: 'freeform', label: 'Additional tags', one: 'tag' },
];

const formOrder = [
  'title',
  'language',
  'rating',
  'warnings',
  'categories',
  'fandoms',
  'relationships',
  'characters',
  'freeforms',
] as const satisfies (keyof ReviewDetailsValues)[];

interface DetailsProps {
  site: SiteView;
  view: ReviewDetailsView;
  missing: string[];
  draft: boolean;
}

export function ReviewDetails({ view, missing, draft }: DetailsProps) {
  const { values, errors, choices } = view;
  const language = choices.languages.find(({ code }) => code === values.language) ?? null;
  return (
    <>
      <ErrorSummary
        title="Couldn’t save:"
        errors={formOrder.flatMap((name) => (errors[name] ? [{ name, text: errors[name] }] : []))}
      />
      <form class="fields details-form" method="post" action={view.target.action}>
        <HiddenFields fields={view.target.fields} />
        {/* The first button of a form is the one that Return in a field presses: it saves. */}
        <div class="details-head">
          <h2>About the work</h2>
          <Button name="then" value="save" small>
            Save
          </Button>
        </div>
        <TextField
          name="title"
          label="Title"
          help={
            view.titleDerived ? (
              <Marked>Made of the file’s name or the first words: the file names none.</Marked>
            ) : undefined
          }
          value={values.title}
          error={errors.title}
          maxLength={view.titleLimit}
          language={language}
        />
        <SelectField
          name="language"
          label="Language"
          help={view.languageGuessed ? <Marked>Guessed from the text.</Marked> : undefined}
          prompt="Choose the language of the text"
          value={values.language}
          error={errors.language}
          options={choices.languages.map(({ code, name }) => ({ value: code, label: name, lang: code }))}
        />
        {nameFields.slice(0, 1).map((field) => (
          <Names {...field} view={view} />
        ))}
        <RadioGroup
          name="rating"
          label="Rating"
          value={values.rating}
          error={errors.rating}
          choices={choices.ratings.map(({ value, label, refused }) => ({
            value,
            label,
            ...(refused ? { refused } : {}),
          }))}
        />
        <CheckboxGroup
          name="warnings"
          label="Archive warnings"
          values={values.warnings}
          error={errors.warnings}
          choices={choices.warnings.map(({ value, label }) => ({ value, label }))}
        />
        <CheckboxGroup
          name="categories"
          label="Categories"
          values={values.categories}
          error={errors.categories}
          choices={choices.categories.map(({ value, label }) => ({ value, label }))}
          across
        />
        {nameFields.slice(1).map((field) => (
          <Names {...field} view={view} />
        ))}
        <div class="actions save">
          <Button look={draft ? undefined : 'primary'} name="then" value="save">
            Save
          </Button>
          {draft && (
            <Button look="primary" name="then" value="post">
              Save and post
            </Button>
          )}
          {draft && missing.length > 0 && <p class="help">It still needs {listOf(missing)}.</p>}
        </div>
      </form>
    </>
  );
}

function Marked({ children }: { children: string }) {
  return <mark>{children}</mark>;
}

/** A field of names, those that stand in the text as buttons, and by script one that offers names while it is typed in. */
function Names(props: { field: NameField; kind: string; label: string; one: string; view: ReviewDetailsView }) {
  const { field, view } = props;
  const suggested = view.suggested[field] ?? [];
  return (
    <name-field class="names" data-kind={props.kind}>
      <TextAreaField
        name={field}
        label={props.label}
        value={view.values[field]}
        error={view.errors[field]}
        language={null}
        short
      />
      <div class="add-name" hidden>
        <input
          type="text"
          aria-label={`Add to ${props.label.toLowerCase()}`}
          autoComplete="off"
          placeholder={`Add a ${props.one}`}
        />
        <button type="button" class="button small">
          Add<span class="visually-hidden"> to {props.label.toLowerCase()}</span>
        </button>
      </div>
      {suggested.length > 0 && (
        <div class="suggested-names" role="group" aria-label={`${props.label} named in the text`}>
          <span class="help">In the text:</span>
          {suggested.map((name) => (
            <button type="submit" class="button small" name="add" value={`${field}:${name}`}>
              <span class="visually-hidden">Add </span>
              <span aria-hidden="true">+</span> <bdi>{name}</bdi>
            </button>
          ))}
        </div>
      )}
    </name-field>
  );
}
