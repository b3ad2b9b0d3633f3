/**
 * <review-desk>: what is decided about a rescued text is sent without loading the page again, by button or by one key.
 * The archive answers with the whole page; the part with the text is taken from it.
 */
import { isFree, keysAreOn, listKeys } from './one-letter-keys.ts';

const TEXT = '.review-text';

class ReviewDesk extends HTMLElement {
  #busy = false;

  connectedCallback(): void {
    this.addEventListener('submit', (event) => {
      const form = event.target;
      if (!(form instanceof HTMLFormElement) || !form.closest(TEXT) || form.method !== 'post') return;
      event.preventDefault();
      this.#send(form, new FormData(form, event.submitter));
    });
    const dialog = listKeys(this);
    document.addEventListener('keydown', (event) => {
      if (!keysAreOn() || dialog?.open || !isFree(event)) return;
      if (event.key === '?') dialog?.showModal();
      else if (!this.#press(event.key)) return;
      event.preventDefault();
    });
  }

  /** True when the key did something. */
  #press(key: string): boolean {
    switch (key) {
      case 'n':
        return this.#turn(1);
      case 'p':
        return this.#turn(-1);
      case 'a':
        return this.#click('button[value=accept]');
      case 'u':
        return this.#click('button[value=undo]');
      case 't':
        return this.#toText();
      case 'j':
        return pressed(this.#pair()?.querySelector<HTMLElement>('.join'));
      case 'b':
        return this.#open('.breaks button');
      case 'i':
        return this.#emphasise();
      default:
        return false;
    }
  }

  get #guesses(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('.guess')];
  }

