/** The front door of `tags`: kinds and names, the archive's vocabularies, and how tags stand to each other. */
export {
  admissibleTagName,
  FIXED_KINDS,
  FREE_KINDS,
  isTagKind,
  KIND_LABELS,
  nameFromSlug,
  TAG_KINDS,
  tagNameProblem,
  tagPath,
  type FreeKind,
  type Tag,
  type TagKind,
} from './tag.ts';
export type { Language, Term, Vocabulary } from './vocabulary.ts';
export {
  conceptsOf,
  findTag,
  languages,
  ratingsOf,
  tagKey,
  tagRelations,
  tagsById,
  tagsMeantBy,
  tagsNamed,
  vocabulary,
  type TagRelations,
} from './queries.ts';
export { metatagLinks, synonymsOf, tagsForIndex, type TagForIndex } from './index-tags.queries.ts';
export { ensureTag, ensureTags, forgetTags, linkTags, makeCanonical, makeSynonym } from './actions.ts';
