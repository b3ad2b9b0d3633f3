/** A chapter as a form: a new one, or one that is there. When it was saved meanwhile elsewhere, that text stands below. */
import type { ComponentChildren } from 'preact';
import { inLanguage } from '../../../ui/AuthorText.tsx';
import {
  Button,
  ButtonLink,
  Checkbox,
  ErrorSummary,
  HiddenFields,
  TextAreaField,
  TextField,
} from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { Language, SiteView } from '../../../ui/site-view.ts';
import { type ChapterValues, DayField, limitWords, type LimitView, TextFields } from './ChapterFields.tsx';
import { Compared, type ComparedPart } from './Compared.tsx';
import { Preview } from './Preview.tsx';
import { SheetFields, type SheetView, UnsavedNotices } from './Sheet.tsx';

export interface ChapterFormView {
  /** Where the form is posted. The buttons send `then` = 'save', 'preview' or 'post'. */
  action: string;
  work: { title: string; href: string; language: Language | null };
  /** Counted from 1. */
  position: number;
  /** The revision that is shown; null for a chapter that is not there yet. */
  revision: number | null;
  /** Where its earlier revisions are; null for a chapter that is not there yet. */
  revisionsHref: string | null;
  chaptersHref: string;
  /** Whether it can be posted from here: its work is posted, and it is not. */
  mayPost: boolean;
  posted: boolean;
  values: ChapterValues;
  /** Whether posting is to leave the work where it stands in lists. */
  silently: boolean;
  errors: Partial<Record<keyof ChapterValues, string>>;
  /** What was saved meanwhile, when the form was made from something older. */
  saved: ChapterValues | null;
  notations: readonly { value: string; label: string; help: string }[];
  limits: { title: number; warnings: number; summary: number; notes: number };
  textLimit: LimitView;
  preview: ComponentChildren | null;
  sheet: SheetView;
  /** What was saved meanwhile beside what was typed. */
  parts: ComparedPart[] | null;
}

const formOrder = [
  'chapterTitle',
  'format',
  'text',
  'chapterWarnings',
  'summary',
  'notes',
  'endNotes',
  'postedOn',
] as const satisfies (keyof ChapterValues)[];

export function ChapterFormPage({ site, view }: { site: SiteView; view: ChapterFormView }) {
  const { values, errors, work } = view;
  const heading = view.revision === null ? 'New chapter' : `Edit chapter ${view.position}`;
  return (
    <Layout site={site} title={`${heading} · ${work.title || 'Untitled'}`} noindex kind="form">
      {view.preview !== null && <Preview>{view.preview}</Preview>}
      <div class="page-head">
        <p class="eyebrow">
          <a href={work.href} {...inLanguage(work.language)}>
            {work.title || 'Untitled'}
          </a>
        </p>
        <h1>{heading}</h1>
        <p>
          <a href={view.chaptersHref}>All chapters</a>
          {view.revisionsHref && (
            <>
              {' · '}
              <a href={view.revisionsHref}>Revisions</a>
            </>
          )}
        </p>
      </div>
      <ErrorSummary
        title="Couldn’t save:"
        errors={formOrder.flatMap((name) => (errors[name] ? [{ name, text: errors[name] }] : []))}
      />
      <UnsavedNotices view={view.sheet} />
      <form class="fields edit" id="form" method="post" action={view.action}>
        <HiddenFields fields={view.revision === null ? {} : { revision: String(view.revision) }} />
        <TextFields
          site={site}
          view={{
            values,
            errors,
            language: work.language,
            notations: view.notations,
            limits: view.limits,
            textLimit: view.textLimit,
          }}
        />
        <Around site={site} view={view} />
        <DayField
          value={values.postedOn}
          error={errors.postedOn}
          help={
            view.posted
              ? 'It can lie in the past. An edit never moves the work up the lists.'
              : 'For a chapter that was posted before, elsewhere. Empty: the day it is posted here.'
          }
        />
        {view.mayPost && (
          <Checkbox
            name="silently"
            label="Post silently"
            help="The work stays where it stands in lists."
            checked={view.silently}
          />
        )}
        <div class="actions save">
          {/* The first button of a form is the one that Return in a field presses: it keeps what was typed. */}
          <Button look={view.mayPost ? undefined : 'primary'} name="then" value="save">
            {view.posted ? 'Save' : 'Save draft'}
          </Button>
          <Button name="then" value="preview">
            Preview
          </Button>
          {view.mayPost && (
            <Button look="primary" name="then" value="post">
              Save and post
            </Button>
          )}
          <ButtonLink href={view.chaptersHref} look="plain">
            Leave without saving
          </ButtonLink>
        </div>
        <SheetFields site={site} view={view.sheet} />
      </form>
      {view.saved && view.parts && (
        <Compared
          title="As it was saved meanwhile, and yours"
          names={['Saved', 'Yours']}
          parts={view.parts}
          language={work.language}
        />
      )}
      {view.saved && <Saved saved={view.saved} language={work.language} />}
    </Layout>
  );
}

function Around({ site, view }: { site: SiteView; view: ChapterFormView }) {
  const { values, errors, limits, work } = view;
  return (
    <>
      <TextField
        name="chapterWarnings"
        label="Warnings for this chapter"
        help="What readers should know before it, as “Major Character Death; needles”. Shown above the text. The work keeps its own archive warnings."
        value={values.chapterWarnings}
        error={errors.chapterWarnings}
        maxLength={limits.warnings}
        language={work.language}
      />
      <TextAreaField
        name="summary"
        label="Chapter summary"
        help={limitWords({ most: limits.summary }, site.locale)}
        value={values.summary}
        error={errors.summary}
        language={work.language}
      />
      <TextAreaField
        name="notes"
        label="Chapter notes"
        help={`Shown before the text. ${limitWords({ most: limits.notes }, site.locale)}`}
        value={values.notes}
        error={errors.notes}
        language={work.language}
      />
      <TextAreaField
        name="endNotes"
        label="Notes at the end of the chapter"
        help={`Shown after the text. ${limitWords({ most: limits.notes }, site.locale)}`}
        value={values.endNotes}
        error={errors.endNotes}
        language={work.language}
      />
    </>
  );
}

/** To copy from: nothing of it is sent. */
function Saved({ saved, language }: { saved: ChapterValues; language: Language | null }) {
  const parts = [
    ['Chapter title', saved.chapterTitle],
    ['Text', saved.text],
    ['Warnings for this chapter', saved.chapterWarnings],
    ['Chapter summary', saved.summary],
    ['Chapter notes', saved.notes],
    ['Notes at the end of the chapter', saved.endNotes],
  ] as const;
  return (
    <section class="fields saved-meanwhile" aria-labelledby="saved">
      <h2 id="saved">As it was saved meanwhile</h2>
      {parts.map(
        ([label, text], index) =>
          text !== '' && (
            <div class="field">
              <label for={`saved-${index}`}>{label}</label>
              <textarea id={`saved-${index}`} readOnly rows={5} {...inLanguage(language)}>
                {'\n' + text}
              </textarea>
            </div>
          ),
      )}
    </section>
  );
}
