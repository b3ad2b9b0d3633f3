/** The parameters that are conditions, in the order in which a filter prints them, and what kind of value each takes. */
import {
  DATE_FIELDS,
  type DateField,
  FLAG_FIELDS,
  type FlagField,
  ID_FIELDS,
  type IdField,
  type Leaf,
  NAME_FIELDS,
  type NameField,
  RANGE_FIELDS,
  type RangeField,
  TEXT_PLACES,
  type TextLeaf,
  type TextPlace,
  VALUE_FIELDS,
  type ValueField,
} from './work-filter.ts';

/** A condition that is a parameter of its own: every leaf but words looked for. */
export type ParameterLeaf = Exclude<Leaf, TextLeaf>;
export type ParameterField = ParameterLeaf['field'];
/** Fields whose leaf is a list, any of which will do. */
export type ListField = NameField | IdField | ValueField;
export type ListLeaf = Extract<Leaf, { field: ListField }>;
export type RangeLeaf = Extract<Leaf, { field: RangeField }>;
export type DateLeaf = Extract<Leaf, { field: DateField }>;

export const FIELDS: readonly ParameterField[] = [
  ...NAME_FIELDS,
  ...ID_FIELDS,
  ...VALUE_FIELDS,
  ...RANGE_FIELDS,
  ...DATE_FIELDS,
  ...FLAG_FIELDS,
];

/** Parameters that are no conditions: they have no `not-`. */
export const OTHER_PARAMETERS = ['q', 'in', 'sort', 'page', 'per'] as const;
export type OtherParameter = (typeof OTHER_PARAMETERS)[number];

const among =
  <Name extends string>(names: readonly Name[]) =>
  (text: string): text is Name =>
    (names as readonly string[]).includes(text);

export const isField = among(FIELDS);
export const isNameField = among<NameField>(NAME_FIELDS);
export const isIdField = among<IdField>(ID_FIELDS);
export const isValueField = among<ValueField>(VALUE_FIELDS);
export const isRangeField = among<RangeField>(RANGE_FIELDS);
export const isDateField = among<DateField>(DATE_FIELDS);
export const isFlagField = among<FlagField>(FLAG_FIELDS);
export const isTextPlace = among<TextPlace>(TEXT_PLACES);
export const isOtherParameter = among<OtherParameter>(OTHER_PARAMETERS);

export function isListField(text: string): text is ListField {
  return isNameField(text) || isIdField(text) || isValueField(text);
}

export function isListLeaf(leaf: Leaf): leaf is ListLeaf {
  return isListField(leaf.field);
}

export function isRangeLeaf(leaf: Leaf): leaf is RangeLeaf {
  return isRangeField(leaf.field);
}

export function isDateLeaf(leaf: Leaf): leaf is DateLeaf {
  return isDateField(leaf.field);
}

/** `not-fandom` → fandom, excluded; `fandom` → fandom, included; anything else → null. */
export function fieldOf(parameter: string): { field: ParameterField; side: 'include' | 'exclude' } | null {
  if (isField(parameter)) return { field: parameter, side: 'include' };
  const field = parameter.startsWith('not-') ? parameter.slice(4) : '';
  return isField(field) ? { field, side: 'exclude' } : null;
}

/** The names, ids or codes of which any will do. */
export function choicesOf(leaf: ListLeaf): readonly string[] {
  if ('names' in leaf) return leaf.names;
  return 'ids' in leaf ? leaf.ids : leaf.values;
}

export function listLeaf(field: ListField, choices: readonly string[]): ListLeaf {
  if (isNameField(field)) return { field, names: choices };
  return isIdField(field) ? { field, ids: choices } : { field, values: choices };
}
