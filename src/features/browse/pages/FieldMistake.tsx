/** What is wrong with what stands in a field of the filter, beside it. */
import { Icon } from '../../../ui/icons.tsx';

/** Nothing where nothing is wrong. The field names it: `mistakeId`. */
export function FieldMistake({ field, mistake }: { field: string; mistake: string | undefined }) {
  if (mistake === undefined) return null;
  return (
    <p class="error" id={mistakeId(field)}>
      <Icon name="warning" /> <span dir="auto">{mistake}</span>
    </p>
  );
}

export function mistakeId(field: string): string {
  return `${field}-error`;
}
