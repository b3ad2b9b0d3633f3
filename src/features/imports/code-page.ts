/**
 * Which code page of one byte a character a text is written in: Windows-1252, MacRoman, or one of the two Russian ones.
 * Both western pages use every byte, so nothing is invalid; what decides is whether letters, quotes and dashes make sense
 * where they stand. `n\x92t` is “n’t” on Windows and “nít” on a Mac; one such place may deceive, a text does not.
 */

/** Enough of a text to judge by; the letters that decide stand everywhere. */
const LOOKED_BYTES = 1_000_000;

/** Bytes that are not UTF-8 in, the WHATWG name of their most probable code page out; Windows-1252 in doubt. */
export function guessCodePage(bytes: Uint8Array): 'windows-1252' | 'macintosh' | 'windows-1251' | 'koi8-r' {
  const looked = bytes.subarray(0, LOOKED_BYTES);
  return (
    russianPage(looked) ??
    (plausibility(looked, MACROMAN) > plausibility(looked, WINDOWS) ? 'macintosh' : 'windows-1252')
  );
}

/** True when the bytes are plainly MacRoman, whatever a page declares: sense as that, nonsense as Windows-1252. */
export function macRomanIsClear(bytes: Uint8Array): boolean {
  const looked = bytes.subarray(0, LOOKED_BYTES);
  return plausibility(looked, MACROMAN) > 3 && plausibility(looked, WINDOWS) < 0;
}

type Sense =
  | 'small'
  | 'capital'
  | 'rareSmall'
  | 'rareCapital'
  | 'opening'
  | 'closing'
  | 'apostrophe'
  | 'guillemetLeft'
  | 'guillemetRight'
  | 'dash'
  | 'ellipsis'
  | 'inverted'
  | 'space'
  | 'sign'
  | 'nonsense';

/** Letters of English loan words, French, German, Spanish, Portuguese, Italian and the Nordic languages. */
const SMALL = 'àáâãäåæçèéêëìíîïñòóôõöøùúûüßœ';
const CAPITAL = 'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŒ';
const SENSES: readonly (readonly [Sense, string])[] = [
  ['small', SMALL],
  ['capital', CAPITAL],
  ['rareSmall', 'šžýþðÿªº'],
  ['rareCapital', 'ŠŽÝÞÐŸ'],
  ['opening', '“‘„‚'],
  ['closing', '”'],
  ['apostrophe', '’'],
  ['guillemetLeft', '«‹'],
  ['guillemetRight', '»›'],
  ['dash', '–—'],
  ['ellipsis', '…'],
  ['inverted', '¿¡'],
  ['space', '\u00a0'],
  ['sign', '€£©®™°§•½¼¾²³·×÷\u00ad'],
];

const WINDOWS = sensesOf('windows-1252');
const MACROMAN = sensesOf('macintosh');

/** What each byte from 0x80 on is in a code page. */
function sensesOf(encoding: string): readonly Sense[] {
  const signs = new TextDecoder(encoding).decode(Uint8Array.from({ length: 128 }, (_, i) => i + 128));
  return Array.from(signs, (sign) => SENSES.find(([, all]) => all.includes(sign))?.[0] ?? 'nonsense');
}

/** What a neighbour is, as far as it matters. */
type Neighbour = 'small' | 'capital' | 'gap' | 'mark' | 'digit';

function plausibility(bytes: Uint8Array, senses: readonly Sense[]): number {
  const neighbour = (byte: number | undefined): Neighbour => {
    if (byte === undefined || byte <= 0x20) return 'gap';
    if (byte >= 0x61 && byte <= 0x7a) return 'small';
    if (byte >= 0x41 && byte <= 0x5a) return 'capital';
    if (byte >= 0x30 && byte <= 0x39) return 'digit';
    if (byte < 0x80) return 'mark';
    const sense = senses[byte - 0x80] ?? 'nonsense';
    if (sense === 'small' || sense === 'rareSmall') return 'small';
    if (sense === 'capital' || sense === 'rareCapital') return 'capital';
    return sense === 'space' ? 'gap' : 'mark';
  };
  let total = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < 0x80) continue;
    const sense = senses[byte - 0x80] ?? 'nonsense';
    if (sense === 'apostrophe' && joinsLetters(bytes, i)) total += isApostrophe(bytes, i) ? 2.5 : 0.5;
    else total += weight(sense, neighbour(bytes[i - 1]), neighbour(bytes[i + 1]));
  }
  return total;
}

