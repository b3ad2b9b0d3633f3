/** `fanfold serve`: the archive answers until it is told to stop. */
import type { Config } from '../platform/config/config.ts';
import { listen } from '../platform/http/listen.ts';
import { logHead } from '../platform/events/log.ts';
import { ensureOwner, makeOwnerLink } from '../features/accounts/index.ts';
import { loadAssets } from './assets.ts';
import { startBackground } from './background.ts';
import { archiveFeatures } from './features.ts';
import { openGround } from './ground.ts';
import { offerSamples } from './samples.ts';
import { archiveWeb } from './web.tsx';

/** Time requests under way are given when the archive stops, in milliseconds. */
const PATIENCE_MS = 5_000;

export interface Serving {
  /** Where the archive can be opened, without a trailing slash. */
  address: string;
  stop(): Promise<void>;
}

/** Starts the archive. `say` gets the lines meant for the person who started it. */
export async function serveArchive(config: Config, say: (line: string) => void): Promise<Serving> {
  const ground = await openGround(config);
  await ground.db.write((tx) => ensureOwner(tx, ground.now()));
  const samples = await offerSamples(ground);
  const features = archiveFeatures(ground);
  const assets = await loadAssets();
  let address = config.url ?? '';
  const ready = () =>
    logHead(ground.db.reads).then(
      () => true,
      () => false,
    );
  const web = archiveWeb({ ground, features, assets, origin: () => address, ready });
  const listening = await listen(web, config).catch(async (error: unknown) => {
    await ground.close();
    throw error;
  });
  const background = startBackground(ground, features);
  address = config.url ?? `http://${hostName(config.host)}:${listening.port}`;
  const token = await ground.db.write((tx) => makeOwnerLink(tx, ground.now()));
  say('');
  say(`  Fanfold is at     ${address}`);
  say(`  Sign in as owner  ${address}/owner-links/${token}`);
  say('                    (works once, for 24 hours; ./fanfold owner-link makes a new one)');
  if (samples > 0)
    say(`  In it             a sample library of ${samples} works, removed with one click once you are signed in`);
  say('  Bring stories in  ./fanfold import FOLDER');
  say('');
  return {
    address,
    stop: async () => {
      await listening.stop(PATIENCE_MS);
      await background.stop();
      await ground.close();
    },
  };
}

/** What a browser on this machine types for the address that is listened on. */
function hostName(host: string): string {
  if (host === '127.0.0.1' || host === '::1' || host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
