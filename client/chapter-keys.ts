/** <chapter-keys>: previous and next chapter, chapters, reading settings and help by one key each. */
import { isFree, keysAreOn, listKeys } from './one-letter-keys.ts';

class ChapterKeys extends HTMLElement {
  connectedCallback(): void {
    const dialog = listKeys(this);
    if (!dialog) return;
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

customElements.define('chapter-keys', ChapterKeys);
