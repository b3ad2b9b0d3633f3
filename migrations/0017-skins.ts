/**
 * Work skins: style sheets that creators write for their works, and which work wears which. What is shown is `css`, printed
 * by the checker; `source` is as it was typed. `tried` is what its owner looked at last without saving it.
 */
import type { Migration } from '../src/platform/db/migrate.ts';

export const skins: Migration = {
  name: '0017-skins',
  owns: { skins: ['work_skins', 'work_skin_choices'] },
  statements: (c) => [
    `create table work_skins (
      id ${c.id},
      public_id ${c.key} not null unique,
      account_id ${c.ref} not null references accounts (id) on delete cascade,
      title ${c.text} not null,
      source ${c.text} not null,
      css ${c.text} not null,
      css_hash ${c.key} not null,
      rules ${c.integer} not null,
      tried ${c.text} not null default '',
      version ${c.integer} not null default 1,
      created_at ${c.time} not null,
      updated_at ${c.time} not null
    ) ${c.end}`,
    `create index work_skins_account on work_skins (account_id)`,
    `create table work_skin_choices (
      work_id ${c.ref} not null primary key references works (id) on delete cascade,
      skin_id ${c.ref} not null references work_skins (id) on delete cascade
    ) ${c.end}`,
    `create index work_skin_choices_skin on work_skin_choices (skin_id)`,
  ],
};
