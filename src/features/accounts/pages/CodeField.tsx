/** Where a code of an authenticator is typed. A recovery code fits, too, so it is no field for digits alone. */
import { TextField } from '../../../ui/Form.tsx';

export function CodeField({ error, alone = false }: { error?: string | undefined; alone?: boolean }) {
  return (
    <TextField
      name="code"
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
