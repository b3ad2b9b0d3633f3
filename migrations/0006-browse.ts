/** How many works stand under each concept, for each audience: a projection, derived from the truth by the event log. */
import type { Migration } from '../src/platform/db/migrate.ts';

export const browse: Migration = {
  name: '0006-browse',
  // Both tables are dropped again by 0009-browse-index.
  owns: {},
  statements: (c) => [
    `create table tag_counts (
      tag_id ${c.ref} primary key not null,
      kind ${c.key} not null,
      guest ${c.integer} not null,
      account ${c.integer} not null
    ) ${c.end}`,
    `create index tag_counts_kind on tag_counts (kind)`,
    // What each work adds to the counts at present, so that a change is applied as a difference and twice does no harm.
    `create table counted_works (
      work_id ${c.ref} primary key not null,
      guest ${c.flag} not null,
      account ${c.flag} not null,
      concepts ${c.text} not null
    ) ${c.end}`,
  ],
};
