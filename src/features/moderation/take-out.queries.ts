/** What an account reported and complained of, and what it was told, as it takes it out. Not who answered, and no note of theirs. */
import type { TakenFile } from '../../platform/feature.ts';
import type { Handle } from '../../platform/db/tables.ts';
import { jsonFile, takenRow } from '../../platform/taken-row.ts';
import './tables.ts';

export async function* takenModeration(handle: Handle, accountId: number): AsyncGenerator<TakenFile> {
  const reports = await handle
    .selectFrom('reports')
    .select(['public_id', 'path', 'reason', 'words', 'state', 'outcome', 'answer', 'created_at', 'closed_at'])
    .where('reporter_id', '=', accountId)
    .orderBy('id')
    .execute();
  const notices = await handle
    .selectFrom('legal_notices')
    .select(['public_id', 'kind', 'name', 'email', 'on_behalf_of', 'places', 'what', 'why', 'signature', 'state'])
    .select(['decision', 'created_at', 'closed_at'])
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute();
  const measures = await handle
    .selectFrom('account_measures')
    .leftJoin('pseuds', 'pseuds.id', 'account_measures.pseud_id')
    .select([
      'account_measures.kind',
      'account_measures.removed',
      'account_measures.reason',
      'account_measures.at',
      'account_measures.ends_at',
    ])
    .select(['account_measures.lifted_at', 'account_measures.acknowledged_at', 'pseuds.name as pseud'])
    .where('account_measures.account_id', '=', accountId)
    .orderBy('account_measures.id')
    .execute();
  if (reports.length + notices.length + measures.length === 0) return;
  const all = (rows: readonly Parameters<typeof takenRow>[0][]) => rows.map((row) => takenRow(row));
  yield {
    path: 'moderation.json',
    content: jsonFile({ reports: all(reports), legalNotices: all(notices), measures: all(measures) }),
  };
}
