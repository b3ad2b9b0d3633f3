/** What was typed into the search box and how it was understood, with other readings of the same words. */
import { KIND_LABELS } from '../tags/index.ts';
import { withLeaf, withoutName } from './filter/changes.ts';
import { conjunction, conjuncts } from './filter/expressions.ts';
import { printQ } from './filter/print-q.ts';
import type { Expression, WorkFilter } from './filter/work-filter.ts';
import { listHref } from './list-address.ts';
import { ASKED } from './list-request.ts';
import { KIND_OF_FIELD } from './names-met.queries.ts';
import type { SearchedView } from './pages/filtered-list-view.ts';
import type { NamedPhrase } from './search-box.queries.ts';

type Name = NamedPhrase['names'][number];

/**
 * @param filter as it is now: a phrase is told by what it is in it, and left out when a person has taken it away.
 * @param named what the words could be, none where they cannot be read.
 */
export function searchedView(text: string, filter: WorkFilter, named: readonly NamedPhrase[]): SearchedView {
  const parts: SearchedView['understood'][number][] = [];
  for (const phrase of named) {
    const now = phrase.names.find((name) => holds(filter, phrase, name));
    if (!now && !hasWords(filter, phrase.words)) continue;
    const asName = phrase.names
      .filter((name) => name !== now)
      .map((name) => ({
        label: `As ${said(name)}`,
        to: asNamed(bare(filter, phrase, now), phrase, name),
      }));
    const asWords = { label: 'Look for the words instead', to: withWords(bare(filter, phrase, now), phrase.words) };
    const words = `“${phrase.phrase.text}”`;
    const as = `${phrase.phrase.negated ? 'without ' : ''}${now ? said(now) : 'words to look for'}`;
    // What was typed twice is told once.
    if (parts.some((part) => part.words === words && part.as === as)) continue;
    parts.push({
      words,
      as,
      instead: [...asName, ...(now ? [asWords] : [])].map(({ label, to }) => ({ label, href: withAsked(to, text) })),
    });
  }
  const asNames = new Set(named.flatMap(({ words }) => words.map(printQ)));
  const rest = conjuncts(filter.q).filter((part) => !asNames.has(printQ(part)));
  if (rest.length > 0) {
    const where = filter.inText
      ? 'titles, bylines, tags, summaries, notes and the stories'
      : 'titles, bylines, tags, summaries and notes';
    const words = conjunction(rest);
    if (words) parts.push({ words: printQ(words), as: `looked for in ${where}`, instead: [] });
  }
  return { text, understood: parts };
}

/** The address of a list that the search box made. */
export function withAsked(filter: WorkFilter, text: string): string {
  const href = listHref('/works', filter);
  return `${href}${href.includes('?') ? '&' : '?'}${new URLSearchParams({ [ASKED]: text }).toString()}`;
}

/** "the fandom Dracula", "the characters Kate and Anne" */
function said({ field, names }: Name): string {
  const kind = KIND_LABELS[KIND_OF_FIELD[field]].toLowerCase();
  return `the ${kind}${names.length > 1 ? 's' : ''} ${names.join(' and ')}`;
}

const sideOf = ({ phrase }: NamedPhrase) => (phrase.negated ? ('exclude' as const) : ('include' as const));

function holds(filter: WorkFilter, phrase: NamedPhrase, name: Name): boolean {
  const there = filter[sideOf(phrase)].flatMap((leaf) =>
    leaf.field === name.field && 'names' in leaf ? leaf.names : [],
  );
  return name.names.every((one) => there.includes(one));
}

function hasWords(filter: WorkFilter, words: readonly Expression[]): boolean {
  const there = new Set(conjuncts(filter.q).map(printQ));
  return words.length > 0 && words.every((part) => there.has(printQ(part)));
}

/** The filter without what the phrase is in it now. */
function bare(filter: WorkFilter, phrase: NamedPhrase, now: Name | undefined): WorkFilter {
  if (now) return now.names.reduce((rest, one) => withoutName(rest, now.field, one, sideOf(phrase)), filter);
  const gone = new Set(phrase.words.map(printQ));
  return { ...filter, q: conjunction(conjuncts(filter.q).filter((part) => !gone.has(printQ(part)))), page: 1 };
}

function asNamed(filter: WorkFilter, phrase: NamedPhrase, name: Name): WorkFilter {
  return name.names.reduce((so, one) => withLeaf(so, { field: name.field, names: [one] }, sideOf(phrase)), filter);
}

function withWords(filter: WorkFilter, words: readonly Expression[]): WorkFilter {
  return { ...filter, q: conjunction([...conjuncts(filter.q), ...words]), page: 1 };
}
