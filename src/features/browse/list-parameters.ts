/** The parameters of a list as the API's description tells them. Pure. */
import {
  DATE_FIELDS,
  FLAG_FIELDS,
  ID_FIELDS,
  NAME_FIELDS,
  RANGE_FIELDS,
  VALUE_FIELDS,
  type NameField,
  type ValueField,
} from './filter/work-filter.ts';
import { MOST_PER_PAGE } from './filter/limits.ts';
import { SORT_NAMES } from './filter/sorts.ts';

interface Described {
  in: 'query';
  name: string;
  schema:
    | { type: 'string' | 'integer'; minimum?: number; maximum?: number }
    | { type: 'array'; items: { type: 'string' } };
  description: string;
  example: string | number | readonly string[];
}

const NAME_EXAMPLES: Readonly<Record<NameField, readonly string[]>> = {
  fandom: ['Dracula - Bram Stoker'],
  relationship: ['Mina Harker/Lucy Westenra', 'Mina Harker & Van Helsing'],
  character: ['Mina Harker', 'Lucy Westenra'],
  tag: ['Slow Burn,Fluff'],
  category: ['f-f,gen'],
  warning: ['none'],
  main: ['Mina Harker/Lucy Westenra'],
};
const VALUE_EXAMPLES: Readonly<Record<ValueField, readonly string[]>> = {
  rating: ['general,teen'],
  language: ['en,de'],
  status: ['complete'],
};

const NAMES = 'Names. Repeated: all of them. A comma inside one value: any of them.';
const MAIN = 'Names of the relationship listed first. A comma, or repeating: any of them.';
const IDS = 'Public ids. A comma: any of them.';
const VALUES = 'Names or codes. A comma: any of them.';
const RANGE = 'A range: 1000..5000, 5000.., ..5000, 1.';
const DATES = 'Dates: 2026, 2026-01..2026-06-30, 30d.. (the last 30 days).';

/** Every condition, and the same with `not-` before its name. */
export function listParameters(): Described[] {
  const repeated = { type: 'array', items: { type: 'string' } } as const;
  const text = { type: 'string' } as const;
  const conditions = [
    ...NAME_FIELDS.map((name) => ({
      name,
      schema: repeated,
      description: name === 'main' ? MAIN : NAMES,
      example: NAME_EXAMPLES[name],
    })),
    ...ID_FIELDS.map((name) => ({ name, schema: repeated, description: IDS, example: ['k3m9x2q4zt'] })),
    ...VALUE_FIELDS.map((name) => ({ name, schema: repeated, description: VALUES, example: VALUE_EXAMPLES[name] })),
    ...RANGE_FIELDS.map((name) => ({ name, schema: text, description: RANGE, example: '1..' })),
    ...DATE_FIELDS.map((name) => ({ name, schema: text, description: DATES, example: '30d..' })),
    ...FLAG_FIELDS.map((name) => ({ name, schema: text, description: 'yes or no.', example: 'yes' })),
  ];
  return [
    ...conditions,
    ...conditions.map(({ name, schema, example }) => ({
      name: `not-${name}`,
      schema,
      description: `None of these: see ${name}.`,
      example,
    })),
    {
      name: 'q',
      schema: text,
      description: 'Words, "phrases", -without, OR, parentheses, field:value.',
      example: '"the bees" -moor (title:hive* OR kudos>100)',
    },
    { name: 'in', schema: text, description: 'text: words are looked for in the stories too.', example: 'text' },
    {
      name: 'sort',
      schema: text,
      description: `${SORT_NAMES.join(', ')}; a minus before it turns it round. random:17 is one shuffle of many.`,
      example: '-words',
    },
    { name: 'page', schema: { type: 'integer', minimum: 1 } as const, description: 'From 1.', example: 2 },
    {
      name: 'per',
      schema: { type: 'integer', minimum: 1, maximum: MOST_PER_PAGE } as const,
      description: 'Works a page.',
      example: 50,
    },
  ].map((parameter) => ({ in: 'query', ...parameter }));
}
