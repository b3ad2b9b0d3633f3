/**
 * Days and minutes as forms send and show them: minutes by the clocks of whoever looks, days that works bear in UTC. A work's
 * day can lie in the past, never in the future. Pure.
 */
import { localMinute, momentOfMinute, UTC } from '../../platform/time-zone.ts';

const DAY_MS = 86_400_000;
/** As on AO3: fandom's oldest zines are not older. */
const FIRST_DAY = Date.UTC(1950, 0, 1);
/** Nobody schedules a chapter for a day further off than this. */
const LATEST_MS = 3_660 * DAY_MS;

/** A moment as the day it lies in: 2026-11-03. */
export function dayField(at: number | null): string {
  return at === null ? '' : new Date(at).toISOString().slice(0, 10);
}

/** A moment to the minute: 2026-11-03T18:30. */
export function minuteField(at: number | null, zone: string = UTC): string {
  return at === null ? '' : localMinute(at, zone);
}

/** A moment in words of a sentence: 2026-11-03, 18:30 UTC. */
export function minuteWords(at: number, zone: string = UTC): string {
  return `${minuteField(at, zone).replace('T', ', ')} ${zone}`;
}

/**
 * The day that was typed, as its first moment, or now for today; null for an empty field; a sentence for what is no day, lies
 * before 1950 or in the future.
 */
export function dayFrom(typed: string, now: number): number | null | string {
  if (typed === '') return null;
  const at = momentOf(typed, /^\d{4}-\d{2}-\d{2}$/, 'T00:00Z', dayField);
  if (at === null) return 'Type a day as year, month and day, like 2019-04-27.';
  if (at > now) return 'This day is in the future. To post later, schedule it.';
  if (at < FIRST_DAY) return 'A work can be dated back to 1950.';
  return dayField(now) === typed ? now : at;
}

/**
 * The minute that was typed, by clocks of a zone; a sentence for what is none, is past, is left out when clocks are set forward,
 * or lies more than ten years ahead.
 */
export function minuteFrom(typed: string, now: number, zone: string = UTC): number | string {
  const minute = typed.slice(0, 16);
  const at = momentOfMinute(minute, zone);
  if (at === null) {
    const isNamed = momentOfMinute(minute, UTC) !== null;
    return isNamed
      ? `There is no such time that day in ${zone}: clocks are set forward.`
      : `Choose a day and a time, in ${zone}.`;
  }
  if (at <= now) return 'This time is past already.';
  return at > now + LATEST_MS ? 'This is more than ten years from now.' : at;
}

/** Only what is written back the same is a date: 30 February is none. */
function momentOf(typed: string, form: RegExp, rest: string, write: (at: number) => string): number | null {
  if (!form.test(typed)) return null;
  const at = Date.parse(typed + rest);
  return Number.isNaN(at) || write(at) !== typed ? null : at;
}
