/** The part of the account page about doing things together: which pseuds may be asked, and where the answers are given. */
import { Button, ButtonLink, CheckboxGroup } from '../../../ui/Form.tsx';

export interface OpennessView {
  publicId: string;
  name: string;
  coCreation: boolean;
  gifts: boolean;
}

export function Openness({ pseuds }: { pseuds: OpennessView[] }) {
  const choices = pseuds.map((pseud) => ({ value: pseud.publicId, label: pseud.name }));
  const open = (which: 'coCreation' | 'gifts') => pseuds.filter((one) => one[which]).map((one) => one.publicId);
  return (
    <section class="account-part" aria-labelledby="together">
      <h2 id="together">Co-creation and gifts</h2>
      <p>
        Nobody can invite you or give you a work unless you open a pseud for it here. Your name stands beside anybody
        else’s only when you have said yes to that work.
      </p>
      <form class="fields" method="post" action="/account/openness">
        <CheckboxGroup
          name="coCreation"
          label="Can be invited to co-create works"
          values={open('coCreation')}
          choices={choices}
        />
        <CheckboxGroup name="gifts" label="Can be given works" values={open('gifts')} choices={choices} />
        <div class="actions">
          <Button>Save who may ask</Button>
        </div>
      </form>
      <div class="actions">
        <ButtonLink href="/account/co-creation">Co-creation</ButtonLink>
        <ButtonLink href="/account/gifts">Gifts to you</ButtonLink>
        <ButtonLink href="/account/related-works">Related works</ButtonLink>
      </div>
    </section>
  );
}
