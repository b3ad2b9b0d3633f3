/** The front door of `site`: what the archive is called, its rules, and the field's limits. */
export * from './limits.ts';
export {
  DEFAULT_SETTINGS,
  JOINING,
  refusalOf,
  ruleSentences,
  type Joining,
  type RuledWork,
  type SiteRules,
  type SiteSettings,
} from './site.ts';
export { siteRules, siteSettings } from './queries.ts';
export { changeRules, changeSettings, rulesToPostUnder, type RuleChoices } from './actions.ts';
