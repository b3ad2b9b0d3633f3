/** Reads of where imported works came from. */
import { createHash } from 'node:crypto';
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import type { Outcome } from './import-options.ts';
import { mayManageWork, relationsTo, visibleWorks, type WorkWhole } from '../works/index.ts';
import './tables.ts';

/** How a source is known again. */
export interface SourceKeys {
  addressKey: string | null;
  /** The story alone. */
  textHash: string;
  /** All that was read. */
  contentHash: string;
  /** The story but for typography and markup; null for what is too short to tell. */
  nearHash: string | null;
  /** How the story begins: a longer version of it begins the same. Null for what is too short to tell. */
  openingHash: string | null;
  /** Letters of the story, typography aside. */
  storyLength: number;
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
 * The work that a source was imported as, if it was: by its address, else by the same text, else by the same beginning.
 * Two sources with addresses of their own are two works, whatever they say: a podfic's page reads like another's.
 */
export async function findKnownSource(handle: Handle, keys: SourceKeys): Promise<KnownSource | null> {
  // One table at a time: nearly every source is new, and SQLite plans a join again for each question.
  const sources = await handle
    .selectFrom('import_sources')
    .select(['work_id', 'address_key', 'content_hash', 'text_hash', 'near_hash'])
    .where((source) =>
      source.or([
        source('text_hash', '=', keys.textHash),
        ...(keys.addressKey === null ? [] : [source('address_key', '=', keys.addressKey)]),
        ...(keys.openingHash === null ? [] : [source('opening_hash', '=', keys.openingHash)]),
      ]),
    )
    .execute();
  const byAddress = sources.find((one) => one.address_key !== null && one.address_key === keys.addressKey);
  const without = sources
    .filter((one) => one.address_key === null || keys.addressKey === null)
    .toSorted((a, b) => a.work_id - b.work_id);
  const byText = without.find((one) => one.text_hash === keys.textHash);
  // The same story in other typography is no longer version of it; it is told as a near-duplicate.
  const longer = without.find((one) => one.near_hash === null || one.near_hash !== keys.nearHash);
  const source = byAddress ?? byText ?? longer;
  if (!source) return null;
  const work = await standingOf(handle, source.work_id);
  if (!work) return null;
  return {
    ...work,
    same: source.content_hash === keys.contentHash || source.text_hash === keys.textHash,
    whole: source.content_hash === keys.contentHash,
  };
}

/**
 * The work that all these originals were imported as, byte for byte, else one that they are parts of; null when there is
 * none.
 */
export async function findKnownOriginals(handle: Handle, blobs: readonly string[]): Promise<KnownSource | null> {
  const [first] = blobs;
  if (first === undefined) return null;
  const candidates = await handle
    .selectFrom('import_originals')
    .select('work_id')
    .where('blob', '=', first)
    .orderBy('work_id')
    .execute();
  let partOf: KnownSource | null = null;
  for (const { work_id: workId } of candidates) {
    const originals = await handle
      .selectFrom('import_originals')
      .select('blob')
      .where('work_id', '=', workId)
      .orderBy('position')
      .execute();
    const own = originals.map((one) => one.blob);
    const isWhole = own.join() === blobs.join();
    if (!isWhole && (partOf !== null || !blobs.every((blob) => own.includes(blob)))) continue;
    const work = await standingOf(handle, workId);
    if (work && isWhole) return { ...work, same: true, whole: true };
    if (work) partOf = { ...work, same: true, whole: false };
  }
  return partOf;
}

async function standingOf(
  handle: Handle,
  workId: number,
): Promise<Pick<KnownSource, 'workId' | 'publicId' | 'title' | 'deleted'> | null> {
  const work = await handle
    .selectFrom('works')
    .select(['id', 'public_id', 'title', 'deleted_at'])
    .where('id', '=', workId)
    .executeTakeFirst();
  return work
    ? { workId: work.id, publicId: work.public_id, title: work.title, deleted: work.deleted_at !== null }
    : null;
}

/** Whether a work may be named to the viewer in a report: they may read it, or keep it among the deleted ones. */
export async function mayBeNamed(handle: Handle, viewer: Viewer, workId: number): Promise<boolean> {
  const seen = await visibleWorks(handle, viewer).select('works.id').where('works.id', '=', workId).executeTakeFirst();
  return seen !== undefined || mayManageWork(await relationsTo(handle, viewer, workId));
}

/** What is said of a file whose work is somebody else's and not to be named; null for what became a work of one's own. */
export function reasonWithoutName(outcome: Outcome | 'undone'): string | null {
  if (outcome === 'update') return 'It is here already, with somebody else, who is told that it has changed.';
  return outcome === 'unchanged' ? 'It is here already, with somebody else.' : null;
}

/**
 * A work with the same story but for typography and markup, if there is one that is not deleted. `bothNamed`: both have
 * addresses of their own, and so are two works whatever they say.
 */
export async function findNearDuplicate(
  handle: Handle,
  { nearHash, addressKey }: SourceKeys,
): Promise<{ workId: number; publicId: string; bothNamed: boolean } | null> {
  if (nearHash === null) return null;
  const sources = await handle
    .selectFrom('import_sources')
    .select(['work_id', 'address_key'])
    .where('near_hash', '=', nearHash)
    .execute();
  for (const source of sources) {
    const work = await standingOf(handle, source.work_id);
    if (work && !work.deleted) return { ...work, bothNamed: addressKey !== null && source.address_key !== null };
  }
  return null;
}

/** When what has these keys was removed on request, in UTC milliseconds; null when it was not. */
export async function removedOnRequest(handle: Handle, keys: SourceKeys): Promise<number | null> {
  const row = await handle
    .selectFrom('import_removals')
    .select('removed_at')
    .where((removal) =>
      removal.or([
        removal('text_hash', '=', keys.textHash),
        ...(keys.addressKey === null ? [] : [removal('address_hash', '=', addressHash(keys.addressKey))]),
        ...(keys.nearHash === null ? [] : [removal('near_hash', '=', keys.nearHash)]),
        ...(keys.openingHash === null ? [] : [removal('opening_hash', '=', keys.openingHash)]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return row?.removed_at ?? null;
}

/** How an address is remembered without being named. */
export function addressHash(addressKey: string): string {
  return createHash('sha256').update(`address ${addressKey}`).digest('hex');
}

export interface Original {
  blob: string;
  fileName: string;
  bytes: number;
}

/** The files a work was read from, in the order of its chapters, for those who keep the work. */
export async function originalsOf(handle: Handle, work: WorkWhole): Promise<Original[]> {
  return mayManageWork(work.relations) ? originalsKept(handle, work.id) : [];
}

/** The originals of a work, whoever asks. */
export async function originalsKept(handle: Handle, workId: number): Promise<Original[]> {
  const rows = await handle
    .selectFrom('import_originals')
    .select(['blob', 'file_name', 'bytes'])
    .where('work_id', '=', workId)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({ blob: row.blob, fileName: row.file_name, bytes: row.bytes }));
}
