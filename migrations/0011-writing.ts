/**
 * Chapters that are deleted can be taken back, and what is scheduled is found when its minute has come. A deleted chapter
 * gives up its place (it stands at a negative one, which no other holds) and remembers it in `deleted_from`.
 */
import type { Migration } from '../src/platform/db/migrate.ts';

export const writing: Migration = {
  name: '0011-writing',
  owns: {},
  statements: (c) => [
    `alter table chapters add column deleted_at ${c.time}`,
    `alter table chapters add column deleted_from ${c.integer}`,
    `create index chapters_deleted on chapters (deleted_at) where deleted_at is not null`,
    `create index chapters_scheduled on chapters (publish_at) where state = 'scheduled'`,
    `create index works_scheduled on works (publish_at) where state = 'scheduled'`,
  ],
};
