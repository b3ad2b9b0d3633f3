/** How much a filter may hold. What is beyond is refused with a sentence, so that no address costs more than these. */
export const MOST_PARAMETERS = 200;
/** Characters (UTF-16 units) of one value, as it came and as it is written out. */
export const MOST_CHARACTERS = 2_000;
/** Conditions in all: included, excluded, and within `q`. */
export const MOST_LEAVES = 300;
/** Parentheses within parentheses in `q`. */
export const MOST_DEPTH = 20;
/** Names, ids or codes in one any-of list. */
export const MOST_IN_LIST = 100;
/** Mistakes that are told at once. */
export const MOST_MISTAKES = 20;
export const LAST_PAGE = 1_000_000_000;
export const MOST_PER_PAGE = 100;
/** Seeds are 0 to this: 2^26 - 1, as the shuffle has it. */
export const LAST_SEED = 2 ** 26 - 1;
/** Days before today that a date can name: a hundred years. */
export const MOST_DAYS_AGO = 36_500;
/** Words that `NEAR` lets stand between. */
export const MOST_NEAR = 100;
/** Where NEAR names no number: ten, as in SQLite's full text search. */
export const USUAL_NEAR = 10;
