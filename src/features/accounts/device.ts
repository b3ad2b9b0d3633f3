/** What a device is called in the list of those that are signed in: a browser and a system, and nothing finer. Pure. */

// In this order: most browsers also name those that they descend from.
const BROWSERS = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\bOPR\/|\bOpera\b/],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Vivaldi', /\bVivaldi\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|Chromium|CriOS)\//],
  ['Safari', /\bSafari\//],
] as const;
const SYSTEMS = [
  ['iPad', /\biPad\b/],
  ['iPhone', /\biPhone\b/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b|\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
] as const;

/** @returns "Firefox on Linux", as coarse as that; '' when nothing is known. */
export function deviceName(userAgent: string | undefined): string {
  const said = (userAgent ?? '').slice(0, 500);
  const browser = BROWSERS.find(([, sign]) => sign.test(said))?.[0];
  const system = SYSTEMS.find(([, sign]) => sign.test(said))?.[0];
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? system ?? '';
}
