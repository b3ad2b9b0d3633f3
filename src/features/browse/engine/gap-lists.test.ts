import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gapsLength, readGaps, writeGap } from './gap-lists.ts';

test('what is written as gaps is read back, in the room that was measured', () => {
  const most = 2 ** 32 - 2;
  const numbers = fc.oneof(
    fc.integer({ min: 0, max: 200_000 }),
    fc.integer({ min: 0, max: most }),
    fc.constantFrom(65_534, 65_535, 65_536),
  );
  fc.assert(
    fc.property(fc.uniqueArray(numbers), (some) => {
      const list = Uint32Array.from(some).sort();
      const written = new Uint16Array(gapsLength(list.length, most + 1));
      let place = 0;
      for (const [index, number] of list.entries()) place = writeGap(written, place, list[index - 1] ?? 0, number);
      expect(place).toBeLessThanOrEqual(written.length);
      expect(readGaps(written, 0, list.length)).toEqual(list);
    }),
  );
});
