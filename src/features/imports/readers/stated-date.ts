/** Days as people write them, read without guessing. */

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/**
 * "2024-05-18", "2024-05-18T10:00", "2024/5/18", "18 May 2024", "May 18, 2024", "18.05.2024" in; YYYY-MM-DD out. Null
 * for anything else: a month or year alone, a day that does not exist, and "05/04/2024", which means two days.
 */
export function readDate(written: string): string | null {
  const text = written.trim();
  let m = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s].*)?$/.exec(text);
  if (m) return day(m[1], m[2], m[3]);
  m = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(text);
  if (m) return day(m[3], m[2], m[1]);
  m = /^(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{4})$/i.exec(text);
  if (m) return day(m[3], month(m[2]), m[1]);
  m = /^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/i.exec(text);
  if (m) return day(m[3], month(m[1]), m[2]);
  m = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (m && Number(m[1]) > 12) return day(m[3], m[2], m[1]);
  if (m && (Number(m[2]) > 12 || m[1] === m[2])) return day(m[3], m[1], m[2]);
  return null;
}

function month(name: string | undefined): string {
  return String(MONTHS.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1);
}

function day(year: string | undefined, month: string | undefined, date: string | undefined): string | null {
  const iso = `${year}-${(month ?? '').padStart(2, '0')}-${(date ?? '').padStart(2, '0')}`;
  const time = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(iso) && Number(year) > 0 ? iso : null;
}
