/** Numbers and short phrases that hold one, as the reader's locale writes them. */

const formats = new Map<string, Intl.NumberFormat>();

/** 48213 → "48,213" in en, "48.213" in de. A locale nobody knows is read as English. */
export function formatNumber(value: number, locale: string): string {
  return numberFormat(locale).format(value);
}

/** "1 work", "12 works": the number in the reader's locale, the noun in the interface's English. */
export function countOf(value: number, one: string, locale: string, many = `${one}s`): string {
  return `${formatNumber(value, locale)} ${value === 1 ? one : many}`;
}

/** "a rating, a warning and a fandom" */
export function listOf(parts: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(parts);
}

/**
 * Silent reading of fiction: 260 English words a minute (Brysbaert 2019, a review of 190 studies). Chinese and
 * Japanese words are counted by character: 255 and 357 a minute (IReST, Trauzettel-Klosinski and Dietz 2012).
 */
const unitsPerMinute: Readonly<Record<string, number>> = { zh: 255, ja: 357 };
const wordsPerMinute = 260;

/** "about 40 min", "about 3 h", "under a minute"; undefined for a work without words. */
export function readingTime(words: number, language: string, locale: string): string | undefined {
  if (words <= 0) return undefined;
  const speed = unitsPerMinute[language.slice(0, 2).toLowerCase()] ?? wordsPerMinute;
  const minutes = words / speed;
  if (minutes < 1) return 'under a minute';
  if (minutes < 55) return `about ${formatNumber(roundToFive(minutes), locale)} min`;
  const hours = minutes / 60;
  return `about ${formatNumber(hours < 10 ? Math.round(hours * 2) / 2 : Math.round(hours), locale)} h`;
}

function roundToFive(minutes: number): number {
  return minutes < 10 ? Math.round(minutes) : Math.round(minutes / 5) * 5;
}

function numberFormat(locale: string): Intl.NumberFormat {
  const known = formats.get(locale);
  if (known) return known;
  const made = new Intl.NumberFormat(supported(locale), { numberingSystem: 'latn' });
  // Locales come from request headers: the cache must not grow with what strangers send.
  if (formats.size < 200) formats.set(locale, made);
  return made;
}

function supported(locale: string): string {
  try {
    return Intl.NumberFormat.supportedLocalesOf([locale])[0] ?? 'en';
  } catch {
    return 'en';
  }
}
