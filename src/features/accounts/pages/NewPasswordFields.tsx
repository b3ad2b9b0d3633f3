/** A password that is chosen anew, typed twice. The same two fields wherever one is. */
import { PasswordField } from '../../../ui/Form.tsx';

/** `help`: more than the rule, for who chooses the first one. */
export function NewPasswordFields({
  label = 'New password',
  help = 'At least 8 characters.',
  errors,
}: {
  label?: string;
  help?: string;
  errors: { password?: string | undefined; confirmation?: string | undefined };
}) {
  return (
    <>
      <PasswordField name="password" label={label} help={help} error={errors.password} fill="new-password" />
      <PasswordField
        name="confirmation"
        label={`${label}, once more`}
        error={errors.confirmation}
        fill="new-password"
      />
    </>
  );
}
