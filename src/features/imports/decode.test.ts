import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText, encodeText } from './decode.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const utf16 = (text: string, big: boolean) => {
  const buffer = Buffer.from(text, 'utf16le');
  return new Uint8Array(big ? buffer.swap16() : buffer);
};

const utf32 = (text: string, big: boolean) => {
  const buffer = Buffer.alloc(text.length * 4);
  for (let i = 0; i < text.length; i++)
    if (big) buffer.writeUInt32BE(text.charCodeAt(i), i * 4);
    else buffer.writeUInt32LE(text.charCodeAt(i), i * 4);
  return new Uint8Array(buffer);
};
const backAgain = (input: Uint8Array) => {
  const { raw, encoding, mark, strays } = decodeText(input);
  return Buffer.from(encodeText(raw, encoding, mark, strays));
};

/** Prose of each language with its own quotes, as it was typed for this test. */
const PROSE: readonly (readonly [language: string, text: string])[] = [
  ['English', '“You’re late,” said Marta — she didn’t look up. ‘I know,’ he said… “It’s the café’s fault.”'],
  [
    'English, apostrophes only',
    'She didn’t know. He’d gone, and it wasn’t his kettle, nor Tam’s. I’m sure they’ll come.',
  ],
  ['English, one accent', 'They met at the café by the harbour, as always.'],
  ['English, British quotes', '‘Did you post it?’ asked Wren. ‘’Course I did.’ Tam’s boots were wet – very wet.'],
  [
    'French',
    'Élodie n’était pas là. « Où êtes-vous allé ? » demanda-t-elle à son frère, déçue… Il hésita : « À la forêt. »',
  ],
  [
    'French with spaces of its own',
    '«\u00a0Ça va\u00a0?\u00a0» Le garçon leva la tête\u00a0; sa sœur était déjà partie.',
  ],
  ['German', '„Schön, dass du da bist“, sagte Jörg und schloß die Tür. Über den Häusern lag Rauch; Öl auf der Straße.'],
  [
    'Spanish',
    '—¿Dónde está el niño? —preguntó Inés—. ¡Ay, señor! La canción terminó; él salía al jardín. «Mañana», dijo.',
  ],
  ['Spanish without quotes', 'Salía temprano; la mañana olía a café y el niño corría detrás del camión.'],
  ['Portuguese', 'A irmã não está. «Amanhã», disse João, e a manhã passou à sombra dos pães e das maçãs.'],
  ['Italian', '«Perché no?» disse Lucia. La città era già buia, e così andò via: c’è più luce là.'],
];

describe('the old code pages', () => {
  for (const encoding of ['windows-1252', 'macintosh']) {
    test.each(PROSE)(`%s in ${encoding}`, (_, text) => {
      const input = encodeText(text, encoding, false);
      expect(decodeText(input)).toMatchObject({ raw: text, encoding, lossless: true });
      expect(backAgain(input)).toEqual(Buffer.from(input));
    });

    test.each(PROSE)(`each sentence of %s in ${encoding} by itself`, (_, text) => {
      const sentences = text.split(/(?<=[.!?…])\s/u).filter((sentence) => /[^\0-\x7f]{1}.*[^\0-\x7f]/u.test(sentence));
      for (const sentence of sentences) expect(decodeText(encodeText(sentence, encoding, false)).raw).toBe(sentence);
    });
  }

  test('one single accent or apostrophe is enough, or is Windows-1252', () => {
    expect(decodeText(Buffer.from('caf\x8e', 'latin1'))).toMatchObject({ text: 'café', encoding: 'macintosh' });
    expect(decodeText(Buffer.from('caf\xe9', 'latin1'))).toMatchObject({ text: 'café', encoding: 'windows-1252' });
    expect(decodeText(Buffer.from('don\x92t', 'latin1'))).toMatchObject({ text: 'don’t', encoding: 'windows-1252' });
    expect(decodeText(Buffer.from('don\xd5t', 'latin1'))).toMatchObject({ text: 'don’t', encoding: 'macintosh' });
  });

  test.each(['windows-1251', 'koi8-r'])('Russian in %s', (encoding) => {
    const text = 'Чайник стоял на столе, и никто не знал, откуда он взялся. Марта молчала.';
    expect(decodeText(encodeText(text, encoding, false))).toMatchObject({ text, encoding, lossless: true });
  });

  test('what a page declares about Windows-1252 is overruled only by what is plainly MacRoman', () => {
    const page = (text: string) => `<html><meta charset="iso-8859-1"><p>${text}</p></html>`;
    const [, [, apostrophes] = ['', '']] = PROSE;
    expect(decodeText(encodeText(page(apostrophes), 'macintosh', false)).text).toBe(page(apostrophes));
    expect(decodeText(encodeText(page('naïve'), 'windows-1252', false)).text).toBe(page('naïve'));
  });
});

