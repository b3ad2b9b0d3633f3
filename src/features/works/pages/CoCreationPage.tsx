/** What an account is asked about creating together: invitations to it, and works that others want deleted. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ActionForm, ButtonLink } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { listOf } from '../../../ui/numbers.ts';
import type { FormTarget, Language, SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';

export interface CoCreationView {
  invitations: {
    title: string;
    language: Language | null;
    /** None for an anonymous work. */
    creators: string[];
    /** The pseud of one's own that was invited. */
    pseud: string;
    by: string | null;
    at: number;
    accept: FormTarget;
    refuse: FormTarget;
  }[];
  /** Works that others want deleted; each is answered on a page of its own. */
  deletions: { title: string; language: Language | null; href: string }[];
}

export function CoCreationPage({ site, view }: { site: SiteView; view: CoCreationView }) {
  return (
    <Layout site={site} title="Co-creation" noindex>
      <div class="page-head">
        <h1>Co-creation</h1>
        <p>
          Who is invited reads nothing of a draft, and is named nowhere, before they have accepted.{' '}
          <a href="/account#together">Who may invite you</a>
        </p>
      </div>
      {view.invitations.length === 0 && view.deletions.length === 0 && (
        <EmptyState title="Nothing waits for you">
          <p>Invitations to create a work with others are answered here.</p>
        </EmptyState>
      )}
      {view.invitations.length > 0 && (
        <section class="account-part" aria-labelledby="invited-to">
          <h2 id="invited-to">Invitations</h2>
          <ul class="rows">
            {view.invitations.map((one) => (
              <li>
                <div>
                  <h3 {...inLanguage(one.language)}>{one.title || 'Untitled'}</h3>
                  <p class="byline" dir="auto">
                    by {one.creators.length > 0 ? listOf(one.creators) : 'Anonymous'}
                  </p>
                  <p>
                    <bdi>{one.by ?? 'Somebody who has left'}</bdi> invites you as <bdi>{one.pseud}</bdi>,{' '}
                    <Time at={one.at} site={site} hint />.
                  </p>
                </div>
                <div class="actions">
                  <ActionForm
                    target={one.accept}
                    label="Accept"
                    about={`to create ${one.title || 'Untitled'}`}
                    look="primary"
                    small
                  />
                  <ActionForm target={one.refuse} label="Refuse" about={`to create ${one.title || 'Untitled'}`} small />
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      {view.deletions.length > 0 && (
        <section class="account-part" aria-labelledby="to-delete">
          <h2 id="to-delete">Deletions</h2>
          <p>Another creator wants these works deleted. That happens only when all of you agree.</p>
          <ul class="rows">
            {view.deletions.map((one) => (
              <li>
                <div>
                  <h3 {...inLanguage(one.language)}>{one.title || 'Untitled'}</h3>
                </div>
                <div class="actions">
                  <ButtonLink href={one.href} small>
                    Answer
                    <span class="visually-hidden"> about {one.title || 'Untitled'}</span>
                  </ButtonLink>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Layout>
  );
}
