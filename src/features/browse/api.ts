/** The lists as JSON: the same works, totals and order as on the pages. */
import type { Hono } from 'hono';
import { describeRoute, resolver } from 'hono-openapi';
import { z } from 'zod';
import type { Ground } from '../../platform/ground.ts';
import { problem, problemJson } from '../../platform/http/problem.ts';
import type { ArchiveContext, ArchiveEnv } from '../accounts/index.ts';
import { findTag, isTagKind } from '../tags/index.ts';
import { findCreator, isTagInUse, type ListOf } from '../works/index.ts';
import { pageNumber } from './page-number.ts';
import { archiveWords, listPage, type Totals } from './queries.ts';
import { cardToJson, workCardJson } from './work-card-json.ts';

const listJson = z.object({
  total: z.int().meta({ description: 'Works in the whole list, exact.' }),
  page: z.int(),
  pages: z.int(),
  works: z.array(workCardJson),
});

const parameters = [
  { in: 'query' as const, name: 'page', schema: { type: 'integer' as const, minimum: 1 }, description: 'From 1.' },
  {
    in: 'query' as const,
    name: 'tag',
    schema: { type: 'string' as const },
    description: 'One tag as `kind:name`, such as `fandom:Dracula - Bram Stoker`; its synonyms and subtags count.',
  },
  {
    in: 'query' as const,
    name: 'creator',
    schema: { type: 'string' as const },
    description: 'One creator, by public id.',
  },
];
const KNOWN = new Set(parameters.map((parameter) => parameter.name));

export function browseApi(web: Hono<ArchiveEnv>, ground: Ground, totals: Totals): void {
  const handle = ground.db.reads;

  web.get(
    '/api/v1/works',
    describeRoute({
      operationId: 'listWorks',
      summary: 'Works, newest first',
      parameters,
      responses: {
        200: { description: 'One page of the list', content: { 'application/json': { schema: resolver(listJson) } } },
        400: {
          description: 'A parameter that cannot be read',
          content: { 'application/problem+json': { schema: resolver(problemJson) } },
        },
        404: {
          description: 'No such tag or creator',
          content: { 'application/problem+json': { schema: resolver(problemJson) } },
        },
      },
    }),
    async (c) => {
      const unknown = Object.keys(c.req.query()).find((name) => !KNOWN.has(name));
      if (unknown !== undefined) return unreadable(c, unknown, `There is no parameter "${unknown}".`);
      const page = pageNumber(c.req.query('page'));
      if (page === null) return unreadable(c, 'page', 'A page is a whole number from 1.');
      const list = await listFrom(c);
      if (list instanceof Response) return list;
      const found = await listPage(handle, c.var.viewer, list, page, totals);
      const words = await archiveWords(handle);
      c.header('Cache-Control', 'private, no-cache');
      return c.json({
        total: found.total,
        page: found.page,
        pages: found.pages,
        works: found.works.map((work) => cardToJson(work, words, c.var.site.origin)),
      } satisfies z.infer<typeof listJson>);
    },
  );

  const listFrom = async (c: ArchiveContext): Promise<ListOf | Response> => {
    const { tag: tagSaid, creator: creatorSaid } = c.req.query();
    if (tagSaid !== undefined && creatorSaid !== undefined)
      return unreadable(c, 'creator', 'Ask for a tag or for a creator.');
    if (tagSaid !== undefined) {
      const [kind = '', ...name] = tagSaid.split(':');
      if (!isTagKind(kind) || name.length === 0) return unreadable(c, 'tag', 'A tag is written kind:name.');
      const tag = await findTag(handle, kind, name.join(':'));
      const known = tag && (tag.canonical || (await isTagInUse(handle, c.var.viewer, tag)));
      return known ? { of: 'tag', tag } : problem(c, 404, 'not-found', 'There is no such tag.');
    }
    if (creatorSaid !== undefined) {
      const creator = await findCreator(handle, c.var.viewer, creatorSaid);
      return creator ? { of: 'creator', creator } : problem(c, 404, 'not-found', 'There is no such creator.');
    }
    return { of: 'everything' };
  };
}

function unreadable(c: ArchiveContext, parameter: string, detail: string): Response {
  return problem(c, 400, 'unreadable-parameter', 'A parameter cannot be read.', { detail, parameter });
}
