import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeText } from '../decode.ts';
import { findTwiceDecoded, replaced } from './twice-decoded.ts';

const decoded = (text: string, encoding: string): string => new TextDecoder(encoding).decode(Buffer.from(text, 'utf8'));
const again = (text: string, times: number, encoding = 'windows-1252'): string =>
  times === 0 ? text : again(decoded(text, encoding), times - 1, encoding);
const mended = (text: string): string => replaced(text, findTwiceDecoded(text));

const PROSE = [
  '“You’re late,” said Marta — and sat down… “It’s the café’s fault.”',
  'Élodie n’était pas là. « Où êtes-vous allé ? » demanda-t-elle, déçue. À la forêt…',
  '„Schön, dass du da bist“, sagte Jörg und schloß die Tür. Über den Häusern lag Rauch; Öl.',
  '—¿Dónde está el niño? —preguntó Inés—. ¡Ay, señor! «Mañana», dijo.',
  'A irmã não está. “Amanhã”, disse João; a manhã passou à sombra.',
  'Чайник стоял на столе, и никто не знал, откуда он взялся.',
  'Zażółć gęślą jaźń; łódź płynie, a Ąsia śpi w ósmym pokoju.',
  '窗外的雨停了。她把茶壶放回炉子上，没有说话。',
  'Được rồi, anh ấy nói, và Đà Nẵng ở đằng xa. Trời đã tối rồi, không ai về nữa.',
  'Сказал он.\u2009— “Да…\u2060” सभी मनुष्य जन्म से स्वतंत्र हैं। يولد جميع الناس أحرارًا، متساوين.',
  'A star ★ for you 😀 at 20°, © 2004, £5.',
];

describe('text decoded twice', () => {
  test.each(PROSE)('comes back, read as Windows-1252: %s', (text) => {
    for (const times of [1, 2, 3]) expect(mended(again(text, times))).toBe(text);
  });

  test.each(PROSE.slice(0, 5))('comes back, read as MacRoman: %s', (text) => {
    expect(mended(again(text, 1, 'macintosh'))).toBe(text);
  });

  test('by its single characters', () => {
    expect(mended('â€œHelloâ€\u009d')).toBe('“Hello”');
    expect(mended('â\u0080\u009cHelloâ\u0080\u009d')).toBe('“Hello”');
    expect(mended('cafÃ©')).toBe('café');
    expect(mended('Ã‰tienne')).toBe('Étienne');
    expect(mended('fÃ¼r 20Â°')).toBe('für 20°');
  });

  test('with the byte of the closing quote that many programs dropped', () => {
    expect(mended('â€œHello,â€ she said. â€œYes.â€')).toBe('“Hello,” she said. “Yes.”');
    expect(mended('a â€ b')).toBe('a â€ b');
  });

  test('each span says where it was', () => {
    expect(findTwiceDecoded('donâ€™t, cafÃ©')).toEqual([
      { from: 3, to: 6, becomes: '’' },
      { from: 12, to: 14, becomes: 'é' },
    ]);
  });

  test('beside text that is right, which stays', () => {
    expect(mended('“Où?” donâ€™t “là”… daß')).toBe('“Où?” don’t “là”… daß');
  });
});

describe('genuine text is not touched', () => {
  test.each(PROSE)('%s', (text) => {
    expect(findTwiceDecoded(text)).toEqual([]);
    expect(findTwiceDecoded(text.toUpperCase())).toEqual([]);
  });

  test.each([
    'A minha IRMÃ” e a MANHÃ… «AMANHû, “IRMÔ, “irmã…” e “manhã—”',
    'Il est arrivé…» Voilà\u00a0» «\u00a0À\u00a0» “été…” l’«\u00a0à-côté\u00a0»…',
    '„MÜ“ sagte er. daß… „Groß“ KYLLÄ… JAA… ÄÄ… „Ä“ NÄ— SÅ…',
    '3 ×\u00a04 ESPAÑ… NIÑ—, Ñ… ¿Qué?',
    'ĐÃ… Ã\u00a0 là chữ cái. “CÔ… MÂ” NGÃ»',
    'Â« est une lettre; Ã est une autre. Â…',
    '‚Ä‘ ‚Ärger‘ √ 2, ¬ A, √2 ≈ 1',
  ])('%s', (text) => {
    const spans = findTwiceDecoded(text);
    // The lone letter before a guillemet is the one case no rule can tell from a sign decoded twice.
    expect(spans.map(({ becomes }) => becomes).filter((becomes) => becomes !== '«')).toEqual([]);
  });
});

test('whatever is prose stays, and comes back when it was decoded twice', () => {
  const word = fc.constantFrom(
    ...[
      'kettle',
      'été',
      'naïve',
      'schön',
      'niño',
      'garçon',
      '“yes”',
      '‘no,’',
      'it’s',
      '—',
      'and…',
      'où',
      'Élan',
      'the',
    ],
  );
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), fc.integer({ min: 1, max: 3 }), (words, times) => {
      const text = `“${words.join(' ')}.”`;
      expect(findTwiceDecoded(text)).toEqual([]);
      expect(mended(again(text, times))).toBe(text);
    }),
  );
});

test('spans are in order, inside the text, and say what they are', () => {
  const sign = fc.constantFrom(...'âÂÃ€œ™¦©¶ ðŸ˜€é…»“”aZ\u009d\uFFFD√¬‚Ä');
  fc.assert(
    fc.property(fc.string({ unit: sign, maxLength: 40 }), (text) => {
      let end = 0;
      for (const { from, to, becomes } of findTwiceDecoded(text)) {
        expect(from).toBeGreaterThanOrEqual(end);
        expect(to).toBeGreaterThan(from);
        expect(to).toBeLessThanOrEqual(text.length);
        expect(becomes).not.toBe('');
        end = to;
      }
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['plain words', 'word '.repeat(400_000)],
  ['one accent', 'Ã'.repeat(2_000_000)],
  ['quotes decoded twice', 'â€œ'.repeat(300_000)],
  ['quotes decoded four times', again('“', 4).repeat(20_000)],
])('a megabyte or two of %s take little time', (_, text) => {
  const started = performance.now();
  expect(findTwiceDecoded(text)).toBeDefined();
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('what MacRoman cannot write is not looked for in it', () => {
  expect(Buffer.from(encodeText('é', 'macintosh', false))).toEqual(Buffer.from([0x8e]));
  expect(findTwiceDecoded('√ and © are signs')).toEqual([]);
});
