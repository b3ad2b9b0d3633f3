/** A series as a form: what is said about it, and the order of its works. What is refused comes back as it was typed. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { Button, ButtonLink, Checkbox, ErrorSummary, TextAreaField, TextField } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf, formatNumber } from '../../../ui/numbers.ts';
import type { Language, SiteView } from '../../../ui/site-view.ts';

/** The form of a series; field names are these keys. */
export interface SeriesValues {
  title: string;
  summary: string;
  notes: string;
  complete: boolean;
}

export type SeriesErrors = Partial<Record<'title' | 'summary' | 'notes', string>>;

export interface SeriesFormView {
  /** Where the form is posted. */
  action: string;
  /** Null for a series that is not made yet. */
  stored: {
    title: string;
    version: number;
    readHref: string;
    deleteHref: string;
    arrange: string;
    /** In order. */
    parts: { id: string; title: string; href: string; language: Language | null; words: number; posted: boolean }[];
  } | null;
  values: SeriesValues;
  errors: SeriesErrors;
  limits: { title: number; summary: number; notes: number };
}

const order = ['title', 'summary', 'notes'] as const;

export function SeriesFormPage({ site, view }: { site: SiteView; view: SeriesFormView }) {
  const { stored, values, errors, limits } = view;
  const upTo = (limit: number) => `Up to ${formatNumber(limit, site.locale)} characters.`;
  return (
    <Layout site={site} title={stored ? `Change ${stored.title}` : 'New series'} noindex kind="form">
      <div class="page-head">
        <p class="eyebrow">
          <a href="/account/series">Your series</a>
        </p>
        <h1 dir={stored ? 'auto' : undefined}>{stored?.title ?? 'New series'}</h1>
      </div>
      <ErrorSummary
        title="Couldn’t save:"
        errors={order.flatMap((name) => (errors[name] ? [{ name, text: errors[name] }] : []))}
      />
      <form class="fields" method="post" action={view.action}>
        {stored && <input type="hidden" name="version" value={stored.version} />}
        <TextField
          name="title"
          label="Title"
          value={values.title}
          error={errors.title}
          maxLength={limits.title}
          language={null}
        />
        <TextAreaField
          name="summary"
          label="Summary"
          help={upTo(limits.summary)}
          value={values.summary}
          error={errors.summary}
          language={null}
        />
        <TextAreaField
          name="notes"
          label="Notes"
          help={upTo(limits.notes)}
          value={values.notes}
          error={errors.notes}
          language={null}
        />
        <Checkbox
          name="complete"
          label="Complete"
          help="No more works are to come. You can still add some."
          checked={values.complete}
        />
        <div class="actions save">
          <Button look="primary">{stored ? 'Save what is said about it' : 'Make the series'}</Button>
          <ButtonLink href="/account/series" look="plain">
            Leave without saving
          </ButtonLink>
        </div>
      </form>
      {stored && <Arrangement site={site} stored={stored} />}
    </Layout>
  );
}

function Arrangement({ site, stored }: { site: SiteView; stored: NonNullable<SeriesFormView['stored']> }) {
  return (
    <section class="account-part series-in-order" aria-labelledby="works-in-order">
      <h2 id="works-in-order">Its works, in order</h2>
      {stored.parts.length === 0 ? (
        <p>
          None yet. Works are put into it in their own forms, or many at once among{' '}
          <a href="/account/works">your works</a>.
        </p>
      ) : (
        <form class="fields" method="post" action={stored.arrange}>
          <p>
            One number is enough to move one work. Readers do not see those that are not posted, nor gaps where they
            stand.
          </p>
          <ol class="series-places">
            {stored.parts.map((part, index) => (
              <li>
                <label class="series-place">
                  <span class="visually-hidden">
                    Place of <bdi {...inLanguage(part.language)}>{part.title || 'Untitled'}</bdi>
                  </span>
                  <input
                    type="text"
                    class="brief"
                    name={`place-${part.id}`}
                    value={index + 1}
                    inputMode="numeric"
                    autoComplete="off"
                  />
                </label>
                <div>
                  <a href={part.href} {...inLanguage(part.language)}>
                    {part.title || 'Untitled'}
                  </a>
                  <p class="figures">
                    <span>{countOf(part.words, 'word', site.locale)}</span>
                    {!part.posted && <span>Not posted</span>}
                  </p>
                </div>
                <label class="choice">
                  <input type="checkbox" name="removed" value={part.id} />
                  <span>
                    Take out
                    <span class="visually-hidden">
                      {' '}
                      <bdi {...inLanguage(part.language)}>{part.title || 'Untitled'}</bdi>
                    </span>
                  </span>
                </label>
              </li>
            ))}
          </ol>
          <div class="actions">
            <Button>Save the order</Button>
          </div>
        </form>
      )}
      <div class="actions">
        {stored.parts.length > 0 && <ButtonLink href={stored.readHref}>As readers see it</ButtonLink>}
        <ButtonLink href={stored.deleteHref} look="plain">
          Delete the series…
        </ButtonLink>
      </div>
    </section>
  );
}
