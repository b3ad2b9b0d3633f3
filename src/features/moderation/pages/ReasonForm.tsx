/** One reason, and the buttons for what can be done with it. */
import type { ComponentChildren } from 'preact';
import { ErrorSummary, TextAreaField } from '../../../ui/Form.tsx';

export interface ReasonView {
  /** What was typed, when it comes back. */
  reason: string;
  error: string | undefined;
}

export interface ReasonedAct {
  action: string;
  label: string;
  look?: 'primary' | 'danger' | 'plain';
}

/** `children`: fields beside the reason. Each button sends the same form to its own address. */
export function ReasonForm(props: {
  view: ReasonView;
  help: string;
  acts: readonly ReasonedAct[];
  children?: ComponentChildren;
  /** Errors of the other fields, for the summary. */
  errors?: { name: string; text: string }[];
}) {
  const { view, acts } = props;
  const errors = [...(view.error === undefined ? [] : [{ name: 'reason', text: view.error }]), ...(props.errors ?? [])];
  const [first] = acts;
  if (!first) return null;
  return (
    <>
      <ErrorSummary title="Nothing was done:" errors={errors} />
      <form class="fields" method="post" action={first.action}>
        <TextAreaField
          name="reason"
          label="Reason"
          help={props.help}
          value={view.reason}
          error={view.error}
          language={null}
          short
        />
        {props.children}
        <div class="actions">
          {acts.map((act) => (
            <button type="submit" class={['button', act.look].filter(Boolean).join(' ')} formaction={act.action}>
              {act.label}
            </button>
          ))}
        </div>
      </form>
    </>
  );
}
