/** What a file plainly is, told from its content alone, so that a file no reader takes is refused by its right name. */

export type FileKind =
  | 'empty'
  | 'epub'
  | 'docx'
  | 'odt'
  | 'zip'
  | 'mobi'
  | 'pdf'
  | 'rtf'
  | 'doc'
  | 'picture'
  | 'binary'
  | 'html'
  | 'xml'
  | 'text';

/** The first bytes of the formats people keep beside their stories. Each is longer than chance would make it. */
const SIGNATURES: readonly (readonly [FileKind, string])[] = [
  ['zip', 'PK\x03\x04'],
  ['zip', 'PK\x05\x06'],
  ['zip', '7z\xbc\xaf\x27\x1c'],
  ['zip', 'Rar!\x1a\x07'],
  ['zip', '\x1f\x8b\x08'],
  ['pdf', '%PDF-'],
  ['doc', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['picture', '\x89PNG\r\n\x1a\n'],
  ['picture', 'GIF87a'],
  ['picture', 'GIF89a'],
  ['picture', '\xff\xd8\xff'],
  ['binary', 'SQLite format 3\x00'],
  ['binary', 'ID3\x03'],
  ['binary', 'ID3\x04'],
  ['binary', 'OggS\x00'],
  ['binary', '\x7fELF'],
];

/** Bytes in, the kind of a file that is not text out; null when nothing speaks against text. Looks at the head only. */
export function signatureKind(bytes: Uint8Array): FileKind | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096)).toString('latin1');
  const found = SIGNATURES.find(([, start]) => head.startsWith(start))?.[0];
  if (found === 'zip') return zipKind(head);
  if (found) return found;
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'picture';
  if (head.slice(60, 68) === 'BOOKMOBI' || head.slice(60, 68) === 'TEXtREAd') return 'mobi';
  return null;
}

/** A zip says what it holds in its first entries: an EPUB and an ODT carry a `mimetype`, a DOCX the Office parts. */
function zipKind(head: string): FileKind {
  if (head.includes('mimetypeapplication/epub+zip')) return 'epub';
  if (head.includes('mimetypeapplication/vnd.oasis.opendocument.text')) return 'odt';
  if (head.includes('[Content_Types].xml') || head.includes('word/document.xml')) return 'docx';
  return 'zip';
}

/**
 * A file's bytes and decoded text in (no text where decoding found none), what it is out. HTML means a page, or a
 * fragment that opens with a block.
 */
export function fileKind(file: { bytes: Uint8Array; text: string }): FileKind {
  if (file.bytes.length === 0) return 'empty';
  const kind = signatureKind(file.bytes);
  if (kind) return kind;
  const head = file.text.slice(0, 16_384);
  if (isNoise(head)) return 'binary';
  const start = head.trimStart().slice(0, 4096);
  if (start === '' && file.text.trim() === '') return file.text === '' && file.bytes.length > 3 ? 'binary' : 'empty';
  if (start.startsWith('{\\rtf')) return 'rtf';
  if (start.startsWith('<')) return markupKind(start);
  return 'text';
}

const CONTROLS = /[\u0001-\u0008\u000b\u000e-\u001a\u001c-\u001f]/g;

/** NULs, or more control characters than any text has. Tabs, line ends, form feeds and escapes are not counted. */
export function isNoise(text: string): boolean {
  if (text.includes('\0')) return true;
  const controls = text.match(CONTROLS)?.length ?? 0;
  return controls > 4 && controls * 20 > text.length;
}

const HTML_START = /^<(?:!doctype\s+html|html|head|body|title|meta|link|style|script)[\s>/]/i;
const BLOCK_START =
  /^<(?:p|div|br|h[1-6]|center|table|blockquote|font|span|article|section|main|hr|ul|ol|b|i|em|strong)[\s>/]/i;

function markupKind(start: string): FileKind {
  let rest = start;
  for (;;) {
    const prolog = /^(?:<!--[\s\S]{0,4000}?-->|<\?[^>]{0,1000}\?>)\s*/.exec(rest);
    if (!prolog) break;
    rest = rest.slice(prolog[0].length);
  }
  if (HTML_START.test(rest)) return 'html';
  if (BLOCK_START.test(rest)) return (rest.match(/<(?:p|br|div|tr|li)[\s>/]/gi)?.length ?? 0) > 1 ? 'html' : 'text';
  if (start.startsWith('<?xml')) return /<html[\s>]/i.test(rest) ? 'html' : 'xml';
  return 'text';
}
