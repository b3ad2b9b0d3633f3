/**
 * The field's limits, as fandom knows them from AO3, in one place. An import over a limit is kept whole and flagged;
 * only what a person types is refused.
 */
export const TITLE_CHARACTERS = 255;
/** What readers should know before one chapter: a line or two, where longer words belong into its notes. */
export const CHAPTER_WARNINGS_CHARACTERS = 500;
export const SUMMARY_CHARACTERS = 1_250;
export const NOTES_CHARACTERS = 5_000;
export const CHAPTER_CHARACTERS = 510_000;
export const COMMENT_CHARACTERS = 10_000;
export const TAG_CHARACTERS = 150;
/** Fandom, relationship, character and additional tags of a work together. */
export const TAGS_PER_WORK = 75;
export const PSEUD_CHARACTERS = 40;
/** Characters of what a pseud says of itself, links elsewhere beside it, and of an icon's alternative text. */
export const PROFILE_CHARACTERS = 5_000;
export const PROFILE_LINKS = { most: 10, label: 80, address: 500 } as const;
export const ICON_ALT_CHARACTERS = 250;
export const USERNAME_CHARACTERS = { least: 3, most: 40 } as const;
export const PASSWORD_BYTES = { least: 8, most: 128 } as const;
export const WORKS_PER_PAGE = 25;
/** Days in which a deletion can be undone. */
export const UNDO_DAYS = 30;
/** Characters no tag name may hold: the comma separates tags in filters and forms, the others mean something in addresses. */
export const FORBIDDEN_IN_TAGS = /[,，、*<>^{}=`\\%]/u;
/** Characters in the name and the description of an archive. */
export const SITE_NAME_CHARACTERS = 80;
export const SITE_DESCRIPTION_CHARACTERS = 500;
/** Years that a host can ask of those who join. */
export const MINIMUM_AGE = { least: 13, most: 99 } as const;
/** Invitations that a host can allow each member. */
export const INVITATIONS_EACH = { least: 0, most: 100 } as const;
/** Invitations a day that a host can let the queue have. */
export const QUEUE_EACH_DAY = { least: 1, most: 1_000 } as const;
/** Characters of a page that the owner writes: rules, contact. */
export const OWN_PAGE_CHARACTERS = 50_000;
/** Characters of a work skin as its creator writes it, and how many skins each can have. */
export const SKIN_CHARACTERS = 510_000;
export const SKINS_EACH = 100;
/** Series that each account can make. */
export const SERIES_EACH = 1_000;
