/** Reporting a page of this archive. */
import { Button, ErrorSummary, RadioGroup, TextAreaField, TextField } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { EMAIL_CHARACTERS, REASONS, REPORT_CHARACTERS, type ReportErrors, type ReportValues } from '../report.ts';

export interface ReportView {
  values: ReportValues;
  errors: ReportErrors;
  /** Why it was not taken, where that is about no field. */
  refused?: string;
}

const ORDER = ['about', 'reason', 'words', 'email'] as const satisfies (keyof ReportValues)[];

export function ReportPage({ site, view }: { site: SiteView; view: ReportView }) {
  const { values, errors } = view;
  const summary = ORDER.flatMap((name) => (errors[name] ? [{ name, text: errors[name] }] : []));
  return (
    <Layout site={site} title="Report a page" noindex kind="form" reportable={false}>
      <div class="page-head">
        <h1>Report a page</h1>
        <p>
          Those who look after this archive read it, and nobody else. Nobody is told who reported. Look at the{' '}
          <a href="/rules">rules</a> first; for a complaint that has to meet the law there is the{' '}
          <a href="/legal-notice">form for legal notices</a>.
        </p>
      </div>
      <ErrorSummary
        title="Couldn’t send:"
        errors={view.refused === undefined ? summary : [{ name: 'words', text: view.refused }, ...summary]}
      />
      <form class="fields" method="post" action="/reports/new">
        <TextField
          name="about"
          label="Address of the page"
          value={values.about}
          error={errors.about}
          maxLength={2000}
          help="As it stands in the browser. A story, a chapter, a creator, a series or a tag."
          language={null}
        />
        <RadioGroup
          name="reason"
          label="Why"
          value={values.reason}
          error={errors.reason}
          choices={REASONS.map((reason) => ({ value: reason.code, label: reason.label }))}
        />
        <TextAreaField
          name="words"
          label="What is wrong"
          help={`Where on the page, and what we should know. For plagiarism, where the original stands. At most ${REPORT_CHARACTERS} characters.`}
          value={values.words}
          error={errors.words}
          language={null}
        />
        {site.viewer === null ? (
          <TextField
            name="email"
            label="Your e-mail address (optional)"
            help="Only where we may have to ask you something. It is removed when the report is closed. You can read the answer without it."
            value={values.email}
            error={errors.email}
            maxLength={EMAIL_CHARACTERS}
            language={null}
          />
        ) : (
          <p class="help">
            The answer will stand under <a href="/reports/mine">Reports you made</a>.
          </p>
        )}
        <div class="actions save">
          <Button look="primary">Send the report</Button>
        </div>
      </form>
    </Layout>
  );
}
