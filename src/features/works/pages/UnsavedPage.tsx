/** What was typed and not saved, to look at, to compare with what is saved, and to copy from. Nothing of it is sent. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { ActionForm, ButtonLink } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { FormTarget, Language, SiteView } from '../../../ui/site-view.ts';
import { Compared, type ComparedPart } from './Compared.tsx';

export interface UnsavedView {
  /** What it is: "A new work", "Chapter 3 of The Bees". */
  what: string;
  /** One sentence that says how it stands. */
  standing: string;
  language: Language | null;
  /** Null where it cannot be taken up any more. */
  takeUpHref: string | null;
  /** Null for what is kept nowhere but on this page. */
  throwAway: FormTarget | null;
  /** Beside what is saved; null where nothing is. */
  parts: ComparedPart[] | null;
  /** What was typed, field by field. */
  texts: { label: string; text: string }[];
}

export function UnsavedPage({ site, view }: { site: SiteView; view: UnsavedView }) {
  return (
    <Layout site={site} title="What you typed" noindex kind="form">
      <div class="page-head">
        <p class="eyebrow">{view.what}</p>
        <h1>What you typed</h1>
        <p>{view.standing}</p>
        <div class="actions">
          {view.takeUpHref !== null && (
            <ButtonLink href={view.takeUpHref} look="primary">
              Take it up
            </ButtonLink>
          )}
          {view.throwAway && <ActionForm target={view.throwAway} label="Throw it away" look="plain" />}
        </div>
      </div>
      {view.parts && (
        <Compared
          title="What is saved, and what you typed"
          names={['Saved', 'Typed']}
          parts={view.parts}
          language={view.language}
        />
      )}
      <section class="fields" aria-labelledby="typed-title">
        <h2 id="typed-title">To copy from</h2>
        {view.texts.map(({ label, text }, index) => (
          <div class="field">
            <label for={`typed-${index}`}>{label}</label>
            <textarea id={`typed-${index}`} readOnly rows={text.length > 200 ? 8 : 2} {...inLanguage(view.language)}>
              {'\n' + text}
            </textarea>
          </div>
        ))}
      </section>
    </Layout>
  );
}
