/** On the page of one's account: what can be taken along, and how one goes. */
import { ButtonLink } from '../../../ui/Form.tsx';

export function AccountLife() {
  return (
    <>
      <section class="account-part" aria-labelledby="take-out">
        <h2 id="take-out">Everything that is yours</h2>
        <p>Your works with all their versions, your profiles and settings, as one file in open formats.</p>
        <div class="actions">
          <ButtonLink href="/account/take-out">Take everything out</ButtonLink>
        </div>
      </section>
      <section class="account-part" aria-labelledby="going">
        <h2 id="going">Going</h2>
        <p>
          Orphaned works stay for their readers, without you. Deleting the account asks what becomes of each work.
          Neither can be undone.
        </p>
        <div class="actions">
          <ButtonLink href="/account/orphaning">Orphan works</ButtonLink>
          <ButtonLink href="/account/deletion" look="danger">
            Delete your account
          </ButtonLink>
        </div>
      </section>
    </>
  );
}
