/**
 * Forms in one column: label above, help under the label, error beside the field and again in a summary on top that
 * links to it. Every value and error comes in as a prop, so a refused form comes back filled in.
 */
import type { ComponentChildren } from 'preact';
import { Icon } from './icons.tsx';
import type { FormTarget, Language } from './site-view.ts';
import { inLanguage } from './AuthorText.tsx';

interface FieldProps {
  /** Also the field's id. */
  name: string;
  label: string;
  help?: ComponentChildren;
  /** One sentence. */
  error?: string | undefined;
}

interface TextProps extends FieldProps {
  value: string;
  maxLength?: number;
  /** The language the text is written in, where it is known. */
  language?: Language | null;
}

export interface ChoiceView {
  value: string;
  label: string;
  help?: string;
  /** Why it cannot be chosen here. */
  refused?: string;
}

/** A POST form that is only a button: what it does is what it says. */
export function ActionForm(props: {
  target: FormTarget;
  label: string;
  look?: 'primary' | 'danger' | 'plain';
  small?: boolean;
  /** Said after the label to those who cannot see what stands beside it. */
  about?: string;
}) {
  return (
    <form method="post" action={props.target.action}>
      <HiddenFields fields={props.target.fields} />
      <Button look={props.look} small={props.small}>
        {props.label}
        {props.about && <span class="visually-hidden"> {props.about}</span>}
      </Button>
    </form>
  );
}

export function HiddenFields({ fields }: { fields: FormTarget['fields'] }) {
  return Object.entries(fields ?? {}).map(([name, value]) => <input type="hidden" name={name} value={value} />);
}

export function Button(props: {
  children: ComponentChildren;
  look?: 'primary' | 'danger' | 'plain' | undefined;
  small?: boolean | undefined;
  name?: string;
  value?: string;
}) {
  return (
    <button type="submit" class={buttonClass(props.look, props.small)} name={props.name} value={props.value}>
      {props.children}
    </button>
  );
}

/** A link that looks like a button, for steps that change nothing by themselves. */
export function ButtonLink(props: {
  href: string;
  children: ComponentChildren;
  look?: 'primary' | 'danger' | 'plain';
  small?: boolean;
}) {
  return (
    <a class={buttonClass(props.look, props.small)} href={props.href}>
      {props.children}
    </a>
  );
}

