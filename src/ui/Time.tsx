/**
 * A date as people write it, with a hint of how long ago it was. A moment lies in a day of the viewer's own clocks; a day that a
 * work bears is the same for everybody, and UTC's.
 */
import { localDay, localMinute, UTC } from '../platform/time-zone.ts';

const day = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(language: 'en-US' | 'en-GB', timeZone: string): Intl.DateTimeFormat {
  const name = `${language} ${timeZone}`;
  const format = formats.get(name) ?? new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone });
  formats.set(name, format);
  return format;
}

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** "3 Nov 2026"; "Nov 3, 2026" for American readers. Month names are the interface's English. */
export function formatDate(at: number, locale: string, timeZone: string = UTC): string {
  return formatOf(locale === 'en-US' ? 'en-US' : 'en-GB', timeZone).format(at);
}

/** "today", "yesterday", "in 3 days", "2 weeks ago", "5 years ago". */
export function relativeHint(at: number, now: number, timeZone: string = UTC): string {
  const days = dayNumber(at, timeZone) - dayNumber(now, timeZone);
  const away = Math.abs(days);
  if (away < 14) return relative.format(days, 'day');
  if (away < 60) return relative.format(Math.trunc(days / 7), 'week');
  if (away < 730) return relative.format(Math.trunc(days / 30.44), 'month');
  return relative.format(Math.trunc(days / 365.25), 'year');
}

function dayNumber(at: number, timeZone: string): number {
  return timeZone === UTC ? Math.floor(at / day) : Date.parse(localDay(at, timeZone)) / day;
}

/**
 * `hint` puts the relative date beside the absolute one; without it it is the tooltip. `day`: what a work bears, and what is
 * kept of pages for several viewers. `clock`: with the hour and minute, where the moment itself matters.
 */
export function Time(props: {
  at: number;
  site: { now: number; locale: string; timeZone?: string };
  hint?: boolean;
  day?: boolean;
  clock?: boolean;
}) {
  const { at, site, hint } = props;
  const timeZone = props.day ? UTC : (site.timeZone ?? UTC);
  const ago = relativeHint(at, site.now, timeZone);
  return (
    <>
      <time dateTime={localDay(at, timeZone)} title={hint ? undefined : ago}>
        {formatDate(at, site.locale, timeZone)}
        {props.clock && `, ${localMinute(at, timeZone).slice(-5)}`}
      </time>
      {hint && ` (${ago})`}
    </>
  );
}
