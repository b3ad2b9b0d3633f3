/** For whom a work is: those it was given to, and the two forms that give it. Only those who keep the work see it. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { ActionForm, Button, ErrorSummary, TextField } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { FormTarget, Language, SiteView } from '../../../ui/site-view.ts';
import type { GiftState } from '../gift.ts';

export interface WorkGiftsView {
  work: { title: string; href: string; language: Language | null };
  gifts: {
    name: string;
    elsewhere: boolean;
    state: GiftState;
    /** Null for one that was refused. */
    takeBack: FormTarget | null;
  }[];
  action: string;
  values: { pseud: string; name: string };
  errors: { pseud?: string; name?: string };
  limits: { name: number };
}

const STATES: Record<GiftState, string> = {
  waiting: 'Waits for their answer; the name is shown to nobody until then.',
  accepted: 'Accepted, and shown on the work.',
  refused: 'Has said no, and is not asked again for this work.',
};

export function WorkGiftsPage({ site, view }: { site: SiteView; view: WorkGiftsView }) {
  const { work, errors } = view;
  const title = work.title || 'Untitled';
  return (
    <Layout site={site} title={`Gifts: ${title}`} noindex kind="form">
      <div class="page-head">
        <p class="eyebrow">
          <a href={work.href} {...inLanguage(work.language)}>
            {title}
          </a>
        </p>
        <h1>Gifts</h1>
        <p>For whom you made this work.</p>
      </div>
      <ErrorSummary
        title="Nothing was given:"
        errors={(['pseud', 'name'] as const).flatMap((name) => (errors[name] ? [{ name, text: errors[name] }] : []))}
      />
      {view.gifts.length > 0 && (
        <ul class="rows">
          {view.gifts.map((gift) => (
            <li>
              <div>
                <h2>
                  <bdi>{gift.name}</bdi>
                </h2>
                <p>{gift.elsewhere ? 'Somebody elsewhere; shown on the work.' : STATES[gift.state]}</p>
              </div>
              {gift.takeBack && (
                <div class="actions">
                  <ActionForm target={gift.takeBack} label="Take back" about={`the gift to ${gift.name}`} small />
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      <section class="account-part after-form" aria-labelledby="give-here">
        <h2 id="give-here">To somebody here</h2>
        <form class="fields" method="post" action={view.action}>
          <TextField
            name="pseud"
            label="Their pseud"
            help="The name, or the address of their page here. They are asked when the work is posted and revealed."
            value={view.values.pseud}
            error={errors.pseud}
            language={null}
          />
          <div class="actions">
            <Button look="primary">Give it to them</Button>
          </div>
        </form>
      </section>
      <section class="account-part" aria-labelledby="give-elsewhere">
        <h2 id="give-elsewhere">To somebody elsewhere</h2>
        <form class="fields" method="post" action={view.action}>
          <TextField
            name="name"
            label="Name"
            help="Shown on the work as you type it, and leads nowhere."
            value={view.values.name}
            error={errors.name}
            maxLength={view.limits.name}
            language={null}
          />
          <div class="actions">
            <Button>Add the name</Button>
          </div>
        </form>
      </section>
    </Layout>
  );
}
