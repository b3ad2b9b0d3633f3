/**
 * A form that was not taken: because it was opened by an account that is not signed in now, or because its account may change
 * nothing. What was typed into it stands here, and is sent from here once its account is signed in again: nothing is kept of it before.
 */
import { Button, ButtonLink } from './Form.tsx';
import { Layout } from './Layout.tsx';
import { MadeFor } from './made-for.tsx';
import type { SiteView } from './site-view.ts';

interface NotSentForm {
  action: string;
  /** The key that it came with. */
  madeFor: string;
  /** A form for writing: its script keeps what is typed on the device, too. */
  isWriting: boolean;
  fields: readonly (readonly [name: string, value: string])[];
}

export interface NotSentView {
  /** `held`: its account is suspended or banned. */
  why: 'another' | 'signed-out' | 'held';
  /** Where the form stood: a path of this archive. */
  back: string;
  /** The form as it came; null for one in which nothing was typed, and for one that holds a secret, which no page repeats. */
  form: NotSentForm | null;
}

const WHY = {
  another: {
    title: 'Another account is signed in',
    sentence: 'This form was opened by another account than the one that is signed in now. Nothing was changed.',
  },
  'signed-out': {
    title: 'You are signed out',
    sentence: 'You were signed out before this form was sent. Nothing was saved or changed.',
  },
  held: {
    title: 'Not saved',
    sentence:
      'Nothing was saved. While your account is suspended or banned, you can read, take everything out and delete your account.',
  },
} as const;

export function NotSentPage({ site, view: { why, back, form } }: { site: SiteView; view: NotSentView }) {
  const { title, sentence } = WHY[why];
  return (
    <Layout site={site} title={title} noindex kind="form" reportable={false}>
      <div class="page-head">
        <h1>{title}</h1>
        <p role="status">{sentence}</p>
        {form && <WhereItIs why={why} form={form} />}
      </div>
      {form && why === 'held' && (
        <div class="fields">
          <Fields fields={form.fields.filter(([name, value]) => isWords(name, value))} />
        </div>
      )}
      {form && why !== 'held' && (
        <MadeFor account={form.madeFor}>
          <form class="fields" method="post" action={form.action}>
            <Fields fields={form.fields} />
            <div class="actions save">
              <Button look="primary">Send it again</Button>
            </div>
          </form>
        </MadeFor>
      )}
      {!form && (
        <div class="actions">
          <ButtonLink href={back} look="primary">
            {back === '/' ? 'Home' : 'Back to the page'}
          </ButtonLink>
        </div>
      )}
    </Layout>
  );
}

/** What became of the words, and what can be done with them. */
function WhereItIs({ why, form }: { why: NotSentView['why']; form: NotSentForm }) {
  if (why === 'held')
    return (
      <p>
        What you typed is below, to copy.
        {form.isWriting && (
          <>
            {' '}
            What was kept while you typed is on the page of <a href="/drafts">your drafts</a>, too.
          </>
        )}
      </p>
    );
  return (
    <p>
      What you typed is on this page{form.isWriting ? '' : ' and nowhere else'}. Sign in with the account that opened
      the form, in another tab; then send it from here.
    </p>
  );
}

/** What says how a form was made, or what a button of it is about: nobody typed it, however long it is. */
const NOT_TYPED = new Set([
  ...['return', 'back', 'to', 'where', 'about', 'action', 'kind', 'block', 'repair', 'content', 'warning', 'number'],
  ...['sheet', 'sequence', 'writer', 'continues', 'then', 'revision', 'version', 'credential', 'typed', 'seen'],
  ...['work', 'works', 'chapters', 'pseuds', 'language', 'timeZone'],
]);
/** Fields for words: even one word in them is one that somebody typed. */
const FOR_WORDS = new Set([
  ...['title', 'chapterTitle', 'chapterWarnings', 'summary', 'notes', 'endNotes', 'text', 'description'],
  ...['fandoms', 'relationships', 'characters', 'freeforms', 'words', 'answer', 'note', 'what', 'why', 'css'],
]);

/**
 * Whether what stands in a field was typed by a person, as far as it shows: choices and numbers are one short word of plain
 * letters, and many scripts put no space between words.
 */
export function isWords(name: string, value: string): boolean {
  if (NOT_TYPED.has(name) || value.trim() === '') return false;
  return FOR_WORDS.has(name) || value.length > 40 || /\S\s+\S/u.test(value) || /[^\u0000-\u007f]/u.test(value);
}

function Fields({ fields }: { fields: NotSentForm['fields'] }) {
  return fields.map(([name, value], index) =>
    isWords(name, value) ? (
      <Words name={name} value={value} index={index} />
    ) : (
      <input type="hidden" name={name} value={value} />
    ),
  );
}

function Words({ name, value, index }: { name: string; value: string; index: number }) {
  const id = `not-sent-${index}`;
  return (
    <div class="field">
      <label for={id}>{labelOf(name)}</label>
      <textarea id={id} name={name} dir="auto" readOnly rows={value.length > 200 ? 8 : 2}>
        {/* The parser drops one line break after the tag: this one. */}
        {'\n' + value}
      </textarea>
    </div>
  );
}

/** "End notes" of `endNotes`. */
function labelOf(name: string): string {
  const words = name
    .replace(/[^A-Za-z]+/g, ' ')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .trim()
    .toLowerCase();
  return words === '' ? 'Text' : words.charAt(0).toUpperCase() + words.slice(1);
}
