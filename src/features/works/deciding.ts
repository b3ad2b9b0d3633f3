/** What the creators of a work decide about it beside what it says: who speaks, what is made of it, who may know. Pure. */

/** From whom a work takes comments. */
export const COMMENTERS = ['all', 'registered', 'nobody'] as const;
export type Commenters = (typeof COMMENTERS)[number];

export const COMMENTERS_WORDS: Record<Commenters, string> = {
  all: 'Everybody, guests too',
  registered: 'Registered readers',
  nobody: 'Nobody',
};

/** What a work lets others do. */
export interface Decisions {
  commenters: Commenters;
  /** Its creators look at a comment before others see it. */
  commentsModerated: boolean;
  downloads: boolean;
  /** Whoever trains AI is asked to leave it out. */
  noAi: boolean;
}

/** What holds for works of which nobody has said anything: defaults that protect people. */
export const NEW_WORK_DECISIONS: Decisions = {
  commenters: 'registered',
  commentsModerated: false,
  downloads: true,
  noAi: true,
};

/** What an account's new works begin with. */
export interface NewWorkDefaults extends Decisions {
  restricted: boolean;
  noindex: boolean;
}

export const UNSAID_DEFAULTS: NewWorkDefaults = { ...NEW_WORK_DECISIONS, restricted: false, noindex: false };

/**
 * What of a work can be concealed: who wrote it, or that it is there at all. It is so for as long as a cause holds it; its
 * creators are one cause, and others end without theirs.
 */
export const CONCEALMENTS = ['anonymous', 'unrevealed'] as const;
export type ConcealmentKind = (typeof CONCEALMENTS)[number];

/** What the creators themselves are called among the causes. */
export const CREATORS_CAUSE = 'creator';

/** Who is asked from whom comments come; null for what is none of the answers. */
export function commentersFrom(said: string | undefined): Commenters | null {
  return COMMENTERS.find((one) => one === said) ?? null;
}

/** The decisions of a row. */
export function decisionsIn(row: {
  commenters: Commenters;
  comments_moderated: 0 | 1;
  downloads: 0 | 1;
  no_ai: 0 | 1;
}): Decisions {
  return {
    commenters: row.commenters,
    commentsModerated: row.comments_moderated === 1,
    downloads: row.downloads === 1,
    noAi: row.no_ai === 1,
  };
}

/** The columns of some decisions; what is not said is left out. */
export function columnsOf(said: Partial<Decisions>) {
  const flag = (value: boolean) => (value ? (1 as const) : (0 as const));
  return {
    ...(said.commenters === undefined ? {} : { commenters: said.commenters }),
    ...(said.commentsModerated === undefined ? {} : { comments_moderated: flag(said.commentsModerated) }),
    ...(said.downloads === undefined ? {} : { downloads: flag(said.downloads) }),
    ...(said.noAi === undefined ? {} : { no_ai: flag(said.noAi) }),
  };
}