describe('UTF-8 with stray bytes', () => {
  const mixed = Buffer.concat([Buffer.from('“Où?” '), bytes(0x93), Buffer.from('Là'), bytes(0x94), Buffer.from('.')]);

  test('is read as both, says so, and goes back', () => {
    expect(decodeText(mixed)).toMatchObject({
      text: '“Où?” “Là”.',
      encoding: 'utf-8',
      strays: [6, 9],
      lossless: true,
      said: ['The file is UTF-8, but 2 bytes of it are not; they were read as Windows-1252.'],
    });
    expect(backAgain(mixed)).toEqual(mixed);
  });

  test('a character cut in half at the end is a stray', () => {
    const cut = Buffer.from('“Où?” — ça').subarray(0, -2);
    expect(decodeText(cut)).toMatchObject({ encoding: 'utf-8', text: '“Où?” — Ã' });
    expect(backAgain(cut)).toEqual(cut);
  });

  test('a pair that Windows-1252 makes by chance is no UTF-8', () => {
    const text = 'LIBERTÉ… égalité, fraternité, à jamais';
    expect(decodeText(encodeText(text, 'windows-1252', false))).toMatchObject({ text, strays: [] });
  });
});

describe('back to bytes', () => {
  test('the identity, or it says that it is not', () => {
    const marks = fc.constantFrom(
      [],
      [0xff, 0xfe],
      [0xfe, 0xff],
      [0xef, 0xbb, 0xbf],
      [0xff, 0xfe, 0, 0],
      [0, 0, 0xfe, 0xff],
    );
    const page = [...Buffer.from('<html><meta charset=shift_jis>')];
    const head = fc.oneof(marks, fc.constant(page), fc.constant([...Buffer.from('<html><meta charset=gbk>')]));
    const byte = fc.oneof(
      fc.integer({ min: 1, max: 255 }),
      fc.integer({ min: 0x20, max: 0x7e }),
      fc.integer({ min: 0x80, max: 0xff }),
    );
    let lossless = 0;
    fc.assert(
      fc.property(head, fc.array(byte, { maxLength: 60 }), (start, rest) => {
        const input = Buffer.from([...start, ...rest]);
        const decoded = decodeText(input);
        expect(decoded.binary && decoded.lossless).toBe(false);
        if (!decoded.lossless) return;
        lossless++;
        expect(backAgain(input)).toEqual(input);
      }),
      { numRuns: 1500 },
    );
    expect(lossless).toBeGreaterThan(500);
  });

  test.each([
    ['half a UTF-16 unit', bytes(0xff, 0xfe, 0x61, 0, 0x62)],
    ['half a surrogate pair', bytes(0xff, 0xfe, 0x61, 0, 0, 0xd8)],
    ['what is no character in UTF-32', bytes(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0, 0, 0, 0x11, 0)],
  ])('%s cannot come back, and it says so', (_, input) => {
    expect(decodeText(input)).toMatchObject({ lossless: false, binary: false });
  });

  test('characters the encoding does not have become question marks', () => {
    expect(Buffer.from(encodeText('a行', 'windows-1252', false)).toString('latin1')).toBe('a?');
  });
});

describe('decodeText', () => {
  test.each([
    ['UTF-8', new TextEncoder().encode('Ça va — 行'), 'Ça va — 行', 'utf-8'],
    ['UTF-8 with a mark', bytes(0xef, 0xbb, 0xbf, 0x61), 'a', 'utf-8'],
    ['UTF-16 LE with a mark', bytes(0xff, 0xfe, 0x61, 0, 0x2d, 0x4e), 'a中', 'utf-16le'],
    ['UTF-16 BE with a mark', bytes(0xfe, 0xff, 0, 0x61, 0x4e, 0x2d), 'a中', 'utf-16be'],
    ['UTF-16 LE without one', utf16('The kettle sang.', false), 'The kettle sang.', 'utf-16le'],
    ['UTF-16 BE without one', utf16('The kettle sang.', true), 'The kettle sang.', 'utf-16be'],
    ['UTF-32 LE with a mark', bytes(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0, 0, 0xf6, 1, 0), 'a😀', 'utf-32le'],
    ['UTF-32 BE with a mark', bytes(0, 0, 0xfe, 0xff, 0, 0, 0, 0x61), 'a', 'utf-32be'],
    ['UTF-32 LE without one', utf32('The kettle sang.', false), 'The kettle sang.', 'utf-32le'],
    ['UTF-32 BE without one', utf32('The kettle sang.', true), 'The kettle sang.', 'utf-32be'],
    ['Windows-1252', bytes(0x93, 0x49, 0x92, 0x6d, 0x94), '“I’m”', 'windows-1252'],
    ['nothing at all', bytes(), '', 'utf-8'],
  ])('reads %s', (_, input, text, encoding) => {
    expect(decodeText(input)).toMatchObject({ text, encoding, binary: false, lossless: true });
    expect(backAgain(input)).toEqual(Buffer.from(input));
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
