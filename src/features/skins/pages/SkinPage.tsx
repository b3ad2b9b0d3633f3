/** Writing at one skin, with a sample text that wears it. What is refused comes back as it was typed, with its lines. */
import { Button, ButtonLink, ErrorSummary, TextAreaField, TextField } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { formatNumber } from '../../../ui/numbers.ts';
import type { SiteView } from '../../../ui/site-view.ts';
import { SampleText } from './SampleText.tsx';

export interface SkinValues {
  title: string;
  css: string;
}

export interface SkinView {
  /** Where the form is posted. The buttons send `then` = 'save' or 'preview'. */
  action: string;
  /** null for one that is new. */
  version: number | null;
  storedTitle: string | null;
  values: SkinValues;
  errors: Partial<Record<keyof SkinValues, string>>;
  /** What cannot stay, a sentence each with its line. */
  refusals: { line: number; sentence: string }[];
  /** The sample text with its sheet; null before there is one. */
  preview: { sheet: string; saved: boolean } | null;
  limits: { title: number; css: number };
}

export function SkinPage({ site, view }: { site: SiteView; view: SkinView }) {
  const title = view.storedTitle ?? 'New skin';
  const { errors } = view;
  return (
    <Layout site={site} title={title} noindex kind="form">
      {view.preview && <link rel="stylesheet" href={view.preview.sheet} />}
      <div class="page-head">
        <p class="eyebrow">Work skin</p>
        <h1 dir="auto">{title}</h1>
        <p>
          Selectors reach the text of the work and nothing else; <code>#workskin</code> means the text as a whole.
          Nothing is loaded from elsewhere. <code>light-dark()</code> follows the theme of the reader.{' '}
          <a href="/help/blocks">Blocks and their classes</a>
        </p>
      </div>
      <ErrorSummary
        title="Couldn’t save:"
        errors={(['title', 'css'] as const).flatMap((name) => (errors[name] ? [{ name, text: errors[name] }] : []))}
      />
      <form class="fields skin-form" method="post" action={view.action}>
        {view.version !== null && <input type="hidden" name="version" value={view.version} />}
        <TextField
          name="title"
          label="Title"
          help="For you alone."
          value={view.values.title}
          error={errors.title}
          maxLength={view.limits.title}
          language={null}
        />
        {view.refusals.length > 0 && (
          <section class="summary-of-errors" aria-labelledby="refusals-title">
            <h2 id="refusals-title">What cannot stay</h2>
            <ol class="skin-refusals">
              {view.refusals.map((one) => (
                <li>
                  Line {one.line}: {one.sentence}
                </li>
              ))}
            </ol>
          </section>
        )}
        <TextAreaField
          name="css"
          label="CSS"
          help={`Up to ${formatNumber(view.limits.css, site.locale)} characters.`}
          value={view.values.css}
          error={errors.css}
        />
        <div class="actions save">
          <Button look="primary" name="then" value="save">
            Save
          </Button>
          {view.version !== null && (
            <Button name="then" value="preview">
              Preview
            </Button>
          )}
          <ButtonLink href="/account/skins" look="plain">
            Your skins
          </ButtonLink>
        </div>
      </form>
      {view.preview && (
        <section class="skin-preview" aria-labelledby="preview">
          <h2 id="preview">{view.preview.saved ? 'As it is saved' : 'As you typed it, not saved yet'}</h2>
          <SampleText />
        </section>
      )}
    </Layout>
  );
}