/** The errors of a form, in the order of its fields, each linking to its field. Nothing without errors. */
export function ErrorSummary({ title, errors }: { title: string; errors: { name: string; text: string }[] }) {
  if (errors.length === 0) return null;
  return (
    <section class="summary-of-errors" aria-labelledby="errors-title" role="alert">
      <h2 id="errors-title">{title}</h2>
      <ul class="errors">
        {errors.map((error) => (
          <li>
            <a href={`#${error.name}`}>{error.text}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function TextField(
  props: TextProps & {
    brief?: boolean;
    inputMode?: 'numeric' | 'text';
    /** What a browser may fill in by itself; nothing when not said. */
    fill?: 'username' | 'nickname' | 'one-time-code';
  },
) {
  return (
    <Field {...props}>
      <input
        type="text"
        {...described(props)}
        {...(props.language === undefined ? {} : inLanguage(props.language))}
        class={props.brief ? 'brief' : undefined}
        inputMode={props.inputMode}
        maxLength={props.maxLength}
        value={props.value}
        autoComplete={props.fill ?? 'off'}
        {...(props.fill === 'username' ? { autoCapitalize: 'none', spellcheck: false } : {})}
      />
    </Field>
  );
}

/** An address of e-mail. `whose`: a browser may fill in one's own, and not where another person's is asked for. */
export function EmailField(props: FieldProps & { value: string; whose?: 'one’s own' | 'another’s' }) {
  return (
    <Field {...props}>
      <input
        type="email"
        {...described(props)}
        maxLength={254}
        value={props.value}
        autoComplete={props.whose === 'another’s' ? 'off' : 'email'}
        spellcheck={false}
      />
    </Field>
  );
}

/** A password is never sent back: a refused form asks for it again. `fill`: whether the browser knows it or may offer one. */
export function PasswordField(props: FieldProps & { fill: 'current-password' | 'new-password' }) {
  return (
    <Field {...props}>
      <input type="password" {...described(props)} value="" autoComplete={props.fill} />
    </Field>
  );
}

/** A day, or a minute, as `2026-11-03` and `2026-11-03T18:30`; no zone is sent, so the label or the help names it. */
export function MomentField(props: FieldProps & { value: string; to: 'day' | 'minute' }) {
  return (
    <Field {...props}>
      {props.to === 'day' ? (
        <input type="date" {...described(props)} class="moment" value={props.value} />
      ) : (
        <input type="datetime-local" {...described(props)} class="moment" value={props.value} />
      )}
    </Field>
  );
}

/** `offers`: where suggestions for the name in which the cursor stands are asked for, in a field of names. */
export function TextAreaField(props: TextProps & { short?: boolean; offers?: string }) {
  const area = <TextArea {...props} />;
  return (
    <Field {...props}>
      {props.offers === undefined ? (
        area
      ) : (
        <type-ahead data-from={props.offers} data-use="names">
          {area}
        </type-ahead>
      )}
    </Field>
  );
}

function TextArea(props: TextProps & { short?: boolean }) {
  return (
    <textarea
      {...described(props)}
      {...(props.language === undefined ? {} : inLanguage(props.language))}
      class={props.short ? 'short' : undefined}
      rows={props.short ? 2 : 5}
      maxLength={props.maxLength}
    >
      {/* The parser drops one line break after the tag: this one, so that the text's own first one stays. */}
      {'\n' + props.value}
    </textarea>
  );
}

export function SelectField(
  props: FieldProps & {
    value: string;
    /** Said by the first, empty choice: nothing is preselected. */
    prompt: string;
    options: { value: string; label: string; lang?: string }[];
  },
) {
  return (
    <Field {...props}>
      <select {...described(props)}>
        <option value="" selected={props.value === ''}>
          {props.prompt}
        </option>
        {props.options.map((option) => (
          <option value={option.value} lang={option.lang} selected={option.value === props.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** One of several; `value` '' leaves all of them open. */
export function RadioGroup(props: FieldProps & { value: string; choices: ChoiceView[] }) {
  return (
    <Group {...props}>
      <div class="choices">
        {props.choices.map((choice, place) => (
          <ChoiceLine group={props} choice={choice} place={place} type="radio" chosen={choice.value === props.value} />
        ))}
      </div>
    </Group>
  );
}

/** Any of several; the field repeats. */
export function CheckboxGroup(props: FieldProps & { values: string[]; choices: ChoiceView[]; across?: boolean }) {
  return (
    <Group {...props}>
      <div class={props.across ? 'choices across' : 'choices'}>
        {props.choices.map((choice, place) => (
          <ChoiceLine
            group={props}
            choice={choice}
            place={place}
            type="checkbox"
            chosen={props.values.includes(choice.value)}
          />
        ))}
      </div>
    </Group>
  );
}

/** A single yes or no; sends 'on'. */
export function Checkbox(props: { name: string; label: string; help?: string; checked: boolean }) {
  return (
    <label class="choice">
      <input type="checkbox" id={props.name} name={props.name} value="on" checked={props.checked} />
      <span>
        {props.label}
        {props.help && <small>{props.help}</small>}
      </span>
    </label>
  );
}

function ChoiceLine(props: {
  group: FieldProps;
  choice: ChoiceView;
  place: number;
  type: 'radio' | 'checkbox';
  chosen: boolean;
}) {
  const { group, choice } = props;
  // The first choice carries the group's own id: the error summary leads there.
  const id = props.place === 0 ? group.name : `${group.name}-${props.place + 1}`;
  const small = choice.refused ?? choice.help;
  return (
    <label class="choice">
      <input
        type={props.type}
        id={id}
        name={group.name}
        value={choice.value}
        checked={props.chosen}
        disabled={choice.refused !== undefined}
      />
      <span>
        {choice.label}
        {small && <small>{small}</small>}
      </span>
    </label>
  );
}

function Group(props: FieldProps & { children: ComponentChildren }) {
  return (
    <fieldset class="field" aria-describedby={descriptionOf(props)}>
      <legend>{props.label}</legend>
      <Explained {...props} />
      {props.children}
    </fieldset>
  );
}

function Field(props: FieldProps & { children: ComponentChildren }) {
  return (
    <div class="field">
      <label for={props.name}>{props.label}</label>
      <Explained {...props} />
      {props.children}
    </div>
  );
}

function Explained({ name, help, error }: FieldProps) {
  return (
    <>
      {help && (
        <p class="help" id={`${name}-help`}>
          {help}
        </p>
      )}
      {error && (
        <p class="error" id={`${name}-error`}>
          <Icon name="warning" /> {error}
        </p>
      )}
    </>
  );
}

function described(props: FieldProps) {
  return {
    id: props.name,
    name: props.name,
    'aria-describedby': descriptionOf(props),
    'aria-invalid': props.error ? ('true' as const) : undefined,
  };
}

function descriptionOf({ name, help, error }: FieldProps): string | undefined {
  const ids = [help && `${name}-help`, error && `${name}-error`].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

function buttonClass(look: string | undefined, small: boolean | undefined): string {
  return ['button', look, small && 'small'].filter(Boolean).join(' ');
}
