/** What the forms of works offer: choices, limits, languages. Pure. */
import {
  NOTES_CHARACTERS,
  SUMMARY_CHARACTERS,
  TAGS_PER_WORK,
  TITLE_CHARACTERS,
  type SiteRules,
} from '../site/index.ts';
import type { Language, Term, Vocabulary } from '../tags/index.ts';
import type { WorkChoices, WorkLimits } from './pages/WorkFields.tsx';
import type { Language as LanguageView } from '../../ui/site-view.ts';

export const WORK_LIMITS: WorkLimits = {
  title: TITLE_CHARACTERS,
  summary: SUMMARY_CHARACTERS,
  notes: NOTES_CHARACTERS,
  tags: TAGS_PER_WORK,
};

/** The archive's own words to choose from; what its rules refuse says why. */
export function workChoices(words: Vocabulary, known: readonly Language[], rules: SiteRules): WorkChoices {
  const choices = (terms: readonly Term[]) => terms.map((term) => ({ value: term.code, label: term.label }));
  return {
    ratings: words.ratings.map((term) => {
      const refused = rules.refusedRatings.get(term.code);
      return { value: term.code, label: term.label, ...(refused ? { refused } : {}) };
    }),
    warnings: choices(words.warnings),
    categories: choices(words.categories),
    languages: [...languageViews(known).values()],
    statuses: choices(words.statuses),
  };
}

/** Languages by their codes, as pages show them. */
export function languageViews(known: readonly Language[]): Map<string, LanguageView> {
  return new Map(known.map((one) => [one.code, { code: one.code, name: one.name, dir: one.direction }]));
}
