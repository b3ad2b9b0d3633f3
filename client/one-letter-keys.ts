/** Keys of one letter, which anybody must be able to turn off (WCAG 2.1.4); the choice stays on the device. */

const memory = 'fanfold-keys';

/** Not while something is typed, chosen or scrolled with the same keys. */
export function isFree(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return false;
  const on = event.target instanceof Element ? event.target : document.body;
  return (
    on.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], .scroller') === null
  );
}

export function keysAreOn(): boolean {
  try {
    return localStorage.getItem(memory) !== 'off';
  } catch {
    return true;
  }
}

/** Makes the button that opens the list of keys, and the box in it that turns them off. @returns its dialog. */
export function listKeys(host: HTMLElement): HTMLDialogElement | null {
  const dialog = host.querySelector('dialog');
  const button = host.querySelector<HTMLButtonElement>('.keys-button');
  const switched = host.querySelector<HTMLInputElement>('.keys-on');
  if (!dialog || !button || !switched) return null;
  button.hidden = false;
  button.addEventListener('click', () => dialog.showModal());
  switched.checked = keysAreOn();
  switched.addEventListener('change', () => remember(switched.checked));
  return dialog;
}

function remember(on: boolean): void {
  try {
    localStorage.setItem(memory, on ? 'on' : 'off');
  } catch {
    // A browser that keeps nothing for this site forgets the choice with the page.
  }
}
