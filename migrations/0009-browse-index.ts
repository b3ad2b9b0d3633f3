/** Works under each tag are counted by the browse index, in memory: the tables that said it before go. */
import type { Migration } from '../src/platform/db/migrate.ts';

export const browseIndex: Migration = {
  name: '0009-browse-index',
  owns: {},
  statements: () => [
    `drop table counted_works`,
    `drop table tag_counts`,
    `delete from event_cursors where consumer = 'tag-counts'`,
  ],
};
