/** In which series a work stands, as who keeps the work takes it out. */
import type { TakenFile } from '../../platform/feature.ts';
import type { Handle } from '../../platform/db/tables.ts';
import { jsonFile, takenRow } from '../../platform/taken-row.ts';
import './tables.ts';

export async function* takenSeries(handle: Handle, workId: number): AsyncGenerator<TakenFile> {
  const rows = await handle
    .selectFrom('series_works')
    .innerJoin('series', 'series.id', 'series_works.series_id')
    .select(['series.public_id', 'series.title', 'series.source_url', 'series.source_key', 'series.created_at'])
    .select('series_works.position')
    .where('series_works.work_id', '=', workId)
    .orderBy('series.id')
    .execute();
  if (rows.length > 0) yield { path: 'series.json', content: jsonFile(rows.map((row) => takenRow(row))) };
}
