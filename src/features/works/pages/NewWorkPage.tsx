/** One page for a new work and its first chapter. A draft needs a title or a text, and nothing else. */
import type { ComponentChildren } from 'preact';
import { Button, ButtonLink, CheckboxGroup, type ChoiceView, ErrorSummary } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { type ChapterValues, DayField, type LimitView, TextFields } from './ChapterFields.tsx';
import { DecidingFields, type DecidingView } from './DecidingFields.tsx';
import { Preview } from './Preview.tsx';
import { SheetFields, type SheetView, UnsavedNotices } from './Sheet.tsx';
import {
  About,
  type EditWorkValues,
  languageOf,
  Privacy,
  Tags,
  Words,
  workFormOrder,
  type WorkFieldsView,
} from './WorkFields.tsx';

export interface NewWorkValues
  extends EditWorkValues, Pick<ChapterValues, 'chapterTitle' | 'text' | 'format' | 'postedOn'> {
  /** Public ids of the pseuds that sign it; the field repeats. */
  pseuds: string[];
}

export interface NewWorkView extends Omit<WorkFieldsView, 'errors' | 'chaptersPosted'> {
  /** Where the form is posted. The buttons send `then` = 'save', 'preview' or 'post'. */
  action: string;
  values: NewWorkValues;
  /** One sentence each, by field. */
  errors: Partial<Record<keyof NewWorkValues, string>>;
  /** The viewer's pseuds; one of them is not asked about. */
  pseuds: ChoiceView[];
  notations: readonly { value: string; label: string; help: string }[];
  textLimit: LimitView;
  /** The field for its skin; null where there is none to choose. */
  skin: ComponentChildren;
  /** The field for its series, and what is wrong with what was typed there. */
  series: ComponentChildren;
  seriesError: { name: string; text: string } | null;
  deciding: DecidingView;
  /** The page as it will be read, where that was asked for. */
  preview: ComponentChildren | null;
  sheet: SheetView;
}

const formOrder = ['pseuds', ...workFormOrder, 'chapterTitle', 'format', 'text', 'postedOn'] as const;

export function NewWorkPage({ site, view }: { site: SiteView; view: NewWorkView }) {
  const { values, errors } = view;
  const fields: WorkFieldsView = { ...view, chaptersPosted: null };
  // The work above is what the page is about then, and has the heading.
  const Heading = view.preview === null ? 'h1' : 'h2';
  return (
    <Layout site={site} title="New work" noindex kind="form">
      {view.preview !== null && <Preview>{view.preview}</Preview>}
      <div class="page-head">
        <Heading>New work</Heading>
        <p>A title or a text is enough to save a draft. Drafts never expire, and only you can see them.</p>
      </div>
      <ErrorSummary
        title="Couldn’t save:"
        errors={[
          ...formOrder.flatMap((name) => (errors[name] ? [{ name, text: errors[name] }] : [])),
          ...(view.seriesError ? [view.seriesError] : []),
        ]}
      />
      <UnsavedNotices view={view.sheet} />
      <form class="fields edit" id="form" method="post" action={view.action}>
        {view.pseuds.length > 1 || errors.pseuds ? (
          <CheckboxGroup
            name="pseuds"
            label="Signed by"
            values={values.pseuds}
            error={errors.pseuds}
            choices={view.pseuds}
            across
          />
        ) : (
          values.pseuds.map((id) => <input type="hidden" name="pseuds" value={id} />)
        )}
        <About view={fields} site={site} />
        <Tags view={fields} site={site} />
        <Words view={fields} site={site} />
        <TextFields
          site={site}
          view={{
            values,
            errors,
            language: languageOf(values.language, view.choices.languages),
            notations: view.notations,
            limits: view.limits,
            textLimit: view.textLimit,
          }}
        />
        <DayField
          value={values.postedOn}
          error={errors.postedOn}
          help="For a work that was posted before, elsewhere. Empty: the day it is posted here."
        />
        {view.series}
        {view.skin}
        <Privacy values={values} />
        <DecidingFields view={view.deciding} />
        <div class="actions save">
          {/* The first button of a form is the one that Return in a field presses: it keeps what was typed. */}
          <Button name="then" value="save">
            Save draft
          </Button>
          <Button name="then" value="preview">
            Preview
          </Button>
          <Button look="primary" name="then" value="post">
            Post
          </Button>
          <ButtonLink href="/drafts" look="plain">
            Leave without saving
          </ButtonLink>
        </div>
        <SheetFields site={site} view={view.sheet} />
      </form>
    </Layout>
  );
}
