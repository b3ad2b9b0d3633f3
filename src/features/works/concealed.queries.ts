/** What lists may no longer say of works, since a moment that something derived from the truth remembers. */
import type { Handle } from '../../platform/db/tables.ts';
import type { Audience } from './visibility.ts';
import { listedColumn } from './visible.ts';
import './tables.ts';

/** By these a name or a series can have gone from a work. Who stood there is asked of no index that has not read them. */
const PARTED = ['work.signed', 'work.placed'] as const;

/**
 * Works touched after an event that do not stand in an audience's lists now, that are anonymous now, or that have been signed
 * or placed in another way since: what was known of them then may say too much. So may the former name of a pseud. Null when
 * there are none. `all`: so much was restricted at once that the works are all that do stand in the lists, instead.
 */
export async function concealedSince(
  handle: Handle,
  audience: Audience,
  version: number,
): Promise<{ works: number[]; all: boolean } | null> {
  const listed = listedColumn(audience);
  const touched = await handle
    .selectFrom('events')
    .leftJoin('works', 'works.id', 'events.work_id')
    .select('events.work_id')
    .distinct()
    .where('events.id', '>', version)
    .where((where) =>
      where.or([
        where('events.kind', '=', 'works.restricted'),
        where.and([
          where('events.work_id', 'is not', null),
          where.or([
            where('works.id', 'is', null),
            where(listed, '=', 0),
            where('works.anonymous', '=', 1),
            where('events.kind', 'in', PARTED),
          ]),
        ]),
      ]),
    )
    .union((union) =>
      union
        .selectFrom('events')
        .innerJoin('work_creators', 'work_creators.pseud_id', 'events.subject_id')
        .select('work_creators.work_id')
        .where('events.id', '>', version)
        .where('events.kind', '=', 'pseud.renamed')
        .where('work_creators.state', '=', 'accepted'),
    )
    .execute();
  if (touched.length === 0) return null;
  const ids = touched.flatMap((row) => row.work_id ?? []);
  if (audience !== 'guest' || ids.length === touched.length)
    return ids.length === 0 ? null : { works: ids, all: false };
  const gone = new Set(ids);
  const rows = await handle.selectFrom('works').select('works.id').where(listed, '=', 1).execute();
  return { works: rows.map((row) => row.id).filter((id) => !gone.has(id)), all: true };
}
