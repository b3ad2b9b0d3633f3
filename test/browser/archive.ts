/** An archive that listens, for a browser: the real assets, the sample library, and the works the tests ask for. */
import { loadAssets, type Assets } from '../../src/app/assets.ts';
import { offerSamples } from '../../src/app/samples.ts';
import { listen } from '../../src/platform/http/listen.ts';
import { openSite, type TestSite, type TestSiteOptions } from '../site.ts';

export interface ServedArchive {
  site: TestSite;
  assets: Assets;
  /** Without a trailing slash. */
  address: string;
  close(): Promise<void>;
}

/** A page that fails, so that its answer can be looked at. */
export const BROKEN_PATH = '/broken-for-a-test';

/** Opens an archive and lets it listen on a free port. With `samples` the sample library is in it. */
export async function serveArchive(options: TestSiteOptions = {}): Promise<ServedArchive> {
  const assets = await loadAssets();
  const site = await openSite({ ...options, assets });
  if (options.samples) await offerSamples(site.ground);
  site.web.get(BROKEN_PATH, () => {
    throw new Error('This page fails on purpose.');
  });
  await site.follow();
  const listening = await listen(site.web, { host: '127.0.0.1', port: 0 });
  return {
    site,
    assets,
    address: `http://127.0.0.1:${listening.port}`,
    close: async () => {
      await listening.stop(500);
      await site.close();
    },
  };
}
