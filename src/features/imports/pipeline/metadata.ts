/**
 * `metadata.csv` and `metadata.json`: what a person wrote down about the files beside them. Each row names a file, and,
 * where several files are one work, the work, the chapter and its position; every other column is a field of the work,
 * by the names front matter has. Pure.
 */
import { parse } from 'csv-parse/sync';
import type { ImportedWork } from '../imported-work.ts';
import { emptyImportedWork } from '../imported-work.ts';
import { decodeText } from '../decode.ts';
import { applyFrontMatter } from '../readers/front-matter-fields.ts';
import { plainKey, type FrontMatterPairs, type FrontMatterValue } from '../readers/front-matter-value.ts';

/** What is said of one file. */
export interface MetadataRow {
  /** Its path from the folder of the metadata, with `/`. */
  file: string;
  /** Which work it belongs to; rows that say the same are one work. Null for a work of its own. */
  work: string | null;
  /** The title of the chapter it is. */
  chapter: string | null;
  position: number | null;
  fields: FrontMatterPairs;
}

/** The names under which a folder is described. */
export const METADATA_NAMES: readonly string[] = ['metadata.csv', 'metadata.json'];

const MOST_ROWS = 100_000;
/** Columns whose cell holds several names. */
const LISTS =
  /^(?:creators?|authors?|fandoms?|warnings?|archive warnings?|categor(?:y|ies)|relationships?|pairings?|ships?|characters?|tags?|freeforms?|additional tags?)$/;

/** Bytes of a metadata file in; its rows out, with a sentence for what is wrong with some, or one why none can be had. */
export function readMetadata(
  name: string,
  bytes: Uint8Array,
): { ok: true; rows: MetadataRow[]; problems: string[] } | { ok: false; reason: string } {
  const { text, binary } = decodeText(bytes);
  if (binary) return { ok: false, reason: 'This description of a folder is not text.' };
  const read = name.toLowerCase().endsWith('.json') ? fromJson(text) : fromCsv(text);
  if ('reason' in read) return { ok: false, reason: read.reason };
  if (read.length > MOST_ROWS) return { ok: false, reason: `This describes more than ${MOST_ROWS} files. Split it.` };
  const rows: MetadataRow[] = [];
  const nameless: number[] = [];
  for (const [i, pairs] of read.entries()) {
    const row = rowFrom(pairs);
    if (row) rows.push(row);
    else if (pairs.some(([, value]) => value !== null)) nameless.push(i + 1);
  }
  if (rows.length === 0)
    return { ok: false, reason: 'No row here names a file. The first column of each is called "file".' };
  return { ok: true, rows, problems: nameless.length > 0 ? [namelessSentence(nameless)] : [] };
}

/** "Row 3 names no file, so nothing was done with it." */
function namelessSentence(rows: readonly number[]): string {
  const [first = 0] = rows;
  const more = rows.length > 1 ? ` and ${rows.length - 1} more` : '';
  return `Row ${first}${more} below the names of the columns: no file is named, so it was left out.`;
}

type Pairs = FrontMatterPairs['pairs'];

function fromCsv(text: string): Pairs[] | { reason: string } {
  const head = text.slice(0, text.indexOf('\n') >>> 0);
  const delimiter = [',', ';', '\t'].toSorted((a, b) => head.split(b).length - head.split(a).length)[0] ?? ',';
  try {
    const records: string[][] = parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: 1_000_000,
      to: MOST_ROWS + 2,
    });
    const [columns = [], ...rows] = records;
    return rows.map((row) => row.map((cell, i) => [columns[i] ?? `column ${i + 1}`, cellValue(columns[i], cell)]));
  } catch (error) {
    return { reason: `This CSV file cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Names in one cell are parted by semicolons, or by commas where there is no semicolon. */
function cellValue(column: string | undefined, cell: string): FrontMatterValue {
  const said = cell.trim();
  if (LISTS.test(plainKey(column ?? '')) && said.includes(';')) return said.split(';').map((one) => one.trim());
  return said === '' ? null : said;
}

function fromJson(text: string): Pairs[] | { reason: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { reason: `This JSON file cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
  const list = Array.isArray(value) ? value : isObject(value) && Array.isArray(value['files']) ? value['files'] : null;
  if (list === null)
    return { reason: 'This JSON file is no list of files. It begins with [ and has an object a file.' };
  return list.filter(isObject).map((one) => Object.entries(one).map(([key, item]) => [key, jsonValue(item, 0)]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function jsonValue(value: unknown, depth: number): FrontMatterValue {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === null || value === undefined || depth > 6) return null;
  if (Array.isArray(value)) return value.map((one) => jsonValue(one, depth + 1));
  return { pairs: Object.entries(value).map(([key, one]) => [key, jsonValue(one, depth + 1)]) };
}

function rowFrom(pairs: Pairs): MetadataRow | null {
  const own = new Map<string, string>();
  const fields: Pairs = [];
  for (const [key, value] of pairs) {
    const name = plainKey(key);
    const isOwn = ['file', 'filename', 'path', 'work', 'chapter', 'position'].includes(name);
    if (isOwn && typeof value === 'string') own.set(name, value.trim());
    else if (!isOwn && value !== null) fields.push([key, value]);
  }
  const file = own.get('file') ?? own.get('filename') ?? own.get('path') ?? '';
  if (file === '') return null;
  const position = Number(own.get('position') ?? '');
  // What is no number is named in the report, as any field without a place.
  if (own.get('position') && !Number.isFinite(position)) fields.push(['position', own.get('position') ?? '']);
  return {
    file: file.replaceAll('\\', '/').replace(/^\.\//, ''),
    work: own.get('work') || null,
    chapter: own.get('chapter') || null,
    position: own.get('position') && Number.isFinite(position) ? position : null,
    fields: { pairs: fields },
  };
}

/** The fields of a work on which metadata can speak. */
export type SaidField = Exclude<keyof ImportedWork, 'chapters' | 'unmapped' | 'repairs' | 'rescue' | 'titleDerived'>;

/**
 * Lays what was said of the files over what they say of themselves; what was said wins. `rows`: of the work's files in
 * order; the first that speaks of a field decides. @returns the fields that were spoken of.
 */
export function layMetadata(work: ImportedWork, rows: readonly MetadataRow[]): Set<SaidField> {
  const said = new Set<SaidField>();
  for (const row of rows) {
    const stated = emptyImportedWork();
    const chapters = applyFrontMatter(stated, row.fields, 'text');
    for (const name of Object.keys(stated) as (keyof ImportedWork)[]) {
      if (name === 'chapters' || name === 'unmapped' || name === 'repairs' || name === 'rescue') continue;
      if (name === 'titleDerived' || said.has(name)) continue;
      const value = stated[name];
      if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
      Object.assign(work, { [name]: value });
      said.add(name);
    }
    for (const sentence of stated.unmapped) {
      const inMetadata = sentence.replace(/^Front matter /, 'Metadata ');
      if (!work.unmapped.includes(inMetadata)) work.unmapped.push(inMetadata);
    }
    if (chapters.length > 0) work.unmapped.push('Metadata describes chapters in a list; give each file a row instead.');
  }
  if (said.has('title')) delete work.titleDerived;
  const named = rows.find((row) => row.work !== null)?.work;
  if (named && !said.has('title') && (rows.length > 1 || work.titleDerived)) {
    work.title = named;
    delete work.titleDerived;
    said.add('title');
  }
  return said;
}
