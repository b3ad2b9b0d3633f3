/**
 * What a command asks of the process that keeps the index of a folder, and its answer, as files in that folder: whoever
 * has the lock reads them, whichever database the archive has and however many servers stand around it.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const ASKS = ['status', 'rebuild', 'verify'] as const;
export type Ask = (typeof ASKS)[number];

/** How far the work on an ask is. */
export interface Progress {
  done: number;
  of: number;
}

type Answered = { working: Progress } | { answer: unknown } | { failure: string };

const LOOK_EVERY_MS = 250;
/** How long an asker waits for the first word, or for the next one. */
const PATIENCE_MS = 60_000;
/** Files of an asker that is gone are removed after this long. */
const FORGOTTEN_MS = 3_600_000;
const QUESTION = /^([0-9a-f]{16})\.(status|rebuild|verify)$/;

function asksFolder(folder: string): string {
  return join(folder, 'asks');
}

/**
 * Asks whoever keeps the index of this folder. `onProgress` hears how far it is.
 * @returns the answer, or null when nobody has said a word for a minute. @throws what went wrong there.
 */
export async function askKeeper(
  folder: string,
  ask: Ask,
  onProgress: (progress: Progress) => void,
  patienceMs = PATIENCE_MS,
): Promise<unknown> {
  const asks = asksFolder(folder);
  await mkdir(asks, { recursive: true, mode: 0o700 });
  const id = randomBytes(8).toString('hex');
  const [question, answer] = [join(asks, `${id}.${ask}`), join(asks, `${id}.answer`)];
  await writeFile(question, '', { mode: 0o600 });
  try {
    let heard = '';
    let until = Date.now() + patienceMs;
    while (Date.now() < until) {
      const said = await readFile(answer, 'utf8').catch(() => '');
      if (said !== heard && said !== '') {
        heard = said;
        until = Date.now() + patienceMs;
        const word = JSON.parse(said) as Answered;
        if ('answer' in word) return word.answer;
        if ('failure' in word) throw new Error(word.failure);
        onProgress(word.working);
      }
      await sleep(LOOK_EVERY_MS);
    }
    return null;
  } finally {
    await rm(question, { force: true });
    await rm(answer, { force: true });
  }
}

/** Answers asks while the folder is ours. @returns a function that ends it. */
export function answerAsks(
  folder: string,
  answer: (ask: Ask, progress: (progress: Progress) => void) => Promise<unknown>,
): () => void {
  const asks = asksFolder(folder);
  let busy = false;
  let ended = false;
  const look = async () => {
    for (const name of await readdir(asks).catch(() => [])) {
      const [, id, ask] = QUESTION.exec(name) ?? [];
      if (ended) return;
      if (id === undefined) {
        await forget(join(asks, name));
        continue;
      }
      // Taken away first, so that an ask that ends this process does not end the next one as well.
      await rm(join(asks, name), { recursive: true, force: true });
      // A comparison takes minutes; whoever asks how things are does not wait for it.
      void answerOne(join(asks, `${id}.answer`), ask as Ask).catch(() => undefined);
    }
  };
  const answerOne = async (place: string, ask: Ask) => {
    let last = Promise.resolve();
    const say = (word: Answered) => (last = last.then(() => put(place, JSON.stringify(word))));
    try {
      const found = await answer(ask, (working) => void say({ working }).catch(() => undefined));
      await say({ answer: found });
    } catch (error) {
      await say({ failure: error instanceof Error ? error.message : String(error) });
    }
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    // A folder that cannot be read now is looked at again in a moment.
    void look()
      .catch(() => undefined)
      .finally(() => (busy = false));
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => {
    ended = true;
    clearInterval(timer);
  };
}

async function put(path: string, text: string): Promise<void> {
  await writeFile(`${path}.part`, text, { mode: 0o600 });
  await rename(`${path}.part`, path);
}

async function forget(path: string): Promise<void> {
  const age = await stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  if (age > FORGOTTEN_MS) await rm(path, { recursive: true, force: true });
}
