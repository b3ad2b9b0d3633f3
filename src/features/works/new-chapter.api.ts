/** Chapters made by programs, with a token: by the rules of the form for a chapter. */
import type { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import type { z } from 'zod';
import type { Ground } from '../../platform/ground.ts';
import { problem } from '../../platform/http/problem.ts';
import type { ArchiveEnv } from '../accounts/index.ts';
import { postChapter } from './chapter-posting.actions.ts';
import { chapterErrorsAsSent, chapterValuesOfJson, madeChapterJson, newChapterJson } from './new-chapter-json.ts';
import { chapterFrom } from './new-chapter.form.ts';
import { answerOnce, described, NO_WORK, readRequest, refuseFields } from './programs.web.ts';
import { mayChangeWork } from './visibility.ts';
import { findWork } from './work.queries.ts';
import { writeChapter } from './writing.actions.ts';
import { chapterErrorsFor } from './writing-form.ts';

export function newChapterApi(web: Hono<ArchiveEnv>, ground: Ground): void {
  const { db, now } = ground;

  web.post(
    '/api/v1/works/:id/chapters',
    describeRoute({
      operationId: 'makeChapter',
      summary: 'Add a chapter at the end of a work of yours',
      description: 'Only a posted work can have its chapter posted; those of a draft are posted with it.',
      ...described(newChapterJson, madeChapterJson, true),
    }),
    async (c) => {
      const asked = await readRequest(ground, c, newChapterJson);
      if (asked instanceof Response) return asked;
      const { token, body } = asked;
      const { viewer } = token;
      const work = await findWork(db.reads, viewer, c.req.param('id'));
      if (!work || !mayChangeWork(viewer, work)) return problem(c, 404, 'not-found', NO_WORK);
      const { chapter, errors: wrong } = await chapterFrom(ground, chapterValuesOfJson(body), null);
      const errors = chapterErrorsAsSent(wrong);
      if (!chapter) return refuseFields(c, errors);
      if (Object.keys(errors).length > 0) return refuseFields(c, errors);
      return answerOnce(ground, c, asked, async (tx) => {
        const made = await writeChapter(tx, now(), viewer, work.publicId, chapter);
        const settled =
          'refusal' in made || !body.post
            ? made
            : await postChapter(tx, now(), viewer, work.publicId, made.chapter, { silently: body.silently });
        if ('refusal' in settled) {
          if (settled.refusal === 'not-found') return { refusal: 'not-found' };
          const { text = '' } = chapterErrorsFor(settled);
          const field = settled.refusal === 'incomplete' ? 'text' : 'post';
          return { refusal: 'fields', errors: { [field]: text } };
        }
        const url = `${c.var.site.origin}/works/${work.publicId}/chapters/${settled.chapter}`;
        const state = body.post ? 'posted' : 'draft';
        return { id: settled.chapter, work: work.publicId, url, state } satisfies z.infer<typeof madeChapterJson>;
      });
    },
  );
}
