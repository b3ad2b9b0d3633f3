/** The fields of a chapter's text, shared by the forms for a new work, a new chapter and one that is there. */
import { MomentField, RadioGroup, TextAreaField, TextField } from '../../../ui/Form.tsx';
import { formatNumber } from '../../../ui/numbers.ts';
import type { Language, SiteView } from '../../../ui/site-view.ts';
import type { Notation } from '../work.ts';
import { LostParagraphs, WritingDesk } from './WritingDesk.tsx';

/** A chapter as it was last sent or as it stands; field names in the form are these keys. */
export interface ChapterValues {
  chapterTitle: string;
  /** What readers should know before this chapter. */
  chapterWarnings: string;
  summary: string;
  notes: string;
  endNotes: string;
  text: string;
  format: Notation;
  /** The day it bears: 2019-04-27, or '' for the day it is posted. */
  postedOn: string;
}

/** How much of a limit is used; `has` is absent while nobody has counted. */
export interface LimitView {
  most: number;
  has?: number;
}

export interface TextFieldsView {
  values: Pick<ChapterValues, 'chapterTitle' | 'text' | 'format' | 'postedOn'>;
  errors: Partial<Record<'chapterTitle' | 'text' | 'format' | 'postedOn', string>>;
  language: Language | null;
  notations: readonly { value: string; label: string; help: string }[];
  limits: { title: number; summary: number; notes: number };
  textLimit: LimitView;
}

/** The chapter's title, its notation and its text. */
export function TextFields({ site, view }: { site: SiteView; view: TextFieldsView }) {
  const { values, errors } = view;
  return (
    <>
      <TextField
        name="chapterTitle"
        label="Chapter title"
        help="Can stay empty."
        value={values.chapterTitle}
        error={errors.chapterTitle}
        maxLength={view.limits.title}
        language={view.language}
      />
      <RadioGroup
        name="format"
        label="How it is written"
        value={values.format}
        error={errors.format}
        choices={[...view.notations]}
      />
      <TextAreaField
        name="text"
        label="Text"
        help={limitWords(view.textLimit, site.locale)}
        value={values.text}
        error={errors.text}
        language={view.language}
      />
      <LostParagraphs text={values.text} />
      <WritingDesk site={site} limits={{ ...view.limits, text: view.textLimit.most }} />
    </>
  );
}

/** The day a work or chapter bears. */
export function DayField(props: { value: string; error: string | undefined; help: string }) {
  return (
    <MomentField
      name="postedOn"
      label="Day of posting"
      to="day"
      help={props.help}
      value={props.value}
      error={props.error}
    />
  );
}

/** "Up to 510,000 characters; here are 1,204." */
export function limitWords({ most, has }: LimitView, locale: string): string {
  const upTo = `Up to ${formatNumber(most, locale)} characters`;
  return has === undefined ? `${upTo}.` : `${upTo}; here are ${formatNumber(has, locale)}.`;
}
