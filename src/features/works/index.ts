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
export {
  chapterCounts,
  chapterTexts,
  countSamples,
  countWords,
  deletedWorks,
  findCreator,
  findWork,
  isTagInUse,
  ownWorks,
  tagsInUse,
  workCards,
  worksForIndex,
  type CreatorPageOf,
  type IndexedWork,
} from './queries.ts';
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
export { concealedSince } from './concealed.queries.ts';
export { tagsOffered } from './tags-offered.queries.ts';
export { listedChapters, type ListedChapter } from './listed-chapters.queries.ts';
export { listedStandings, type ListedStanding } from './listed-standing.queries.ts';
export { errorsFor, readChanges, valuesOf, type EditErrors } from './edit-form.ts';
export type { EditWorkValues } from './pages/EditWorkPage.tsx';
export { fieldFromNames, namesFromField } from './tag-fields.ts';
export { chaptersAt, currentChapters, type ChapterRevision } from './chapters.queries.ts';
export { changeChapters, type ChapterChanges, type ChapterInPlace } from './chapters.actions.ts';
export {
  createDraft,
  deleteWork,
  editWork,
  eraseWorkRows,
  isPastUndo,
  postWork,
  restoreWork,
  restrictPostedWorks,
  ruleAgainst,
  sampleWorks,
  worksPastUndo,
  type InsertedWork,
  type NewChapter,
  type NewCreator,
  type NewWork,
  type WorkChanges,
} from './actions.ts';
