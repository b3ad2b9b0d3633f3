/** In which series a work stands, as who keeps the work takes it out; what was typed about a series goes to who made it. */
import type { TakenFile } from '../../platform/feature.ts';
import type { Handle } from '../../platform/db/tables.ts';
import { jsonFile, takenRow } from '../../platform/taken-row.ts';
import './tables.ts';

export async function* takenSeries(handle: Handle, accountId: number, workId: number): AsyncGenerator<TakenFile> {
  const rows = await handle
    .selectFrom('series_works')
    .innerJoin('series', 'series.id', 'series_works.series_id')
    .select(['series.public_id', 'series.title', 'series.source_url', 'series.created_at'])
    .select(['series_works.position', 'series.complete', 'series.ranked'])
    .select((series) =>
      (['summary_source', 'summary_html', 'notes_source', 'notes_html', 'source_key'] as const).map((name) =>
        series
          .case()
          .when('series.made_by', '=', accountId)
          .then(series.ref(`series.${name}`))
          .end()
          .as(name),
      ),
    )
    .where('series_works.work_id', '=', workId)
    .where((series) => series.or([series('series.deleted_at', 'is', null), series('series.made_by', '=', accountId)]))
    .orderBy('series.id')
    .execute();
  if (rows.length > 0)
    yield {
      path: 'series.json',
      content: jsonFile(rows.map((row) => takenRow(row, { flags: ['complete', 'ranked'] }))),
    };
}

/** Every series that the account made by hand, those that are deleted and can still be taken back among them. */
export async function* takenOwnSeries(handle: Handle, accountId: number): AsyncGenerator<TakenFile> {
  const rows = await handle
    .selectFrom('series')
    .select(['public_id', 'title', 'summary_source', 'summary_html', 'notes_source', 'notes_html'])
    .select(['complete', 'ranked', 'created_at', 'deleted_at'])
    .where('made_by', '=', accountId)
    .orderBy('id')
    .execute();
  const flags = ['complete', 'ranked'] as const;
  if (rows.length > 0) yield { path: 'series.json', content: jsonFile(rows.map((row) => takenRow(row, { flags }))) };
}
