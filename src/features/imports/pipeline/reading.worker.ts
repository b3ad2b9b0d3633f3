/** Reads files beside the thread that keeps them, one at a time, as reading.ts hands them over. */
import { plainText } from '../../../platform/html/text.ts';
import { answerOrders } from '../../../platform/threads/answer-orders.ts';
import { decodeText } from '../decode.ts';
import type { ImportedText, ImportedWork } from '../imported-work.ts';
import { recognise, refusalFor } from '../readers/index.ts';
import { titleFromFileName, UNTITLED } from '../readers/title.ts';
import { titleFromOpening } from '../restore/opening-title.ts';
import type { ReadAnswer, ReadOrder } from './reading.ts';
import { sourceKeysOf } from './source-keys.ts';

answerOrders(async ({ name, bytes }: ReadOrder): Promise<ReadAnswer> => {
  const { text, raw, encoding, said } = decodeText(bytes);
  const file = { name, bytes, text, raw, encoding };
  const reader = recognise(file);
  if (!reader) return { ok: false, format: null, reason: refusalFor(file) };
  const read = await reader.read(file);
  if (!read.ok) return { ok: false, format: reader.format, reason: read.reason };
  const work = readable(read.work) as ImportedWork;
  work.repairs.push(...said);
  if (!work.title?.trim()) deriveTitle(work, name);
  return { ok: true, format: read.format ?? reader.format, work, keys: sourceKeysOf(work) };
});

/** A title of the file's name, or, where that says nothing, of the opening words. */
function deriveTitle(work: ImportedWork, name: string): void {
  const fromName = titleFromFileName(name);
  const first = work.chapters[0]?.text;
  const opening = fromName === UNTITLED && first ? titleFromOpening(openingOf(first)) : null;
  work.title = opening ?? fromName;
  work.titleDerived = opening === null ? 'name' : 'opening';
}

/** So much of a text holds its first sentence, markup and all. */
const OPENING_CHARACTERS = 4_000;

function openingOf({ format, source }: ImportedText): string {
  const head = source.slice(0, OPENING_CHARACTERS);
  return format === 'html' ? plainText(head) : head;
}

/** Control characters but those that part lines. */
const CONTROL = /[^\P{Cc}\t\n\r\u0085]/gu;

/**
 * All texts of a value as a database can keep them: escapes in a file can name a NUL or half a character. A rescue stays
 * as it is: its places are counted in the source.
 */
function readable(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return value.toWellFormed().replace(CONTROL, '');
  if (name === 'rescue') return value;
  if (Array.isArray(value)) return value.map((one) => readable(one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, readable(one, key)]));
}
