/** What an API says when it will not: problem details (RFC 9457). */
import type { Context } from 'hono';
import { z } from 'zod';

export const problemJson = z
  .object({
    type: z.string().meta({ description: 'What kind of problem; stable.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    parameter: z.string().optional().meta({ description: 'The parameter that cannot be read.' }),
    errors: z
      .record(z.string(), z.string())
      .optional()
      .meta({ description: 'A sentence for each field of what was sent that cannot stand.' }),
  })
  .meta({ id: 'Problem' });

export type Problem = z.infer<typeof problemJson>;

/** Answers with a problem. `kind`: a short stable name. */
export function problem(
  c: Context,
  status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 503,
  kind: string,
  title: string,
  more: Pick<Problem, 'detail' | 'parameter' | 'errors'> = {},
): Response {
  const body: Problem = { type: `/problems/${kind}`, title, status, ...more };
  return c.body(JSON.stringify(body), status, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
  });
}
