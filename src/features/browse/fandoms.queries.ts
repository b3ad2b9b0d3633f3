/**
 * The fandoms of the works in a viewer's lists, as the home page and the list of fandoms show them. The index counts them;
 * while it cannot, the truth says which there are. Kept until something happens, with numbers and ids alone: names are
 * read for each page, and the truth is asked again whether they may be shown.
 */
import type { Handle } from '../../platform/db/tables.ts';
import { logHead } from '../../platform/events/log.ts';
import type { Viewer } from '../accounts/index.ts';
import { conceptsOf, tagsById, type Tag } from '../tags/index.ts';
import { audienceOf, tagsInUse, type Audience } from '../works/index.ts';
import { EVERYTHING } from './browse-query.ts';
import type { CurrentIndex } from './current-index.queries.ts';
import { inPieces } from './plain/in-pieces.ts';

export interface Fandom {
  tag: Tag;
  /** Works of the viewer's lists; null while nothing can be counted. */
  works: number | null;
}

export interface FandomsInUse {
  /** How many there are, and whether their works are counted. */
  total(viewer: Viewer): Promise<{ fandoms: number; counted: boolean }>;
  /** Those with most works; none while nothing is counted. */
  largest(viewer: Viewer, limit: number): Promise<Fandom[]>;
  /** All of them, those with most works first where they are counted. */
  all(viewer: Viewer): Promise<Fandom[]>;
}

interface InUse {
  /** The event up to which this is true. */
  version: number;
  /** Concepts that stand on works: most works first, or in no order where they are not counted. */
  fandoms: readonly { id: number; works: number | null }[];
  counted: boolean;
}

export function fandomsInUse(handle: Handle, index: CurrentIndex): FandomsInUse {
  const remembered = new Map<Audience, InUse>();
  const now = async (viewer: Viewer): Promise<InUse> => {
    const audience = audienceOf(viewer);
    const head = await logHead(handle);
    const known = remembered.get(audience);
    const holds = known !== undefined && known.version >= head;
    if (known?.counted && holds) return known;
    const fresh =
      (await countedBy(handle, index, audience)) ??
      (holds ? known : { version: head, fandoms: await usedNow(handle, viewer), counted: false });
    remembered.set(audience, fresh);
    return fresh;
  };
  return {
    async total(viewer) {
      const { fandoms, counted } = await now(viewer);
      return { fandoms: fandoms.length, counted };
    },
    async largest(viewer, limit) {
      const { fandoms, counted } = await now(viewer);
      // Twice as many as are shown, so that what may not be shown leaves no gap.
      return counted ? (await named(handle, viewer, fandoms.slice(0, 2 * limit))).slice(0, limit) : [];
    },
    async all(viewer) {
      return named(handle, viewer, (await now(viewer)).fandoms);
    },
  };
}

/**
 * Every fandom by the works of an audience that stand under it. They are asked for one by one, not as the top so many:
 * what only one creator uses is offered to nobody, and is a fandom of the archive all the same. Null where the index
 * cannot count.
 */
async function countedBy(handle: Handle, index: CurrentIndex, audience: Audience): Promise<InUse | null> {
  const concepts = await handle
    .selectFrom('tags')
    .select('id')
    .where('kind', '=', 'fandom')
    .where('synonym_of', 'is', null)
    .execute();
  const { version, facets } = await index.search({
    audience,
    where: EVERYTHING,
    hide: null,
    sort: { by: 'updated', reversed: false },
    offset: 0,
    limit: 0,
    facets: { kinds: ['fandom'], top: 0, also: concepts.map(({ id }) => ({ kind: 'fandom', id })), without: [] },
  });
  if (facets === null) return null;
  const used = (facets.fandom ?? []).filter(({ works }) => works > 0);
  return { version, fandoms: used.toSorted((a, b) => b.works - a.works || a.id - b.id), counted: true };
}

/** The same fandoms from the truth, uncounted: what stands on works of the viewer's lists, and all metatags above it. */
async function usedNow(handle: Handle, viewer: Viewer): Promise<InUse['fandoms']> {
  const tags = await handle.selectFrom('tags').select('id').where('kind', '=', 'fandom').execute();
  const concepts = new Set<number>();
  for await (const piece of inPieces(tags.map(({ id }) => id))) {
    const used = await tagsInUse(handle, viewer, piece);
    for (const id of await conceptsOf(handle, [...used])) concepts.add(id);
  }
  return [...concepts].map((id) => ({ id, works: null }));
}

/** Those of the fandoms that the viewer may be told of now: canonical ones, and others that stand on works in their lists. */
async function named(handle: Handle, viewer: Viewer, fandoms: InUse['fandoms']): Promise<Fandom[]> {
  const tags = new Map<number, Tag>();
  for await (const piece of inPieces(fandoms.map(({ id }) => id))) {
    const found = [...(await tagsById(handle, piece)).values()].filter((tag) => tag.synonymOf === null);
    const typed = found.filter((tag) => !tag.canonical).map((tag) => tag.id);
    const used = await tagsInUse(handle, viewer, typed);
    for (const tag of found) if (tag.canonical || used.has(tag.id)) tags.set(tag.id, tag);
  }
  return fandoms.flatMap(({ id, works }) => {
    const tag = tags.get(id);
    return tag ? [{ tag, works }] : [];
  });
}
