/**
 * From a file to something that can be kept: read, recognised, settled, cleaned, checked against the archive's rules,
 * but not yet kept. Of what the archive refuses no copy is made.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { CleanResult } from '../../../platform/html/clean.ts';
import { withoutBlockIds } from '../../../platform/html/ids.ts';
import type { Cleaner } from '../../../platform/html/cleaner.ts';
import { hashOf, type Blobs } from '../../../platform/files/blobs.ts';
import { boundedKey, nameKey } from '../../../platform/db/name-key.ts';
import type { Handle } from '../../../platform/db/tables.ts';
import { refusalOf, type SiteRules } from '../../site/index.ts';
import { overLimits, type CleanText, type NewChapter } from '../../works/index.ts';
import { outcomeOfKnown, type KeptImport, type PreparedImport } from '../actions.ts';
import { decodeText } from '../decode.ts';
import type { ImportOptions } from '../import-options.ts';
import type { ImportedText, ImportedWork } from '../imported-work.ts';
import { findKnownSource, type SourceKeys } from '../queries.ts';
import { recognise, refusalFor } from '../readers/index.ts';
import { titleFromFileName } from '../readers/title.ts';
import { addressKey, settle, settleDay, type Known, type SettledWork } from './settle.ts';

/** A file beyond this is refused unread. The longest chapter AO3 takes is a hundredth of it. */
export const FILE_BYTES = 48 * 1024 * 1024;

export interface Preparation {
  handle: Handle;
  cleaner: Cleaner;
  files: Blobs;
  rules: SiteRules;
  known: Known;
  options: ImportOptions;
  /** The importer's account and pseud. */
  importer: { accountId: number; pseudId: number };
}

/** A prepared file, or what became of it without anything to keep. */
export type Prepared = {
  format: string | null;
  repairs: string[];
  unmapped: string[];
} & ({ keep: PreparedImport; original: Uint8Array } | { done: KeptImport });

export async function prepareFile(path: string, bytesOnDisk: number, how: Preparation): Promise<Prepared> {
  if (bytesOnDisk > FILE_BYTES) {
    return refused(
      null,
      `This file has ${Math.round(bytesOnDisk / 1_048_576)} MB; at most ${FILE_BYTES / 1_048_576} MB can be read. Split it.`,
    );
  }
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) return refused(null, 'This file cannot be read. Check its permissions.');
  const decoded = decodeText(bytes);
  const source = { name: basename(path), bytes, text: decoded.text };
  const reader = decoded.binary ? null : recognise(source);
  if (!reader) return refused(null, refusalFor(source));
  const read = reader.read(source);
  if (!read.ok) return refused(reader.format, read.reason);
  const work = readable(read.work) as ImportedWork;
  const keys = keysOf(work);
  const settled = settle(work, how.options, how.known, titleFromFileName(source.name));
  const said = { format: reader.format, repairs: settled.repairs, unmapped: settled.unmapped };
  const against = refusalOf(how.rules, {
    labelKeys: [...settled.labels, ...settled.tags.map((tag) => tag.name)].map(nameKey),
    rating: settled.rating?.code ?? null,
  });
  if (against !== null) return { ...said, done: { outcome: 'refused', work: null, reason: against } };
  if (decoded.encoding !== 'utf-8') settled.repairs.push(`The file was read as ${decoded.encoding}.`);
  const already = await findKnownSource(how.handle, keys);
  if (already) return { ...said, done: outcomeOfKnown(already) };
  const cleaned = await cleanAll(settled, how.cleaner);
  if ('refusal' in cleaned) return { ...said, done: { outcome: 'refused', work: null, reason: cleaned.refusal } };
  const repairs = [...settled.repairs, ...cleaned.said];
  const made = newWork(settled, cleaned, how, repairs);
  if (made.chapters.every((chapter) => chapter.words === 0))
    return { ...said, done: { outcome: 'refused', work: null, reason: 'There is no story in this file.' } };
  return {
    ...said,
    repairs,
    keep: {
      work: made,
      series: settled.series.map((place) => ({
        title: place.title,
        key: boundedKey(
          place.url
            ? addressKey(place.url)
            : `${settled.creators.map((creator) => nameKey(creator.name)).join('&')}/${nameKey(place.title)}`,
        ),
        url: place.url ?? null,
        position: place.position ?? null,
      })),
      keys,
      blob: hashOf(bytes),
      fileName: source.name,
      format: reader.format,
      bytes: bytes.length,
    },
    original: bytes,
  };
}

/** Control characters but those that part lines. */
const CONTROL = /[^\P{Cc}\t\n\r\u0085]/gu;

/** All texts of a value as a database can keep them: escapes in a file can name a NUL or half a character. */
function readable(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replace(CONTROL, '');
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, readable(one)]));
}

function refused(format: string | null, reason: string): Prepared {
  return { format, repairs: [], unmapped: [], done: { outcome: 'refused', work: null, reason } };
}

