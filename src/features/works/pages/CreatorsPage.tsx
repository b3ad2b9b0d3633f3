/** Who creates a work, who is invited to, and the form that invites. Only those who keep the work see it. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { ActionForm, Button, ErrorSummary, TextField } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { FormTarget, Language, SiteView } from '../../../ui/site-view.ts';

export interface CreatorsView {
  work: { title: string; href: string; language: Language | null };
  /** `leave`: present for one's own name, where another stays. */
  creators: { name: string; imported: boolean; own: boolean; leave: FormTarget | null }[];
  invited: { name: string; withdraw: FormTarget }[];
  /** Names that have said no. */
  refused: string[];
  /** Where the form is posted. */
  action: string;
  typed: string;
  error: string | null;
}

export function CreatorsPage({ site, view }: { site: SiteView; view: CreatorsView }) {
  const { work } = view;
  return (
    <Layout site={site} title={`Creators of ${work.title || 'Untitled'}`} noindex kind="form">
      <div class="page-head">
        <p class="eyebrow">
          <a href={work.href} {...inLanguage(work.language)}>
            {work.title || 'Untitled'}
          </a>
        </p>
        <h1>Creators</h1>
        <p>All of them can change and post the work. It is deleted only when all have agreed.</p>
      </div>
      <ErrorSummary title="Nobody was invited:" errors={view.error ? [{ name: 'name', text: view.error }] : []} />
      <ul class="rows">
        {view.creators.map((creator) => (
          <li>
            <div>
              <h2>
                <bdi>{creator.name}</bdi>
              </h2>
              {creator.imported && <p>Named by the source; has no account here.</p>}
              {creator.own && creator.leave === null && (
                <p>The last creator with an account here cannot leave. You can delete the work.</p>
              )}
            </div>
            {creator.leave && (
              <details>
                <summary>Leave this work…</summary>
                <p>You can come back only when another creator invites you.</p>
                <ActionForm target={creator.leave} label="Leave this work" about={`as ${creator.name}`} small />
              </details>
            )}
          </li>
        ))}
        {view.invited.map((invited) => (
          <li>
            <div>
              <h2>
                <bdi>{invited.name}</bdi>
              </h2>
              <p>Invited, and has not answered. Until then the name is shown to nobody else.</p>
            </div>
            <div class="actions">
              <ActionForm
                target={invited.withdraw}
                label="Withdraw the invitation"
                about={`of ${invited.name}`}
                small
              />
            </div>
          </li>
        ))}
        {view.refused.map((name) => (
          <li>
            <div>
              <h2>
                <bdi>{name}</bdi>
              </h2>
              <p>Has said no, and is not asked again for this work.</p>
            </div>
          </li>
        ))}
      </ul>
      <section class="account-part after-form" aria-labelledby="invite">
        <h2 id="invite">Invite a co-creator</h2>
        <form class="fields" method="post" action={view.action}>
          <TextField
            name="name"
            label="Their pseud"
            help="The name, or the address of their page here. They are told the title, the byline and who invites them."
            value={view.typed}
            error={view.error ?? undefined}
            language={null}
          />
          <div class="actions">
            <Button look="primary">Invite</Button>
          </div>
        </form>
      </section>
    </Layout>
  );
}
