/** The front door of `gifts`. */
export { giftsPath } from './gift.ts';
export { giveNamed, recipientProblem } from './giving.form.ts';
export { countGiftsWaiting, countGiven, recipientsOf, type Recipient } from './queries.ts';
