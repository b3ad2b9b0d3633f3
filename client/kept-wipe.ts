/**
 * Signing out takes everything with it that this browser keeps of what was typed. What the archive does not have yet is sent
 * before; where that cannot be done, the person is asked.
 */
import { send, tabs } from './kept-sending.ts';
import { allKept, forgetAll } from './kept-texts.ts';

const SIGN_OUT = 'form[action="/sessions/end"]';
const LONGEST_MS = 4_000;
const ASKED =
  'This device keeps text that the archive does not have yet. Signing out removes it for good. Sign out all the same?';

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches(SIGN_OUT)) return;
  event.preventDefault();
  void leave(form);
});

async function leave(form: HTMLFormElement): Promise<void> {
  if ((await leftOnDevice()) > 0 && !confirm(ASKED)) return;
  await forgetAll();
  tabs()?.postMessage({ kind: 'signed-out', place: '', sheet: '' });
  form.submit();
}

/** How many texts the archive does not have, after all was tried. */
async function leftOnDevice(): Promise<number> {
  const unsent = (await allKept()).filter((text) => text.taken < text.sequence);
  const signal = AbortSignal.timeout(LONGEST_MS);
  const answers = await Promise.all(unsent.map((text) => send(text, { signal })));
  return answers.filter((answer) => answer.kind !== 'taken').length;
}
