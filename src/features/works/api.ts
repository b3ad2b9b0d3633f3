/** Works and chapters made by programs, with a token. What is refused says why, field by field. */
import type { Hono } from 'hono';
import { describeRoute, resolver } from 'hono-openapi';
import { z } from 'zod';
import type { Tx } from '../../platform/db/tables.ts';
import type { Ground } from '../../platform/ground.ts';
import { problem, problemJson } from '../../platform/http/problem.ts';
import {
  answeredBefore,
  keepAnswer,
  writingToken,
  type ArchiveContext,
  type ArchiveEnv,
  type LiveToken,
} from '../accounts/index.ts';
import { postChapter } from './chapter-posting.actions.ts';
import { cleanChapter } from './clean-texts.form.ts';
import { createDraft } from './drafts.actions.ts';
import { errorsFor } from './edit-form.ts';
import {
  chapterErrorsAsSent,
  chapterValuesOfJson,
  madeChapterJson,
  madeWorkJson,
  newChapterJson,
  newWorkJson,
  valuesOfJson,
  workErrorsAsSent,
} from './new-work-json.ts';
import { newWorkFrom } from './new-work.form.ts';
import { postWork } from './posting.actions.ts';
import { mayChangeWork } from './visibility.ts';
import { findWork } from './work.queries.ts';
import { workPath } from './work.ts';
import { writeChapter } from './writing.actions.ts';
import { chapterErrorsFor, chapterLengthErrors, dayTyped } from './writing-form.ts';

const KEY_CHARACTERS = 255;
const NO_WORK = 'There is no such work for you to write in.';

type Refused = { refusal: 'fields'; errors: Record<string, string> } | { refusal: 'not-found' };

export function worksApi(web: Hono<ArchiveEnv>, ground: Ground): void {
  const { db, cleaner, now } = ground;

  web.post(
    '/api/v1/works',
    describeRoute({
      operationId: 'makeWork',
      summary: 'Make a work with its first chapter, as a draft or posted',
      ...described(newWorkJson, madeWorkJson),
    }),
    async (c) => {
      const asked = await readRequest(c, newWorkJson);
      if (asked instanceof Response) return asked;
      const { token, body } = asked;
      const said = valuesOfJson(body);
      if ('errors' in said) return refuseFields(c, said.errors);
      const read = await newWorkFrom(ground, token.viewer, said.values, body.post);
      if ('errors' in read) return refuseFields(c, workErrorsAsSent(read.errors));
      const { title } = said.values;
      return answerOnce(c, asked, async (tx) => {
        const made = await createDraft(tx, now(), read.work);
        const posted = body.post ? await postWork(tx, now(), token.viewer, made.publicId) : made;
        if ('refusal' in posted) {
          if (posted.refusal === 'not-found') return { refusal: 'not-found' };
          return { refusal: 'fields', errors: workErrorsAsSent(errorsFor(posted)) };
        }
        const { publicId } = made;
        const url = c.var.site.origin + workPath({ publicId, title });
        return { id: publicId, url, state: body.post ? 'posted' : 'draft' } satisfies z.infer<typeof madeWorkJson>;
      });
    },
  );

  web.post(
    '/api/v1/works/:id/chapters',
    describeRoute({
      operationId: 'makeChapter',
      summary: 'Add a chapter at the end of a work of yours',
      description: 'Only a posted work can have its chapter posted; those of a draft are posted with it.',
      ...described(newChapterJson, madeChapterJson, true),
    }),
    async (c) => {
      const asked = await readRequest(c, newChapterJson);
      if (asked instanceof Response) return asked;
      const { token, body } = asked;
      const { viewer } = token;
      const work = await findWork(db.reads, viewer, c.req.param('id'));
      if (!work || !mayChangeWork(viewer, work)) return problem(c, 404, 'not-found', NO_WORK);
      const dated = dayTyped(body.postedOn, now());
      if ('errors' in dated) return refuseFields(c, chapterErrorsAsSent(dated.errors));
      const chapter = await cleanChapter(cleaner, chapterValuesOfJson(body), dated.day);
      if (!chapter) return refuseFields(c, { text: 'This text could not be read.' });
      const errors = chapterErrorsAsSent(chapterLengthErrors(chapter, null));
      if (chapter.text.html === '' && (body.post || chapter.title === ''))
        errors['text'] ??= body.post ? 'A posted chapter needs a text.' : 'Give it a title or a text.';
      if (Object.keys(errors).length > 0) return refuseFields(c, errors);
      return answerOnce(c, asked, async (tx) => {
        const made = await writeChapter(tx, now(), viewer, work.publicId, chapter);
        const settled =
          'refusal' in made || !body.post
            ? made
            : await postChapter(tx, now(), viewer, work.publicId, made.chapter, { silently: body.silently });
        if ('refusal' in settled) {
          if (settled.refusal === 'not-found') return { refusal: 'not-found' };
          const { text } = chapterErrorsFor(settled);
          return { refusal: 'fields', errors: { post: text ?? '' } };
        }
        const url = `${c.var.site.origin}/works/${work.publicId}/chapters/${settled.chapter}`;
        const state = body.post ? 'posted' : 'draft';
        return { id: settled.chapter, work: work.publicId, url, state } satisfies z.infer<typeof madeChapterJson>;
      });
    },
  );

  /** Makes something in a transaction, once: a request with the same key is answered as before. */
  async function answerOnce(
    c: ArchiveContext,
    { token, key, raw }: Asked<unknown>,
    make: (tx: Tx) => Promise<{ id: string; url: string } | Refused>,
  ): Promise<Response> {
    const keyed = { tokenId: token.id, key: key ?? '', asked: `${c.req.method} ${c.req.path}\n${raw}` };
    const made = await db.writeUnlessRefused(async (tx) => {
      const before = key === null ? null : await answeredBefore(tx, now(), keyed);
      if (before) return before;
      const fresh = await make(tx);
      if ('refusal' in fresh) return fresh;
      const answer = JSON.stringify(fresh);
      if (key !== null) await keepAnswer(tx, now(), keyed, answer);
      return { answer };
    });
    if ('refusal' in made) {
      if (made.refusal === 'fields') return refuseFields(c, made.errors);
      if (made.refusal === 'not-found') return problem(c, 404, 'not-found', NO_WORK);
      return problem(c, 422, 'key-reused', 'This Idempotency-Key was sent with something else before.');
    }
    return c.body(made.answer, 201, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  }
}

interface Asked<Body> {
  token: LiveToken;
  body: Body;
  /** As it was sent. */
  raw: string;
  key: string | null;
}

/** Reads a request that makes something: its token, its key, its body. @returns them, or the answer that refuses it. */
async function readRequest<Shape extends z.ZodType>(
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
  const said = parsed(raw);
  if (said === undefined) return problem(c, 400, 'not-json', 'This is not JSON that can be read.');
  const read = shape.safeParse(said);
  if (read.success) return { token, body: read.data, raw, key };
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

function refuseFields(c: ArchiveContext, errors: Record<string, string>): Response {
  return problem(c, 422, 'fields', 'Nothing was made: some of this cannot stand.', { errors });
}

/** What the two have in common in `openapi.json`. */
function described(body: z.ZodType, made: z.ZodType, ofWork = false) {
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
      201: { description: 'It is made', content: { 'application/json': { schema: resolver(made) } } },
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
