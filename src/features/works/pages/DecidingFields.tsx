/** What creators decide about a work beside what it says. Sentences stay honest: a signal is a request. */
import { Checkbox, RadioGroup } from '../../../ui/Form.tsx';
import { COMMENTERS, COMMENTERS_WORDS, type ConcealmentKind, type Decisions } from '../deciding.ts';

export interface DecidingView {
  values: Decisions & Record<ConcealmentKind, boolean>;
  /** What something else than its creators holds concealed too. */
  heldByOthers: readonly ConcealmentKind[];
}

/** Who may comment, whether the work is downloaded, whether AI is asked to keep off. */
export function DecisionFields({ values }: { values: Decisions }) {
  return (
    <>
      <RadioGroup
        name="commenters"
        label="Comments from"
        help="There are no comments here yet. What you say holds from their first day."
        value={values.commenters}
        choices={COMMENTERS.map((one) => ({ value: one, label: COMMENTERS_WORDS[one] }))}
      />
      <fieldset class="field">
        <legend>What others may do with it</legend>
        <Checkbox
          name="commentsModerated"
          label="Look at comments first"
          help="Nobody else sees one before you have let it in."
          checked={values.commentsModerated}
        />
        <Checkbox
          name="downloads"
          label="Readers may download it"
          help="There are no downloads here yet. A download cannot be taken back."
          checked={values.downloads}
        />
        <Checkbox
          name="noAi"
          label="Ask that no AI is trained on it"
          help="A request, not a lock. It goes out with the work in every form, and who reads it may or may not honour it."
          checked={values.noAi}
        />
      </fieldset>
    </>
  );
}

export function DecidingFields({ view: { values, heldByOthers } }: { view: DecidingView }) {
  return (
    <>
      {/* Boxes that nobody ticked send nothing: this says that they were asked about. */}
      <input type="hidden" name="deciding" value="on" />
      <DecisionFields values={values} />
      <fieldset class="field">
        <legend>Anonymous, unrevealed</legend>
        {heldByOthers.length > 0 && (
          <p class="help">
            Something else holds it {heldByOthers.join(' and ')} as well, and goes on when you let go of it here.
          </p>
        )}
        <Checkbox
          name="anonymous"
          label="Anonymous"
          help="Readers do not see who wrote it. It stands on none of your pages, and in no series but for you. Who knew before still knows."
          checked={values.anonymous}
        />
        <Checkbox
          name="unrevealed"
          label="Unrevealed"
          help="Nobody but its creators sees that it is there. Once you reveal a posted work, it is new in the lists."
          checked={values.unrevealed}
        />
      </fieldset>
    </>
  );
}
