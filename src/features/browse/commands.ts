/** `fanfold index`: what the index holds, making it anew, and comparing it with the database. */
import type { Ground } from '../../platform/ground.ts';
import { askKeeper, type Ask, type Progress } from './keeper/asks.ts';
import type { IndexState } from './keeper/finder.ts';
import { indexFolder, lockFolder } from './keeper/folder-lock.ts';
import { rebuildResting, restingState, verifyResting } from './keeper/index-at-rest.ts';
import { stateWords, verifiedWords } from './keeper/state-words.ts';
import type { Verified } from './keeper/verify.ts';

const SILENT_SERVER =
  'A server keeps this index and has not answered for a minute. Try again, or stop it and ask once more.\n';

/** Where a command says what it says: the result, and how far it is, which is kept nowhere. */
export interface IndexOutput {
  out: (text: string) => void;
  /** Told of progress where a person is looking on. */
  progress?: (text: string) => void;
}

/**
 * Does it by the server that keeps the index of the data folder, or here where there is none. `json`: the result as JSON.
 * @returns the exit code: 1 where the index differs from the database, or no server answered.
 */
export async function indexCommand(
  ground: Pick<Ground, 'config' | 'db'>,
  ask: Ask,
  json: boolean,
  { out, progress }: IndexOutput,
): Promise<number> {
  const onProgress = ({ done, of }: Progress) => progress?.(progressWords(done, of));
  const lock = lockFolder(indexFolder(ground.config));
  let found: unknown;
  try {
    found =
      lock === null
        ? await askKeeper(indexFolder(ground.config), ask, onProgress)
        : await doHere(ground, ask, onProgress);
  } finally {
    lock?.release();
  }
  if (found === null) {
    out(SILENT_SERVER);
    return 1;
  }
  // What the keeper of this folder wrote is of this version: it answers nobody else.
  const isVerified = ask === 'verify';
  if (json) out(`${JSON.stringify(found, null, 2)}\n`);
  else out(isVerified ? verifiedWords(found as Verified) : stateWords(found as IndexState));
  return isVerified && (found as Verified).differences.length > 0 ? 1 : 0;
}

async function doHere(ground: Pick<Ground, 'config' | 'db'>, ask: Ask, onProgress: (progress: Progress) => void) {
  if (ask === 'status') return restingState(ground);
  if (ask === 'rebuild') return rebuildResting(ground);
  return verifyResting(ground, onProgress);
}

function progressWords(done: number, of: number): string {
  return of === 0 ? `${done.toLocaleString('en')} works compared` : `${done} of ${of} questions compared`;
}
