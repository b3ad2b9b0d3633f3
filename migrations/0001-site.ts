/** The archive as a whole: what it is called, and the rules by which it takes works. */
import type { Migration } from '../src/platform/db/migrate.ts';

export const site: Migration = {
  name: '0001-site',
  owns: { site: ['site_settings', 'site_rules'] },
  statements: (c) => [
    `create table site_settings (
      name ${c.key} primary key not null,
      value ${c.text} not null
    ) ${c.end}`,
    // kind: refused-label (value: a name as sources write it), refused-rating (value: a rating's code), registered-only.
    `create table site_rules (
      id ${c.id},
      kind ${c.key} not null check (kind in ('refused-label', 'refused-rating', 'registered-only')),
      value ${c.text} not null,
      value_key ${c.key} not null,
      reason ${c.text} not null,
      unique (kind, value_key)
    ) ${c.end}`,
    `insert into site_rules (kind, value, value_key, reason) values
      ('refused-label', 'Underage', 'underage', 'This archive does not take sexual content about minors.'),
      ('refused-label', 'Underage Sex', 'underage sex', 'This archive does not take sexual content about minors.')`,
  ],
};
