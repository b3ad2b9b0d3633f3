/**
 * From the files of one work to something that can be kept: read, recognised, settled, cleaned, checked against the
 * archive's rules, but not yet kept. Of what the archive refuses no copy is made.
 */
import type { Blobs } from '../../../platform/files/blobs.ts';
import { hashOf } from '../../../platform/files/blobs.ts';
import { nameKey, boundedKey } from '../../../platform/db/name-key.ts';
import type { Handle } from '../../../platform/db/tables.ts';
import type { Cleaner } from '../../../platform/html/cleaner.ts';
import type { Viewer } from '../../accounts/index.ts';
import { refusalOf, type SiteRules } from '../../site/index.ts';
import { outcomeOfKnown, type KeptImport, type PreparedImport, type PreparedUpdate } from '../actions.ts';
import type { ImportOptions } from '../import-options.ts';
import type { ImportedWork, Rescue } from '../imported-work.ts';
import {
  findKnownOriginals,
  findKnownSource,
  findNearDuplicate,
  mayBeNamed,
  removedOnRequest,
  type Original,
  type SourceKeys,
} from '../queries.ts';
import type { Bundle } from './bundles.ts';
import { cleanTexts } from './clean-texts.ts';
import { tooLarge } from './found-file.ts';
import { mergeParts } from './merge.ts';
import { layMetadata, type MetadataRow, type SaidField } from './metadata.ts';
import { begunAs, newWorkOf, type Beginning } from './new-work.ts';
import type { Reading } from './reading.ts';
import { settle, type Known, type SettledWork } from './settle.ts';
import { addressKey, sourceKeysOf } from './source-keys.ts';

export interface Preparation {
  handle: Handle;
  cleaner: Cleaner;
  reading: Reading;
  files: Blobs;
  rules: SiteRules;
  known: Known;
  options: ImportOptions;
  /** How the importer’s own works begin; null for what others wrote, about whom the importer’s choices say nothing. */
  begun: Beginning | null;
  /** Who imports. */
  viewer: Viewer;
  /** The importer's account and pseud. */
  importer: { accountId: number; pseudId: number };
}

/** Prepared files, or what became of them without anything to keep. */
export type Prepared = {
  format: string | null;
  repairs: string[];
  unmapped: string[];
} & (
  | { keep: PreparedImport; originals: Uint8Array[] }
  | { update: PreparedUpdate; originals: Uint8Array[] }
  | { done: KeptImport }
);

/** Prepares the files of one work. */
export async function prepareBundle(bundle: Bundle, how: Preparation): Promise<Prepared> {
  const originals: Uint8Array[] = [];
  for (const { file } of bundle.parts) {
    const bytes = tooLarge(file.bytes) ?? (await file.read());
    if (typeof bytes === 'string') return refused(bytes);
    if ('problem' in bytes) return refused(bytes.problem);
    originals.push(bytes);
  }
  const names = bundle.parts.map((part) => part.file.name);
  const kept = originals.map((bytes, i) => ({ blob: hashOf(bytes), fileName: names[i] ?? '', bytes: bytes.length }));
  const here = await findKnownOriginals(
    how.handle,
    kept.map((one) => one.blob),
  );
  // Of a deleted one it must be read whether it was removed on request.
  if (here && !here.deleted) return { ...NOTHING_SAID, done: outcomeOfKnown(here) };
  const parts = bundle.parts.map((part, i) => ({ name: names[i] ?? '', said: part.said }));
  return prepareParts(parts, originals, kept, how);
}

/**
 * Prepares the files of one work from their bytes. `isNew`: it is known to take the place of what is here, so nothing is
 * looked up.
 */
export async function prepareParts(
  parts: readonly { name: string; said: MetadataRow | null }[],
  bytes: Uint8Array[],
  originals: readonly Original[],
  how: Preparation,
  { isNew = false } = {},
): Promise<Prepared> {
  const read = await readParts(parts, bytes, how.reading);
  if (!read.ok) return { ...NOTHING_SAID, format: read.format, done: refusal(read.reason) };
  return prepareRead(read, bytes, originals, how, isNew);
}

/** What was read of the files of one work. */
export interface ReadParts {
  ok: true;
  format: string;
  work: ImportedWork;
  /** Fields on which metadata beside the files speaks. */
  said: ReadonlySet<SaidField>;
  keys: SourceKeys;
  rescues: { position: number; rescue: Rescue }[];
  /** Which file each chapter was read from, counted from 1. */
  chapterParts: number[];
}

