/**
 * <chapter-keys>: previous and next chapter, chapters, reading settings and help by one key each.
 * One-letter keys can be turned off (WCAG 2.1.4); the choice stays on the device.
 */

const memory = 'fanfold-keys';

class ChapterKeys extends HTMLElement {
  connectedCallback(): void {
    const dialog = this.querySelector('dialog');
    const button = this.querySelector<HTMLButtonElement>('.keys-button');
    const switched = this.querySelector<HTMLInputElement>('.keys-on');
    if (!dialog || !button || !switched) return;
    button.hidden = false;
    button.addEventListener('click', () => dialog.showModal());
    switched.checked = keysAreOn();
    switched.addEventListener('change', () => remember(switched.checked));
    document.addEventListener('keydown', (event) => {
      if (!keysAreOn() || dialog.open || !isFree(event)) return;
      if (event.key === '?') dialog.showModal();
      else if (!this.follow(event.key)) return;
      event.preventDefault();
    });
  }

  /** True when the key did something. */
  private follow(key: string): boolean {
    const address = this.addressFor(key);
    if (address) {
      location.assign(address);
      return true;
    }
    const drawer = this.querySelector<HTMLDetailsElement>(`details[data-key="${CSS.escape(key)}"]`);
    if (!drawer) return false;
    drawer.open = !drawer.open;
    if (drawer.open) drawer.querySelector('summary')?.focus();
    return true;
  }

  private addressFor(key: string): string | undefined {
    if (key === 'ArrowLeft') return this.dataset.previous;
    if (key === 'ArrowRight') return this.dataset.next;
    return undefined;
  }
}

/** Not while something is typed, chosen or scrolled with the same keys. */
function isFree(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return false;
  const on = event.target instanceof Element ? event.target : document.body;
  return on.closest('input, textarea, select, [contenteditable], .scroller') === null;
}

function keysAreOn(): boolean {
  try {
    return localStorage.getItem(memory) !== 'off';
  } catch {
    return true;
  }
}

function remember(on: boolean): void {
  try {
    localStorage.setItem(memory, on ? 'on' : 'off');
  } catch {
    // A browser that keeps nothing for this site forgets the choice with the page.
  }
}

customElements.define('chapter-keys', ChapterKeys);
