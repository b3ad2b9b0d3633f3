/** Series: works in an order of their own; a work can stand in several. */
import type { Migration } from '../src/platform/db/migrate.ts';

export const series: Migration = {
  name: '0005-series',
  owns: { series: ['series', 'series_works'] },
  statements: (c) => [
    // source_key tells imported series apart: their address at the source, or their creator and title.
    `create table series (
      id ${c.id},
      public_id ${c.key} not null unique,
      title ${c.text} not null,
      source_url ${c.text},
      source_key ${c.key} unique,
      created_at ${c.time} not null
    ) ${c.end}`,
    `create table series_works (
      series_id ${c.ref} not null references series (id) on delete cascade,
      work_id ${c.ref} not null references works (id) on delete cascade,
      position ${c.integer} not null,
      primary key (series_id, work_id)
    ) ${c.end}`,
    `create index series_works_work on series_works (work_id)`,
  ],
};
