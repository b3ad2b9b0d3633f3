/** What readers should know before one chapter, in its creator's words; it belongs to the revision, as all that a chapter says. */
import type { Migration } from '../src/platform/db/migrate.ts';

export const chapterWarnings: Migration = {
  name: '0025-chapter-warnings',
  owns: {},
  statements: (c) => [`alter table chapter_revisions add column warnings ${c.text} not null default ''`],
};
