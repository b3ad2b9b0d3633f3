/** Where a code of an authenticator is typed. A recovery code fits, too, so it is no field for digits alone. */
import { TextField } from '../../../ui/Form.tsx';

/** `name`: another one where a page has several forms. `alone`: a recovery code does not fit. */
export function CodeField({
  error,
  name = 'code',
  alone = false,
}: {
  error?: string | undefined;
  name?: string;
  alone?: boolean;
}) {
  return (
    <TextField
      name={name}
      label="Code"
      help={
        alone ? 'The six digits that the app shows now.' : 'The six digits that your app shows now, or a recovery code.'
      }
      value=""
      error={error}
      maxLength={60}
      brief
      fill="one-time-code"
    />
  );
}
