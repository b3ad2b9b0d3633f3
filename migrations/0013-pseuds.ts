/**
 * What a pseud says of itself: a text, links elsewhere, an icon. Each belongs to one pseud and to no account, so that
 * nothing here says which pseuds belong together.
 */
import type { Migration } from '../src/platform/db/migrate.ts';

export const pseuds: Migration = {
  name: '0013-pseuds',
  owns: { accounts: ['pseud_profiles', 'pseud_icons'] },
  statements: (c) => [
    `create table pseud_profiles (
      pseud_id ${c.ref} primary key not null references pseuds (id) on delete cascade,
      format ${c.key} not null check (format in ('html', 'markdown', 'text')),
      source ${c.text} not null,
      html ${c.text} not null,
      rules ${c.integer} not null,
      links ${c.text} not null
    ) ${c.end}`,
    // public_id: its address, another one for each upload. blob: the name of its file, which is told to nobody.
    `create table pseud_icons (
      pseud_id ${c.ref} primary key not null references pseuds (id) on delete cascade,
      public_id ${c.key} not null unique,
      blob ${c.key} not null,
      alt ${c.text} not null
    ) ${c.end}`,
    `create index pseud_icons_blob on pseud_icons (blob)`,
  ],
};
