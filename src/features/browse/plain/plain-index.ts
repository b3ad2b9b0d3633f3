/**
 * The browse index answered by the truth itself, in SQL that both databases share. What lists fall back to while
 * there is no index in memory, and what that index is compared with: nothing here is taken from it or from what feeds it.
 */
import type { Handle } from '../../../platform/db/tables.ts';
import { logHead } from '../../../platform/events/log.ts';
import type { BrowseAnswer, BrowseIndex, BrowseQuery, FacetAsk, FacetKind, FacetValue } from '../browse-query.ts';
import { fitsOneStatement, type Condition } from './condition.ts';
import { countTerms, facetValues, type Counts } from './facets.queries.ts';
import { countMatching, matchingWorks } from './matching.queries.ts';
import { meaningOf } from './meaning.queries.ts';
import { isSqlSort, pageInSql, pageOfIds } from './order.queries.ts';
import { suggestTags } from './suggest.queries.ts';

export interface PlainIndexOptions {
  /**
   * Whether values are counted and type-ahead looks at every tag that matches. True for comparing; false for standing
   * in while there is no index: facets are null then, and suggestions are chosen by how near their names are. Default: true.
   */
  facets?: boolean;
}

/** Concepts whose works are counted for one suggestion, where not all are. */
const COUNTED_FOR_SUGGESTIONS = 40;

/**
 * The contract of BrowseIndex over a handle on the truth. The version of an answer is the head of the event log before
 * its reads: what is written meanwhile may be in it or not.
 */
export function plainIndex(handle: Handle, options: PlainIndexOptions = {}): BrowseIndex {
  const exact = options.facets ?? true;
  return {
    async search(query) {
      const version = await logHead(handle);
      const where = await meaningOf(handle, query.where);
      const hide = query.hide === null ? null : await meaningOf(handle, query.hide);
      const list = await listOf(handle, query, hide === null ? where : { all: [where, { not: hide }] });
      const hidden = hide === null ? 0 : await countMatching(handle, query.audience, { all: [where, hide] });
      const facets = exact && query.facets !== null ? await facetsOf(handle, query, query.facets, hide, where) : null;
      return { version, ...list, hidden, facets };
    },
    suggest: (query) => suggestTags(handle, query, exact ? null : COUNTED_FOR_SUGGESTIONS),
  };
}

/** How many works match, and one page of them. */
async function listOf(
  handle: Handle,
  { audience, sort, offset, limit }: BrowseQuery,
  condition: Condition,
): Promise<Pick<BrowseAnswer, 'total' | 'ids'>> {
  if (isSqlSort(sort) && fitsOneStatement(condition)) {
    const total = await countMatching(handle, audience, condition);
    return { total, ids: await pageInSql(handle, audience, condition, sort, { offset, limit, total }) };
  }
  const works = await matchingWorks(handle, audience, condition);
  return { total: works.size, ids: await pageOfIds(handle, works, sort, { offset, limit }) };
}

/** The values of each kind asked for. A kind of which one of several was chosen is counted without that choice. */
async function facetsOf(
  handle: Handle,
  { audience }: BrowseQuery,
  ask: FacetAsk,
  hide: Condition | null,
  where: Condition,
): Promise<Partial<Record<FacetKind, FacetValue[]>>> {
  const countsOf = async (condition: Condition): Promise<Counts> =>
    countTerms(
      handle,
      await matchingWorks(handle, audience, hide === null ? condition : { all: [condition, { not: hide }] }),
    );
  const counts = await countsOf(where);
  const facets: Partial<Record<FacetKind, FacetValue[]>> = {};
  for (const kind of ask.kinds) {
    const choice = ask.without.find((without) => without.kind === kind);
    const own = choice === undefined ? counts : await countsOf(await meaningOf(handle, choice.where));
    facets[kind] = await facetValues(handle, audience, kind, own, ask);
  }
  return facets;
}
