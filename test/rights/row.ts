/** What a row of the rights table says: who is answered what, when they ask for a path that names what there is. */
import type { Before, Thing } from './things.ts';

/** `creator` is in the byline of the work in question; `archivist` has brought one in; `stranger` has an account. */
export const WHO = ['guest', 'stranger', 'creator', 'archivist', 'moderator', 'owner'] as const;
export type Who = (typeof WHO)[number];
/** The status of the answer to each. */
export type Answers = Record<Who, number>;

export interface Row {
  answers: Answers;
  /** A thing's name in braces stands for it: `/works/{work}/gifts/{gift}/removal`. `things.ts` says what there is. */
  path: string;
  fields?: Record<string, string>;
  /** Sent as a form with files, or as a file itself, instead of the fields. It may need the key of the sender's device. */
  body?: (deviceKey: () => Promise<string>) => FormData | string | Promise<string>;
  /** The state that the work, or the series made by hand, is in before. */
  before?: Before;
  /** The state the import is in before; over when nothing is said. */
  run?: 'gathering';
  /** What must be there although the path does not name it. Where a row only looks, everything is there. */
  with?: readonly Thing[] | 'everything';
}

export const answers = (some: Partial<Answers>, others: number): Answers =>
  Object.fromEntries(WHO.map((who) => [who, some[who] ?? others])) as Answers;
export const everybody = (status: number) => answers({}, status);
export const accounts = (status: number) => answers({ guest: 404 }, status);
/** Everybody with an account; a guest is led to the door. */
export const accountsOrDoor = (status: number) => answers({ guest: 302 }, status);
/** Those who keep a work: its creators, or who brought it in. Everybody else learns nothing of it. */
export const keepers = (status: number) => answers({ creator: status, archivist: status }, 404);
/** Those who answer reports. */
export const moderators = (status: number) => answers({ moderator: status, owner: status }, 404);
export const owner = (status: number) => answers({ owner: status }, 404);
/** Those with the right to bring in works; of an import, each of their own. */
export const importers = (status: number) => answers({ archivist: status, owner: status }, 404);

/** What the owner and moderators write when they take a measure. */
export const BECAUSE = { reason: 'Somebody asked for it.' };

/** What the form of a work's details says. */
export const FORM = {
  title: 'Corrected',
  fandoms: 'Dracula',
  rating: 'general',
  warnings: 'none',
  language: 'en',
  status: 'in-progress',
  plannedChapters: '?',
};
