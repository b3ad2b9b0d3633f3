/** Ids of the fields of the filter panel, so that a mistake in the address can lead to the field that mends it. Pure. */
import type { FilterPanelView } from './filtered-list-view.ts';

/** The id of a whole group: its details or fieldset. */
export function groupId(field: string): string {
  return `f-${field}`;
}

/** The field of the panel that a parameter belongs to, whether the panel has it or not: `not-tag-more` is of `tag`. */
export function fieldNameOf(parameter: string): string {
  return parameter.replace(/^not-/, '').replace(/-(any|more|from|to)$/, '');
}

/** Where a parameter of the address is set in this panel; null for one that no field sets. */
export function fieldIdOf(parameter: string, panel: FilterPanelView): string | null {
  const field = fieldNameOf(parameter);
  if (field === 'q' || field === 'in') return 'q';
  if (field === 'sort') return 'sort';
  const range = [...panel.ranges, ...panel.dates].find((one) => one.field === field);
  if (range) return parameter.endsWith('-to') ? `${field}-to` : `${field}-from`;
  const isThere = [...panel.groups, ...panel.flags].some((one) => one.field === field);
  return isThere ? groupId(field) : null;
}
