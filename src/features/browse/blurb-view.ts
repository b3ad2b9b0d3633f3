/** From works to what pages show of them: labels of the archive's vocabularies, addresses, byline. Pure. */
import type { BlurbProps, CreatorLink, RatingView, TagLink, WorkStatus } from '../../ui/Blurb.tsx';
import type { Language as LanguageView } from '../../ui/site-view.ts';
import { seriesPath } from '../series/index.ts';
import { tagPath, type TagKind, type Term } from '../tags/index.ts';
import { creatorPath, isComplete, workPath, type WorkCard, type WorkTag } from '../works/index.ts';
import type { ListedWork, Words } from './queries.ts';

/** What every page shows of a work's tags, language and byline. */
export interface WorkDescription {
  language: LanguageView;
  creators: CreatorLink[];
  rating: RatingView | null;
  warnings: TagLink[];
  categories: TagLink[];
  fandoms: TagLink[];
  relationships: TagLink[];
  characters: TagLink[];
  freeforms: TagLink[];
  status: WorkStatus;
}

/** A language as text carries it; `und` for one nobody has named yet. */
export function languageView(code: string | null, words: Words): LanguageView {
  const language = code === null ? undefined : words.languages.get(code);
  return language
    ? { code: language.code, name: language.name, dir: language.direction }
    : { code: 'und', name: 'Language not given', dir: 'ltr' };
}

/** Links of a byline. Nobody for an anonymous work; one name without a link where the source names none. */
export function creatorLinks(card: Pick<WorkCard, 'creators' | 'creatorsConcealed'>): CreatorLink[] {
  if (card.creatorsConcealed) return [];
  if (card.creators.length === 0) return [{ name: 'an unnamed creator', href: '', imported: true }];
  return card.creators.map((creator) => ({
    name: creator.name,
    href: creatorPath(creator),
    imported: creator.kind === 'imported',
  }));
}

export function workStatus(card: WorkCard): WorkStatus {
  if (isComplete(card)) return 'complete';
  return card.status === 'on-hiatus' || card.status === 'discontinued' ? card.status : 'in-progress';
}

function links(tags: readonly WorkTag[], kind: TagKind): TagLink[] {
  return tags.filter((tag) => tag.kind === kind).map((tag) => ({ name: tag.name, href: tagPath(tag) }));
}

/** Tags of a fixed kind, with the label that the host gave them. */
function labelled(tags: readonly WorkTag[], kind: TagKind, terms: readonly Term[]): TagLink[] {
  return tags
    .filter((tag) => tag.kind === kind)
    .map((tag) => ({ name: terms.find((term) => term.tag?.id === tag.id)?.label ?? tag.name, href: tagPath(tag) }));
}

function ratingView(tags: readonly WorkTag[], ratings: readonly Term[]): RatingView | null {
  const tag = tags.find((one) => one.kind === 'rating');
  const term = ratings.find((rating) => rating.tag?.id === tag?.id);
  return tag ? { name: term?.label ?? tag.name, short: term?.short ?? '', href: tagPath(tag) } : null;
}

export function describeWork(card: WorkCard, words: Words): WorkDescription {
  const { ratings, warnings, categories } = words.vocabulary;
  return {
    language: languageView(card.language, words),
    creators: creatorLinks(card),
    rating: ratingView(card.tags, ratings),
    warnings: labelled(card.tags, 'warning', warnings),
    categories: labelled(card.tags, 'category', categories),
    fandoms: links(card.tags, 'fandom'),
    relationships: links(card.tags, 'relationship'),
    characters: links(card.tags, 'character'),
    freeforms: links(card.tags, 'freeform'),
    status: workStatus(card),
  };
}

export function blurbView({ card, series }: ListedWork, words: Words): BlurbProps {
  return {
    ...describeWork(card, words),
    id: card.publicId,
    href: workPath(card),
    title: card.title,
    summary: card.summaryHtml === '' ? null : card.summaryHtml,
    chapters: { posted: card.postedChapters, planned: card.plannedChapters },
    words: card.words,
    kudos: card.kudos,
    comments: card.comments,
    bookmarks: card.bookmarks,
    updatedAt: card.state === 'posted' ? card.updatedAt : null,
    series: series.map((place) => ({
      title: place.series.title,
      href: seriesPath(place.series),
      position: place.position,
    })),
    restricted: card.restricted,
    noindex: card.noindex,
    draft: card.state !== 'posted',
    hidden: card.hidden,
  };
}
