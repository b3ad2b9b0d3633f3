/**
 * A form that was not taken, because it was opened by an account that is not signed in now. What was typed into it stands here, and
 * is sent from here once that account is signed in again: nothing is kept of it before.
 */
import { Button, ButtonLink } from './Form.tsx';
import { Layout } from './Layout.tsx';
import { MadeFor } from './made-for.tsx';
import type { SiteView } from './site-view.ts';

export interface NotSentView {
  why: 'another' | 'signed-out';
  /** The form as it came, to be sent again; null for one that holds a secret, which no page repeats. */
  form: {
    action: string;
    /** The key that it came with. */
    madeFor: string;
    fields: readonly (readonly [name: string, value: string])[];
  } | null;
}

const WHY = {
  another: {
    title: 'Another account is signed in',
    sentence:
      'This form was opened by another account than the one that is signed in now. Nothing was saved or changed.',
  },
  'signed-out': {
    title: 'You are signed out',
    sentence: 'You were signed out before this form was sent. Nothing was saved or changed.',
  },
} as const;

export function NotSentPage({ site, view: { why, form } }: { site: SiteView; view: NotSentView }) {
  const { title, sentence } = WHY[why];
  return (
    <Layout site={site} title={title} noindex kind="form" reportable={false}>
      <div class="page-head">
        <h1>{title}</h1>
        <p role="status">{sentence}</p>
        {form && (
          <p>
            What you typed is on this page and nowhere else. Sign in with the account that opened the form, in another
            tab; then send it from here.
          </p>
        )}
      </div>
      {form ? (
        <MadeFor account={form.madeFor}>
          <form class="fields" method="post" action={form.action}>
            {form.fields.map(([name, value], index) =>
              isWords(value) ? (
                <Words name={name} value={value} index={index} />
              ) : (
                <input type="hidden" name={name} value={value} />
              ),
            )}
            <div class="actions save">
              <Button look="primary">Send it again</Button>
            </div>
          </form>
        </MadeFor>
      ) : (
        <div class="actions">
          <ButtonLink href="/" look="primary">
            Home
          </ButtonLink>
        </div>
      )}
    </Layout>
  );
}

/** Whether a value was typed by a person: keys, numbers and choices have no space in them. */
export function isWords(value: string): boolean {
  return /\S\s+\S/u.test(value);
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
