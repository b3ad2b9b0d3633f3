/** Programs that make something with a token: what they send is read, answered once for each key, and refused field by field. */
import { resolver } from 'hono-openapi';
import type { z } from 'zod';
import type { Tx } from '../../platform/db/tables.ts';
import type { Ground } from '../../platform/ground.ts';
import { problem, problemJson } from '../../platform/http/problem.ts';
import {
  answeredBefore,
  answerKept,
  keepAnswer,
  writingToken,
  type ArchiveContext,
  type KeyedRequest,
  type LiveToken,
} from '../accounts/index.ts';

const KEY_CHARACTERS = 255;
/** The same for a work that is not there, and for one that is not the program's to write in. */
export const NO_WORK = 'There is no such work for you to write in.';

export type Refused = { refusal: 'fields'; errors: Record<string, string> } | { refusal: 'not-found' };

export interface Asked<Body> {
  token: LiveToken;
  body: Body;
  /** By which it is known when it is sent again; null where its program named none. */
  keyed: KeyedRequest | null;
}

/**
 * Reads a request that makes something: its token, its key, its body. @returns them, or the answer that refuses it, or that it
 * was given before: nothing else is asked then, for much may have changed since.
 */
export async function readRequest<Shape extends z.ZodType>(
  { db, now }: Ground,
  c: ArchiveContext,
  shape: Shape,
): Promise<Asked<z.infer<Shape>> | Response> {
  const token = writingToken(c, 'write:works');
  if (token instanceof Response) return token;
  const key = c.req.header('idempotency-key') ?? null;
  if (key !== null && (key === '' || key.length > KEY_CHARACTERS))
    return problem(c, 400, 'key', `An Idempotency-Key has 1 to ${KEY_CHARACTERS} characters.`);
  if (!/^application\/json *(?:;|$)/i.test(c.req.header('content-type') ?? ''))
    return problem(c, 415, 'not-json', 'This takes application/json.');
  const raw = await c.req.text();
  const keyed = key === null ? null : { tokenId: token.id, key, asked: `${c.req.method} ${c.req.path}\n${raw}` };
  const before = keyed === null ? null : await answerKept(db.reads, now(), keyed);
  if (before) return 'refusal' in before ? refuseKey(c) : made(c, before.answer);
  const said = parsed(raw);
  if (said === undefined) return problem(c, 400, 'not-json', 'This is not JSON that can be read.');
  const read = shape.safeParse(said);
  if (read.success) return { token, body: read.data, keyed };
  return refuseFields(
    c,
    Object.fromEntries(
      read.error.issues.flatMap((issue) => {
        const at = issue.path.join('.');
        if (issue.code !== 'unrecognized_keys') return [[at, `${issue.message}.`]];
        return issue.keys.map((name) => [[...issue.path, name].join('.'), 'There is no such field.']);
      }),
    ),
  );
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

/** Makes something in a transaction, once: of two requests with the same key that come at once, the second is answered as the first. */
export async function answerOnce(
  { db, now }: Ground,
  c: ArchiveContext,
  { keyed }: Asked<unknown>,
  make: (tx: Tx) => Promise<{ id: string; url: string } | Refused>,
): Promise<Response> {
  const answered = await db.writeUnlessRefused(async (tx) => {
    const before = keyed === null ? null : await answeredBefore(tx, now(), keyed);
    if (before) return before;
    const fresh = await make(tx);
    if ('refusal' in fresh) return fresh;
    const answer = JSON.stringify(fresh);
    if (keyed !== null) await keepAnswer(tx, now(), keyed, answer);
    return { answer };
  });
  if (!('refusal' in answered)) return made(c, answered.answer);
  if (answered.refusal === 'fields') return refuseFields(c, answered.errors);
  return answered.refusal === 'not-found' ? problem(c, 404, 'not-found', NO_WORK) : refuseKey(c);
}

function made(c: ArchiveContext, answer: string): Response {
  return c.body(answer, 201, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
}

function refuseKey(c: ArchiveContext): Response {
  return problem(c, 422, 'key-reused', 'This Idempotency-Key was sent with something else before.');
}

/** @param errors a sentence by the field it is about. */
export function refuseFields(c: ArchiveContext, errors: Record<string, string>): Response {
  return problem(c, 422, 'fields', 'Nothing was made: some of this cannot stand.', { errors });
}

/** What requests that make something have in common in `openapi.json`. `ofWork`: whether the address names a work. */
export function described(body: z.ZodType, answer: z.ZodType, ofWork = false) {
  const refusal = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: resolver(problemJson) } },
  });
  return {
    security: [{ token: [] }],
    parameters: [
      {
        in: 'header' as const,
        name: 'Idempotency-Key',
        schema: { type: 'string' as const, minLength: 1, maxLength: KEY_CHARACTERS },
        description:
          'Of your choice. Sent again within a day, the request makes nothing twice and is answered as before.',
      },
    ],
    requestBody: { required: true, content: { 'application/json': { schema: resolver(body) } } },
    responses: {
      201: { description: 'It is made', content: { 'application/json': { schema: resolver(answer) } } },
      400: refusal('What was sent is no JSON'),
      401: refusal('There is no token, or one that is not good'),
      403: refusal('The token has not the scope `write:works`, or its account is suspended'),
      ...(ofWork ? { 404: refusal('No such work for you to write in') } : {}),
      413: refusal('What was sent is too large'),
      415: refusal('What was sent is not application/json'),
      422: refusal('Some fields cannot stand: `errors` has a sentence for each'),
      429: refusal('Too often: `Retry-After` says when to come again'),
    },
  };
}
