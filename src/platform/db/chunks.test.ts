import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chunks, IN_LIST } from './chunks.ts';

test('the pieces together are the list, none is empty, none is too long', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (list, size) => {
      const pieces = chunks(list, size);
      expect(pieces.flat()).toEqual(list);
      expect(pieces.every((piece) => piece.length > 0 && piece.length <= size)).toBe(true);
    }),
  );
  expect(chunks(Array.from({ length: IN_LIST + 1 }))).toHaveLength(2);
});
