/** The front door of `gifts`. */
export { giftsPath } from './gift.ts';
export { recipientsOf, type Recipient } from './queries.ts';
