/**
 * What the names in a filter stand for here. A name that means nothing, and one that stands only on works the viewer may
 * not see, are the same: not known. Everything is looked up in a few questions, however long the filter is.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { nameKey } from '../../platform/db/name-key.ts';
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { findSeries } from '../series/index.ts';
import { tagKey, tagsById, tagsNamed, type Tag, type TagKind, type Term as Word } from '../tags/index.ts';
import { findCreator, tagsInUse } from '../works/index.ts';
import { codeTermId, type Term } from './browse-query.ts';
import { typewritten } from './filter/choices.ts';
import type { Leaf, NameField } from './filter/work-filter.ts';
import type { Words } from './queries.ts';

/** What a name, a code or a public id in a filter stands for. */
export interface Met {
  term: Term;
  /** As pages write it: the canonical tag's name, the label of a rating, a creator's name. */
  label: string;
}

/** Answers what a leaf's name stands for; null when it is not known to this viewer. */
export type NamesMet = (field: Leaf['field'], name: string) => Met | null;

/** The kind of tag whose names a parameter takes. */
export const KIND_OF_FIELD = {
  fandom: 'fandom',
  relationship: 'relationship',
  character: 'character',
  tag: 'freeform',
  category: 'category',
  warning: 'warning',
  main: 'relationship',
} as const satisfies Record<NameField, TagKind>;

/** Looks up all names of the leaves. `words`: the archive's vocabularies and languages. */
export async function namesMet(
  handle: Handle,
  viewer: Viewer,
  leaves: readonly Leaf[],
  words: Words,
): Promise<NamesMet> {
  const asked = new Map<string, { kind: TagKind; name: string }>();
  const ids = { creator: new Set<string>(), series: new Set<string>() };
  const ask = (kind: TagKind, name: string) => {
    for (const one of [name, typewritten(name)]) asked.set(tagKey({ kind, name: one }), { kind, name: one });
  };
  for (const leaf of leaves) {
    if ('names' in leaf) for (const name of leaf.names) ask(KIND_OF_FIELD[leaf.field], name);
    if (leaf.field === 'rating') for (const name of leaf.values) ask('rating', name);
    if (leaf.field === 'creator' || leaf.field === 'series') for (const id of leaf.ids) ids[leaf.field].add(id);
  }
  const [tags, creators, series] = await Promise.all([
    knownTags(handle, viewer, [...asked.values()]),
    knownCreators(handle, viewer, [...ids.creator]),
    knownSeries(handle, viewer, [...ids.series]),
  ]);
  const tagMet = (field: string, kind: TagKind, name: string): Met | null => {
    const word = termsOf(words).get(kind)?.get(nameKey(name));
    const tag = word?.tag ?? tags.get(tagKey({ kind, name })) ?? tags.get(tagKey({ kind, name: typewritten(name) }));
    if (!tag || kind === 'media') return null;
    return { term: { kind: field === 'main' ? 'main' : kind, id: tag.id }, label: word?.label ?? tag.name };
  };
  return (field, name) => {
    if (field in KIND_OF_FIELD) return tagMet(field, KIND_OF_FIELD[field as NameField], name);
    if (field === 'rating') return tagMet(field, 'rating', name);
    if (field === 'creator') return creators.get(name) ?? null;
    if (field === 'series') return series.get(name) ?? null;
    if (field === 'language') return languageMet(words, name);
    if (field === 'status') return statusMet(words, name);
    // There are no collections yet.
    return null;
  };
}

/** Tags by what was asked for: canonical ones, and those that themselves stand on works of the viewer's lists; each as its concept. */
async function knownTags(
  handle: Handle,
  viewer: Viewer,
  asked: readonly { kind: TagKind; name: string }[],
): Promise<Map<string, Tag>> {
  const found = await tagsNamed(handle, asked);
  const typed = [...found.values()].filter((tag) => !tag.canonical).map((tag) => tag.id);
  const used = await tagsInUse(handle, viewer, typed);
  const canonicals = await tagsById(
    handle,
    [...found.values()].flatMap((tag) => (used.has(tag.id) && tag.synonymOf !== null ? [tag.synonymOf] : [])),
  );
  return new Map(
    [...found].flatMap(([key, tag]) => {
      if (!tag.canonical && !used.has(tag.id)) return [];
      return [[key, (tag.synonymOf === null ? undefined : canonicals.get(tag.synonymOf)) ?? tag] as const];
    }),
  );
}

async function knownCreators(handle: Handle, viewer: Viewer, ids: readonly string[]): Promise<Map<string, Met>> {
  const found = await each(ids, (id) => findCreator(handle, viewer, id));
  return new Map(
    found.flatMap(([id, creator]) =>
      creator ? [[id, { term: { kind: creator.kind, id: creator.id }, label: creator.name }] as const] : [],
    ),
  );
}

/** One after the other, so that hundreds of ids do not hold up everybody else. */
async function each<Found>(ids: readonly string[], find: (id: string) => Promise<Found>) {
  const found: (readonly [id: string, Found])[] = [];
  for (const id of ids) {
    found.push([id, await find(id)]);
    if (found.length % 5 === 0) await breathe();
  }
  return found;
}

async function knownSeries(handle: Handle, viewer: Viewer, ids: readonly string[]): Promise<Map<string, Met>> {
  const found = await each(ids, (id) => findSeries(handle, viewer, id, { offset: 0, limit: 1 }));
  return new Map(
    found.flatMap(([id, page]) =>
      page ? [[id, { term: { kind: 'series', id: page.series.id }, label: page.series.title }] as const] : [],
    ),
  );
}

const termsByWords = new WeakMap<Words, Map<TagKind, Map<string, Word>>>();

/** Made once for the same words. */
function termsOf(words: Words): Map<TagKind, Map<string, Word>> {
  const terms = termsByWords.get(words) ?? vocabularyTerms(words);
  termsByWords.set(words, terms);
  return terms;
}

/** Words of the archive's own vocabularies by everything that a person may call them, for each kind of tag. */
function vocabularyTerms(words: Words): Map<TagKind, Map<string, Word>> {
  const { ratings, warnings, categories } = words.vocabulary;
  const byName = (terms: readonly Word[]) =>
    new Map(
      // The first name that fits wins: its tag's before its label's before its code's before its letter's.
      [
        terms.map((term) => [term.short, term] as const),
        terms.map((term) => [term.code, term] as const),
        terms.map((term) => [term.label, term] as const),
        terms.map((term) => [term.tag?.name ?? '', term] as const),
      ]
        .flat()
        .filter(([name, term]) => name !== '' && name !== '!' && term.tag !== null)
        .map(([name, term]) => [nameKey(name), term] as const),
    );
  return new Map([
    ['rating', byName(ratings)],
    ['warning', byName(warnings)],
    ['category', byName(categories)],
  ]);
}

function languageMet(words: Words, name: string): Met | null {
  const key = nameKey(name);
  const language = [...words.languages.values()].find(({ code, name: own, english }) =>
    [code, own, english].some((one) => nameKey(one) === key),
  );
  return language ? { term: { kind: 'language', id: codeTermId(language.code) }, label: language.name } : null;
}

/** Complete is derived from the chapters, so it is no word of the vocabulary; in lists it is a status like the others. */
export const COMPLETE = { code: 'complete', label: 'Complete' } as const;

function statusMet(words: Words, name: string): Met | null {
  const key = nameKey(name);
  const status = [...words.vocabulary.statuses, COMPLETE].find(({ code, label }) =>
    [code, label].some((one) => nameKey(one) === key),
  );
  return status ? { term: { kind: 'status', id: codeTermId(status.code) }, label: status.label } : null;
}
