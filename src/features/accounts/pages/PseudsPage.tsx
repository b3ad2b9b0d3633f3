/** An account's pseuds, seen by nobody but itself. */
import { Button, ButtonLink, ErrorSummary, TextField } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf } from '../../../ui/numbers.ts';
import type { SiteView } from '../../../ui/site-view.ts';
import { PseudPicture, type PictureView } from './PseudPicture.tsx';

export interface PseudRow {
  name: string;
  isDefault: boolean;
  icon: PictureView | null;
  /** Works that it signs or has brought in, drafts and deleted ones too. */
  works: number;
  /** The page on which it is changed, and the one that others see. */
  href: string;
  publicHref: string;
}

export interface PseudsView {
  pseuds: PseudRow[];
  /** What was typed into the field of a new one. */
  typed: string;
  error?: string;
  /** Whether the person may change them; somebody suspended only reads. */
  mayChange: boolean;
  /** Whether one more can be made. */
  mayAdd: boolean;
  limits: { name: number };
}

export function PseudsPage({ site, view }: { site: SiteView; view: PseudsView }) {
  return (
    <Layout site={site} title="Your pseuds" noindex kind="form" reportable={false}>
      <div class="page-head">
        <h1>Your pseuds</h1>
        <p>
          The names that you write under. Each has a page and works of its own, and nothing here tells anybody that they
          are yours together.
        </p>
      </div>
      <ErrorSummary
        title="Nothing was added:"
        errors={view.error === undefined ? [] : [{ name: 'name', text: view.error }]}
      />
      <ul class="rows">
        {view.pseuds.map((pseud) => (
          <Row site={site} pseud={pseud} />
        ))}
      </ul>
      {view.mayChange && !view.mayAdd && <p>You have as many pseuds as there can be.</p>}
      {view.mayChange && view.mayAdd && (
        <section class="account-part after-form" aria-labelledby="add">
          <h2 id="add">Another pseud</h2>
          <form class="fields" method="post" action="/account/pseuds">
            <TextField
              name="name"
              label="Name"
              help="Letters, digits, spaces, _ and -. It can be changed later."
              value={view.typed}
              error={view.error}
              maxLength={view.limits.name}
              language={null}
            />
            <div class="actions">
              <Button look="primary">Add the pseud</Button>
            </div>
          </form>
        </section>
      )}
    </Layout>
  );
}

function Row({ site, pseud }: { site: SiteView; pseud: PseudRow }) {
  return (
    <li>
      <div class="pseud-row">
        {pseud.icon && <PseudPicture picture={{ ...pseud.icon, alt: '' }} small />}
        <div>
          <h2>
            <a href={pseud.href}>
              <bdi>{pseud.name}</bdi>
            </a>
          </h2>
          <p class="figures">
            {pseud.isDefault && <span>Used unless you choose another</span>}
            <span>{pseud.works === 0 ? 'Signs nothing yet' : countOf(pseud.works, 'work', site.locale)}</span>
          </p>
        </div>
      </div>
      <div class="actions">
        <ButtonLink href={pseud.publicHref} small>
          <span class="visually-hidden">{pseud.name}: </span>Public page
        </ButtonLink>
        <ButtonLink href={pseud.href} small>
          <span class="visually-hidden">{pseud.name}: </span>Change
        </ButtonLink>
      </div>
    </li>
  );
}
