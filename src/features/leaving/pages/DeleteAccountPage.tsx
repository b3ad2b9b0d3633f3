/** Asks before an account is deleted: what becomes of each work, that it is for good, and whose account it is. */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { Button, ButtonLink, ErrorSummary, PasswordField, RadioGroup, TextField } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf, listOf } from '../../../ui/numbers.ts';
import type { Language, SiteView } from '../../../ui/site-view.ts';
import { GONE_CASE_DAYS } from '../../moderation/index.ts';

export interface DeleteAccountView {
  /** Posted works that nobody else creates, each with its field and what is chosen for it ('' for nothing yet). */
  works: { field: string; title: string; language: Language | null; words: number; chosen: string; error?: string }[];
  /** How many posted works there are that nobody else creates; more than `works` when they are too many for one form. */
  posted: number;
  /** Titles of drafts, which go with the account. */
  drafts: number;
  deleted: number;
  /** Works that stay with others. */
  shared: number;
  choices: { value: string; label: string; help: string }[];
  /** What is chosen for all; 'each' for one by one, '' for nothing yet. */
  all: string;
  /** The account cannot be deleted: why. */
  refused: string | null;
  /** Whether the password alone is not enough. */
  asksForCode: boolean;
  errors: { all?: string; password?: string; code?: string };
}

export function DeleteAccountPage({ site, view }: { site: SiteView; view: DeleteAccountView }) {
  const { errors, works } = view;
  const eachError = works.find((work) => work.error !== undefined);
  return (
    <Layout site={site} title="Delete your account" noindex kind="form">
      <div class="page-head">
        <h1>Delete your account</h1>
        <p>
          This is for good, at once, and there is no undo. <a href="/account">Your account</a>
        </p>
      </div>
      <ErrorSummary
        title="Nothing was deleted:"
        errors={[
          ...(errors.all ? [{ name: 'all', text: errors.all }] : []),
          ...(eachError ? [{ name: eachError.field, text: 'Choose for each work.' }] : []),
          ...(errors.password ? [{ name: 'password', text: errors.password }] : []),
          ...(errors.code ? [{ name: 'code', text: errors.code }] : []),
        ]}
      />
      <section class="account-part" aria-labelledby="first">
        <h2 id="first">Take everything with you first</h2>
        <p>Your works with all their versions, your profiles and your settings, as one file.</p>
        <div class="actions">
          <ButtonLink href="/account/take-out">Take everything out</ButtonLink>
        </div>
      </section>
      <section class="account-part" aria-labelledby="what-goes">
        <h2 id="what-goes">What goes</h2>
        <p>
          Your name and password, your pseuds with their profiles and icons, your preferences, work skins and unsaved
          texts, your e-mail address, the invitations that you gave and nobody has used, and your place on all your
          devices
          {Goes(view, site.locale)}.
        </p>
        {view.shared > 0 && (
          <p>
            {countOf(view.shared, 'work', site.locale)} that others create too {view.shared === 1 ? 'stays' : 'stay'}{' '}
            with them; your name goes.
          </p>
        )}
        <p>
          Reports of what you wrote stay with those who look after this archive until {GONE_CASE_DAYS} days after they
          were answered. What they did is in their log, which stays, without your name.
        </p>
        <p>Copies that readers have downloaded, and what other archives have copied, cannot be called back.</p>
      </section>
      {view.refused === null ? <DeletionForm site={site} view={view} /> : <p class="error">{view.refused}</p>}
    </Layout>
  );
}

function Goes(view: DeleteAccountView, locale: string): string {
  const more = [
    view.drafts > 0 && countOf(view.drafts, 'draft', locale),
    view.deleted > 0 && `${countOf(view.deleted, 'deleted work', locale)} that could still be taken back`,
  ].filter((part) => part !== false);
  return more.length === 0 ? '' : `; with them ${listOf(more)}`;
}

function DeletionForm({ site, view }: { site: SiteView; view: DeleteAccountView }) {
  const { works, errors } = view;
  const isWhole = works.length === view.posted;
  return (
    <form class="fields" method="post" action="/account/deletion">
      {view.posted > 0 && (
        <section class="account-part" aria-labelledby="works">
          <h2 id="works">Your works</h2>
          <RadioGroup
            name="all"
            label={`For ${view.posted === 1 ? 'your posted work' : `all ${countOf(view.posted, 'posted work', site.locale)}`}`}
            value={view.all}
            choices={[
              ...view.choices,
              ...(isWhole ? [{ value: 'each', label: 'One by one', help: 'As you choose below for each.' }] : []),
            ]}
            error={errors.all}
          />
          {!isWhole && (
            <p>These are too many to choose one by one. Orphan or delete those that are to go another way first.</p>
          )}
          {isWhole &&
            works.map((work) => (
              <fieldset class="field">
                <legend>
                  <bdi {...inLanguage(work.language)}>{work.title || 'Untitled'}</bdi>,{' '}
                  {countOf(work.words, 'word', site.locale)}
                </legend>
                {work.error && <p class="error">{work.error}</p>}
                <div class="choices">
                  {view.choices.map((choice, place) => (
                    <label class="choice">
                      <input
                        type="radio"
                        id={place === 0 ? work.field : `${work.field}-${place + 1}`}
                        name={work.field}
                        value={choice.value}
                        checked={work.chosen === choice.value}
                      />
                      <span>{choice.label}</span>
                    </label>
                  ))}
                </div>
              </fieldset>
            ))}
        </section>
      )}
      <section class="account-part" aria-labelledby="sure">
        <h2 id="sure">It is you</h2>
        <PasswordField name="password" label="Your password" error={errors.password} fill="current-password" />
        <TextField
          name="code"
          label={view.asksForCode ? 'Code' : 'Or one of your recovery codes'}
          help={
            view.asksForCode
              ? 'The six digits that your app shows now. A recovery code fits too, and without the password.'
              : 'Where you have forgotten the password.'
          }
          value=""
          error={errors.code}
          maxLength={60}
        />
        <div class="actions">
          <Button look="danger">Delete my account for good</Button>
          <ButtonLink href="/account">Keep it</ButtonLink>
        </div>
      </section>
    </form>
  );
}
