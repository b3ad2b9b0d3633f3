/** Which of one's own pseuds sign a work. Who else signs it is not asked about here. */
import { CheckboxGroup, type ChoiceView } from '../../../ui/Form.tsx';

export interface SigningView {
  /** The viewer's pseuds. */
  choices: ChoiceView[];
  /** Public ids of those that sign, as they stand or as they were ticked; the field `signers` repeats. */
  values: string[];
  error?: string | undefined;
}

export function SigningField({ view }: { view: SigningView }) {
  return (
    <>
      {/* Boxes that nobody ticked send nothing: this says that they were asked about. */}
      <input type="hidden" name="signing" value="on" />
      <CheckboxGroup
        name="signers"
        label="Signed by"
        help="At least one of your pseuds. Whoever has seen the work under one of them learns that the others are yours."
        values={view.values}
        error={view.error}
        choices={view.choices}
        across
      />
    </>
  );
}
