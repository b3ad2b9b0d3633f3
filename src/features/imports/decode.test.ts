import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText } from './decode.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const utf16 = (text: string, big: boolean) => {
  const buffer = Buffer.from(text, 'utf16le');
  return new Uint8Array(big ? buffer.swap16() : buffer);
};

describe('decodeText', () => {
  test.each([
    ['UTF-8', new TextEncoder().encode('Ça va — 行'), 'Ça va — 行', 'utf-8'],
    ['UTF-8 with a mark', bytes(0xef, 0xbb, 0xbf, 0x61), 'a', 'utf-8'],
    ['UTF-16 LE with a mark', bytes(0xff, 0xfe, 0x61, 0, 0x2d, 0x4e), 'a中', 'utf-16le'],
    ['UTF-16 BE with a mark', bytes(0xfe, 0xff, 0, 0x61, 0x4e, 0x2d), 'a中', 'utf-16be'],
    ['UTF-16 LE without one', utf16('The kettle sang.', false), 'The kettle sang.', 'utf-16le'],
    ['UTF-16 BE without one', utf16('The kettle sang.', true), 'The kettle sang.', 'utf-16be'],
    ['Windows-1252', bytes(0x93, 0x49, 0x92, 0x6d, 0x94), '“I’m”', 'windows-1252'],
    ['nothing at all', bytes(), '', 'utf-8'],
  ])('reads %s', (_, input, text, encoding) => {
    expect(decodeText(input)).toEqual({ text, encoding, binary: false });
  });

  test('makes every line end one line feed', () => {
    expect(decodeText(new TextEncoder().encode('a\r\nb\rc\n\r\n')).text).toBe('a\nb\nc\n\n');
  });

  test('follows an HTML page that declares its code page, only when UTF-8 does not fit', () => {
    const page = Buffer.concat([
      Buffer.from('<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head><p>'),
      bytes(0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2),
    ]);
    expect(decodeText(page)).toMatchObject({ encoding: 'windows-1251', text: expect.stringContaining('Привет') });
    const utf8 = new TextEncoder().encode('<html><meta charset="windows-1251"><p>Привет');
    expect(decodeText(utf8)).toMatchObject({ encoding: 'utf-8', text: expect.stringContaining('Привет') });
    const unknown = Buffer.concat([Buffer.from('<html><meta charset="klingon"><p>'), bytes(0x93)]);
    expect(decodeText(unknown).encoding).toBe('windows-1252');
  });

  test.each([
    ['a zip', bytes(0x50, 0x4b, 3, 4, 20, 0)],
    ['a PDF', Buffer.from('%PDF-1.7\n')],
    ['a PNG', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
    ['a JPEG', bytes(0xff, 0xd8, 0xff, 0xe0)],
    ['NULs', bytes(0x61, 0, 0, 0, 0x62, 0x63, 0x64)],
    ['control characters', bytes(1, 2, 3, 4, 5, 6, 7, 8)],
  ])('calls %s binary', (_, input) => {
    expect(decodeText(input)).toMatchObject({ binary: true, text: '' });
  });

  test('text that is written down as UTF-8 comes back, but for line ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'é', '中', '\n', ' ', '“', '😀') }), (text) => {
        expect(decodeText(new TextEncoder().encode(text)).text).toBe(text);
      }),
    );
  });

  test('no bytes make it throw', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (input) => typeof decodeText(input).text === 'string'));
  });
});
