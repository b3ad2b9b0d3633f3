/** The part of one's account about other ways in: passkeys, codes, and tokens for programs. */
import { ButtonLink } from '../../../ui/Form.tsx';

export function OwnKeys() {
  return (
    <section class="account-part" aria-labelledby="keys">
      <h2 id="keys">Passkeys, codes and tokens</h2>
      <p>Sign in without a password, ask for a code after it, or let a program work as you.</p>
      <div class="actions">
        <ButtonLink href="/account/passkeys">Passkeys</ButtonLink>
        <ButtonLink href="/account/authenticator">Authenticator codes</ButtonLink>
        <ButtonLink href="/account/tokens">Tokens for programs</ButtonLink>
      </div>
    </section>
  );
}
