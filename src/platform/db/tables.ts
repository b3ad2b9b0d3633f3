/**
 * The tables of the truth, as types. Each feature adds its own by declaration merging in its `tables.ts`;
 * here stand only those that belong to the platform.
 */
import type { Generated, Kysely, Transaction } from 'kysely';

/** 0 or 1: neither database's own boolean is shared by both. */
export type Flag = 0 | 1;
/** UTC milliseconds since 1970, an integer below 2^53. */
export type Time = number;

export interface ArchiveStateTable {
  key: string;
  value: string;
}

export interface EventsTable {
  id: Generated<number>;
  kind: string;
  subject: string;
  subject_id: number;
  work_id: number | null;
  version: number;
  at: Time;
}

export interface EventPruningTable {
  id: 1;
  pruned_to: number;
}

export interface EventCursorsTable {
  consumer: string;
  event_id: number;
  epoch: string;
}

export interface EventDeliveriesTable {
  consumer: string;
  event_id: number;
  recipient: string;
  at: Time;
}

export interface JobsTable {
  id: Generated<number>;
  kind: string;
  payload: string;
  unique_key: string | null;
  state: 'ready' | 'running' | 'done' | 'dead';
  attempts: number;
  run_at: Time;
  locked_until: Time | null;
  last_error: string | null;
  created_at: Time;
  finished_at: Time | null;
}

export interface CronTable {
  name: string;
  next_at: Time;
}

/** Every table of the archive. Features merge theirs in. */
export interface Tables {
  archive_state: ArchiveStateTable;
  events: EventsTable;
  event_pruning: EventPruningTable;
  event_cursors: EventCursorsTable;
  event_deliveries: EventDeliveriesTable;
  jobs: JobsTable;
  cron: CronTable;
}

/** The handle for reading. Never write through it; on SQLite it could not. */
export type Reads = Kysely<Tables>;
/** One write transaction. Inside it nothing is awaited but itself. */
export type Tx = Transaction<Tables>;
/** Either: what a query accepts that actions use inside their transaction too. */
export type Handle = Reads | Tx;
