/** The part of the page of invitations that sends one by mail. */
import { Button, EmailField } from '../../../ui/Form.tsx';

export interface InvitationByMailView {
  typed: string;
  error?: string;
}

export function InvitationByMail({ view }: { view: InvitationByMailView }) {
  return (
    <section class="account-part" aria-labelledby="by-mail">
      <h2 id="by-mail">Invite by mail</h2>
      <form class="fields" method="post" action="/invitations/letters">
        <EmailField
          name="address"
          label="E-mail address"
          help="The mail does not say who sends the invitation. The address is forgotten when it has gone out."
          value={view.typed}
          error={view.error}
          whose="another’s"
        />
        <div class="actions">
          <Button>Send an invitation</Button>
        </div>
      </form>
    </section>
  );
}
