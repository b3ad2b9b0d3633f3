/** <passkey-sign-in>: asks the archive for a question and the browser for a passkey's answer, and sends that as a form. */
import {
  browserSupportsWebAuthn,
  startAuthentication,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import { askArchive, reasonOf, say } from './passkey-asking.ts';

class PasskeySignIn extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector('form');
    if (!form || !browserSupportsWebAuthn()) return;
    form.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void signIn(form);
    });
  }
}

async function signIn(form: HTMLFormElement): Promise<void> {
  say(form, '');
  try {
    const asked = await askArchive<PublicKeyCredentialRequestOptionsJSON>(
      '/sign-in/passkey/challenge',
      new URLSearchParams(),
    );
    if ('sentence' in asked) return say(form, asked.sentence);
    const credential = await startAuthentication({ optionsJSON: asked.options });
    const field = form.elements.namedItem('credential');
    if (field instanceof HTMLInputElement) field.value = JSON.stringify(credential);
    form.submit();
  } catch (error) {
    say(form, reasonOf(error));
  }
}

customElements.define('passkey-sign-in', PasskeySignIn);
