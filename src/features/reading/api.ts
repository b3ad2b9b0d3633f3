/** One work whole as JSON. */
import type { Hono } from 'hono';
import { describeRoute, resolver } from 'hono-openapi';
import type { Ground } from '../../platform/ground.ts';
import { askNotToTrain } from '../../platform/http/no-training.ts';
import { problem, problemJson } from '../../platform/http/problem.ts';
import type { ArchiveEnv } from '../accounts/index.ts';
import { wholeWorkJson, workJson } from './work-json.ts';

export function readingApi(web: Hono<ArchiveEnv>, ground: Ground): void {
  web.get(
    '/api/v1/works/:id',
    describeRoute({
      operationId: 'getWork',
      summary: 'One work with all its chapters',
      description: 'Not gated for adult content: the answer says `adult`, and whoever shows it decides.',
      responses: {
        200: { description: 'The work', content: { 'application/json': { schema: resolver(workJson) } } },
        404: {
          description: 'No such work for you',
          content: { 'application/problem+json': { schema: resolver(problemJson) } },
        },
      },
    }),
    async (c) => {
      const work = await wholeWorkJson(ground.db.reads, c.var.viewer, c.req.param('id'), c.var.site.origin);
      if (!work) return problem(c, 404, 'not-found', 'There is no such work.');
      c.header('Cache-Control', 'private, no-cache');
      const answer = c.json(work);
      if (work.noAi) askNotToTrain(answer.headers);
      return answer;
    },
  );
}
