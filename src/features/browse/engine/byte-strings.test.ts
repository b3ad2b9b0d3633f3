import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteStringsWriter, readString } from './byte-strings.ts';
import { sortStrings } from './unite-names.ts';

test('texts sort by their bytes, the same ones keep their places', () => {
  const pieces = fc.constantFrom('', 'a', 'the bees', 'the bees of sussex', '\0', 'a\0', '海', '🐝', '\ufffd', 'zz');
  const texts = fc.array(pieces, { maxLength: 4 }).map((some) => some.join(''));
  fc.assert(
    fc.property(fc.array(texts, { maxLength: 60 }), (all) => {
      const writer = new ByteStringsWriter();
      for (const text of all) writer.add(text);
      const strings = writer.strings();
      const order = Uint32Array.from(all, (_, place) => place);
      sortStrings(order, strings, false);
      const plain = all.map((text, place) => ({ text, place }));
      plain.sort((one, other) => Buffer.compare(Buffer.from(one.text), Buffer.from(other.text)));
      expect([...order]).toEqual(plain.map(({ place }) => place));
      expect([...order].map((place) => readString(strings, place))).toEqual(plain.map(({ text }) => text));
    }),
  );
});
