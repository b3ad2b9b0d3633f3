/**
 * What a saved sheet became: the revision of its chapter, or the version of its work. A form that is sent twice is then told whether
 * what it saved still stands. And which opened page writes on a sheet: a tab that was duplicated shows the sheet of the first, and is
 * told apart by it. What was written before this knows neither.
 */
import type { Migration } from '../src/platform/db/migrate.ts';

export const savedSheets: Migration = {
  name: '0023-saved-sheets',
  owns: {},
  statements: (c) => [
    `alter table saved_sheets add column version ${c.integer}`,
    `alter table autosaves add column writer ${c.key}`,
  ],
};
