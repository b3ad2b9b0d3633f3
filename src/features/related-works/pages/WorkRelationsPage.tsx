/** What a work goes back to: works here, whose creators are asked, and works elsewhere. Only those who keep it see this. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { ActionForm, Button, ErrorSummary, RadioGroup, SelectField, TextField } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { FormTarget, Language, SiteView } from '../../../ui/site-view.ts';
import type { RelationKind, RelationState } from '../relation.ts';
import { RelatedTitle, type RelatedTitleView } from '../../../ui/RelatedTitle.tsx';

/** Fields of both forms, each with a name of its own. */
export interface RelationValues {
  kind: string;
  address: string;
  outsideKind: string;
  url: string;
  title: string;
  creator: string;
  language: string;
}
export type RelationErrors = Partial<Record<keyof RelationValues, string>>;

export interface WorkRelationsView {
  work: { title: string; href: string; language: Language | null };
  relations: {
    kind: RelationKind;
    state: RelationState;
    /** Null for a work that its namer cannot see any more. */
    parent: RelatedTitleView | null;
    takeBack: FormTarget | null;
  }[];
  action: string;
  values: RelationValues;
  errors: RelationErrors;
  languages: Language[];
  limits: { address: number; title: number; creator: number };
}

export const KIND_WORDS: Record<RelationKind, string> = {
  'inspired-by': 'Inspired by',
  'translation-of': 'Translation of',
};
const KINDS = [
  { value: 'inspired-by', label: 'Inspired by' },
  { value: 'translation-of', label: 'Translation of' },
];
const STATES: Record<RelationState, string> = {
  waiting: 'Waits for the answer of its creators; it is shown to nobody until then.',
  approved: 'Shown on your work.',
  refused: 'Its creators have said no, and are not asked again.',
};
const ORDER = ['kind', 'address', 'outsideKind', 'url', 'title', 'creator', 'language'] as const;

export function WorkRelationsPage({ site, view }: { site: SiteView; view: WorkRelationsView }) {
  const { work, values, errors, limits } = view;
  const title = work.title || 'Untitled';
  return (
    <Layout site={site} title={`Inspired by: ${title}`} noindex kind="form">
      <div class="page-head">
        <p class="eyebrow">
          <a href={work.href} {...inLanguage(work.language)}>
            {title}
          </a>
        </p>
        <h1>Inspired by and translation of</h1>
        <p>Works that this one goes back to.</p>
      </div>
      <ErrorSummary
        title="Nothing was added:"
        errors={ORDER.flatMap((name) => (errors[name] ? [{ name, text: errors[name] }] : []))}
      />
      {view.relations.length > 0 && (
        <ul class="rows">
          {view.relations.map((one) => (
            <li>
              <div>
                <h2>
                  {KIND_WORDS[one.kind]}{' '}
                  {one.parent ? <RelatedTitle work={one.parent} /> : 'a work that you cannot see now'}
                </h2>
                <p>{one.parent?.elsewhere ? 'A work elsewhere; shown on your work.' : STATES[one.state]}</p>
              </div>
              {one.takeBack && (
                <div class="actions">
                  <ActionForm target={one.takeBack} label="Take back" about={one.parent?.title ?? ''} small />
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      <section class="account-part after-form" aria-labelledby="add-here">
        <h2 id="add-here">A work in this archive</h2>
        <form class="fields" method="post" action={view.action}>
          <input type="hidden" name="where" value="here" />
          <RadioGroup name="kind" label="How" value={values.kind} choices={KINDS} error={errors.kind} />
          <TextField
            name="address"
            label="Its address"
            help="Paste it from the work’s page. Its creators are asked when yours is posted and revealed."
            value={values.address}
            error={errors.address}
            maxLength={limits.address}
            language={null}
          />
          <div class="actions">
            <Button look="primary">Ask its creators</Button>
          </div>
        </form>
      </section>
      <section class="account-part" aria-labelledby="add-elsewhere">
        <h2 id="add-elsewhere">A work elsewhere</h2>
        <form class="fields" method="post" action={view.action}>
          <input type="hidden" name="where" value="elsewhere" />
          <RadioGroup
            name="outsideKind"
            label="How"
            value={values.outsideKind}
            choices={KINDS}
            error={errors.outsideKind}
          />
          <TextField
            name="url"
            label="Its address"
            help="Nothing is fetched from there."
            value={values.url}
            error={errors.url}
            maxLength={limits.address}
            language={null}
          />
          <TextField
            name="title"
            label="Its title"
            value={values.title}
            error={errors.title}
            maxLength={limits.title}
            language={null}
          />
          <TextField
            name="creator"
            label="Its creator"
            help="Can stay empty."
            value={values.creator}
            error={errors.creator}
            maxLength={limits.creator}
            language={null}
          />
          <SelectField
            name="language"
            label="Its language"
            value={values.language}
            prompt="Not said"
            options={view.languages.map((one) => ({ value: one.code, label: one.name, lang: one.code }))}
            error={errors.language}
          />
          <div class="actions">
            <Button>Add the work</Button>
          </div>
        </form>
      </section>
    </Layout>
  );
}
