/** The parameters of a list as the API's description tells them. Pure. */
import { DATE_FIELDS, FLAG_FIELDS, ID_FIELDS, NAME_FIELDS, RANGE_FIELDS, VALUE_FIELDS } from './filter/work-filter.ts';
import { MOST_PER_PAGE } from './filter/limits.ts';
import { SORT_NAMES } from './filter/sorts.ts';

interface Described {
  in: 'query';
  name: string;
  schema:
    | { type: 'string' | 'integer'; minimum?: number; maximum?: number }
    | { type: 'array'; items: { type: 'string' } };
  description: string;
}

const NAMES = 'Names. Repeated: all of them. A comma inside one value: any of them.';
const IDS = 'Public ids. A comma: any of them.';
const VALUES = 'Names or codes. A comma: any of them.';
const RANGE = 'A range: 1000..5000, 5000.., ..5000, 1.';
const DATES = 'Dates: 2026, 2026-01..2026-06-30, 30d.. (the last 30 days).';

/** Every condition, and the same with `not-` before its name. */
export function listParameters(): Described[] {
  const repeated = { type: 'array', items: { type: 'string' } } as const;
  const text = { type: 'string' } as const;
  const conditions = [
    ...NAME_FIELDS.map((name) => ({ name, schema: repeated, description: NAMES })),
    ...ID_FIELDS.map((name) => ({ name, schema: repeated, description: IDS })),
    ...VALUE_FIELDS.map((name) => ({ name, schema: repeated, description: VALUES })),
    ...RANGE_FIELDS.map((name) => ({ name, schema: text, description: RANGE })),
    ...DATE_FIELDS.map((name) => ({ name, schema: text, description: DATES })),
    ...FLAG_FIELDS.map((name) => ({ name, schema: text, description: 'yes or no.' })),
  ];
  return [
    ...conditions,
    ...conditions.map(({ name, schema }) => ({
      name: `not-${name}`,
      schema,
      description: `None of these: see ${name}.`,
    })),
    { name: 'q', schema: text, description: 'Words, "phrases", -without, OR, parentheses, field:value.' },
    { name: 'in', schema: text, description: 'text: words are looked for in the stories too.' },
    { name: 'sort', schema: text, description: `${SORT_NAMES.join(', ')}; a minus before it turns it round.` },
    { name: 'page', schema: { type: 'integer', minimum: 1 } as const, description: 'From 1.' },
    {
      name: 'per',
      schema: { type: 'integer', minimum: 1, maximum: MOST_PER_PAGE } as const,
      description: 'Works a page.',
    },
  ].map((parameter) => ({ in: 'query', ...parameter }));
}