const isLetter = (one: Neighbour): boolean => one === 'small' || one === 'capital';

function weight(sense: Sense, before: Neighbour, after: Neighbour): number {
  switch (sense) {
    case 'small':
    case 'rareSmall':
      return smallLetter(before, after) * (sense === 'small' ? 1 : 0.25);
    case 'capital':
    case 'rareCapital':
      return capitalLetter(before, after) * (sense === 'capital' ? 1 : 0.5);
    case 'apostrophe':
      return before === 'gap' && after === 'gap' ? -2 : 1;
    case 'opening':
      if (before === 'gap' || before === 'mark') return after === 'gap' ? -1 : 2;
      return -2;
    case 'closing':
      if (before === 'gap') return -1;
      return after === 'gap' || after === 'mark' ? 2 : -1;
    case 'guillemetLeft':
    case 'guillemetRight':
      return isLetter(before) && isLetter(after) ? -2 : 1.5;
    case 'dash':
      if (isLetter(before) && isLetter(after)) return 2.1;
      return isLetter(before) && after === 'gap' ? 0.5 : 1;
    case 'ellipsis':
      return before === 'gap' && isLetter(after) ? 0.5 : 1.5;
    case 'inverted':
      return isLetter(before) ? -2 : 1.5;
    case 'space':
      return isLetter(before) && isLetter(after) ? 0.2 : 1;
    case 'sign':
      return isLetter(before) && isLetter(after) ? -2 : -0.2;
    case 'nonsense':
      return -3;
  }
}

const letterAt = (bytes: Uint8Array, at: number): string => {
  const sign = String.fromCharCode(bytes[at] ?? 0);
  return /[a-z\x80-\xff]/i.test(sign) ? sign.toLowerCase() : '';
};

function joinsLetters(bytes: Uint8Array, at: number): boolean {
  return letterAt(bytes, at - 1) !== '' && letterAt(bytes, at + 1) !== '';
}

/** “don’t”, “they’ll”, “O’Brien”, “l’été”, “qu’il”, “dell’acqua”; not the í of “María”. */
function isApostrophe(bytes: Uint8Array, at: number): boolean {
  const [second, first] = [letterAt(bytes, at - 2), letterAt(bytes, at - 1)];
  const [next, last] = [letterAt(bytes, at + 1), letterAt(bytes, at + 2)];
  if (/^[A-Z]$/.test(String.fromCharCode(bytes[at + 1] ?? 0))) return true;
  if (/^[stdmr]$/.test(next) && last === '') return true;
  if (/^(?:ll|re|ve|em|er)$/.test(next + last)) return true;
  return second === '' || second + first === 'qu' || second + first === 'll' || second + first === 'un';
}

function smallLetter(before: Neighbour, after: Neighbour): number {
  if (after === 'capital') return -2;
  if (before === 'small' || after === 'small') return 2;
  if (before === 'capital') return 0.5;
  // A letter by itself: “à”, “y a-t-il”; but after a full stop it is a quote of the other page.
  return before === 'mark' ? -1.5 : 0.5;
}

function capitalLetter(before: Neighbour, after: Neighbour): number {
  if (before === 'small') return -3;
  if (before === 'capital') return 1;
  return after === 'small' || after === 'capital' ? 1 : -1;
}

/** о е а и н т: nearly half of the letters of any Russian text, and of no other text in these places. */
const RUSSIAN: readonly (readonly ['windows-1251' | 'koi8-r', readonly number[]])[] = [
  ['windows-1251', [0xee, 0xe5, 0xe0, 0xe8, 0xed, 0xf2]],
  ['koi8-r', [0xcf, 0xc5, 0xc1, 0xc9, 0xce, 0xd4]],
];
const RUSSIAN_LEAST = 20;

/** A text most of whose letters are above 0xC0, with the letters of Russian at their places; else null. */
function russianPage(bytes: Uint8Array): 'windows-1251' | 'koi8-r' | null {
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1;
  const sum = (from: number, to: number): number => counts.subarray(from, to).reduce((a, b) => a + b, 0);
  const high = sum(0xc0, 0x100);
  const latin = sum(0x41, 0x5b) + sum(0x61, 0x7b);
  if (high < RUSSIAN_LEAST || high < latin) return null;
  const share = (letters: readonly number[]): number => letters.reduce((a, b) => a + (counts[b] ?? 0), 0) / high;
  return RUSSIAN.find(([, letters]) => share(letters) > 0.33)?.[0] ?? null;
}
