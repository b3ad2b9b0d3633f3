/** Asks where a link leads. One dialog for all texts of a page. */

let dialog: HTMLDialogElement | null = null;

/** @returns the address, '' to take the link away, or null when it was left. */
export function askForAddress(present: string | null): Promise<string | null> {
  dialog ??= makeDialog();
  const shown = dialog;
  const input = shown.querySelector('input');
  const remove = shown.querySelector<HTMLButtonElement>('button[value=remove]');
  if (!input || !remove) return Promise.resolve(null);
  input.value = present ?? '';
  remove.hidden = present === null;
  shown.returnValue = '';
  shown.showModal();
  input.select();
  return new Promise((resolve) => {
    shown.addEventListener(
      'close',
      () => {
        const { returnValue } = shown;
        resolve(returnValue === 'remove' ? '' : returnValue === 'set' ? completed(input.value) : null);
      },
      { once: true },
    );
  });
}

/** `example.org/a` and `me@example.org` with what they lack. '' for nothing typed. */
export function completed(typed: string): string {
  const address = typed.trim();
  if (address === '' || /^(?:https?:\/\/|mailto:|#)/i.test(address)) return address;
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(address)) return `mailto:${address}`;
  return `https://${address.replace(/^\/+/, '')}`;
}

function makeDialog(): HTMLDialogElement {
  const made = document.createElement('dialog');
  made.className = 'rich-link';
  const title = document.createElement('h2');
  title.id = 'rich-link-title';
  title.textContent = 'Link';
  made.setAttribute('aria-labelledby', title.id);
  const form = document.createElement('form');
  form.method = 'dialog';
  const field = document.createElement('div');
  field.className = 'field';
  const label = document.createElement('label');
  label.htmlFor = 'rich-link-address';
  label.textContent = 'Address';
  const input = document.createElement('input');
  input.id = label.htmlFor;
  input.type = 'text';
  input.inputMode = 'url';
  input.autocomplete = 'off';
  input.placeholder = 'https://';
  field.append(label, input);
  const actions = document.createElement('div');
  actions.className = 'actions';
  for (const [value, words, looks] of [
    ['set', 'Set the link', 'button primary'],
    ['remove', 'Take the link away', 'button'],
    ['leave', 'Cancel', 'button plain'],
  ] as const) {
    const button = document.createElement('button');
    button.value = value;
    button.textContent = words;
    button.className = looks;
    actions.append(button);
  }
  form.append(title, field, actions);
  made.append(form);
  document.body.append(made);
  return made;
}
