/**
 * Signing out takes everything with it that this browser keeps of what was typed, another account's words too. What the archive does
 * not have yet is sent before; where that cannot be done, the person is asked. Nothing is removed before the session has ended.
 */
import { HOLD, send, tabs, WIPE, type Told } from './kept-sending.ts';
import { allKept, forgetAll } from './kept-texts.ts';

const SIGN_OUT = 'form[action="/sessions/end"]';
const LONGEST_MS = 4_000;
/** Other tabs say so soon that they are there, and then have so long. */
const THERE_MS = 200;
const TABS_MS = 2_000;
/** The archive says within so long whether the session has ended; the browser tells it only when it has cleared what it keeps. */
const ENDING_MS = 40_000;
const FORGETTING_MS = 2_000;
const OWN = 'This device keeps text that the archive does not have yet. Signing out removes it for good.';
const ANOTHERS =
  'Another account has words on this device that are not in the archive. Signing out removes them for good, and that account cannot get them back.';
const ALL_THE_SAME = 'Sign out all the same?';
const NOT_ENDED =
  'Signing out did not work: the archive does not answer. You may still be signed in, and nothing was removed from this device. Try again in a moment.';

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches(SIGN_OUT)) return;
  event.preventDefault();
  void leave(form);
});

async function leave(form: HTMLFormElement): Promise<void> {
  const isSafe = (await Promise.all([holdHere(), holdElsewhere()])).every(Boolean);
  const left = await leftOnDevice(form);
  const lost = [...(left.own || !isSafe ? [OWN] : []), ...(left.others ? [ANOTHERS] : [])];
  if (lost.length > 0 && !confirm([...lost, ALL_THE_SAME].join('\n\n'))) return;
  if (!(await endSession(form))) return alert(NOT_ENDED);
  document.dispatchEvent(new Event(WIPE));
  tabs()?.postMessage({ kind: 'signed-out' } satisfies Told);
  // The answer has the browser clear all of it by itself, and a store that is being cleared may never answer.
  await Promise.race([forgetAll(), after(FORGETTING_MS)]);
  // A script is not told where the answer leads. Sent once more, the form ends nothing, and leads there.
  form.submit();
}

/** @returns whether the archive has said that nobody is signed in any more. */
async function endSession(form: HTMLFormElement): Promise<boolean> {
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams(
        [...new FormData(form)].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
      ),
      redirect: 'manual',
      signal: AbortSignal.timeout(ENDING_MS),
    });
    return answer.type === 'opaqueredirect' || answer.ok;
  } catch {
    return false;
  }
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Has the forms of this page keep what was typed a moment ago. @returns whether all of it is kept somewhere. */
async function holdHere(): Promise<boolean> {
  const held: Promise<boolean>[] = [];
  document.dispatchEvent(new CustomEvent(HOLD, { detail: held }));
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), LONGEST_MS));
  return Promise.race([Promise.all(held).then((all) => all.every(Boolean)), late]);
}

/** Has the forms in other tabs do the same, while the session still lasts. @returns whether all that are there have said so in time. */
async function holdElsewhere(): Promise<boolean> {
  const channel = tabs();
  if (!channel) return true;
  const waiting = new Set<string>();
  let allSafe = true;
  let done = () => {};
  const answered = new Promise<void>((resolve) => {
    done = resolve;
  });
  channel.addEventListener('message', ({ data }: MessageEvent<Told>) => {
    if (data.kind === 'holding') waiting.add(data.page);
    if (data.kind !== 'held') return;
    allSafe &&= data.safe;
    waiting.delete(data.page);
    if (waiting.size === 0) done();
  });
  channel.postMessage({ kind: 'leaving' } satisfies Told);
  await after(THERE_MS);
  if (waiting.size > 0) await Promise.race([answered, after(TABS_MS)]);
  channel.close();
  return allSafe && waiting.size === 0;
}

/**
 * Whose texts the archive does not have, after all was tried: this account's, and those of others that have signed in here, which
 * are sent for nobody. The form of signing out says which account this is.
 */
async function leftOnDevice(form: HTMLFormElement): Promise<{ own: boolean; others: boolean }> {
  const field = form.elements.namedItem('madeFor');
  const here = field instanceof HTMLInputElement ? field.value : '';
  const unsent = (await allKept()).filter((text) => text.taken < text.sequence);
  const signal = AbortSignal.timeout(LONGEST_MS);
  const own = unsent.filter((text) => text.device === here);
  const answers = await Promise.all(own.map((text) => send(text, { signal })));
  return {
    own: answers.some((answer) => answer.kind !== 'taken'),
    others: unsent.length > own.length,
  };
}
