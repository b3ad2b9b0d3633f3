/** What the owner decides about the queue for invitations; there is one only where the archive sends mail. */
import { Checkbox, TextField } from '../../../ui/Form.tsx';
import { countOf } from '../../../ui/numbers.ts';
import type { SiteView } from '../../../ui/site-view.ts';

export interface QueueSettingsView {
  open: boolean;
  /** As it was typed. */
  eachDay: string;
  error?: string | undefined;
  /** How many wait. Their addresses are shown to nobody. */
  waiting: number;
}

export function QueueSettings({ site, view }: { site: SiteView; view: QueueSettingsView }) {
  return (
    <>
      <fieldset class="field">
        <legend>Queue for invitations</legend>
        <p class="help">
          Who has no invitation leaves an e-mail address and is sent one in turn, while people join by invitation.{' '}
          {countOf(view.waiting, 'person waits', site.locale, 'people wait')} at present.
        </p>
        {/* Tells a form with this part from one without it: a box that is not ticked sends nothing. */}
        <input type="hidden" name="queueShown" value="yes" />
        <Checkbox name="invitationQueue" label="People can ask for an invitation" checked={view.open} />
      </fieldset>
      <TextField
        name="queueEachDay"
        label="Invitations sent from the queue each day"
        value={view.eachDay}
        error={view.error}
        inputMode="numeric"
        brief
      />
    </>
  );
}
