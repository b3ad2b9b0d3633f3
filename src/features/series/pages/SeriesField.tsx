/** In which series a work stands: those it is in, one of one's own to add, or a new one by its title. */
import { CheckboxGroup, type ChoiceView, SelectField, TextField } from '../../../ui/Form.tsx';

export interface SeriesFieldProps {
  /** The series that the work stands in, and those of them whose box is ticked. */
  standing: ChoiceView[];
  kept: string[];
  /** The viewer's others. */
  own: { value: string; label: string }[];
  added: string;
  made: string;
  error: string | undefined;
  titleLimit: number;
}

export function SeriesField(props: SeriesFieldProps) {
  return (
    <>
      {props.standing.length > 0 && (
        <>
          {/* Boxes that nobody ticked send nothing: this says that they were asked about. */}
          <input type="hidden" name="placing" value="on" />
          <CheckboxGroup
            name="inSeries"
            label="In series"
            help="Take a tick away to take the work out of that series."
            values={props.kept}
            choices={props.standing}
          />
        </>
      )}
      {props.own.length > 0 && (
        <SelectField
          name="toSeries"
          label={props.standing.length > 0 ? 'Add to another of your series' : 'Add to one of your series'}
          help="At its end. Works of several of your pseuds in one series tell readers that these are one person, or know each other."
          prompt="None"
          value={props.added}
          options={props.own}
        />
      )}
      <TextField
        name="newSeries"
        label="Add to a new series"
        help={
          <>
            Its title. Order and texts are changed on the page of <a href="/account/series">your series</a>.
          </>
        }
        value={props.made}
        error={props.error}
        maxLength={props.titleLimit}
        language={null}
      />
    </>
  );
}
