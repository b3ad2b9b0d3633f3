/** Reads of where imported works came from. */
import type { Handle } from '../../platform/db/tables.ts';
import { mayManageWork, type WorkWhole } from '../works/index.ts';
import './tables.ts';

/** How a source is known again. */
export interface SourceKeys {
  addressKey: string | null;
  textHash: string;
  contentHash: string;
}

export interface KnownSource {
  workId: number;
  publicId: string;
  title: string;
  deleted: boolean;
  /** The story, or the whole of what was read, is what was read before. */
  same: boolean;
}

/** The work that a source was imported as, if it was: by its address, else by the same text. */
export async function findKnownSource(handle: Handle, keys: SourceKeys): Promise<KnownSource | null> {
  const rows = await handle
    .selectFrom('import_sources')
    .innerJoin('works', 'works.id', 'import_sources.work_id')
    .select([
      'works.id',
      'works.public_id',
      'works.title',
      'works.deleted_at',
      'import_sources.address_key',
      'import_sources.content_hash',
      'import_sources.text_hash',
    ])
    .where((source) =>
      source.or([
        source('import_sources.text_hash', '=', keys.textHash),
        ...(keys.addressKey === null ? [] : [source('import_sources.address_key', '=', keys.addressKey)]),
      ]),
    )
    .execute();
  const byAddress = rows.find((source) => source.address_key !== null && source.address_key === keys.addressKey);
  const row = byAddress ?? rows.toSorted((a, b) => a.id - b.id)[0];
  if (!row) return null;
  return {
    workId: row.id,
    publicId: row.public_id,
    title: row.title,
    deleted: row.deleted_at !== null,
    same: row.content_hash === keys.contentHash || row.text_hash === keys.textHash,
  };
}

export interface Original {
  blob: string;
  fileName: string;
  bytes: number;
}

/** The file a work was read from, for those who keep the work. */
export async function originalOf(handle: Handle, work: WorkWhole): Promise<Original | null> {
  if (!mayManageWork(work.relations)) return null;
  const row = await handle
    .selectFrom('import_sources')
    .select(['blob', 'file_name', 'bytes'])
    .where('work_id', '=', work.id)
    .executeTakeFirst();
  return row ? { blob: row.blob, fileName: row.file_name, bytes: row.bytes } : null;
}
