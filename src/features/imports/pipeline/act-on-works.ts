/** What a person does in a review, kept: with one work, or with all of an import that ask the same. */
import type { Ground } from '../../../platform/ground.ts';
import type { Viewer } from '../../accounts/index.ts';
import { findWork, mayChangeWork, type WorkWhole } from '../../works/index.ts';
import type { ReviewAct } from '../guesses.ts';
import { keepReview } from '../review.actions.ts';
import { importOfWork, rescuesOf, type KeptRescue } from '../review.queries.ts';
import { standingWorks } from '../runs.queries.ts';
import { reviewed } from './review.ts';

/** Does one thing with a rescued text and keeps it. @returns null, or one sentence why it was not done. */
export async function actOnWork(
  ground: Ground,
  viewer: Viewer & { accountId: number },
  work: WorkWhole,
  kept: KeptRescue,
  act: ReviewAct,
): Promise<string | null> {
  const made = await reviewed(ground, work, kept, [act]);
  if ('problem' in made) return made.problem;
  const answer = await ground.db.writeUnlessRefused(
    async (tx) => (await keepReview(tx, ground.now(), viewer, work, made)) ?? {},
  );
  return 'refusal' in answer ? 'This text was changed meanwhile. Look at it as it is now.' : null;
}

/** Answers the open guesses of a kind in the other works of an import. @returns in how many it did. */
export async function inOtherFiles(
  ground: Ground,
  viewer: Viewer & { accountId: number },
  work: WorkWhole,
  act: ReviewAct,
): Promise<number> {
  const handle = ground.db.reads;
  const run = await importOfWork(handle, viewer, work.id);
  let done = 0;
  for (const other of run ? await standingWorks(handle, run.id) : []) {
    if (other.id === work.id || other.guesses === 0) continue;
    const whole = await findWork(handle, viewer, other.publicId);
    if (!whole || !mayChangeWork(viewer, whole)) continue;
    let any = false;
    for (const kept of await rescuesOf(handle, whole)) {
      const fresh = await findWork(handle, viewer, other.publicId);
      if (fresh && (await actOnWork(ground, viewer, fresh, kept, act)) === null) any = true;
    }
    if (any) done += 1;
  }
  return done;
}
