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
  /** All that was read is, not the story alone. */
  whole: boolean;
}

/**
 * The work that a source was imported as, if it was: by its address, else by the same text. Two sources with addresses of
 * their own are two works, whatever they say: a podfic's page reads like another's.
 */
export async function findKnownSource(handle: Handle, keys: SourceKeys): Promise<KnownSource | null> {
  // One table at a time: nearly every source is new, and SQLite plans a join again for each question.
  const sources = await handle
    .selectFrom('import_sources')
    .select(['work_id', 'address_key', 'content_hash', 'text_hash'])
    .where((source) =>
      source.or([
        source('text_hash', '=', keys.textHash),
        ...(keys.addressKey === null ? [] : [source('address_key', '=', keys.addressKey)]),
      ]),
    )
    .execute();
  const byAddress = sources.find((one) => one.address_key !== null && one.address_key === keys.addressKey);
  const byText = sources.filter((one) => one.address_key === null || keys.addressKey === null);
  const source = byAddress ?? byText.toSorted((a, b) => a.work_id - b.work_id)[0];
  if (!source) return null;
  const work = await handle
    .selectFrom('works')
    .select(['id', 'public_id', 'title', 'deleted_at'])
    .where('id', '=', source.work_id)
    .executeTakeFirst();
  if (!work) return null;
  return {
    workId: work.id,
    publicId: work.public_id,
    title: work.title,
    deleted: work.deleted_at !== null,
    same: source.content_hash === keys.contentHash || source.text_hash === keys.textHash,
    whole: source.content_hash === keys.contentHash,
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
