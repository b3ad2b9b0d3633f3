/** On the page of preferences: which letters come by mail, and which of them always do. */
import { ButtonLink, CheckboxGroup } from '../../../ui/Form.tsx';
import { CHOSEN_ABOUT, LETTER_CHOICES } from '../letter-choices.ts';

export interface LettersView {
  /** `none`: the archive sends no mail. `no-address`: the account has confirmed no address. */
  mail: 'none' | 'no-address' | 'on';
  /** What comes; null where the form did not ask. */
  chosen: readonly string[] | null;
}

export function Letters({ view: { mail, chosen } }: { view: LettersView }) {
  return (
    <section class="account-part" aria-labelledby="mail">
      <h2 id="mail">Mail</h2>
      {mail === 'none' && <p>This archive sends no mail. What others ask of you stands on your own pages.</p>}
      {mail === 'no-address' && (
        <p>No mail is sent to you: your account has no confirmed e-mail address. You need none.</p>
      )}
      {mail === 'on' && (
        <>
          {/* Nothing ticked sends nothing: this says that the question was asked. */}
          <input type="hidden" name="lettersAsked" value="yes" />
          <CheckboxGroup
            name="letters"
            label="Send me a letter when"
            values={[...(chosen ?? [])]}
            choices={CHOSEN_ABOUT.map((about) => ({
              value: about,
              label: LETTER_CHOICES[about].label,
              help: LETTER_CHOICES[about].help,
            }))}
          />
          <p>
            Letters about your safety always come: when your password, your name to sign in with or your address is
            changed, when somebody signs in on a new device, when a passkey, a token, recovery codes or authenticator
            codes are made or taken away, and when a moderator takes a measure. No letter names a work or a pseud.
          </p>
        </>
      )}
      {mail !== 'none' && (
        <div class="actions">
          <ButtonLink href="/account/email" small>
            Your e-mail address
          </ButtonLink>
        </div>
      )}
    </section>
  );
}
