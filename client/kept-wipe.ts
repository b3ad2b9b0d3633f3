/**
 * Signing out takes everything with it that this browser keeps of what was typed. What the archive does not have yet is sent
 * before; where that cannot be done, the person is asked.
 */
import { HOLD, send, tabs, WIPE, type Told } from './kept-sending.ts';
import { allKept, forgetAll } from './kept-texts.ts';

const SIGN_OUT = 'form[action="/sessions/end"]';
const LONGEST_MS = 4_000;
/** Other tabs say so soon that they are there, and then have so long. */
const THERE_MS = 200;
const TABS_MS = 2_000;
const ASKED =
  'This device keeps text that the archive does not have yet. Signing out removes it for good. Sign out all the same?';

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches(SIGN_OUT)) return;
  event.preventDefault();
  void leave(form);
});

async function leave(form: HTMLFormElement): Promise<void> {
  const isSafe = (await Promise.all([holdHere(), holdElsewhere()])).every(Boolean);
  if (((await leftOnDevice()) > 0 || !isSafe) && !confirm(ASKED)) return;
  document.dispatchEvent(new Event(WIPE));
  tabs()?.postMessage({ kind: 'signed-out' } satisfies Told);
  await forgetAll();
  form.submit();
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
  const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  await after(THERE_MS);
  if (waiting.size > 0) await Promise.race([answered, after(TABS_MS)]);
  channel.close();
  return allSafe && waiting.size === 0;
}

/** How many texts of this account the archive does not have, after all was tried. Another's are sent for nobody. */
async function leftOnDevice(): Promise<number> {
  const here = document.querySelector<HTMLElement>('auto-save')?.dataset.device;
  const unsent = (await allKept()).filter(
    (text) => text.taken < text.sequence && (here === undefined || text.device === here),
  );
  const signal = AbortSignal.timeout(LONGEST_MS);
  const answers = await Promise.all(unsent.map((text) => send(text, { signal })));
  return answers.filter((answer) => answer.kind !== 'taken' && !(answer.kind === 'signed-out' && answer.another))
    .length;
}
