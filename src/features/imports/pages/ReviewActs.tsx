/** A repair's answer as a form: `action` and `repair`, with what tells the review and its version. */
import type { ComponentChildren } from 'preact';
import { HiddenFields } from '../../../ui/Form.tsx';
import type { ReviewTextView } from './import-view.ts';

/** The form around one or several `Act`s on a repair. `block`: the block it stands in, to come back to. */
export function ActForm(props: { text: ReviewTextView; repair: string; block?: number; children: ComponentChildren }) {
  const { target } = props.text;
  return (
    <form class="actions" method="post" action={target.action}>
      <HiddenFields fields={target.fields} />
      <input type="hidden" name="repair" value={props.repair} />
      {props.block !== undefined && <input type="hidden" name="block" value={props.block} />}
      {props.children}
    </form>
  );
}

/** `before` and `about` are said around the label to those who cannot see what stands beside it. */
export function Act(props: { action: 'accept' | 'undo'; label: ComponentChildren; before?: string; about?: string }) {
  return (
    <button type="submit" class="button small" name="action" value={props.action}>
      {props.before !== undefined && <span class="visually-hidden">{props.before} </span>}
      {props.label}
      {props.about !== undefined && <span class="visually-hidden"> {props.about}</span>}
    </button>
  );
}
