/** The front door of `leaving`. */
export { letGoAgain, type GivenUp } from './again.actions.ts';
