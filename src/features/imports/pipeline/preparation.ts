/** What preparing a work needs of the archive: its rules, its words, who imports, and what reads and cleans. */
import type { Ground } from '../../../platform/ground.ts';
import type { Handle } from '../../../platform/db/tables.ts';
import { defaultPseud, preferencesOf, type Viewer } from '../../accounts/index.ts';
import { siteRules } from '../../site/index.ts';
import { languages, vocabulary } from '../../tags/index.ts';
import type { ImportOptions } from '../import-options.ts';
import { newWorkDefaults } from '../../works/index.ts';
import { guessLanguage } from './guess-language.ts';
import type { Beginning } from './new-work.ts';
import type { Preparation } from './prepare.ts';
import type { Reading } from './reading.ts';
import type { Known } from './settle.ts';

/** What settling needs to know of the archive as it is now. */
export async function knownNow(ground: Ground): Promise<Known> {
  const handle = ground.db.reads;
  return {
    vocabulary: await vocabulary(handle),
    languages: await languages(handle),
    now: ground.now(),
    guessLanguage,
  };
}

/** All that preparing needs, read once for a whole import. Before an archive's first start nobody has a pseud. */
export async function preparationFor(
  ground: Ground,
  reading: Reading,
  viewer: Viewer & { accountId: number },
  options: ImportOptions,
): Promise<Preparation> {
  const handle = ground.db.reads;
  return {
    handle,
    cleaner: ground.cleaner,
    reading,
    files: ground.files,
    rules: await siteRules(handle),
    known: await knownNow(ground),
    options,
    viewer,
    begun: options.mine ? await beginningOf(handle, viewer) : null,
    importer: {
      accountId: viewer.accountId,
      pseudId: options.dryRun ? 0 : (await defaultPseud(handle, viewer.accountId)).id,
    },
  };
}

/** How the works begin that somebody brings in as their own. */
async function beginningOf(handle: Handle, viewer: Viewer & { accountId: number }): Promise<Beginning> {
  const { writing } = await preferencesOf(handle, viewer.accountId);
  return { ...(await newWorkDefaults(handle, viewer)), ...writing };
}
