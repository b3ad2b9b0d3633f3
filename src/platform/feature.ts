/** What a feature hands to the app: its ways in, what it does in the background, and its share of `erase`. */
import type { Env, Hono } from 'hono';
import type { Tx } from './db/tables.ts';
import type { Consumer } from './events/consumers.ts';
import type { JobKind } from './jobs/runner.ts';
import type { Ground } from './ground.ts';

/** A file that somebody takes out of the archive. */
export interface TakenFile {
  /** Inside the folder that is taken out; its parts are parted by `/`. */
  path: string;
  content: string | Uint8Array;
}

export interface Feature<E extends Env = Env> {
  name: string;
  /** Mounts the feature's routes. */
  routes?: (web: Hono<E>, ground: Ground) => void;
  jobs?: (ground: Ground) => JobKind[];
  /** Begins what the feature does beside requests and jobs, once the server listens. Nothing waits for it. */
  start?: () => void | Promise<void>;
  /** Ends it, when the server stops. */
  stop?: () => Promise<void>;
  /** Addresses at which files come in from accounts, by PUT or in a form with files; the feature holds their size within its own limits. */
  takesFiles?: RegExp;
  /** Addresses that the script of a page sends to for accounts: what is refused there is said in JSON, and a guest is told so at once. */
  forScripts?: RegExp;
  /** Addresses that take large forms from guests too: what somebody typed whose session has ended goes by them. */
  carriesTyped?: RegExp;
  /**
   * Addresses at which accounts send long texts, pictures or many names: a form there may be as large as a chapter, also when its
   * session has ended, so that it can be shown again.
   */
  takesLong?: RegExp;
  consumers?: (ground: Ground) => Consumer[];
  /** Ends what must not live again when an older copy of the archive is restored: sessions, links that are good once. */
  restored?: (tx: Tx, now: number) => Promise<void>;
  /** Everything of one account that this feature keeps, for that account to take out; nothing of others, and no secret. */
  takeOut?: {
    account?: (ground: Ground, accountId: number) => AsyncIterable<TakenFile>;
    /** What it keeps of one work; the paths are inside the folder of that work. */
    work?: (ground: Ground, accountId: number, workId: number) => AsyncIterable<TakenFile>;
  };
  erase?: {
    /** Tables of this feature in which an account stands; a test compares them with the schema. */
    accountTables: readonly string[];
    /** Removes what the feature keeps of a work. @returns blobs that nothing needs any more. */
    work?: (tx: Tx, now: number, workId: number) => Promise<string[]>;
    /** Removes what the feature keeps of an account. */
    account?: (tx: Tx, now: number, accountId: number) => Promise<void>;
  };
}
