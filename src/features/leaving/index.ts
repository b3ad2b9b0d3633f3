/** The front door of `leaving`. */
export { letGoAgain } from './actions.ts';
