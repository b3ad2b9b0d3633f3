/** The front door of `moderation`: what other pages say of hidden works and of an account's standing. */
export { askForReason, withLooks } from './looks.queries.ts';
export { isPseudHeld, standingNotice, type StandingNotice } from './people.queries.ts';
export { countReportsWaiting } from './reports.queries.ts';
export { whyHidden } from './works.queries.ts';
export { GONE_CASE_DAYS } from './gone.ts';
