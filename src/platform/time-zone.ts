/** Moments as clocks of a time zone show them, by the zones that the runtime knows (IANA). */

export const UTC = 'UTC';

/** The zones that can be chosen, UTC first. */
export const timeZones: readonly string[] = [UTC, ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== UTC)];

const known = new Set(timeZones);

/** A zone by its name; UTC for anything else. */
export function timeZoneFrom(name: string | undefined): string {
  return name !== undefined && known.has(name) ? name : UTC;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const made =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
  clocks.set(zone, made);
  return made;
}

/** A moment to the minute as a clock there shows it: 2026-11-03T18:30. */
export function localMinute(at: number, zone: string): string {
  if (zone === UTC) return new Date(at).toISOString().slice(0, 16);
  const parts = new Map(
    clockOf(zone)
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** The day that a moment lies in there: 2026-11-03. */
export function localDay(at: number, zone: string): string {
  return localMinute(at, zone).slice(0, 10);
}

/**
 * The moment at which a clock there shows a minute, written as `localMinute` writes it. Of two, when clocks are set back, the
 * first; null for what is no minute, and for one that is left out when clocks are set forward.
 */
export function momentOfMinute(minute: string, zone: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(minute)) return null;
  const asUtc = Date.parse(`${minute}Z`);
  if (Number.isNaN(asUtc)) return null;
  const moments = [-DAY_MS, 0, DAY_MS]
    .map((away) => asUtc - offsetAt(asUtc + away, zone))
    .filter((at) => localMinute(at, zone) === minute);
  return moments.length === 0 ? null : Math.min(...moments);
}

const DAY_MS = 86_400_000;

/** By how much clocks there are ahead of UTC. */
function offsetAt(at: number, zone: string): number {
  const minute = Math.floor(at / 60_000) * 60_000;
  return Date.parse(`${localMinute(minute, zone)}Z`) - minute;
}
