/** Which of their skins a creator gives a work. */
import { SelectField } from '../../../ui/Form.tsx';

/** Chosen where a work wears the skin of another who keeps it, and is to go on wearing it. */
export const KEPT_SKIN = 'kept';

export function SkinField(props: {
  value: string;
  /** The work wears a skin of somebody else's, which can stay. */
  kept: boolean;
  skins: { value: string; label: string }[];
}) {
  const options = props.kept
    ? [{ value: KEPT_SKIN, label: 'The one it has, which a co-creator made' }, ...props.skins]
    : props.skins;
  return (
    <SelectField
      name="skin"
      label="Work skin"
      help={
        <>
          How the text looks to readers who leave creators’ styles on. <a href="/account/skins">Your skins</a>
        </>
      }
      prompt="None: the archive’s own style"
      value={props.value}
      options={options}
    />
  );
}
