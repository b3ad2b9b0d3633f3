/** A list as the API gives it. */
import { z } from 'zod';
import type { FacetKind } from './browse-query.ts';
import { stepRange } from './conditions.ts';
import type { CountedValues } from './facet-view.ts';
import { printLeaf } from './filter/leaves.ts';
import type { FilteredList } from './filtered-list.queries.ts';
import type { FoundView } from './pages/filtered-list-view.ts';
import { workCardJson, type WorkCardJson } from './work-card-json.ts';

const facetJson = z.array(
  z.object({
    name: z.string().meta({ description: 'A value of the parameter.' }),
    works: z.int().meta({ description: 'Works that would be left if it were chosen too. Exact.' }),
  }),
);

const foundJson = z
  .array(
    z.object({
      where: z.string(),
      url: z.string().meta({ description: 'Leads to the paragraph.' }),
      pieces: z.array(z.object({ text: z.string(), marked: z.boolean() })),
    }),
  )
  .meta({ description: 'Where words stand in the story, when `in=text` asked for it.' });

export const listJson = z.object({
  total: z.int().meta({ description: 'Works in the whole list, exact.' }),
  hidden: z.int().meta({ description: 'Works that match and that the viewer’s own filters leave out.' }),
  version: z.int().meta({ description: 'The place in the event log that totals and counts are true of.' }),
  page: z.int(),
  pages: z.int(),
  works: z.array(workCardJson.and(z.object({ found: foundJson.optional() }))),
  facets: z
    .record(z.string(), facetJson)
    .nullable()
    .meta({ description: 'By parameter: values with their works, most first; null while nothing can be counted.' }),
  unknown: z
    .array(z.object({ parameter: z.string(), name: z.string() }))
    .meta({ description: 'Names in the filter that no work here is known by.' }),
  notices: z.array(z.string()).meta({
    description:
      'What the list lacks, or has too much of, for now: while the words of works are still being read, say.',
  }),
});
export type ListJson = z.infer<typeof listJson>;

export function listToJson(
  list: FilteredList,
  works: readonly { id: number; card: WorkCardJson }[],
  found: ReadonlyMap<number, readonly FoundView[]>,
  origin: string,
): ListJson {
  return {
    total: list.answer.total,
    hidden: list.answer.hidden,
    version: list.answer.version,
    page: list.filter.page,
    pages: list.pages,
    works: works.map(({ id, card }) => ({
      ...card,
      ...(found.size > 0 ? { found: (found.get(id) ?? []).map((one) => foundToJson(one, origin)) } : {}),
    })),
    facets: list.values && facetsToJson(list.values),
    unknown: [...list.meaning.unknown],
    notices: [...list.meaning.notices],
  };
}

function foundToJson({ where, href, pieces }: FoundView, origin: string) {
  return { where, url: origin + href, pieces: [...pieces] };
}

/** The parameter that narrows by a kind of value. */
const PARAMETERS: Partial<Record<FacetKind, string>> = {
  rating: 'rating',
  warning: 'warning',
  category: 'category',
  fandom: 'fandom',
  relationship: 'relationship',
  character: 'character',
  freeform: 'tag',
  language: 'language',
  status: 'status',
  year: 'posted',
};

/** `parameter=name` narrows the list to exactly so many works. */
function facetsToJson(values: CountedValues): NonNullable<ListJson['facets']> {
  const facets: NonNullable<ListJson['facets']> = {};
  for (const [kind, parameter] of Object.entries(PARAMETERS)) {
    facets[parameter] = (values[kind as FacetKind] ?? []).map(({ value, works }) => ({ name: value, works }));
  }
  facets['words'] = (values.length ?? []).map(({ id, works }) => ({
    name: printLeaf({ field: 'words', ...stepRange(id) }),
    works,
  }));
  for (const { value, works } of values.trait ?? []) facets[value] = [{ name: 'yes', works }];
  return facets;
}
