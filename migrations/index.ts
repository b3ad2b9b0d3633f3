/** All steps of the schema, in order. A step is never edited once released; a new one mends it. */
import type { Migration } from '../src/platform/db/migrate.ts';
import { accounts } from './0002-accounts.ts';
import { autosaves } from './0014-autosaves.ts';
import { browse } from './0006-browse.ts';
import { browseIndex } from './0009-browse-index.ts';
import { moderation } from './0012-moderation.ts';
import { chapterWarnings } from './0025-chapter-warnings.ts';
import { deciding } from './0019-deciding.ts';
import { importRuns } from './0008-import-runs.ts';
import { imports } from './0007-imports.ts';
import { joining } from './0010-joining.ts';
import { mail } from './0016-mail.ts';
import { platform } from './0000-platform.ts';
import { preferences } from './0018-preferences.ts';
import { pseuds } from './0013-pseuds.ts';
import { series } from './0005-series.ts';
import { safety } from './0022-safety.ts';
import { site } from './0001-site.ts';
import { tags } from './0003-tags.ts';
import { together } from './0015-together.ts';
import { keys } from './0020-keys.ts';
import { keysAgain } from './0026-keys-again.ts';
import { leaving } from './0021-leaving.ts';
import { savedSheets } from './0023-saved-sheets.ts';
import { skins } from './0017-skins.ts';
import { works } from './0004-works.ts';
import { writing } from './0011-writing.ts';

export const migrations: readonly Migration[] = [
  platform,
  site,
  accounts,
  tags,
  works,
  series,
  browse,
  imports,
  importRuns,
  browseIndex,
  joining,
  writing,
  moderation,
  pseuds,
  autosaves,
  together,
  mail,
  skins,
  preferences,
  deciding,
  keys,
  leaving,
  safety,
  savedSheets,
  chapterWarnings,
  keysAgain,
];
