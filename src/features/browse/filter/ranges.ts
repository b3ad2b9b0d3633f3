/** Ranges of whole numbers and of dates: how they are written in an address, and read from it. */
import { firstDay, isCalendarDate, lastDay } from './dates.ts';
import { FIELD_LABELS } from './describe-leaf.ts';
import { MOST_DAYS_AGO } from './limits.ts';
import { quoted, quotedPlain, type Refusal } from './mistakes.ts';
import type { DateEnd, DateField, RangeField } from './work-filter.ts';

/** Both ends belong to it; null: open. */
export interface Span<End> {
  from: End | null;
  to: End | null;
}
export type SpanReading<End> = Span<End> | Refusal;

/** `1000..5000`, `5000..`, `..5000`, `1`: whole numbers of at most 15 digits, so that they stay below 2^53. */
export function readNumbers(field: RangeField, value: string): SpanReading<number> {
  const numbers = readSpan(value, readNumber);
  if (numbers === null) {
    return {
      sentence: `${field} takes a range like 1000..5000, 5000.. or ..5000, not ${quoted(value)}.`,
      plain: noNumber(field, value),
    };
  }
  if (numbers.from !== null && numbers.to !== null && numbers.from > numbers.to) {
    return {
      sentence: `${field} has its ends the wrong way round: write ${numbers.to}..${numbers.from}.`,
      plain: `${FIELD_LABELS[field]}: the first number is larger than the second.`,
    };
  }
  return numbers;
}

/** What a page says of a text that is no number. */
export function noNumber(field: RangeField, value: string): string {
  return `${FIELD_LABELS[field]} take whole numbers like 5,000, not ${quotedPlain(value)}.`;
}

/** What a page says of a text that is no date, or none of the calendar. */
export function noDate(field: DateField, value: string): string {
  const unreal = unrealDate(value);
  if (unreal !== undefined) return `${FIELD_LABELS[field]}: the calendar has no ${unreal}.`;
  return `${FIELD_LABELS[field]}: write a date like 2026, 2026-05 or 2026-05-31, not ${quotedPlain(value)}.`;
}

/** `2026`, `2026-01..`, `2026-01-31..2026-02`, `30d..` (the last 30 days), `..30d` (30 days ago or earlier). */
export function readDates(field: DateField, value: string): SpanReading<DateEnd> {
  const span = readSpan(value, readDateEnd);
  if (span === null) return { sentence: whyNoDates(field, value), plain: noDate(field, value) };
  if (!value.includes('..') && span.from !== null && 'daysAgo' in span.from) {
    return {
      sentence: `${field}: write ${value.trim()}.. for the time since then, or ..${value.trim()} for what is older.`,
      plain: `${FIELD_LABELS[field]}: write ${value.trim()} into the first field for the time since then, or into the second for what is older.`,
    };
  }
  if (isReversed(span)) {
    const turned = `${printDateEnd(span.to)}..${printDateEnd(span.from)}`;
    return {
      sentence: `${field} has its ends the wrong way round: write ${turned}.`,
      plain: `${FIELD_LABELS[field]}: the first date is later than the second.`,
    };
  }
  return span;
}

export function printNumbers({ from, to }: Span<number>): string {
  return from !== null && from === to ? String(from) : `${from ?? ''}..${to ?? ''}`;
}

/** A single date stands for itself; days ago always print with their dots, since `30d` alone could mean either side. */
export function printDates({ from, to }: Span<DateEnd>): string {
  const [first, last] = [printDateEnd(from), printDateEnd(to)];
  return from !== null && 'date' in from && first === last ? first : `${first}..${last}`;
}

export function readNumber(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

export function readDateEnd(text: string): DateEnd | null {
  if (isCalendarDate(text)) return { date: text };
  const days = /^(\d{1,5})d$/i.exec(text)?.[1];
  return days !== undefined && Number(days) <= MOST_DAYS_AGO ? { daysAgo: Number(days) } : null;
}

/** Null when either end cannot be read, or both are missing. */
function readSpan<End>(value: string, readEnd: (text: string) => End | null): Span<End> | null {
  const text = value.trim();
  const dots = text.indexOf('..');
  if (dots < 0) {
    const only = readEnd(text);
    return only === null ? null : { from: only, to: only };
  }
  const [first, last] = [text.slice(0, dots).trim(), text.slice(dots + 2).trim()];
  const [from, to] = [readEnd(first), readEnd(last)];
  if ((from === null && first !== '') || (to === null && last !== '')) return null;
  return from === null && to === null ? null : { from, to };
}

function isReversed({ from, to }: Span<DateEnd>): boolean {
  if (from === null || to === null) return false;
  if ('date' in from && 'date' in to) return firstDay(from.date) > lastDay(to.date);
  // Days ago beside a date can be told only on a given day: such a range may hold nothing.
  return 'daysAgo' in from && 'daysAgo' in to && from.daysAgo < to.daysAgo;
}

function printDateEnd(end: DateEnd | null): string {
  if (end === null) return '';
  return 'date' in end ? end.date : `${end.daysAgo}d`;
}

function whyNoDates(field: DateField, value: string): string {
  const unreal = unrealDate(value);
  if (unreal !== undefined) return `${field}: the calendar has no ${unreal}.`;
  return `${field} takes dates like 2026, 2026-01 or 2026-01-31, and ranges like 2026-01.. or 30d.., not ${quoted(value)}.`;
}

function unrealDate(value: string): string | undefined {
  return value
    .split('..')
    .map((end) => end.trim())
    .find((end) => /^\d{4}(?:-\d\d){1,2}$/.test(end) && !isCalendarDate(end));
}
