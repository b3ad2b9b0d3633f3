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
  ['rtf', '{\\rtf'],
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
  if (found === 'zip') return head.startsWith('PK') ? zipKind(bytes, head) : 'zip';
  if (found) return found;
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'picture';
  if (head.slice(60, 68) === 'BOOKMOBI' || head.slice(60, 68) === 'TEXtREAd') return 'mobi';
  return null;
}

/**
 * A zip says what it holds: an EPUB and an ODT in their first entry, `mimetype`; whatever else by the names in its list,
 * which stands at the end; and where that is cut off, by its head. A zip full of EPUBs is none.
 */
function zipKind(bytes: Uint8Array, head: string): FileKind {
  const said = /^PK\x03\x04[^]{24}([^]{2})mimetype([^]{0,300})/.exec(head);
  const extra = said?.[1] ? said[1].charCodeAt(0) + said[1].charCodeAt(1) * 256 : 0;
  const content = said?.[2]?.slice(extra) ?? '';
  if (content.startsWith('application/epub+zip')) return 'epub';
  if (content.startsWith('application/vnd.oasis.opendocument.text')) return 'odt';
  const names = listedNames(bytes);
  if (names) return kindOfZip(names);
  return head.includes('[Content_Types].xml') || head.includes('word/document.xml') ? 'docx' : 'zip';
}

/** What a zip is by the names of its entries: a book, a document, or a folder of files. */
export function kindOfZip(names: ReadonlySet<string>): 'epub' | 'docx' | 'odt' | 'zip' {
  if (names.has('META-INF/container.xml')) return 'epub';
  if (names.has('[Content_Types].xml')) return 'docx';
  return names.has('META-INF/manifest.xml') && names.has('content.xml') ? 'odt' : 'zip';
}

/** The names in a zip's list of files, as far as it can be walked; null when it is not where it should be. */
function listedNames(bytes: Uint8Array): Set<string> | null {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const tail = zip.subarray(Math.max(0, zip.length - 65_557));
  const end = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0 || end + 22 > tail.length) return null;
  const names = new Set<string>();
  let at = tail.readUInt32LE(end + 16);
  for (let left = tail.readUInt16LE(end + 10); left > 0 && at + 46 <= zip.length; left--) {
    if (zip.readUInt32LE(at) !== 0x02014b50) break;
    const length = zip.readUInt16LE(at + 28);
    names.add(zip.toString('utf8', at + 46, at + 46 + length));
    at += 46 + length + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return names.size > 0 ? names : null;
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
