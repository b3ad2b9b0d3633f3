/** A date as people write it, with a hint of how long ago it was. Days are UTC days. */

const day = 86_400_000;
const american = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });
const elsewhere = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** "3 Nov 2026"; "Nov 3, 2026" for American readers. Month names are the interface's English. */
export function formatDate(at: number, locale: string): string {
  return (locale === 'en-US' ? american : elsewhere).format(at);
}

/** "today", "yesterday", "in 3 days", "2 weeks ago", "5 years ago". */
export function relativeHint(at: number, now: number): string {
  const days = Math.floor(at / day) - Math.floor(now / day);
  const away = Math.abs(days);
  if (away < 14) return relative.format(days, 'day');
  if (away < 60) return relative.format(Math.trunc(days / 7), 'week');
  if (away < 730) return relative.format(Math.trunc(days / 30.44), 'month');
  return relative.format(Math.trunc(days / 365.25), 'year');
}

/** `hint` puts the relative date beside the absolute one; without it it is the tooltip. */
export function Time({ at, site, hint }: { at: number; site: { now: number; locale: string }; hint?: boolean }) {
  const ago = relativeHint(at, site.now);
  return (
    <>
      <time dateTime={new Date(at).toISOString().slice(0, 10)} title={hint ? undefined : ago}>
        {formatDate(at, site.locale)}
      </time>
      {hint && ` (${ago})`}
    </>
  );
}
