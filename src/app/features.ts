/** Every feature, low to high, with what each needs handed to it. */
import type { Feature } from '../platform/feature.ts';
import { pruneEvents } from '../platform/events/log.ts';
import type { Ground } from '../platform/ground.ts';
import { forgetDoneJobs } from '../platform/jobs/queue.ts';
import { namesTried, openDoor, type ArchiveEnv, type PasswordCost } from '../features/accounts/index.ts';
import { accountsFeature, askToSignInAgain } from '../features/accounts/feature.ts';
import { browseFeature } from '../features/browse/feature.ts';
import { keptFinder, type Finder } from '../features/browse/index.ts';
import { giftsFeature } from '../features/gifts/feature.ts';
import { countGiven, giftsPath, giveNamed, recipientProblem } from '../features/gifts/index.ts';
import { hostingFeature } from '../features/hosting/feature.ts';
import { importsFeature } from '../features/imports/feature.ts';
import { cameByImport, originalsOf, rememberRemoval, startParagraphFinder } from '../features/imports/index.ts';
import { leavingFeature } from '../features/leaving/feature.ts';
import { moderationFeature } from '../features/moderation/feature.ts';
import { isPseudHeld } from '../features/moderation/index.ts';
import { readingFeature } from '../features/reading/feature.ts';
import { previewWork } from '../features/reading/index.ts';
import { relatedWorksFeature } from '../features/related-works/feature.ts';
import {
  placeManyTyped,
  placeTyped,
  seriesFeature,
  seriesFieldFor,
  seriesMistake,
} from '../features/series/feature.ts';
import { skinsFeature } from '../features/skins/feature.ts';
import { sheetAddress, sheetToPreview, skinFieldFor, wearTyped } from '../features/skins/index.ts';
import { languages } from '../features/tags/index.ts';
import { resumeWriting, worksFeature } from '../features/works/feature.ts';
import {
  countSigned,
  findCreator,
  handOverWorks,
  isPastUndo,
  sampleWorks,
  worksPastUndo,
} from '../features/works/index.ts';
import { eraseAccount, eraseWork, eraseWorkIn } from './erase.ts';
import { noteErased } from './erased.ts';
import { takeOut } from './take-out.ts';
import { stillWaits } from './waiting.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const ERASE_PIECE = 20;

/**
 * @param finder what finds works for lists; one that keeps the index in threads, once it is started, when not said.
 * @param passwordCost what hashes of passwords cost; for tests, which make many.
 */
export function archiveFeatures(
  ground: Ground,
  finder: Finder = keptFinder(ground),
  passwordCost?: PasswordCost,
): Feature<ArchiveEnv>[] {
  const paragraphs = startParagraphFinder();
  const door = openDoor(ground, passwordCost);
  const givingTried = namesTried();
  const features: Feature<ArchiveEnv>[] = [
    housekeeping(() => features),
    accountsFeature(
      {
        resume: (...carried) => resumeWriting(ground, ...carried),
        preferences: { workLanguages: languages },
        works: { count: countSigned, handOver: handOverWorks },
        isShown: async (handle, viewer, pseud) =>
          (await findCreator(handle, viewer, pseud.publicId)) !== null &&
          !(await isPseudHeld(handle, pseud.id, ground.now())),
        stillWaits,
      },
      door,
    ),
    worksFeature({
      removals: { isImported: cameByImport, remember: rememberRemoval },
      preview: previewWork,
      askToSignInAgain,
      noteErased: () => noteErased(ground),
      findParagraphs: (html, language) => paragraphs.find(html, language),
      doneElsewhere: [{ action: '/account/orphaning', label: 'Orphan them' }],
      giving: { problem: (viewer, to) => recipientProblem(givingTried, viewer, to), give: giveNamed },
      series: { field: seriesFieldFor, mistake: seriesMistake, place: placeTyped, placeMany: placeManyTyped },
      skins: { field: skinFieldFor, sheetOfChoice: sheetToPreview, sheetOfWork: sheetAddress, wear: wearTyped },
    }),
    seriesFeature,
    skinsFeature(),
    moderationFeature,
    browseFeature({
      finder,
      giftsTo: async (handle, viewer, pseud) => ({
        href: giftsPath(pseud),
        works: await countGiven(handle, viewer, pseud.publicId),
      }),
    }),
    giftsFeature(givingTried),
    relatedWorksFeature,
    importsFeature(ground, {
      index: finder.index,
      paragraphs,
      eraseIn: async (tx, now, workId) => void (await eraseWorkIn(tx, now, features, workId)),
    }),
    // Before reading, whose addresses of works take in every other.
    leavingFeature({
      door,
      eraseWork: (workId, stillMeant) => eraseWork(ground, features, workId, stillMeant),
      eraseAccount: (accountId, stillMeant) => eraseAccount(ground, features, accountId, stillMeant),
      noteErased: () => noteErased(ground),
      takeOut: (accountId) => takeOut(ground, features, accountId),
    }),
    readingFeature({ hasOriginal: async (handle, work) => (await originalsOf(handle, work)).length > 0 }),
    hostingFeature({ removeSamples: () => removeSamples(ground, features) }),
  ];
  return features;
}

async function removeSamples(ground: Ground, features: readonly Feature<ArchiveEnv>[]): Promise<number> {
  let removed = 0;
  for (;;) {
    const ids = await sampleWorks(ground.db.reads, ERASE_PIECE);
    if (ids.length === 0) return removed;
    for (const id of ids) await eraseWork(ground, features, id);
    removed += ids.length;
  }
}

/** What the app does by the clock for all features. */
function housekeeping(features: () => readonly Feature<ArchiveEnv>[]): Feature<ArchiveEnv> {
  return {
    name: 'housekeeping',
    jobs: (ground) => [
      {
        kind: 'erase-deleted-works',
        every: DAY_MS / 4,
        run: async () => {
          for (;;) {
            const ids = await worksPastUndo(ground.db.reads, ground.now(), ERASE_PIECE);
            if (ids.length === 0) return;
            for (const id of ids) {
              await eraseWork(ground, features(), id, (tx) => isPastUndo(tx, ground.now(), id));
            }
          }
        },
      },
      // What others have erased, and what the end of a process kept out of the list.
      { kind: 'note-erased', every: 5 * MINUTE_MS, run: () => noteErased(ground) },
      {
        kind: 'prune-log',
        every: DAY_MS,
        run: () =>
          ground.db.write(async (tx) => {
            await pruneEvents(tx, ground.now());
            await forgetDoneJobs(tx, ground.now() - 7 * DAY_MS);
          }),
      },
    ],
  };
}
