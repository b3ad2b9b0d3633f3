/** Lists and type-ahead as JSON: the same string of parameters, works, totals, counts and order as on the pages. */
import type { Hono } from 'hono';
import { describeRoute, resolver } from 'hono-openapi';
import { z } from 'zod';
import { problem, problemJson } from '../../platform/http/problem.ts';
import type { ArchiveContext, ArchiveEnv } from '../accounts/index.ts';
import { askerOf } from './asker.ts';
import { CONCEPT_KINDS, type ConceptKind } from './browse-query.ts';
import { foundIn, TOO_SLOW, type Browsing } from './browsing.queries.ts';
import { filteredList } from './filtered-list.queries.ts';
import type { FilterMistake } from './filter/work-filter.ts';
import { listParameters } from './list-parameters.ts';
import { listJson, listToJson, type ListJson } from './list-json.ts';
import { readListRequest } from './list-request.ts';
import { archiveWords, listedWithSeries } from './queries.ts';
import { suggestedTags, SUGGESTIONS } from './suggestions.queries.ts';
import { TextSearchSlow } from './text/text-search.ts';
import { cardToJson } from './work-card-json.ts';

const suggestionsJson = z.object({
  suggestions: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(CONCEPT_KINDS),
      as: z.string().nullable().meta({ description: 'The canonical tag, where the name is a synonym of it.' }),
      works: z.int(),
    }),
  ),
});

const unreadableAnswer = {
  description: 'A parameter is unknown or cannot be read',
  content: { 'application/problem+json': { schema: resolver(problemJson) } },
};

export function browseApi(web: Hono<ArchiveEnv>, browsing: Browsing): void {
  const { handle } = browsing.sources;

  web.get(
    '/api/v1/works',
    describeRoute({
      operationId: 'listWorks',
      summary: 'Works, filtered and in any order',
      parameters: [...listParameters()],
      responses: {
        200: { description: 'One page of the list', content: { 'application/json': { schema: resolver(listJson) } } },
        400: unreadableAnswer,
      },
    }),
    async (c) => {
      const request = readListRequest(new URL(c.req.url).search);
      if ('mistakes' in request) return unreadable(c, request.mistakes);
      if ('form' in request) return unreadable(c, [NO_FORM]);
      const { viewer, site } = c.var;
      const { filter } = request;
      const { sources } = browsing.askedBy(askerOf(c.var));
      try {
        const words = await archiveWords(handle);
        const list = await filteredList(sources, viewer, { filter, within: [], hide: null, words, facets: true });
        const [works, found] = await Promise.all([
          listedWithSeries(handle, viewer, list.answer.ids),
          foundIn(sources, viewer, list, words),
        ]);
        const cards = works.map((work) => ({ id: work.card.id, card: cardToJson(work, words, site.origin) }));
        c.header('Cache-Control', 'private, no-cache');
        return c.json(listToJson(list, cards, found, site.origin) satisfies ListJson);
      } catch (error) {
        if (error instanceof TextSearchSlow) return unreadable(c, [TOO_SLOW]);
        throw error;
      }
    },
  );

  web.get(
    '/api/v1/tags/suggestions',
    describeRoute({
      operationId: 'suggestTags',
      summary: 'Tags by a piece of their name',
      description: `At most ${SUGGESTIONS}: names that begin with the text, then names that hold it, each by use.`,
      parameters: [
        { in: 'query', name: 'q', schema: { type: 'string' }, description: 'What was typed.' },
        {
          in: 'query',
          name: 'kind',
          schema: { type: 'string', enum: [...CONCEPT_KINDS] },
          description: 'All kinds when absent.',
        },
      ],
      responses: {
        200: { description: 'Tags', content: { 'application/json': { schema: resolver(suggestionsJson) } } },
        400: unreadableAnswer,
      },
    }),
    async (c) => {
      const unknown = Object.keys(c.req.query()).find((name) => name !== 'q' && name !== 'kind');
      if (unknown !== undefined)
        return unreadable(c, [{ parameter: unknown, value: '', sentence: 'There is no such parameter.' }]);
      const { q = '', kind } = c.req.query();
      const kinds = kind === undefined || kind === '' ? CONCEPT_KINDS : CONCEPT_KINDS.filter((one) => one === kind);
      if (kinds.length === 0) return unreadable(c, [NO_KIND]);
      const ask: { kinds: readonly ConceptKind[]; typed: string } = { kinds, typed: q };
      const { sources } = browsing.askedBy(askerOf(c.var));
      const suggestions = await suggestedTags(handle, c.var.viewer, sources.index, ask);
      c.header('Cache-Control', 'private, no-cache');
      return c.json({ suggestions } satisfies z.infer<typeof suggestionsJson>);
    },
  );
}

/** Told in the words of addresses alone: programs have no fields. */
type Unreadable = Omit<FilterMistake, 'plain'>;

const NO_FORM: Unreadable = { parameter: 'form', value: '1', sentence: 'There is no parameter "form".' };
const NO_KIND: Unreadable = { parameter: 'kind', value: '', sentence: `kind takes ${CONCEPT_KINDS.join(', ')}.` };

/** Names the first mistake's parameter, and tells all of them, together and by parameter. */
function unreadable(c: ArchiveContext, mistakes: readonly Unreadable[]): Response {
  const detail = mistakes.map((mistake) => mistake.sentence).join(' ');
  return problem(c, 400, 'unreadable-parameter', 'A parameter cannot be read.', {
    detail,
    parameter: mistakes[0]?.parameter ?? '',
    errors: Object.fromEntries(
      [...Map.groupBy(mistakes, ({ parameter }) => parameter)].map(([parameter, own]) => [
        parameter,
        own.map(({ sentence }) => sentence).join(' '),
      ]),
    ),
  });
}
