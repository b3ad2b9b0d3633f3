/** The form of preferences: from what was kept to fields, and from what was typed to what is kept. */
import type { Form } from '../../platform/http/form.ts';
import { timeZones } from '../../platform/time-zone.ts';
import { CHOSEN_ABOUT } from './letter-choices.ts';
import { NOTES_CHARACTERS } from '../site/index.ts';
import type { PreferencesErrors, PreferencesValues } from './pages/PreferencesPage.tsx';
import {
  ADULT_CHOICES,
  INTERFACE_LANGUAGES,
  READING_WAYS,
  SWITCHES,
  THEMES,
  type AccountPreferences,
} from './preferences.ts';

export function preferencesValues(kept: AccountPreferences): PreferencesValues {
  const { language, notes, endNotes } = kept.writing;
  return {
    language: kept.language,
    timeZone: kept.timeZone,
    theme: kept.theme ?? '',
    adult: kept.adult,
    opens: kept.opens,
    creatorStyle: kept.creatorStyle ?? '',
    workLanguage: language,
    notes,
    endNotes,
    letters: CHOSEN_ABOUT.filter((about) => kept.letters[about]),
  };
}

export function readPreferencesForm(form: Form): PreferencesValues {
  const text = (name: string) => (form.one(name) ?? '').replaceAll('\r\n', '\n');
  return {
    language: text('language'),
    timeZone: text('timeZone'),
    theme: text('theme'),
    adult: text('adult'),
    opens: text('opens'),
    creatorStyle: text('creatorStyle'),
    workLanguage: text('workLanguage'),
    notes: text('notes'),
    endNotes: text('endNotes'),
    letters: form.one('lettersAsked') === undefined ? null : form.all('letters'),
  };
}

/** Fields with one value each. */
type OneChoice = Exclude<keyof PreferencesValues, 'letters'>;

const CHOOSE = 'Choose one of the list.';

/** What was chosen, or a sentence for each field that names nothing there is. `workLanguages`: codes of works' languages. */
export function chosenFrom(
  values: PreferencesValues,
  workLanguages: readonly string[],
):
  | { chosen: Omit<AccountPreferences, 'reading' | 'letters'> & Partial<Pick<AccountPreferences, 'letters'>> }
  | { errors: PreferencesErrors } {
  const errors: PreferencesErrors = {};
  const oneOf = <T extends string>(field: OneChoice, allowed: readonly T[]): T | null => {
    const found = allowed.find((one) => one === values[field]) ?? null;
    if (found === null) errors[field] = CHOOSE;
    return found;
  };
  const mayBeOpen = <T extends string>(field: OneChoice, allowed: readonly T[]): T | null =>
    values[field] === '' ? null : oneOf(field, allowed);
  const language = oneOf(
    'language',
    INTERFACE_LANGUAGES.map((one) => one.code),
  );
  const timeZone = oneOf('timeZone', timeZones);
  const adult = oneOf('adult', ADULT_CHOICES);
  const opens = oneOf('opens', READING_WAYS);
  const theme = mayBeOpen('theme', THEMES);
  const creatorStyle = mayBeOpen('creatorStyle', SWITCHES);
  const workLanguage = mayBeOpen('workLanguage', workLanguages) ?? '';
  for (const field of ['notes', 'endNotes'] as const)
    if (values[field].length > NOTES_CHARACTERS)
      errors[field] = `At most ${NOTES_CHARACTERS} characters; here are ${values[field].length}.`;
  if (Object.keys(errors).length > 0 || language === null || timeZone === null || adult === null || opens === null)
    return { errors };
  const { notes, endNotes } = values;
  return {
    chosen: {
      language,
      timeZone,
      theme,
      adult,
      opens,
      creatorStyle,
      writing: { language: workLanguage, notes, endNotes },
      ...(values.letters === null ? {} : { letters: lettersFrom(values.letters) }),
    },
  };
}

/** What is ticked comes; what is not does not. Names that there are not are passed over. */
function lettersFrom(ticked: readonly string[]): AccountPreferences['letters'] {
  const comes = new Set(ticked);
  return {
    'co-creation': comes.has('co-creation'),
    gift: comes.has('gift'),
    'related-work': comes.has('related-work'),
    report: comes.has('report'),
  };
}
