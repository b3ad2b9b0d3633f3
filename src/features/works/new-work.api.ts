/** Works made by programs, with a token: by the rules of the form for a new work. What is refused says why, field by field. */
import type { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import type { z } from 'zod';
import type { Handle } from '../../platform/db/tables.ts';
import type { Ground } from '../../platform/ground.ts';
import { DEFAULT_PREFERENCES, preferencesOf, type ArchiveEnv, type Viewer } from '../accounts/index.ts';
import { askPeople, peopleProblems, type AskingNeeds } from './asking-people.form.ts';
import { formOf } from './autosave.ts';
import { decidingSaid } from './deciding.form.ts';
import { newWorkDefaults } from './deciding.queries.ts';
import { errorsFor } from './edit-form.ts';
import { madeWorkJson } from './new-chapter-json.ts';
import { fieldsOfJson, newWorkJson, workErrorsAsSent, type BegunWork, type NewWorkJson } from './new-work-json.ts';
import { makeWork, type MakingRefusal } from './new-work.actions.ts';
import { newWorkFrom } from './new-work.form.ts';
import { answerOnce, described, readRequest, refuseFields, type Refused } from './programs.web.ts';
import type { SeriesNeeds } from './series-needs.form.ts';
import { signingPseuds } from './signing.queries.ts';
import type { SkinNeeds } from './skin-needs.form.ts';
import { workPath } from './work.ts';
import { readNewWork } from './writing-form.ts';

/** What making works by programs needs of the features above, which the forms need too. */
export interface NewWorkNeeds extends AskingNeeds {
  skins: Pick<SkinNeeds, 'wear'>;
  series: Pick<SeriesNeeds, 'mistake' | 'place'>;
}

export function newWorkApi(web: Hono<ArchiveEnv>, ground: Ground, needs: NewWorkNeeds): void {
  const { db, now } = ground;

  web.post(
    '/api/v1/works',
    describeRoute({
      operationId: 'makeWork',
      summary: 'Make a work with its first chapter, as a draft or posted',
      ...described(newWorkJson, madeWorkJson),
    }),
    async (c) => {
      const asked = await readRequest(ground, c, newWorkJson);
      if (asked instanceof Response) return asked;
      const { token, body } = asked;
      const { viewer } = token;
      const said = fieldsOfJson(body, await begunBy(db.reads, viewer));
      const form = formOf(said.fields);
      const values = readNewWork(form);
      const read = await newWorkFrom(ground, viewer, values, body.post, said.around);
      const misplaced = needs.series.mistake(form);
      const errors = {
        ...('errors' in read ? workErrorsAsSent(read.errors) : {}),
        ...(misplaced ? { [misplaced.name]: misplaced.text } : {}),
        ...said.errors,
      };
      if ('errors' in read || Object.keys(errors).length > 0) return refuseFields(c, errors);
      const asking = await peopleProblems(needs, viewer, body);
      if (Object.keys(asking).length > 0) return refuseFields(c, asking);
      const decided = await decidingSaid(db.reads, viewer, form);
      const beside = { slip: null, skin: form.one('skin'), decided, form, post: body.post };
      return answerOnce(ground, c, asked, async (tx) => {
        const made = await makeWork(tx, now(), viewer, read.work, beside, needs);
        if ('refusal' in made) return refusedWork(made, body);
        if (!made.isWorn) return { refusal: 'fields', errors: { skin: 'There is no such skin of yours.' } };
        const { publicId } = made;
        const refused = await askPeople(tx, now(), needs, viewer, publicId, body);
        if (Object.keys(refused).length > 0) return { refusal: 'fields', errors: refused };
        const url = c.var.site.origin + workPath({ publicId, title: values.title });
        return { id: publicId, url, state: body.post ? 'posted' : 'draft' } satisfies z.infer<typeof madeWorkJson>;
      });
    },
  );
}

/** What a new work of an account begins with, as the form for one does. */
async function begunBy(handle: Handle, viewer: Viewer): Promise<BegunWork> {
  const own = await signingPseuds(handle, viewer);
  const chosen = viewer.accountId === null ? DEFAULT_PREFERENCES : await preferencesOf(handle, viewer.accountId);
  const decided = await newWorkDefaults(handle, viewer);
  return { pseuds: own.map((one) => one.publicId), decided, writing: chosen.writing };
}

function refusedWork(refused: MakingRefusal, { series }: NewWorkJson): Refused {
  // Nothing was typed on a sheet here that could have been saved before.
  if (refused.refusal === 'not-found' || refused.refusal === 'saved-before') return { refusal: 'not-found' };
  if (refused.refusal === 'misplaced')
    return { refusal: 'fields', errors: { [series === '' ? 'newSeries' : 'series']: refused.text } };
  return { refusal: 'fields', errors: workErrorsAsSent(errorsFor(refused)) };
}
