/** The front door of `works`: works, chapters, who may see them, and what can be done with them. */
export {
  chapterPath,
  creatorPath,
  entireWorkPath,
  isComplete,
  missingForPosting,
  MISSING_WORDS,
  NO_TEXT,
  overLimits,
  titleSlug,
  workPath,
  type ChapterHead,
  type ChapterWhole,
  type CleanText,
  type Creator,
  type Missing,
  type Notation,
  type WorkCard,
  type WorkRefusal,
  type WorkTag,
  type WorkWhole,
} from './work.ts';
export { mayChangeWork, mayManageWork, type Audience, type Relation } from './visibility.ts';
export { audienceOf, listedWorks, mayKnowCreatorsSql, mayManageSql, relationsTo, visibleWorks } from './visible.ts';
export { workCards } from './cards.queries.ts';
export { workToChange } from './changing.actions.ts';
export { chapterTexts, findWork } from './work.queries.ts';
export { chapterCounts, deletedWorks, ownWorks } from './own.queries.ts';
export { findCreator, type CreatorPageOf } from './creators.queries.ts';
export { countSamples, countWords, isTagInUse, tagsInUse, worksForIndex, type IndexedWork } from './in-use.queries.ts';
export {
  indexRows,
  lastWorkId,
  listedCounters,
  listedIds,
  type IndexRow,
  type IndexRowCreator,
  type ListedBy,
  type WhichRows,
  type WorkCounters,
} from './index-rows.queries.ts';
export {
  countTextWorks,
  pseudsInBylines,
  textChapterHeads,
  textChapters,
  textWorkIds,
  textWorks,
  textWorksNamed,
  type TextChapter,
  type TextChapterHead,
  type TextWork,
} from './text-rows.queries.ts';
export { erasedWorks } from './erased.queries.ts';
export { concealedSince } from './concealed.queries.ts';
export { tagsOffered } from './tags-offered.queries.ts';
export { listedChapters, type ListedChapter } from './listed-chapters.queries.ts';
export { listedStandings, type ListedStanding } from './listed-standing.queries.ts';
export { errorsFor, readChanges, valuesOf, type EditErrors } from './edit-form.ts';
export type { EditWorkValues } from './pages/WorkFields.tsx';
export { fieldFromNames, namesFromField } from './tag-fields.ts';
export { findModeratedWork, type ModeratedWork } from './hiding.queries.ts';
export { hideWork, unhideWork } from './hiding.actions.ts';
export { languageViews } from './form-view.ts';
export { numberTyped } from './typed.ts';
export { orderFrom } from './chapter-order.ts';
export { concealWork, releaseWork, type Concealment } from './concealments.actions.ts';
export type { Commenters, Decisions, NewWorkDefaults } from './deciding.ts';
export { newWorkDefaults } from './deciding.queries.ts';
export { chaptersAt, currentChapters, type ChapterRevision } from './chapters.queries.ts';
export { changeChapters, type ChapterChanges, type ChapterInPlace } from './chapters.actions.ts';
export { createDraft, type InsertedWork, type NewChapter, type NewCreator, type NewWork } from './drafts.actions.ts';
export { postWork, ruleAgainst } from './posting.actions.ts';
export { handOverWorks, signWork } from './signing.actions.ts';
export { countSigned } from './signing.queries.ts';
export { editWork, restrictPostedWorks, type WorkChanges } from './editing.actions.ts';
export { deleteWork, eraseWorkRows, isPastUndo, restoreWork, sampleWorks, worksPastUndo } from './deletion.actions.ts';
export { agreeToErase, eraseRevisionAgain, erasedRevisions, isDeleted } from './erasing.actions.ts';
export { awaitsCreator, letGoOfWork, orphanWork, type OrphaningRefusal } from './orphaning.actions.ts';
export { markAnew, tieOf, tiesCutSince, type HowCut } from './ties.actions.ts';
export { unpostWork } from './unposting.actions.ts';
export { worksOf, type OwnWork } from './leaving.queries.ts';
export { countAskedOf, deletionStanding } from './co-creators.queries.ts';
