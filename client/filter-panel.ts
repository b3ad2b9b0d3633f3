/**
 * <filter-panel>: each choice asks the server for the list as it would then be, and puts its parts into this page: total,
 * chips, works, counts. The address stays true. Focus, open groups and half-typed text stay as they are. Where the
 * archive cannot be reached the page stays and says so; whatever else goes wrong becomes an ordinary sending of the form.
 * Without this script the form is sent by its button.
 */
import { renew, sameOrder } from './renew.ts';

/** After the last letter typed into a field that is no list of names. */
const TYPING_MS = 450;
/** A list that is renewed sooner than this is not dimmed. */
const DIM_MS = 250;
/** Fields that hold names: what is half typed there is no filter yet. */
const NAMES = /-(more|any)$/;

type Step = 'replace' | 'push' | 'back';

export class FilterPanel extends HTMLElement {
  #request: XMLHttpRequest | null = null;
  #typing = 0;
  /** What the list shows; what the form last asked for. */
  #address = '';
  #asked = '';
  /** What says that the archive could not be reached. */
  #lost: HTMLElement | null = null;

  connectedCallback(): void {
    this.#address = location.pathname + location.search;
    document.addEventListener('change', (event) => this.#changed(event));
    document.addEventListener('input', (event) => this.#typed(event));
    document.addEventListener('keydown', (event) => this.#entered(event));
    document.addEventListener('submit', (event) => this.#sent(event));
    document.addEventListener('click', (event) => this.#followed(event));
    window.addEventListener('popstate', () => {
      // A link within the page changes the address, too, and asks for nothing.
      if (location.pathname + location.search !== this.#address) this.#ask(location.href, 'back');
    });
    matchMedia('(min-width: 60rem)').addEventListener('change', () => this.#close());
    this.#sheet?.addEventListener('toggle', () => this.#sayLost());
  }

  #changed({ target }: Event): void {
    const field = this.#fieldOf(target);
    if (!field) return;
    if (field instanceof HTMLInputElement && field.type === 'checkbox' && field.checked) uncheckOther(field);
    if (NAMES.test(field.name) && field.value.trim() === '') return;
    this.#refresh(field.closest<HTMLElement>('.group'));
  }

  #typed({ target }: Event): void {
    const field = this.#fieldOf(target);
    if (!(field instanceof HTMLInputElement) || !isText(field) || NAMES.test(field.name)) return;
    // What is under way would be older than what is being typed.
    this.#request?.abort();
    this.#asked = '';
    clearTimeout(this.#typing);
    this.#typing = window.setTimeout(() => this.#refresh(null), TYPING_MS);
  }

  /** Enter in a field renews the list and stays there; the button is for looking at it. */
  #entered(event: KeyboardEvent): void {
    const field = this.#fieldOf(event.target);
    if (event.key !== 'Enter' || event.isComposing || event.defaultPrevented) return;
    if (!(field instanceof HTMLInputElement) || !isText(field)) return;
    event.preventDefault();
    this.#refresh(null);
  }

  #sent(event: Event): void {
    const form = event.target;
    if (form instanceof HTMLFormElement && form.matches('.page-jump')) {
      event.preventDefault();
      const fields = [...new FormData(form)].flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value]] : [],
      );
      this.#ask(`${form.action.split('?')[0]}?${new URLSearchParams(fields)}`, 'push');
    }
    if (form !== this.#form) return;
    event.preventDefault();
    this.#refresh(null);
    if (this.#sheet?.matches(':popover-open')) this.#close();
    else focusOn(document.querySelector<HTMLElement>('#total'), true);
  }

  /** Links to the same list: chips, pages, steps of a histogram. */
  #followed(event: MouseEvent): void {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null;
    if (!link) return;
    if (link.hash !== '' && link.pathname + link.search === location.pathname + location.search) {
      this.#lead(link.hash, event);
      return;
    }
    const isPage = link.matches('.pages a');
    if (!isPage && !link.matches('.chips a, .histogram a, .filter-head a, .without-one a')) return;
    if (link.origin !== location.origin || link.pathname !== new URL(this.#form.action).pathname) return;
    event.preventDefault();
    this.#ask(link.href, isPage ? 'push' : 'replace');
  }

  /** A mistake leads to its field, which can be in the closed sheet or in a closed group. */
  #lead(hash: string, event: Event): void {
    const target = document.getElementById(decodeURIComponent(hash.slice(1)));
    if (!target || !this.#sheet?.contains(target) || target === this.#sheet) return;
    event.preventDefault();
    for (let at = target.closest('details'); at; at = at.parentElement?.closest('details') ?? null) at.open = true;
    if (!this.#sheet.checkVisibility()) this.#sheet.showPopover();
    const field = target.matches('input') ? target : target.querySelector<HTMLElement>('input:not([type=hidden])');
    focusOn(field ?? target);
  }

  /** What stands in the form, as it is sent. */
  chosen(): URLSearchParams {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.#form)) {
      if (typeof value === 'string' && value.trim() !== '') fields.append(name, value);
    }
    return fields;
  }

  /** Asks for a tag, or leaves it out (`not-…`), from outside the form; one that is chosen already is let go. */
  choose(parameter: string, name: string): void {
    const fields = this.chosen();
    const isChosen = fields.has(parameter, name);
    for (const one of [parameter, parameter.startsWith('not-') ? parameter.slice(4) : `not-${parameter}`])
      fields.delete(one, name);
    if (!isChosen) fields.append(parameter, name);
    this.#ask(this.#addressOf(fields), 'replace');
  }

  #addressOf(fields: URLSearchParams): string {
    return `${this.#form.action.split('?')[0]}?${fields}`;
  }

  #refresh(used: HTMLElement | null): void {
    const address = this.#addressOf(this.chosen());
    if (address !== this.#asked) this.#ask(address, 'replace', used);
    this.#asked = address;
  }

  /** `used`: the group in which somebody is choosing; its rows stay where they are under the hand. */
  #ask(address: string, step: Step, used: HTMLElement | null = null): void {
    clearTimeout(this.#typing);
    this.#request?.abort();
    this.#forgetLost();
    this.#asked = '';
    const request = new XMLHttpRequest();
    this.#request = request;
    const sent = new Map(textFields(this.#form).map((field) => [field.name, field.value]));
    // A count that is no longer true is not shown on the button that is looked at for it.
    const button = this.querySelector('.filter-foot button');
    const dim = window.setTimeout(() => {
      document.querySelector('#found')?.setAttribute('aria-busy', 'true');
      if (button) button.textContent = 'Counting…';
    }, DIM_MS);
    request.open('GET', address);
    request.responseType = 'document';
    request.addEventListener('loadend', () => {
      clearTimeout(dim);
      if (this.#request !== request) return;
      this.#request = null;
      document.querySelector('#found')?.removeAttribute('aria-busy');
    });
    request.addEventListener('load', () => {
      const page = request.responseXML;
      // A page that is refused still is a list that says why; anything else is for the browser to show.
      if (request.status < 500 && page?.querySelector('#filters'))
        this.#show(page, request.responseURL, step, used, sent);
      else this.#giveUp(address, step);
    });
    request.addEventListener('error', () => this.#unreached(() => this.#ask(address, step, used)));
    request.send();
  }

  #giveUp(address: string, step: Step): void {
    if (step === 'back') location.reload();
    else location.assign(address);
  }

  /** The list and the choices stay; they do not agree until the archive is asked again, by hand or when the line is back. */
  #unreached(again: () => void): void {
    // The same choices are another question now.
    this.#asked = '';
    const box = document.createElement('div');
    Object.assign(box, { className: 'unreached', role: 'alert', popover: 'manual' });
    const buttons = [
      ['Try again', again],
      ['Close', () => this.#forgetLost()],
    ].map(([textContent, onclick]) =>
      Object.assign(document.createElement('button'), {
        type: 'button',
        className: 'button small',
        textContent,
        onclick,
      }),
    );
    window.addEventListener('online', () => box.isConnected && again(), { once: true });
    box.append('The archive could not be reached. The list is as it was before.', ...buttons);
    this.#lost = box;
    this.#sayLost();
    const show = this.querySelector('.filter-foot button');
    if (show) show.textContent = 'Show works';
  }

  /** Over the list; while the sheet is open over that, and a part of it, so that a press on it does not shut it. */
  #sayLost(): void {
    const box = this.#lost;
    if (!box) return;
    (this.#sheet?.matches(':popover-open') ? this : document.body).append(box);
    box.showPopover();
  }

  #forgetLost(): void {
    this.#lost?.remove();
    this.#lost = null;
  }

  #show(page: Document, address: string, step: Step, used: HTMLElement | null, sent: Map<string, string>): void {
    if (step === 'push') history.pushState(null, '', address);
    if (step === 'replace') history.replaceState(null, '', address);
    this.#address = location.pathname + location.search;
    document.title = page.title;
    const inSheet = this.contains(document.activeElement);
    const inFound = document.querySelector('#found')?.contains(document.activeElement);
    const chip = chips(inSheet).indexOf(document.activeElement as HTMLElement);
    for (const id of ['total', 'asked', 'found']) replace(id, page);
    const others = ['h1', '.sort select', '.open-filter'].map((one) => [
      document.querySelector(one),
      page.querySelector(one),
    ]);
    for (const [here, there] of others) if (here && there) renew(here, there);
    const form = page.querySelector('#filters');
    if (form) {
      if (used) sameOrder(used, form.querySelector(`#${used.id}`));
      // Names that were sent have become rows; what was typed since is kept.
      for (const field of textFields(this.#form)) {
        if (NAMES.test(field.name) && field.value === sent.get(field.name)) field.value = '';
      }
      renew(this.#form, form);
    }
    // The chip that had the focus is gone; the one in its place gets it.
    if (chip >= 0)
      focusOn(
        chips(inSheet)
          .slice(0, chip + 1)
          .at(-1) ?? (inSheet ? this.#sheet : document.querySelector('#total')),
      );
    if (step === 'push' || inFound) focusOn(document.querySelector('#total'), true);
    this.dispatchEvent(new Event('shown'));
  }

  #fieldOf(target: EventTarget | null): HTMLInputElement | HTMLSelectElement | null {
    const isField = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
    return isField && target.form === this.#form ? target : null;
  }

  get #form(): HTMLFormElement {
    return this.querySelector('form') as HTMLFormElement;
  }

  get #sheet(): HTMLElement | null {
    return this.closest<HTMLElement>('[popover]');
  }

  #close(): void {
    if (this.#sheet?.matches(':popover-open')) this.#sheet.hidePopover();
  }
}

/** What is included is not excluded, and the other way round. */
function uncheckOther(box: HTMLInputElement): void {
  for (const other of box.closest('li')?.querySelectorAll<HTMLInputElement>('input[type=checkbox]') ?? []) {
    if (other !== box) other.checked = false;
  }
}

function textFields(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.elements].filter((one): one is HTMLInputElement => one instanceof HTMLInputElement && isText(one));
}

function isText(field: HTMLInputElement): boolean {
  return field.type === 'text' || field.type === 'search';
}

/** Puts what stands in a part of another page into the same part of this one. The same words are not said twice. */
function replace(id: string, page: Document): void {
  const [here, there] = [document.getElementById(id), page.getElementById(id)];
  if (!here || !there || (id === 'total' && here.textContent === there.textContent)) return;
  here.replaceChildren(...[...there.childNodes].map((node) => document.importNode(node, true)));
}

/** Those over the list, or those at the top of the sheet. */
function chips(inSheet: boolean): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`${inSheet ? '#filters' : '#asked'} .chips a`)];
}

function focusOn(element: HTMLElement | null, scroll = false): void {
  if (!element) return;
  if (!element.matches('a, input, button, select, summary')) element.tabIndex = -1;
  element.focus({ preventScroll: scroll });
  if (scroll) document.querySelector('h1')?.scrollIntoView({ block: 'start' });
}

customElements.define('filter-panel', FilterPanel);
