/** Where imported works came from: how each is known again, and the file it was read from. */
import type { Migration } from '../src/platform/db/migrate.ts';

export const imports: Migration = {
  name: '0007-imports',
  owns: { imports: ['import_sources'] },
  statements: (c) => [
    // address_key: the source address, when the file names one. content_hash: the whole of what was read.
    // text_hash: the story alone. blob: the original file.
    `create table import_sources (
      work_id ${c.ref} primary key not null references works (id) on delete cascade,
      address_key ${c.key} unique,
      text_hash ${c.key} not null,
      content_hash ${c.key} not null,
      blob ${c.key} not null,
      file_name ${c.text} not null,
      format ${c.key} not null,
      bytes ${c.integer} not null,
      imported_at ${c.time} not null
    ) ${c.end}`,
    `create index import_sources_text on import_sources (text_hash)`,
    `create index import_sources_blob on import_sources (blob)`,
  ],
};
