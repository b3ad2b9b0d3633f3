/** A work as lists of the API give it. */
import { z } from 'zod';
import { workPath, type WorkCard } from '../works/index.ts';
import { seriesPath } from '../series/index.ts';
import { describeWork } from './blurb-view.ts';
import type { ListedWork, Words } from './queries.ts';

export const htmlJson = z.string().meta({ description: 'Clean HTML; empty when there is none.' });
export const timeJson = z.iso.datetime().nullable();

const creatorJson = z.object({
  name: z.string(),
  kind: z.enum(['pseud', 'imported']).meta({ description: 'An imported name has no account here.' }),
  id: z.string(),
});

export const workCardJson = z
  .object({
    id: z.string(),
    url: z.string(),
    title: z.string(),
    summary: htmlJson,
    creators: z.array(creatorJson).meta({ description: 'In the order of the byline; empty for an anonymous work.' }),
    anonymous: z.boolean(),
    rating: z.string().nullable(),
    warnings: z.array(z.string()),
    categories: z.array(z.string()),
    tags: z.object({
      fandom: z.array(z.string()),
      relationship: z.array(z.string()),
      character: z.array(z.string()),
      freeform: z.array(z.string()),
    }),
    language: z.string().nullable().meta({ description: 'BCP 47' }),
    series: z.array(z.object({ id: z.string(), title: z.string(), position: z.int(), url: z.string() })),
    state: z.enum(['draft', 'scheduled', 'posted']),
    status: z.enum(['complete', 'in-progress', 'on-hiatus', 'discontinued']),
    chaptersPosted: z.int(),
    chaptersPlanned: z.int().nullable(),
    restricted: z.boolean(),
    commentsFrom: z.enum(['all', 'registered', 'nobody']),
    commentsModerated: z.boolean(),
    downloads: z.boolean().meta({ description: 'Whether its creators let readers download it.' }),
    noAi: z.boolean().meta({ description: 'Its creators ask that no AI is trained on it.' }),
    adult: z.boolean(),
    words: z.int(),
    kudos: z.int(),
    comments: z.int(),
    bookmarks: z.int(),
    hits: z.int(),
    dates: z.object({ created: timeJson, posted: timeJson, updated: timeJson }),
  })
  .meta({ id: 'WorkCard' });

export type WorkCardJson = z.infer<typeof workCardJson>;

/** `origin`: what addresses begin with, or '' for paths. */
export function cardToJson({ card, series }: ListedWork, words: Words, origin: string): WorkCardJson {
  const described = describeWork(card, words);
  const names = (links: readonly { name: string }[]) => links.map((link) => link.name);
  return {
    id: card.publicId,
    url: origin + workPath(card),
    title: card.title,
    summary: card.summaryHtml,
    creators: card.creators.map((creator) => ({ name: creator.name, kind: creator.kind, id: creator.publicId })),
    anonymous: card.anonymous,
    rating: described.rating?.name ?? null,
    warnings: names(described.warnings),
    categories: names(described.categories),
    tags: {
      fandom: names(described.fandoms),
      relationship: names(described.relationships),
      character: names(described.characters),
      freeform: names(described.freeforms),
    },
    language: card.language,
    series: series.map((place) => ({
      id: place.series.publicId,
      title: place.series.title,
      position: place.position,
      url: origin + seriesPath(place.series),
    })),
    state: card.state,
    status: described.status,
    chaptersPosted: card.postedChapters,
    chaptersPlanned: card.plannedChapters,
    restricted: card.restricted,
    commentsFrom: card.decisions.commenters,
    commentsModerated: card.decisions.commentsModerated,
    downloads: card.decisions.downloads,
    noAi: card.decisions.noAi,
    adult: card.adult,
    words: card.words,
    kudos: card.kudos,
    comments: card.comments,
    bookmarks: card.bookmarks,
    hits: card.hits,
    dates: datesOf(card),
  };
}

function datesOf(card: WorkCard) {
  return { created: isoTime(card.createdAt), posted: isoTime(card.postedAt), updated: isoTime(card.updatedAt) };
}

/** UTC milliseconds as ISO 8601. */
export function isoTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
