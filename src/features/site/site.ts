/** The archive as a whole: its name, what it says of itself, and the rules by which it takes works. Pure. */

export interface SiteSettings {
  name: string;
  description: string;
  /** Whether search engines are asked in. They are not, until the owner decides. */
  indexed: boolean;
  /** Whether the archive asks, for all that it shows, that no AI is trained on it. */
  noTraining: boolean;
  /** Set once the sample library has been offered, so that it is never brought in twice. */
  samplesOffered: boolean;
  /** Who may join. */
  joining: Joining;
  /** Years that somebody who joins confirms to have. */
  minimumAge: number;
  /** Invitations that each member may give; the owner gives any number. */
  invitationsEach: number;
  /** Whether those without an invitation may wait for one in a queue; needs mail. */
  invitationQueue: boolean;
  /** How many from the queue are invited each day. */
  queueEachDay: number;
}

/** Who may join: with an invitation, everybody, or nobody. */
export const JOINING = ['invitation', 'open', 'closed'] as const;
export type Joining = (typeof JOINING)[number];

export const DEFAULT_SETTINGS: SiteSettings = {
  name: 'Fanfold',
  description: 'An archive of fanworks.',
  indexed: false,
  noTraining: true,
  samplesOffered: false,
  joining: 'invitation',
  minimumAge: 13,
  invitationsEach: 0,
  invitationQueue: false,
  queueEachDay: 10,
};

/** What the archive refuses. Rows in the database; a host can add and remove them. */
export interface SiteRules {
  /** Labels by which a source names what is not taken, by name key, with the reason given to people. */
  refusedLabels: ReadonlyMap<string, { label: string; reason: string }>;
  /** Codes of ratings that are not taken, with the reason. */
  refusedRatings: ReadonlyMap<string, string>;
  /** Every posted work is for registered readers only. */
  registeredOnly: boolean;
}

/** What of a work the rules look at: name keys of all its tags (also as the source wrote them), and its rating's code. */
export interface RuledWork {
  labelKeys: Iterable<string>;
  rating: string | null;
}

/** @returns the reason for which the archive does not take this work, or null. */
export function refusalOf(rules: SiteRules, work: RuledWork): string | null {
  for (const key of work.labelKeys) {
    const refused = rules.refusedLabels.get(key);
    if (refused) return `It is labelled "${refused.label}". ${refused.reason}`;
  }
  return (work.rating !== null && rules.refusedRatings.get(work.rating)) || null;
}

/** The sentences of the rules, each once, for who is asked to keep them. */
export function ruleSentences(rules: SiteRules): string[] {
  const labels = [...rules.refusedLabels.values()].map((refused) => refused.reason);
  const sentences = [...labels, ...rules.refusedRatings.values()];
  if (rules.registeredOnly) sentences.push('Works in this archive are for registered readers only.');
  return [...new Set(sentences)];
}

/** Pages about the archive that its owner writes. */
export type OwnPage = 'rules' | 'contact';