  #guess(): HTMLElement | null {
    return document.activeElement?.closest<HTMLElement>('.guess') ?? null;
  }

  /** The block somebody is at: by focus, by selection, or by the question about it. */
  #pair(): HTMLElement | null {
    const selected = document.getSelection()?.anchorNode;
    const at = selected instanceof Element ? selected : selected?.parentElement;
    const asked = this.#guess()?.querySelector<HTMLAnchorElement>('.in-text')?.hash.slice(1);
    const pair =
      document.activeElement?.closest('.pair') ?? at?.closest('.pair') ?? (asked && document.getElementById(asked));
    return pair instanceof HTMLElement && this.contains(pair) ? pair : null;
  }

  #turn(by: 1 | -1): boolean {
    const guesses = this.#guesses;
    const current = this.#guess();
    const next = current ? guesses.indexOf(current) + by : by > 0 ? 0 : guesses.length - 1;
    if (guesses[next]) {
      goTo(guesses[next]);
      return true;
    }
    return pressed(this.querySelector<HTMLElement>(`.guesses .pages [rel=${by > 0 ? 'next' : 'prev'}]`));
  }

  #click(button: string): boolean {
    return pressed((this.#guess() ?? this.#pair()?.querySelector('.repairs'))?.querySelector<HTMLElement>(button));
  }

  #toText(): boolean {
    const pair = this.#guess() && this.#pair();
    if (!pair) return pressed(this.#guess()?.querySelector<HTMLElement>('.in-text'));
    goTo(pair);
    return true;
  }

  /** Unfolds what can be done with the current block, and goes to a part of it. */
  #open(part: string): boolean {
    const tools = this.#pair()?.querySelector<HTMLDetailsElement>('.tools');
    const target = tools?.querySelector<HTMLElement>(part);
    if (!tools || !target) return false;
    tools.open = true;
    target.focus();
    return true;
  }

  /** The selected words, or a field to say which. */
  #emphasise(): boolean {
    const form = this.#pair()?.querySelector<HTMLFormElement>('form.italic');
    const selection = document.getSelection();
    const range = selection && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const from = range && placeOf(range.startContainer, range.startOffset);
    const to = range && placeOf(range.endContainer, range.endOffset);
    if (!form || !range || from === null || to === null) return this.#open('.italic input[type=text]');
    const data = new FormData(form);
    data.set('words', range.toString());
    data.set('from', String(from));
    data.set('to', String(to));
    selection?.removeAllRanges();
    this.#send(form, data);
    return true;
  }

  /** Sends an act and takes the new text from the answer. Anything unexpected is left to the browser's own way. */
  #send(form: HTMLFormElement, data: FormData): void {
    if (this.#busy) return;
    this.#busy = true;
    this.#say('Saving…');
    const place = this.#placeOf(form);
    const fields = new URLSearchParams();
    for (const [name, value] of data) if (typeof value === 'string') fields.append(name, value);
    // A request of its own kind: its answer comes as a document, so that no script makes HTML from text.
    const request = new XMLHttpRequest();
    // Its fields are named `action`, too, and hide the property of that name.
    request.open('POST', form.getAttribute('action') ?? '');
    request.responseType = 'document';
    request.addEventListener('load', () => {
      this.#busy = false;
      const page = request.response instanceof Document ? request.response : null;
      const fresh = page?.querySelector(`review-desk ${TEXT}`);
      const stale = this.querySelector(TEXT);
      if (!page || !fresh || !stale) {
        location.reload();
        return;
      }
      const shown = this.querySelector<HTMLInputElement>('[name=sides]:checked')?.value;
      stale.replaceWith(document.adoptNode(fresh));
      this.#takeVersion(page);
      const side = this.querySelector<HTMLInputElement>(`[name=sides][value="${shown}"]`);
      if (side) side.checked = true;
      this.#say(
        page.querySelector('.notice p')?.textContent ?? 'Saved.',
        page.querySelector('.notice[role=alert]') !== null,
      );
      this.#goBack(place);
    });
    request.addEventListener('error', () => {
      this.#busy = false;
      this.#say('Couldn’t save: the archive does not answer.', true);
    });
    request.send(fields);
  }

  /** What is being typed beside the text stays, and will be saved as of now. */
  #takeVersion(page: Document): void {
    for (const field of this.querySelectorAll<HTMLInputElement>('.details-form > input[type=hidden]')) {
      const now = page.querySelector<HTMLInputElement>(`.details-form > input[name="${CSS.escape(field.name)}"]`);
      if (now) field.value = now.value;
    }
  }

  /** Where an act was done, to come back to: a question by its turn, a block by its id and the one before it. */
  #placeOf(form: HTMLFormElement): { guess: number; pairs: string[]; top: number } {
    const guess = form.closest<HTMLElement>('.guess');
    const pair = form.closest<HTMLElement>('.pair');
    const pairs = [pair?.id, pair?.previousElementSibling?.id].filter((id) => id !== undefined);
    return { guess: guess ? this.#guesses.indexOf(guess) : -1, pairs, top: pair?.getBoundingClientRect().top ?? 0 };
  }

  #goBack({ guess, pairs, top }: { guess: number; pairs: string[]; top: number }): void {
    const pair = pairs.map((id) => document.getElementById(id)).find((one) => one !== null);
    if (pair) {
      // What was pressed stays where it was on the screen, however long the list of questions above is now.
      scrollBy({ top: pair.getBoundingClientRect().top - top, behavior: 'instant' });
      pair.focus({ preventScroll: true });
      return;
    }
    const guesses = this.#guesses;
    const next = guesses[Math.min(Math.max(guess, 0), guesses.length - 1)];
    if (next) goTo(next);
    else this.querySelector<HTMLElement>('#guesses-title')?.focus();
  }

  #say(sentence: string, isProblem = false): void {
    const said = this.querySelector<HTMLElement>('#desk-says');
    if (!said) return;
    said.textContent = sentence;
    said.classList.toggle('problem', isProblem);
    said.classList.toggle('visually-hidden', !isProblem);
  }
}

function goTo(element: HTMLElement): void {
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: 'nearest' });
}

function pressed(control: HTMLElement | null | undefined): boolean {
  control?.click();
  return control instanceof HTMLElement;
}

/** The offset in the source of a place in the result; null where the result is not the source's own text. */
function placeOf(node: Node, offset: number): number | null {
  const element = node instanceof Element ? node : node.parentElement;
  const from = element?.closest<HTMLElement>('[data-from]')?.dataset.from;
  if (from === undefined) return null;
  return Number(from) + (node instanceof Text ? offset : offset > 0 ? (node.textContent ?? '').length : 0);
}

customElements.define('review-desk', ReviewDesk);
