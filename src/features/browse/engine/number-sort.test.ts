import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortBy } from './number-sort.ts';

function sortedPlainly(order: Uint32Array, keys: ArrayLike<number>, descending: boolean): number[] {
  const sign = descending ? -1 : 1;
  return Array.from(order).sort((one, other) => sign * ((keys[one] ?? 0) - (keys[other] ?? 0)));
}

test('few numbers sort by their keys, equal ones keep their places', () => {
  const keys = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer(), fc.maxSafeInteger());
  fc.assert(
    fc.property(fc.array(keys), fc.boolean(), (all, descending) => {
      const order = Uint32Array.from(all, (_, place) => all.length - 1 - place);
      const plain = sortedPlainly(order, all, descending);
      sortBy(order, all, descending);
      expect([...order]).toEqual(plain);
    }),
  );
});

test.each([
  ['of one digit', 1, 60_000],
  ['of two digits', 7_919, 2 ** 32 - 1],
  ['of four digits, some below zero', -104_729_000_003, 2 ** 51],
])('many numbers sort by keys %s', (_, step, range) => {
  const keys = Float64Array.from({ length: 5_000 }, (__, index) => (index * index * step) % range);
  for (const descending of [false, true]) {
    const order = Uint32Array.from(keys, (__, place) => place);
    const plain = sortedPlainly(order, keys, descending);
    sortBy(order, keys, descending);
    expect([...order]).toEqual(plain);
  }
});
