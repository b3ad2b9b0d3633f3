/** The fields of what is said about a work, shared by the form for a new one and the one that corrects it. */
import {
  Checkbox,
  CheckboxGroup,
  type ChoiceView,
  RadioGroup,
  SelectField,
  TextAreaField,
  TextField,
} from '../../../ui/Form.tsx';
import { countOf, formatNumber } from '../../../ui/numbers.ts';
import type { Language, SiteView } from '../../../ui/site-view.ts';
import type { FreeKind } from '../../tags/index.ts';

/** The form as it was last sent or as the work stands; field names in the form are these keys. */
export interface EditWorkValues {
  title: string;
  /** Comma-separated tag names, as typed. */
  fandoms: string;
  relationships: string;
  characters: string;
  freeforms: string;
  /** Value of the chosen rating, or '' while none is chosen. */
  rating: string;
  /** Values of the ticked boxes; the fields repeat. */
  warnings: string[];
  categories: string[];
  /** BCP 47 code or ''. */
  language: string;
  /** 'in-progress' | 'on-hiatus' | 'discontinued'; complete is derived from the planned chapters. */
  status: string;
  /** As typed; '' or '?' when not known. */
  plannedChapters: string;
  summary: string;
  notes: string;
  endNotes: string;
  /** Checkboxes send 'on'. */
  restricted: boolean;
  noindex: boolean;
}

/** What there is to choose from. */
export interface WorkChoices {
  ratings: ChoiceView[];
  warnings: ChoiceView[];
  categories: ChoiceView[];
  languages: Language[];
  statuses: ChoiceView[];
}

export interface WorkLimits {
  title: number;
  summary: number;
  notes: number;
  tags: number;
}

export interface WorkFieldsView {
  values: EditWorkValues;
  /** One sentence each, by field. */
  errors: Partial<Record<keyof EditWorkValues, string>>;
  choices: WorkChoices;
  limits: WorkLimits;
  /** How many chapters are posted; of a work that is being written for the first time, null. */
  chaptersPosted: number | null;
}

interface PartProps {
  site: SiteView;
  view: WorkFieldsView;
}

export function About({ view: { values, errors, choices, limits, chaptersPosted }, site }: PartProps) {
  return (
    <>
      <TextField
        name="title"
        label="Title"
        value={values.title}
        error={errors.title}
        maxLength={limits.title}
        language={languageOf(values.language, choices.languages)}
      />
      <SelectField
        name="language"
        label="Language"
        prompt="Choose the language of the text"
        value={values.language}
        error={errors.language}
        options={choices.languages.map(({ code, name }) => ({ value: code, label: name, lang: code }))}
      />
      <RadioGroup name="rating" label="Rating" value={values.rating} error={errors.rating} choices={choices.ratings} />
      <CheckboxGroup
        name="warnings"
        label="Archive warnings"
        help="At least one. If you would rather not say, choose that."
        values={values.warnings}
        error={errors.warnings}
        choices={choices.warnings}
      />
      <CheckboxGroup
        name="categories"
        label="Categories"
        help="None, one or several."
        values={values.categories}
        error={errors.categories}
        choices={choices.categories}
        across
      />
      <TextField
        name="plannedChapters"
        label="Planned chapters"
        help={`${chaptersPosted === null ? '' : `${countOf(chaptersPosted, 'chapter', site.locale)} so far. `}A ? while you do not know. The work is complete when all are posted.`}
        value={values.plannedChapters}
        error={errors.plannedChapters}
        inputMode="text"
        brief
      />
      <RadioGroup
        name="status"
        label="While it is not complete"
        value={values.status}
        error={errors.status}
        choices={choices.statuses}
      />
    </>
  );
}

/** Where suggestions for tags of a kind are asked for: none that stands only on works the viewer may not see. */
function tagsFrom(kind: FreeKind): string {
  return `/api/v1/tags/suggestions?kind=${kind}`;
}

export function Tags({ view: { values, errors, limits }, site }: PartProps) {
  return (
    <>
      <TextAreaField
        name="fandoms"
        label="Fandoms"
        help={`Separated by commas. All tags of a work together can be ${formatNumber(limits.tags, site.locale)}.`}
        value={values.fandoms}
        error={errors.fandoms}
        language={null}
        short
        offers={tagsFrom('fandom')}
      />
      <TextAreaField
        name="relationships"
        label="Relationships"
        help="A/B for romantic or sexual, A & B for platonic or familial, A ~ B for queerplatonic. Separated by commas; the first is the main one."
        value={values.relationships}
        error={errors.relationships}
        language={null}
        short
        offers={tagsFrom('relationship')}
      />
      <TextAreaField
        name="characters"
        label="Characters"
        help="Separated by commas."
        value={values.characters}
        error={errors.characters}
        language={null}
        short
        offers={tagsFrom('character')}
      />
      <TextAreaField
        name="freeforms"
        label="Additional tags"
        help="Anything else that helps a reader find the work or keep away from it. Separated by commas."
        value={values.freeforms}
        error={errors.freeforms}
        language={null}
        short
        offers={tagsFrom('freeform')}
      />
    </>
  );
}

export function Words({ view: { values, errors, limits, choices }, site }: PartProps) {
  const language = languageOf(values.language, choices.languages);
  const upTo = (limit: number) => `Up to ${formatNumber(limit, site.locale)} characters.`;
  return (
    <>
      <TextAreaField
        name="summary"
        label="Summary"
        help={upTo(limits.summary)}
        value={values.summary}
        error={errors.summary}
        language={language}
      />
      <TextAreaField
        name="notes"
        label="Notes"
        help={`Shown before the text. ${upTo(limits.notes)}`}
        value={values.notes}
        error={errors.notes}
        language={language}
      />
      <TextAreaField
        name="endNotes"
        label="End notes"
        help={`Shown after the text. ${upTo(limits.notes)}`}
        value={values.endNotes}
        error={errors.endNotes}
        language={language}
      />
    </>
  );
}

export function Privacy({ values }: { values: EditWorkValues }) {
  return (
    <fieldset class="field">
      <legend>Who finds it</legend>
      <Checkbox
        name="restricted"
        label="Registered readers only"
        help="Nobody else sees that it exists."
        checked={values.restricted}
      />
      <Checkbox
        name="noindex"
        label="Hide from search engines"
        help="A request that search engines may or may not honour."
        checked={values.noindex}
      />
    </fieldset>
  );
}

export const workFormOrder = [
  'title',
  'language',
  'rating',
  'warnings',
  'categories',
  'plannedChapters',
  'status',
  'fandoms',
  'relationships',
  'characters',
  'freeforms',
  'summary',
  'notes',
  'endNotes',
  'restricted',
  'noindex',
] as const satisfies (keyof EditWorkValues)[];

export function languageOf(code: string, languages: Language[]): Language | null {
  return languages.find((language) => language.code === code) ?? null;
}
