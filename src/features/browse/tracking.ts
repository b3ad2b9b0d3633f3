/** Parameters that other sites hang on addresses to follow people about. They ask for nothing here. Pure. */

/** Of Facebook, Google, Microsoft, X, TikTok, Yandex, Instagram, Mailchimp, and what several write. */
const TRACKING = [
  'fbclid',
  'gclid',
  'gbraid',
  'wbraid',
  'dclid',
  'msclkid',
  'twclid',
  'ttclid',
  'yclid',
  'igsh',
  'igshid',
  'mc_cid',
  'mc_eid',
  'ref_src',
  'ref_url',
];
const TRACKING_BEGINS = 'utm_';

/**
 * @param search the query string with its question mark, or ''.
 * @returns the same without them, everything else as it was written; null where there are none.
 */
export function withoutTracking(search: string): string | null {
  const parameters = search.replace(/^\?/, '').split('&');
  const kept = parameters.filter((parameter) => !isTracking(parameter.split('=', 1)[0] ?? ''));
  if (kept.length === parameters.length) return null;
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
}

function isTracking(name: string): boolean {
  const lower = name.toLowerCase();
  return TRACKING.includes(lower) || lower.startsWith(TRACKING_BEGINS);
}
