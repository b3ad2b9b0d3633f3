/** The rules of the archive and how to reach its owner: as the owner wrote them, and the form by which they do. */
import { AuthorText } from '../../../ui/AuthorText.tsx';
import { Button, ButtonLink, ErrorSummary, TextAreaField } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { Language, SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';

/** What an owner writes in is not asked; the browser finds the direction. */
const UNKNOWN: Language = { code: 'und', name: '', dir: 'ltr' };

export interface OwnPageView {
  title: string;
  path: string;
  /** Clean HTML; null while the owner has written nothing. */
  html: string | null;
  updatedAt: number | null;
  mayEdit: boolean;
}

export interface RulesView extends OwnPageView {
  /** What posting refuses, a sentence each. */
  enforced: string[];
}

export function RulesPage({ site, view }: { site: SiteView; view: RulesView }) {
  return (
    <OwnPageFrame site={site} view={view}>
      <section class="section" aria-labelledby="enforced">
        <h2 id="enforced">What posting refuses</h2>
        {view.enforced.length === 0 && <p>Nothing, by itself.</p>}
        <ul>
          {view.enforced.map((sentence) => (
            <li>{sentence}</li>
          ))}
        </ul>
      </section>
    </OwnPageFrame>
  );
}

export function ContactPage({ site, view }: { site: SiteView; view: OwnPageView }) {
  return (
    <OwnPageFrame site={site} view={view}>
      <section class="section" aria-labelledby="ways">
        <h2 id="ways">When something is wrong</h2>
        <ul>
          <li>
            <a href="/reports/new">Report a page</a>: those who look after the archive read it and answer you.
          </li>
          <li>
            <a href="/legal-notice">Send a legal notice</a>: for complaints that have to meet the law, copyright among
            them.
          </li>
        </ul>
      </section>
    </OwnPageFrame>
  );
}

function OwnPageFrame(props: { site: SiteView; view: OwnPageView; children: preact.ComponentChildren }) {
  const { site, view } = props;
  return (
    <Layout site={site} title={view.title} canonical={view.path} kind="form">
      <div class="page-head">
        <h1>{view.title}</h1>
        {view.updatedAt !== null && (
          <p>
            Last changed on <Time at={view.updatedAt} site={site} />.
          </p>
        )}
        {view.mayEdit && (
          <div class="actions">
            <ButtonLink href={`${view.path}/edit`} small>
              Edit this page
            </ButtonLink>
          </div>
        )}
      </div>
      {view.html === null ? (
        <p>The owner of this archive has not written this page yet.</p>
      ) : (
        <AuthorText html={view.html} language={UNKNOWN} kind="prose" />
      )}
      {props.children}
    </Layout>
  );
}

export interface EditOwnPageView {
  title: string;
  path: string;
  text: string;
  error?: string;
}

export function EditOwnPage({ site, view }: { site: SiteView; view: EditOwnPageView }) {
  return (
    <Layout site={site} title={`Edit: ${view.title}`} noindex kind="form" reportable={false}>
      <div class="page-head">
        <h1>Edit: {view.title}</h1>
        <p>
          Everybody reads it at <a href={view.path}>{view.path}</a>.
        </p>
      </div>
      <ErrorSummary
        title="Couldn’t save:"
        errors={view.error === undefined ? [] : [{ name: 'text', text: view.error }]}
      />
      <form class="fields" method="post" action={`${view.path}/edit`}>
        <TextAreaField
          name="text"
          label="Text"
          help="In Markdown. Left empty, the page says that nothing is written yet."
          value={view.text}
          error={view.error}
          language={null}
        />
        <div class="actions save">
          <Button look="primary">Save the page</Button>
        </div>
      </form>
    </Layout>
  );
}