/** Reads the files of one work and puts them together. `bytes`: of each part. */
export async function readParts(
  parts: readonly { name: string; said: MetadataRow | null }[],
  bytes: readonly Uint8Array[],
  reading: Reading,
): Promise<ReadParts | { ok: false; format: string | null; reason: string }> {
  const answers = await Promise.all(parts.map((part, i) => reading.read(part.name, bytes[i] ?? new Uint8Array())));
  const rescues: ReadParts['rescues'] = [];
  const works = [];
  let format = '';
  let keys: SourceKeys | null = null;
  for (const [i, answer] of answers.entries()) {
    const part = parts[i];
    if (!part) break;
    if (!answer.ok) {
      const where = parts.length > 1 ? `${part.name}: ` : '';
      return { ok: false, format: answer.format, reason: `${where}${answer.reason}` };
    }
    if (answer.work.rescue) rescues.push({ position: i + 1, rescue: answer.work.rescue });
    works.push({ name: part.name, work: answer.work, said: part.said });
    format ||= answer.format;
    keys = answer.keys;
  }
  const chapterParts = works.flatMap((part, i) => part.work.chapters.map(() => i + 1));
  const work = mergeParts(works);
  const said = layMetadata(
    work,
    parts.map((part) => part.said).filter((row) => row !== null),
  );
  if (keys === null || parts.length > 1 || said.size > 0) keys = sourceKeysOf(work);
  return { ok: true, format, work, said, keys, rescues, chapterParts };
}

async function prepareRead(
  read: ReadParts,
  originals: Uint8Array[],
  kept: readonly Original[],
  how: Preparation,
  isNew: boolean,
): Promise<Prepared> {
  const { work, keys } = read;
  if (work.titleDerived !== undefined) {
    const made = work.titleDerived === 'name' ? 'its name' : 'its first words';
    work.repairs.push(`The file has no title of its own; “${work.title}” was made of ${made}.`);
  }
  const settled = settle(work, how.options, how.known, work.title ?? '', read.said);
  const report = { format: read.format, repairs: settled.repairs, unmapped: settled.unmapped };
  const against = refusalOf(how.rules, {
    labelKeys: [...settled.labels, ...settled.tags.map((tag) => tag.name)].map(nameKey),
    rating: settled.rating?.code ?? null,
  });
  if (against !== null) return { ...report, done: refusal(against) };
  const already = isNew ? null : await findKnownSource(how.handle, keys);
  // What was removed on request is still among the deleted works for a while; the request counts for more.
  const removed = already === null || already.deleted ? await removedOnRequest(how.handle, keys) : null;
  if (removed !== null) return { ...report, done: refusal(removedSentence(removed)) };
  if (already && (already.same || already.deleted)) return { ...report, done: outcomeOfKnown(already) };
  if (already) return { ...report, update: { known: already, keys, originals: kept, format: read.format }, originals };
  const begun = begunAs(how.begun, settled);
  const cleaned = await cleanTexts(begun, how.cleaner);
  if ('refusal' in cleaned) return { ...report, done: refusal(cleaned.refusal) };
  const alike = isNew ? null : await nearDuplicate(how, keys);
  const repairs = [...settled.repairs, ...cleaned.said];
  const made = newWorkOf(begun, cleaned, how, repairs, alike ? [alike.sentence] : []);
  if (made.chapters.every((chapter) => chapter.words === 0))
    return { ...report, done: refusal('There is no story in this file.') };
  return {
    ...report,
    repairs,
    keep: {
      work: made,
      series: seriesOf(settled),
      keys,
      originals: kept,
      format: read.format,
      statedWords: work.statedWords ?? null,
      titleDerived: work.titleDerived !== undefined,
      languageGuessed: settled.languageGuessed,
      rescues: read.rescues,
      chapterParts: read.chapterParts,
      holdBack: alike && alike.holdsBack ? alike.sentence : null,
    },
    originals,
  };
}

/**
 * What is said of a work whose story is here in other typography, or null when it is not. It holds back what would be
 * posted, unless both have addresses of their own and so are two works.
 */
export async function nearDuplicate(
  { handle, viewer }: Pick<Preparation, 'handle' | 'viewer'>,
  keys: SourceKeys,
): Promise<{ sentence: string; holdsBack: boolean } | null> {
  const near = await findNearDuplicate(handle, keys);
  if (!near) return null;
  const named = await mayBeNamed(handle, viewer, near.workId);
  return { sentence: nearSentence(named ? near.publicId : null), holdsBack: !near.bothNamed };
}

/**
 * The other work is told by its address, which says nothing once it is erased for good. `publicId`: null where the
 * importer may not know it.
 */
function nearSentence(publicId: string | null): string {
  const other = publicId === null ? 'another work here' : `the work at /works/${publicId}`;
  return `It reads like ${other} but for typography; look whether both are wanted.`;
}

/** "This was removed on request on 2026-11-21 …" */
export function removedSentence(at: number): string {
  return `This was removed on request on ${new Date(at).toISOString().slice(0, 10)}, and is not brought in again.`;
}

function seriesOf(settled: SettledWork): PreparedImport['series'] {
  return settled.series.map((place) => ({
    title: place.title,
    key: boundedKey(
      place.url
        ? addressKey(place.url)
        : `${settled.creators.map((creator) => nameKey(creator.name)).join('&')}/${nameKey(place.title)}`,
    ),
    url: place.url ?? null,
    position: place.position ?? null,
  }));
}

const NOTHING_SAID = { format: null, repairs: [], unmapped: [] };

function refusal(reason: string): KeptImport {
  return { outcome: 'refused', work: null, workId: null, reason };
}

function refused(reason: string): Prepared {
  return { ...NOTHING_SAID, done: refusal(reason) };
}
