/** Between cleaned HTML and plain text: snippets, descriptions and counts are made of the text alone. */
import { BLOCK_ELEMENTS } from './allow-list.ts';
import { readTokens } from './tokens.ts';

const NAMED: Record<string, string> = { amp: '&', apos: "'", gt: '>', lt: '<', nbsp: '\u00a0', quot: '"' };

/** Takes any text; returns it so that it means itself in HTML text and in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Resolves the character references that cleaned HTML holds; any other stays as it is. */
export function resolveReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]{2,4}));/gi, (whole, hex, decimal, name) => {
    if (typeof name === 'string') return NAMED[name] ?? whole;
    const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}

/**
 * Takes cleaned HTML; returns its text with '\n' where a line ends and `between` where a block begins or ends.
 * Readings beside ruby (`rt`, `rp`) are left out when `readings` is false.
 */
export function textOf(html: string, between: string, readings: boolean): string {
  let result = '';
  let hidden = 0;
  const isReading = (name: string): boolean => !readings && (name === 'rt' || name === 'rp');
  readTokens(html, {
    text: (raw) => {
      if (hidden === 0) result += raw;
    },
    literal: (text) => {
      if (hidden === 0) result += text;
    },
    open: (name) => {
      if (isReading(name)) hidden += 1;
      else if (name === 'br') result += '\n';
      else if (BLOCK_ELEMENTS.has(name)) result += between;
      return undefined;
    },
    close: (name) => {
      if (isReading(name)) hidden = Math.max(0, hidden - 1);
      else if (BLOCK_ELEMENTS.has(name)) result += between;
    },
  });
  return resolveReferences(result);
}

/** Takes cleaned HTML; returns its text, blocks separated by one blank line, line breaks kept. */
export function plainText(html: string): string {
  return textOf(html, '\u0000', true)
    .split('\u0000')
    .map((block) => block.trim())
    .filter((block) => block !== '')
    .join('\n\n');
}
