/** What the platform keeps for itself: the archive's epoch, the event log and its followers, jobs and their clock. */
import type { Migration } from '../src/platform/db/migrate.ts';

export const platform: Migration = {
  name: '0000-platform',
  owns: {
    'platform/db': ['archive_state'],
    'platform/events': ['events', 'event_cursors', 'event_deliveries', 'event_pruning'],
    'platform/jobs': ['jobs', 'cron'],
  },
  statements: (c) => [
    `create table archive_state (
      key ${c.key} primary key not null,
      value ${c.text} not null
    ) ${c.end}`,
    `create table events (
      id ${c.id},
      kind ${c.key} not null,
      subject ${c.key} not null,
      subject_id ${c.ref} not null,
      work_id ${c.ref},
      version ${c.integer} not null,
      at ${c.time} not null
    ) ${c.end}`,
    `create index events_at on events (at)`,
    // One row once there has been a pruning: the newest event that is gone.
    `create table event_pruning (
      id ${c.integer} primary key not null check (id = 1),
      pruned_to ${c.ref} not null
    ) ${c.end}`,
    `create table event_cursors (
      consumer ${c.key} primary key not null,
      event_id ${c.ref} not null,
      epoch ${c.key} not null
    ) ${c.end}`,
    `create table event_deliveries (
      consumer ${c.key} not null,
      event_id ${c.ref} not null,
      recipient ${c.key} not null,
      at ${c.time} not null,
      primary key (consumer, event_id, recipient)
    ) ${c.end}`,
    `create table jobs (
      id ${c.id},
      kind ${c.key} not null,
      payload ${c.text} not null,
      unique_key ${c.key} unique,
      state ${c.key} not null check (state in ('ready', 'running', 'done', 'dead')),
      attempts ${c.integer} not null,
      run_at ${c.time} not null,
      locked_until ${c.time},
      last_error ${c.text},
      created_at ${c.time} not null,
      finished_at ${c.time}
    ) ${c.end}`,
    `create index jobs_due on jobs (state, run_at)`,
    `create table cron (
      name ${c.key} primary key not null,
      next_at ${c.time} not null
    ) ${c.end}`,
  ],
};
