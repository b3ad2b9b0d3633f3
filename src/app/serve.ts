/** `fanfold serve`: the archive answers until it is told to stop. */
import type { Config } from '../platform/config/config.ts';
import type { Ground } from '../platform/ground.ts';
import { listen } from '../platform/http/listen.ts';
import { logHead } from '../platform/events/log.ts';
import { ensureOwner, makeOwnerLink, ownerHasSignedIn } from '../features/accounts/index.ts';
import type { Finder } from '../features/browse/index.ts';
import { addressFor, isLoopback } from './addresses.ts';
import { loadAssets } from './assets.ts';
import { startBackground } from './background.ts';
import { archiveFeatures } from './features.ts';
import { openGround, type OpenGround } from './ground.ts';
import { offerSamples } from './samples.ts';
import { archiveWeb } from './web.tsx';

/** Time requests under way are given when the archive stops, in milliseconds. */
const PATIENCE_MS = 5_000;

export interface Serving {
  /** Where the archive can be opened, without a trailing slash. */
  address: string;
  stop(): Promise<void>;
}

export interface Starter {
  /** Gets the lines meant for the person who started the archive. */
  say: (line: string) => void;
  /** Whether these lines are read as they come, and kept nowhere. */
  isTTY: boolean;
}

/** Starts the archive. `finder`: what finds works for lists, for tests; one that keeps the index in threads when not said. */
export async function serveArchive(
  config: Config,
  starter: Starter,
  finder?: (ground: Ground) => Finder,
): Promise<Serving> {
  const ground = await openGround(config);
  await ground.db.write((tx) => ensureOwner(tx, ground.now()));
  const samples = await offerSamples(ground);
  const features = archiveFeatures(ground, finder?.(ground));
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
  address = addressFor(config, listening.port);
  for (const line of await welcome(ground, starter.isTTY, address, samples)) starter.say(line);
  return {
    address,
    stop: async () => {
      await listening.stop(PATIENCE_MS);
      await background.stop();
      await ground.close();
    },
  };
}

/** The first words: where the archive is, how its owner gets in, and what to do next. */
async function welcome(ground: OpenGround, isTTY: boolean, address: string, samples: number): Promise<string[]> {
  const { url, host } = ground.config;
  return [
    '',
    `  Fanfold is at     ${address}`,
    ...(await signIn(ground, isTTY, address)),
    ...(samples > 0
      ? [`  In it             a sample library of ${samples} works, removed with one click once you are signed in`]
      : []),
    '  Bring stories in  ./fanfold import FOLDER',
    ...(url === null && !isLoopback(host)
      ? ['  Warning           over http, sign-in travels unencrypted; put https before it and name it in FANFOLD_URL']
      : []),
    '',
  ];
}

/**
 * A link signs in whoever reads it, and the words of a service are kept in a journal: it is made for a person at a
 * terminal, and where nobody would get in without it.
 */
async function signIn(ground: OpenGround, isTTY: boolean, address: string): Promise<string[]> {
  if (!isTTY && (await ownerHasSignedIn(ground.db.reads))) {
    return ['  Sign in as owner  ./fanfold owner-link makes a link to sign in'];
  }
  const token = await ground.db.write((tx) => makeOwnerLink(tx, ground.now()));
  return [
    `  Sign in as owner  ${address}/owner-links/${token}`,
    '                    (works once, for 24 hours; ./fanfold owner-link makes a new one)',
  ];
}
