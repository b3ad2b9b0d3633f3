/** The sample library: stories of our own, brought in by the importer on the first start of an empty archive. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Ground } from '../platform/ground.ts';
import { ensureOwner } from '../features/accounts/index.ts';
import { collectFiles, NO_OPTIONS, runImport, type FileReport } from '../features/imports/index.ts';
import { changeSettings, siteSettings } from '../features/site/index.ts';

/** Beside the program: above `src/app` in a checkout, above `dist/src/app` in a release. */
function samplesFolder(): string | null {
  const here = dirname(fileURLToPath(import.meta.url));
  return [join(here, '..', '..', 'samples'), join(here, '..', '..', '..', 'samples')].find(existsSync) ?? null;
}

/** Fills an archive that has never been offered the samples. A start that was cut short takes it up again. @returns how many works are new. */
export async function offerSamples(ground: Ground): Promise<number> {
  const settings = await siteSettings(ground.db.reads);
  if (settings.samplesOffered) return 0;
  const folder = samplesFolder();
  let posted = 0;
  if (ground.config.samples && folder !== null) {
    const viewer = await ground.db.write((tx) => ensureOwner(tx, ground.now()));
    await runImport(await collectFiles([folder]), {
      ground,
      viewer,
      options: { ...NO_OPTIONS, sample: true, post: true, public: true },
      onFile: (report: FileReport) => {
        if (report.outcome === 'posted') posted += 1;
        else if (report.outcome !== 'unchanged')
          ground.log.warn({ file: report.file, reason: report.reason }, 'sample not posted');
      },
    });
  }
  await ground.db.write((tx) => changeSettings(tx, ground.now(), { samplesOffered: true }));
  return posted;
}