/** A text shorter than this can be that of many works ("Listen at the link"): title and creators are told with it. */
const TELLING_CHARACTERS = 600;

/** How the source is known again: its address, its story, all that was read. */
export function keysOf(work: ImportedWork): SourceKeys {
  let address: string | null = null;
  try {
    address = work.sourceUrl ? boundedKey(addressKey(work.sourceUrl)) : null;
  } catch {
    // Not an address; settling says so in the report.
  }
  const texts = work.chapters.map((chapter) => [chapter.title ?? '', chapter.text.source]);
  const length = texts.reduce((sum, [, text = '']) => sum + text.length, 0);
  const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');
  return {
    addressKey: address,
    textHash: hash([texts, length < TELLING_CHARACTERS ? [work.title, work.creators.map((one) => one.name)] : null]),
    contentHash: hash(work),
  };
}

/** A settled work's texts, clean. */
interface CleanedWork {
  summary: CleanText;
  notes: CleanText;
  endNotes: CleanText;
  chapters: NewChapter[];
  rules: number;
  /** What cleaning changed that a person may want to know. */
  said: string[];
}

const REFUSALS: Record<Extract<CleanResult, { ok: false }>['refusal'], string> = {
  'too-large': 'A text in this file is longer than one chapter can be. Split it into chapters.',
  'too-slow': 'A text in this file is so tangled that cleaning it took too long. Save it again as plain text.',
  'not-text': 'This file holds no text that can be read.',
};

class Refused extends Error {}

async function cleanAll(work: SettledWork, cleaner: Cleaner): Promise<CleanedWork | { refusal: string }> {
  const said = new Set<string>();
  let rules = 0;
  const clean = async (source: string, format: ImportedText['format']): Promise<CleanText & { words: number }> => {
    if (source === '') return { source, html: '', words: 0 };
    const result = await cleaner.clean(source, format);
    if (!result.ok) throw new Refused(REFUSALS[result.refusal]);
    rules = result.rules;
    for (const note of result.notes) said.add(note);
    return { source, html: result.html, words: result.words };
  };
  const short = async (source: string, format: ImportedText['format']): Promise<CleanText> => ({
    source,
    html: withoutBlockIds((await clean(source, format)).html),
  });
  const cleanField = (text: ImportedText | undefined) => short(text?.source ?? '', text?.format ?? 'text');
  try {
    const chapters: NewChapter[] = [];
    for (const chapter of work.chapters) {
      const text = await clean(chapter.text.source, chapter.text.format);
      chapters.push({
        title: chapter.title ?? '',
        format: chapter.text.format,
        summary: await cleanField(chapter.summary),
        notes: await cleanField(chapter.notes),
        endNotes: await cleanField(chapter.endNotes),
        text,
        rules,
        words: text.words,
        postedAt: null,
      });
    }
    return {
      summary: await short(work.summary, work.format),
      notes: await short(work.notes, work.format),
      endNotes: await short(work.endNotes, work.format),
      chapters,
      rules,
      said: [...said],
    };
  } catch (error) {
    if (error instanceof Refused) return { refusal: error.message };
    throw error;
  }
}

function newWork(
  settled: SettledWork,
  cleaned: CleanedWork,
  how: Preparation,
  repairs: string[],
): PreparedImport['work'] {
  const { options, importer } = how;
  const others = !options.mine;
  const site = options.sample
    ? 'samples'
    : settled.sourceUrl
      ? new URL(settled.sourceUrl).host.replace(/^www\./, '')
      : '';
  return {
    title: settled.title,
    language: settled.language,
    status: settled.status,
    plannedChapters: settled.plannedChapters,
    format: settled.format,
    summary: cleaned.summary,
    notes: cleaned.notes,
    endNotes: cleaned.endNotes,
    rules: cleaned.rules,
    tags: settled.tags,
    creators: others
      ? settled.creators.map((creator) => ({
          kind: 'imported' as const,
          name: creator.name,
          site,
          url: creator.url ?? null,
        }))
      : [{ kind: 'pseud' as const, pseudId: importer.pseudId }],
    archivedBy: others ? importer.pseudId : null,
    restricted: others && !options.public,
    noindex: others,
    sample: options.sample,
    sourceUrl: settled.sourceUrl,
    notices: [
      ...settled.unmapped,
      ...repairs,
      ...overLimits({
        title: settled.title,
        summary: cleaned.summary.html,
        notes: cleaned.notes.html,
        endNotes: cleaned.endNotes.html,
        tags: settled.tags,
        chapters: cleaned.chapters.map((chapter) => ({ html: chapter.text.html })),
      }),
    ],
    postedAt: settled.postedAt,
    updatedAt: settled.updatedAt,
    chapters: cleaned.chapters.map((chapter, index) => ({
      ...chapter,
      postedAt: settleDay(settled.chapters[index]?.published, how.known.now) ?? settled.postedAt,
    })),
    savedBy: importer.accountId,
  };
}
