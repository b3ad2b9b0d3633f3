/** <passkey-add>: shows the password to the archive, has the browser make a passkey, and sends that as a form. */
import {
  browserSupportsWebAuthn,
  startRegistration,
  type PublicKeyCredentialCreationOptionsJSON,
} from '@simplewebauthn/browser';
import { askArchive, reasonOf, say } from './passkey-asking.ts';

class PasskeyAdd extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector('form');
    if (!form) return;
    this.querySelector('.without-script')?.remove();
    form.hidden = false;
    if (!browserSupportsWebAuthn()) say(form, 'This browser makes no passkeys.');
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void add(form);
    });
  }
}

async function add(form: HTMLFormElement): Promise<void> {
  const input = (name: string) => {
    const field = form.elements.namedItem(name);
    return field instanceof HTMLInputElement ? field : null;
  };
  say(form, '');
  if (input('name')?.value.trim() === '') {
    say(form, 'Type a name, so that you know it again.');
    input('name')?.focus();
    return;
  }
  const proof = new URLSearchParams();
  for (const name of ['password', 'code']) proof.set(name, input(name)?.value ?? '');
  try {
    const asked = await askArchive<PublicKeyCredentialCreationOptionsJSON>('/account/passkeys/challenge', proof);
    if ('sentence' in asked) {
      say(form, asked.sentence);
      input(asked.field ?? 'password')?.focus();
      return;
    }
    const made = await startRegistration({ optionsJSON: asked.options });
    const credential = input('credential');
    if (credential) credential.value = JSON.stringify(made);
    // The archive has them; they need not be sent again.
    for (const name of ['password', 'code']) input(name)?.removeAttribute('name');
    form.submit();
  } catch (error) {
    say(form, reasonOf(error));
  }
}

customElements.define('passkey-add', PasskeyAdd);
