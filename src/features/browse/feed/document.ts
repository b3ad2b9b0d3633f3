/**
 * A work's document for the index, from its row and what its tags mean. An anonymous work's document names no creator
 * and no series, whatever it is given. Pure.
 */
import { isComplete, type IndexRow } from '../../works/index.ts';
import { codeTermId, LENGTHS, TRAITS, type ConceptKind, type Term, type TermKind } from '../browse-query.ts';
import { AUDIENCE_BITS, type IndexDocument } from '../engine/index-document.ts';
import { titleKey } from '../title-key.ts';
import type { ConceptMap } from './concepts.ts';

/** The code of the term `status` for works that are complete, in place of the one their creators chose. */
export const COMPLETE_STATUS = 'complete';

/** Makes one document. @see documentMaker for many. */
export function documentOf(row: IndexRow, seriesIds: readonly number[], concepts: ConceptMap): IndexDocument {
  return documentMaker(concepts)(row, seriesIds);
}

export type DocumentMaker = (row: IndexRow, seriesIds: readonly number[]) => IndexDocument;

/**
 * Makes documents that share the terms they have in common, which saves most of the memory of a walk. What the map is
 * told later counts for documents made later.
 */
export function documentMaker(concepts: ConceptMap): DocumentMaker {
  const { termsOf, mainTerms, term, codeTerm } = sharedTerms(concepts);
  return (row, seriesIds) => {
    const known = row.anonymous ? [] : row.creators;
    const own = ownTags(row.tagIds, concepts);
    const found = termsOf(row.tagIds);
    if (own.firstRelationship !== null) found.push(...mainTerms(own.firstRelationship));
    const complete = isComplete(row);
    if (complete) found.push(term('trait', TRAITS.complete));
    if (complete && row.postedChapters === 1) found.push(term('trait', TRAITS.oneshot));
    if (isCrossover(concepts, own.fandoms)) found.push(term('trait', TRAITS.crossover));
    found.push(term('length', stepOf(row.words)));
    const postedAt = row.postedAt ?? row.updatedAt;
    found.push(term('year', new Date(postedAt).getUTCFullYear()));
    if (row.language !== null) found.push(codeTerm('language', row.language));
    found.push(codeTerm('status', complete ? COMPLETE_STATUS : row.status));
    for (const creator of known) found.push({ kind: creator.kind, id: creator.id });
    if (!row.anonymous) for (const id of seriesIds) found.push({ kind: 'series', id });
    return {
      id: row.id,
      audiences: (row.listedGuest ? AUDIENCE_BITS.guest : 0) + (row.listedAccount ? AUDIENCE_BITS.account : 0),
      terms: found,
      postedAt,
      updatedAt: row.updatedAt,
      words: row.words,
      chapters: row.postedChapters,
      kudos: row.kudos,
      comments: row.comments,
      bookmarks: row.bookmarks,
      hits: row.hits,
      counts: own.counts,
      titleKey: titleKey(row.title),
      creatorKey: known[0]?.nameKey ?? '',
    };
  };
}

/** The step of LENGTHS that so many words stand in. */
function stepOf(words: number): number {
  const above = LENGTHS.findIndex((end) => end > words);
  return 1 + (above < 0 ? LENGTHS.length : above);
}

/** Under which figure the tags of a kind are counted. */
const COUNTED: Partial<Record<ConceptKind, keyof IndexDocument['counts']>> = {
  fandom: 'fandoms',
  relationship: 'relationships',
  character: 'characters',
  freeform: 'tags',
};

/** What is asked of the tags that stand on the work itself. */
function ownTags(tagIds: readonly number[], concepts: ConceptMap) {
  const fandoms: number[] = [];
  const counts = { fandoms: 0, relationships: 0, characters: 0, tags: 0 };
  let firstRelationship: number | null = null;
  for (const id of tagIds) {
    const kind = concepts.kindOf(id);
    const counted = kind === null ? undefined : COUNTED[kind];
    if (counted) counts[counted] += 1;
    if (kind === 'fandom') fandoms.push(id);
    if (kind === 'relationship') firstRelationship ??= id;
  }
  return { fandoms, counts, firstRelationship };
}

/** One object for each term, made when it is met first. Kept by number: a key made of text costs more than the term. */
function sharedTerms(concepts: ConceptMap) {
  const byConcept: Term[] = [];
  const others = new Map<TermKind, Map<number, Term>>();
  const codes = new Map<string, number>();
  const term = (kind: TermKind, id: number) => {
    let terms = others.get(kind);
    if (!terms) others.set(kind, (terms = new Map<number, Term>()));
    let made = terms.get(id);
    if (!made) terms.set(id, (made = { kind, id }));
    return made;
  };
  const termOf = (concept: number) => {
    const kind = concepts.kindOf(concept);
    return kind === null ? null : (byConcept[concept] = { kind, id: concept });
  };
  return {
    term,
    termsOf: (tagIds: readonly number[]): Term[] => {
      const terms: Term[] = [];
      for (const concept of concepts.closure(tagIds)) {
        const made = byConcept[concept] ?? termOf(concept);
        if (made) terms.push(made);
      }
      return terms;
    },
    mainTerms: (tagId: number): Term[] => concepts.closure([tagId]).map((concept) => term('main', concept)),
    codeTerm: (kind: 'language' | 'status', code: string): Term => {
      let id = codes.get(code);
      if (id === undefined) codes.set(code, (id = codeTermId(code)));
      return term(kind, id);
    },
  };
}

/** Whether fandoms, joined where their concepts or metatags are the same, fall into two groups or more. */
export function isCrossover(concepts: ConceptMap, fandoms: readonly number[]): boolean {
  if (fandoms.length < 2) return false;
  let groups: Set<number>[] = [];
  for (const fandom of fandoms) {
    const group = new Set(concepts.closure([fandom]));
    const apart: Set<number>[] = [];
    for (const other of groups) {
      if ([...other].some((concept) => group.has(concept))) for (const concept of other) group.add(concept);
      else apart.push(other);
    }
    groups = [...apart, group];
  }
  return groups.length > 1;
}
