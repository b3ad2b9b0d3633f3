/** The front door of `site`: what the archive is called, its rules, and the field's limits. */
export * from './limits.ts';
export {
  DEFAULT_SETTINGS,
  JOINING,
  refusalOf,
  ruleSentences,
  type Joining,
  type OwnPage,
  type RuledWork,
  type SiteRules,
  type SiteSettings,
} from './site.ts';
export { sitePage, siteRules, siteSettings } from './queries.ts';
export { changePage, changeRules, changeSettings, rulesToPostUnder, type RuleChoices } from './actions.ts';
