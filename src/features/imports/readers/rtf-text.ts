/** RTF's letters: bytes in the code page of the font they stand in, `\uN` beside them, and words for signs. */
import iconv from 'iconv-lite';

/** `\fcharset` by number. 0 and 1 (ANSI, default) are the document's own page; 2 is symbols, which have none. */
const CHARSETS: Record<number, string> = {
  77: 'macroman',
  128: 'cp932',
  129: 'cp949',
  130: 'cp949',
  134: 'cp936',
  136: 'cp950',
  161: 'win1253',
  162: 'win1254',
  163: 'win1258',
  177: 'win1255',
  178: 'win1256',
  186: 'win1257',
  204: 'win1251',
  222: 'cp874',
  238: 'win1250',
  254: 'cp437',
  255: 'cp850',
};

/** The encoding of a font's character set; undefined where the document's own is meant. */
export function encodingOfCharset(charset: number): string | undefined {
  return CHARSETS[charset];
}

/** The encoding of a code page by its number; Windows-1252 for one that no decoder knows. */
export function encodingOfPage(page: number): string {
  if (page === 65001) return 'utf8';
  if (page === 10000) return 'macroman';
  const name = page >= 1250 && page <= 1258 ? `win${page}` : `cp${page}`;
  return iconv.encodingExists(name) ? name : 'win1252';
}

/** Bytes in an encoding as text; a byte that means nothing becomes U+FFFD. */
export function decodeBytes(bytes: readonly number[], encoding: string): string {
  return iconv.decode(Buffer.from(bytes), encoding, { stripBOM: false });
}

const tables = new Map<string, readonly string[] | null>();

/** The letters of an encoding by their byte; null for one whose letters may take several bytes. */
export function lettersOf(encoding: string): readonly string[] | null {
  const known = tables.get(encoding);
  if (known !== undefined) return known;
  const single = encoding !== 'utf8' && !encoding.startsWith('cp9');
  const letters = single ? Array.from({ length: 256 }, (_, byte) => decodeBytes([byte], encoding)) : null;
  tables.set(encoding, letters);
  return letters;
}

/** Control words that stand for a sign. */
export const SIGNS: Record<string, string> = {
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  emspace: '\u2003',
  enspace: '\u2002',
  qmspace: '\u2005',
  tab: ' ',
  zwj: '\u200d',
  zwnj: '\u200c',
  ltrmark: '\u200e',
  rtlmark: '\u200f',
  '~': '\u00a0',
  _: '\u2011',
  '-': '\u00ad',
  '{': '{',
  '}': '}',
  '\\': '\\',
};

/** Groups that are no text, with what they say of themselves. */
export const NO_TEXT_GROUPS: ReadonlySet<string> = new Set(
  (
    'colortbl filetbl listtable listoverridetable revtbl rsidtbl generator header headerl headerr headerf footer footerl ' +
    'footerr footerf ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn nonshppict objdata xe tc themedata colorschememapping ' +
    'latentstyles datastore shprslt fldtype bkmkstart bkmkend template private1 factoidname mmathPr pgdsctbl'
  ).split(' '),
);
