/** One report: what was said, what others said of the same thing, notes, and the answer. */
import { ActionForm, Button, ErrorSummary, SelectField, TextAreaField } from '../../../ui/Form.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';
import { GONE_CASE_DAYS, type Gone } from '../gone.ts';
import { labelOf, OUTCOMES, REASONS } from '../report.ts';
import { ModerationLayout } from './ModerationLayout.tsx';
import { stateWords, SubjectPath, type QueuedLine } from './QueuePage.tsx';
import { ReasonForm, type ReasonView } from './ReasonForm.tsx';

export interface ReportDetailView extends Omit<QueuedLine, 'href'> {
  /** The address of this page. */
  href: string;
  publicId: string;
  thing: { name: string; path: string; gone: Gone | null; moderatedAt: string | null };
  words: string;
  claimedByViewer: boolean;
  fromAccount: boolean;
  email: string | null;
  notes: { by: string | null; words: string; at: number }[];
  alike: QueuedLine[];
  closing: { outcome: string; answer: string };
  errors: { outcome?: string; answer?: string; note?: string };
  note: string;
  reopening: ReasonView;
}

export function ReportDetailPage({ site, view }: { site: SiteView; view: ReportDetailView }) {
  const { errors } = view;
  const waits = view.state !== 'closed';
  return (
    <ModerationLayout
      site={site}
      title={`Report ${view.publicId}`}
      lead={`${labelOf(REASONS, view.reason)}, ${stateWords(view)}.`}
    >
      <ErrorSummary
        title="Nothing was done:"
        errors={(['outcome', 'answer', 'note'] as const).flatMap((name) =>
          errors[name] ? [{ name, text: errors[name] }] : [],
        )}
      />
      <ul class="records">
        <li>
          <p>
            <b dir="auto">{view.thing.name}</b>
          </p>
          <p class="small">
            <SubjectPath path={view.thing.path} gone={view.thing.gone} />
            {view.thing.moderatedAt !== null && (
              <>
                {' · '}
                <a href={view.thing.moderatedAt}>What can be done</a>
              </>
            )}
          </p>
          {view.thing.gone !== null && (
            <p class="small">What stands here is kept until {GONE_CASE_DAYS} days after the report is closed.</p>
          )}
          <p class="in-their-words" dir="auto">
            {view.words}
          </p>
          <p class="small">
            From {view.fromAccount ? 'somebody with an account' : 'a guest'}, <Time at={view.createdAt} site={site} />
          </p>
          {view.email !== null && (
            <p class="small">
              They can be asked at <bdi>{view.email}</bdi>. The address is removed when the report is closed.
            </p>
          )}
        </li>
      </ul>
      {waits && (
        <div class="actions">
          {view.claimedByViewer ? (
            <ActionForm
              target={{ action: `${view.href}/claim`, fields: { claim: 'give-back' } }}
              label="Give it back"
            />
          ) : (
            <ActionForm
              target={{ action: `${view.href}/claim`, fields: { claim: 'take' } }}
              label={view.claimedBy === null ? 'Take it in hand' : `Take it over from ${view.claimedBy}`}
              look="primary"
            />
          )}
        </div>
      )}
      {view.alike.length > 0 && (
        <section class="section" aria-labelledby="alike">
          <h2 id="alike">Other reports about the same</h2>
          <ul>
            {view.alike.map((report) => (
              <li>
                <a href={report.href}>{labelOf(REASONS, report.reason)}</a>, <Time at={report.createdAt} site={site} />
                {', '}
                {stateWords(report)}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section class="section" aria-labelledby="notes">
        <h2 id="notes">Notes</h2>
        <ul class="records">
          {view.notes.map((note) => (
            <li>
              <p class="in-their-words" dir="auto">
                {note.words}
              </p>
              <p class="small">
                <bdi>{note.by ?? 'Somebody who is gone'}</bdi>, <Time at={note.at} site={site} />
              </p>
            </li>
          ))}
        </ul>
        <form class="fields" method="post" action={`${view.href}/notes`}>
          <TextAreaField
            name="note"
            label="A note for those who answer reports"
            value={view.note}
            error={errors.note}
            language={null}
            short
          />
          <div class="actions">
            <Button>Add the note</Button>
          </div>
        </form>
      </section>
      <section class="section" aria-labelledby="closing">
        <h2 id="closing">{waits ? 'Close it' : 'Change the answer'}</h2>
        <form class="fields" method="post" action={`${view.href}/closing`}>
          <SelectField
            name="outcome"
            label="What became of it"
            prompt="Choose"
            value={view.closing.outcome}
            error={errors.outcome}
            options={OUTCOMES.map((outcome) => ({ value: outcome.code, label: outcome.label }))}
          />
          <TextAreaField
            name="answer"
            label="Answer"
            help="Whoever reported it reads this; the log keeps it as your reason. Name nobody they may not know."
            value={view.closing.answer}
            error={errors.answer}
            language={null}
          />
          <div class="actions">
            <Button look="primary">{waits ? 'Close the report' : 'Save the answer'}</Button>
          </div>
        </form>
      </section>
      {!waits && (
        <section class="section" aria-labelledby="reopening">
          <h2 id="reopening">Open it again</h2>
          <ReasonForm
            view={view.reopening}
            help="The log keeps it."
            acts={[{ action: `${view.href}/reopening`, label: 'Open it again' }]}
          />
        </section>
      )}
    </ModerationLayout>
  );
}
