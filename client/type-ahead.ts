/**
 * <type-ahead>: tags offered while one is typed, as a listbox under the field (the combobox pattern of ARIA 1.2).
 * `data-from` answers `{suggestions}`. In a field of names the last one is completed; in a text area of names
 * (`data-use="names"`) the one in which the cursor stands, and all others stay where they are; in the search box
 * (`data-use="search"`) a tag is written out as a condition, and one typed alone is searched for at once.
 */

interface Suggestion {
  name: string;
  /** The canonical name, where this is a synonym. */
  as: string | null;
  works: number;
  kind: string;
}

const PAUSE_MS = 90;
/** The words at the end that can be a name, after an optional minus: no quotation marks, no field, no comparison. */
const LAST_NAME = /(?:^|[\s(])(-?)([^\s"():<>=-][^"():<>=]*)$/;

/** What stands between the names of a field. */
const BETWEEN = /[,，、\n]/;

type TypedField = HTMLInputElement | HTMLTextAreaElement;

class TypeAhead extends HTMLElement {
  #list = document.createElement('ul');
  #said = document.createElement('span');
  #offers: Suggestion[] = [];
  #at = -1;
  #timer = 0;
  #request: AbortController | null = null;
  #before = '';
  /** What is written by choosing is nothing that was typed. */
  #isChosen = false;

  connectedCallback(): void {
    const input: HTMLElement & TypedField = this.#input;
    const id = `offers-${input.id}`;
    if (document.getElementById(id)) return;
    Object.assign(this.#list, { id, className: 'offers', role: 'listbox', ariaLabel: 'Suggestions', hidden: true });
    Object.assign(this.#said, { className: 'visually-hidden', role: 'status' });
    for (const part of [this.#list, this.#said]) part.dataset['added'] = '';
    this.append(this.#list, this.#said);
    // A text area of several lines can be no combobox: it stays a text box that has suggestions.
    if (input instanceof HTMLTextAreaElement)
      Object.assign(input, { ariaAutoComplete: 'list', ariaHasPopup: 'listbox' });
    else Object.assign(input, { role: 'combobox', ariaAutoComplete: 'list', ariaExpanded: 'false' });
    input.setAttribute('aria-controls', id);
    input.addEventListener('input', () => {
      if (!this.#isChosen) this.#look();
    });
    input.addEventListener('keydown', (event: KeyboardEvent) => this.#key(event));
    input.addEventListener('focus', () => (this.#before = input.value));
    input.addEventListener('blur', () => {
      this.#close();
      // A name that was chosen is no typing, so the browser says nothing when the field is left.
      if (this.dataset['use'] === 'any' && input.value !== this.#before) changed(input);
    });
    // A press on the list must not take the focus out of the field.
    this.#list.addEventListener('pointerdown', (event) => event.preventDefault());
    this.#list.addEventListener('mousedown', (event) => event.preventDefault());
    this.#list.addEventListener('click', (event) => {
      const row = event.target instanceof Element ? event.target.closest('li') : null;
      if (row) this.#choose([...this.#list.children].indexOf(row));
    });
    this.closest('form')?.addEventListener('toggle', (event) => {
      if (event.newState === 'open') input.focus();
    });
  }

  /** What is being completed: where it begins and ends, and whether a minus stands before it. */
  get #typed(): { from: number; to: number; text: string; minus: string } | null {
    const { value, selectionStart, selectionEnd } = this.#input;
    if (this.dataset['use'] === 'names') {
      if (selectionEnd === null || selectionStart !== selectionEnd) return null;
      let from = selectionEnd;
      while (from > 0 && !BETWEEN.test(value[from - 1] ?? '')) from -= 1;
      const length = value.slice(selectionEnd).search(BETWEEN);
      const to = length === -1 ? value.length : selectionEnd + length;
      return { from, to, text: value.slice(from, to).trim(), minus: '' };
    }
    const to = value.length;
    if (selectionEnd !== to) return null;
    if (this.dataset['use'] !== 'search') {
      const from = value.lastIndexOf(',') + 1;
      return { from, to, text: value.slice(from).trim(), minus: '' };
    }
    const found = LAST_NAME.exec(value);
    if (!found) return null;
    const [, minus = '', text = ''] = found;
    return { from: value.length - text.length - minus.length, to, text: text.trim(), minus };
  }

  #look(): void {
    clearTimeout(this.#timer);
    this.#request?.abort();
    const text = this.#typed?.text ?? '';
    if (text === '') this.#close();
    else this.#timer = window.setTimeout(() => void this.#ask(text), PAUSE_MS);
  }

  async #ask(text: string): Promise<void> {
    const request = new AbortController();
    this.#request = request;
    const address = new URL(this.dataset['from'] ?? '', location.href);
    address.searchParams.set('q', text);
    try {
      const answer = await fetch(address, { signal: request.signal, headers: { Accept: 'application/json' } });
      const { suggestions } = answer.ok
        ? ((await answer.json()) as { suggestions: Suggestion[] })
        : { suggestions: [] };
      if (!request.signal.aborted && document.activeElement === this.#input) this.#offer(suggestions);
    } catch {
      // Without suggestions the field is what it was: a field.
      if (!request.signal.aborted) this.#close();
    }
  }

  #offer(offers: Suggestion[]): void {
    this.#offers = offers;
    this.#at = -1;
    const number = new Intl.NumberFormat(document.documentElement.dataset['locale']);
    const isSearch = this.dataset['use'] === 'search';
    this.#list.replaceChildren(...offers.map((offer, at) => this.#row(offer, at, number, isSearch)));
    this.#show(offers.length > 0);
    this.#said.textContent =
      offers.length === 0 ? 'No suggestions' : `${offers.length} ${offers.length === 1 ? 'suggestion' : 'suggestions'}`;
  }

  #row(offer: Suggestion, at: number, number: Intl.NumberFormat, isSearch: boolean): HTMLLIElement {
    const row = document.createElement('li');
    Object.assign(row, { id: `${this.#list.id}-${at}`, role: 'option', ariaSelected: 'false' });
    const name = document.createElement('bdi');
    name.textContent = offer.name;
    const works = document.createElement('b');
    works.textContent = number.format(offer.works);
    row.append(name, works);
    const about = [isSearch && kindWords(offer.kind), offer.as !== null && `means ${offer.as}`].filter(Boolean);
    if (about.length > 0) {
      const small = document.createElement('small');
      small.dir = 'auto';
      small.textContent = about.join(', ');
      row.append(small);
    }
    return row;
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing || this.#list.hidden) return;
    const last = this.#offers.length - 1;
    if (event.key === 'ArrowDown') this.#point(this.#at >= last ? -1 : this.#at + 1);
    else if (event.key === 'ArrowUp') this.#point(this.#at < 0 ? last : this.#at - 1);
    else if (event.key === 'Enter' && this.#at >= 0) this.#choose(this.#at);
    else if (event.key === 'Escape') this.#close();
    else return;
    event.preventDefault();
  }

  #point(at: number): void {
    this.#list.children[this.#at]?.setAttribute('aria-selected', 'false');
    this.#at = at;
    const row = this.#list.children[at];
    row?.setAttribute('aria-selected', 'true');
    row?.scrollIntoView({ block: 'nearest' });
    if (row) this.#input.setAttribute('aria-activedescendant', row.id);
    else this.#input.removeAttribute('aria-activedescendant');
  }

  #choose(at: number): void {
    const offer = this.#offers[at];
    const typed = this.#typed;
    if (!offer || !typed) return;
    const input = this.#input;
    const before = input.value.slice(0, typed.from);
    this.#close();
    const use = this.dataset['use'];
    if (use === 'search') {
      const isAlone = before.trim() === '' && typed.minus === '';
      input.value = `${before}${typed.minus}${fieldOf(offer.kind)}:${inQuotes(offer.as ?? offer.name)} `;
      if (isAlone) input.form?.requestSubmit();
      return;
    }
    const name = offer.as ?? offer.name;
    if (use === 'names') {
      const after = input.value.slice(typed.to);
      const start = `${before}${before === '' || before.endsWith('\n') ? '' : ' '}${name}${after === '' ? ', ' : ''}`;
      input.value = `${start}${after}`;
      input.setSelectionRange(start.length, start.length);
      this.#isChosen = true;
      // What keeps drafts listens for this.
      input.dispatchEvent(new Event('input', { bubbles: true }));
      this.#isChosen = false;
      return;
    }
    input.value = `${before}${before === '' ? '' : ' '}${name}${use === 'any' ? ', ' : ''}`;
    if (use !== 'any') changed(input);
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#request?.abort();
    this.#point(-1);
    this.#said.textContent = '';
    this.#show(false);
  }

  #show(isOpen: boolean): void {
    this.#list.hidden = !isOpen;
    if (this.#input.role === 'combobox') this.#input.setAttribute('aria-expanded', String(isOpen));
  }

  get #input(): TypedField {
    return this.querySelector('input, textarea') as TypedField;
  }
}

function changed(input: TypedField): void {
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

/** As the box reads it back: a quotation mark inside stands behind a backslash, and so does a backslash. */
function inQuotes(name: string): string {
  return `"${name.replace(/["\\]/g, '\\$&')}"`;
}

/** The parameter by which a kind is asked for. */
function fieldOf(kind: string): string {
  return kind === 'freeform' ? 'tag' : kind;
}

function kindWords(kind: string): string {
  return kind === 'freeform' || kind === 'tag' ? 'additional tag' : kind === 'warning' ? 'archive warning' : kind;
}

customElements.define('type-ahead', TypeAhead);
