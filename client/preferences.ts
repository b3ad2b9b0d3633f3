/**
 * <preference-form>: theme and reading settings take effect at the touch, and the same form is saved behind it.
 * Several forms on a page show the same state.
 */
import { announce } from './announce.ts';

const root = document.documentElement;

class PreferenceForm extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector('form');
    if (!form) return;
    const submit = form.querySelector<HTMLButtonElement>('button:not([name])');
    // Every change is saved at once: the button that saves has nothing left to do.
    if (submit) submit.hidden = true;
    form.addEventListener('change', () => save(form, new FormData(form)));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      save(form, new FormData(form, event.submitter));
    });
  }
}

function save(form: HTMLFormElement, data: FormData): void {
  apply(form, data);
  const fields = new URLSearchParams();
  for (const [name, value] of data) if (typeof value === 'string') fields.append(name, value);
  // The answer to the form is a redirect back to this page: there is no need to fetch the page again.
  fetch(form.action, { method: 'POST', body: fields, redirect: 'manual', keepalive: true }).then(
    (answer) =>
      announce(form, answer.ok || answer.type === 'opaqueredirect' ? '' : 'Couldn’t save: the archive refused it.'),
    () => announce(form, 'Couldn’t save: the archive does not answer.'),
  );
}

/** Sets each field as an attribute of the document; an unticked box, which sends nothing, is off. */
function apply(form: HTMLFormElement, data: FormData): void {
  for (const box of form.querySelectorAll<HTMLInputElement>('input[type=checkbox]')) {
    if (!data.has(box.name)) root.dataset[box.name] = 'off';
  }
  for (const [name, value] of data) {
    if (name !== 'return' && typeof value === 'string') root.dataset[name] = value;
  }
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[name=theme]')) {
    button.setAttribute('aria-pressed', String(button.value === root.dataset.theme));
  }
}

customElements.define('preference-form', PreferenceForm);
