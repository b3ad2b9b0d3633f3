/** A legal notice: the form, and its receipt. */
import { Button, Checkbox, ErrorSummary, RadioGroup, TextAreaField, TextField } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';
import { NOTICE_CHARACTERS, NOTICE_KINDS, type NoticeErrors, type NoticeValues } from '../legal-notice.ts';

export interface LegalNoticeView {
  values: NoticeValues;
  errors: NoticeErrors;
  refused?: string;
}

const ORDER = [
  'kind',
  'name',
  'email',
  'onBehalfOf',
  'places',
  'what',
  'why',
  'goodFaith',
  'accurate',
  'signature',
] as const satisfies (keyof NoticeValues)[];

export function LegalNoticePage({ site, view }: { site: SiteView; view: LegalNoticeView }) {
  const { values, errors } = view;
  const summary = ORDER.flatMap((name) => (errors[name] ? [{ name, text: errors[name] }] : []));
  const text = (name: keyof typeof NOTICE_CHARACTERS) => ({
    name,
    value: values[name],
    error: errors[name],
    maxLength: NOTICE_CHARACTERS[name],
    language: null,
  });
  return (
    <Layout site={site} title="Legal notice" noindex kind="form" reportable={false}>
      <div class="page-head">
        <h1>Legal notice</h1>
        <p>
          For complaints that have to meet the law. The owner of this archive reads it, and nobody else; whoever posted
          the content may have to be told what it says. For anything else, <a href="/reports/new">report the page</a>.
        </p>
      </div>
      <ErrorSummary
        title="Couldn’t send:"
        errors={view.refused === undefined ? summary : [{ name: 'kind', text: view.refused }, ...summary]}
      />
      <form class="fields" method="post" action="/legal-notice">
        <RadioGroup
          name="kind"
          label="What this is about"
          value={values.kind}
          error={errors.kind}
          choices={NOTICE_KINDS.map(({ code, label, ...more }) => ({ value: code, label, ...more }))}
        />
        <TextField {...text('name')} label="Your name" />
        <TextField
          name="email"
          label="Your e-mail address"
          help="The decision is sent there."
          value={values.email}
          error={errors.email}
          language={null}
        />
        <TextField {...text('onBehalfOf')} label="Whom you act for (optional)" help="Where it is not yourself." />
        <TextAreaField {...text('places')} label="Where" help="The exact address of each page, one a line." />
        <TextAreaField
          {...text('what')}
          label="What"
          help="For copyright: which work is copied, and where it stands."
        />
        <TextAreaField {...text('why')} label="Why" help="Why it is against the law, and which law that is." />
        <fieldset class="field">
          <legend>Statements</legend>
          <Statement name="goodFaith" values={values} errors={errors}>
            I believe in good faith that what I say here is so, and that the use is not allowed by whoever holds the
            right, by those who act for them, or by the law.
          </Statement>
          <Statement name="accurate" values={values} errors={errors}>
            What I say here is accurate and complete, and, for copyright, under penalty of perjury, I hold the right or
            may act for who does.
          </Statement>
        </fieldset>
        <TextField {...text('signature')} label="Signature" help="Your full name, typed." />
        <div class="actions save">
          <Button look="primary">Send the notice</Button>
        </div>
      </form>
    </Layout>
  );
}

function Statement(props: {
  name: 'goodFaith' | 'accurate';
  values: NoticeValues;
  errors: NoticeErrors;
  children: string | string[];
}) {
  const error = props.errors[props.name];
  return (
    <>
      {error && (
        <p class="error" id={`${props.name}-error`}>
          {error}
        </p>
      )}
      <Checkbox name={props.name} label={[props.children].flat().join('')} checked={props.values[props.name]} />
    </>
  );
}

export function NoticeReceiptPage(props: {
  site: SiteView;
  view: { publicId: string; createdAt: number; closedAt: number | null };
}) {
  const { site, view } = props;
  return (
    <Layout site={site} title="Receipt" noindex kind="form" reportable={false}>
      <div class="page-head">
        <h1>Receipt</h1>
        <p>Keep the number and the date, or the address of this page.</p>
      </div>
      <dl class="facts">
        <div>
          <dt>Legal notice</dt>
          <dd>{view.publicId}</dd>
        </div>
        <div>
          <dt>Received</dt>
          <dd>
            <time dateTime={new Date(view.createdAt).toISOString()}>{new Date(view.createdAt).toUTCString()}</time>
          </dd>
        </div>
        <div>
          <dt>State</dt>
          <dd>
            {view.closedAt === null ? (
              'It waits for the owner’s decision.'
            ) : (
              <>
                Decided on <Time at={view.closedAt} site={site} />.
              </>
            )}
          </dd>
        </div>
      </dl>
    </Layout>
  );
}
