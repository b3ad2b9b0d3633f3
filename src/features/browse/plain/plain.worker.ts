/** Answers lists from SQL beside the server, which goes on answering others: on SQLite a question holds its whole thread. */
import { openReads, type ReadDatabase } from '../../../platform/db/database.ts';
import { answerOrders } from '../../../platform/threads/answer-orders.ts';
import type { BrowseAnswer, BrowseQuery, Suggestion, SuggestQuery } from '../browse-query.ts';
import { plainIndex } from './plain-index.ts';

export type PlainOrder = { dataFolder: string } & ({ search: BrowseQuery } | { suggest: SuggestQuery });

let opened: { db: ReadDatabase; dataFolder: string } | null = null;

function readsOf(dataFolder: string): ReadDatabase['reads'] {
  opened ??= { db: openReads({ dataFolder, databaseUrl: null }), dataFolder };
  return opened.db.reads;
}

answerOrders(async (order: PlainOrder): Promise<BrowseAnswer | Suggestion[]> => {
  const plain = plainIndex(readsOf(order.dataFolder), { facets: false });
  return 'search' in order ? plain.search(order.search) : plain.suggest(order.suggest);
});
