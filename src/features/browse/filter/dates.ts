/** Calendar dates as filters write them (2026, 2026-01, 2026-01-31) and the UTC days they stand for. Pure: today is handed over. */
import type { DateEnd } from './work-filter.ts';

const DAY = 86_400_000;
const DATE = /^([1-9]\d{3})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?$/;

/** Whether a text is a year, month or day of the calendar: 2026-02-29 is not. */
export function isCalendarDate(text: string): boolean {
  return partsOf(text) !== null;
}

/** The UTC day (since 1970) on which a year, month or day begins. */
export function firstDay(date: string): number {
  const [year, month = 1, day = 1] = known(date);
  return Date.UTC(year, month - 1, day) / DAY;
}

/** The UTC day on which a year, month or day ends. */
export function lastDay(date: string): number {
  const [year, month, day] = known(date);
  if (month === undefined) return Date.UTC(year + 1, 0, 1) / DAY - 1;
  return day === undefined ? Date.UTC(year, month, 1) / DAY - 1 : firstDay(date);
}

/** The year, month or day after (1) or before (-1) this one, of the same kind; null beyond the years 1000 to 9999. */
export function neighbour(date: string, step: 1 | -1): string | null {
  const beside = step === 1 ? lastDay(date) + 1 : firstDay(date) - 1;
  const text = new Date(beside * DAY).toISOString().slice(0, date.length);
  return isCalendarDate(text) ? text : null;
}

/**
 * The UTC days of a range, both ends inclusive. A month or year that ends it means its last day; days ago are counted from
 * `today` (a UTC day since 1970), so that `30d..` begins on today - 30. Null: open.
 */
export function dayRange(
  from: DateEnd | null,
  to: DateEnd | null,
  today: number,
): { from: number | null; to: number | null } {
  const day = (end: DateEnd | null, ofDate: (date: string) => number) => {
    if (end === null) return null;
    return 'date' in end ? ofDate(end.date) : today - end.daysAgo;
  };
  return { from: day(from, firstDay), to: day(to, lastDay) };
}

type DateParts = readonly [year: number, month?: number, day?: number];

function known(date: string): DateParts {
  const parts = partsOf(date);
  if (parts === null) throw new RangeError('A date of a filter is a year, month or day of the calendar.');
  return parts;
}

function partsOf(text: string): DateParts | null {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year === undefined) return null;
  if (month === undefined) return [Number(year)];
  if (day === undefined) return [Number(year), Number(month)];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCDate() === Number(day) ? [Number(year), Number(month), Number(day)] : null;
}
