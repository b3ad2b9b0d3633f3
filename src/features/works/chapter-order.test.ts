/** Chapters put in order by numbers: nothing is lost, what was asked for is done, and the rest stays as it stood. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderFrom } from './chapter-order.ts';

/** So many chapters, with any number typed for some of them. */
const typed = fc
  .integer({ min: 0, max: 30 })
  .chain((count) =>
    fc.array(fc.option(fc.oneof(fc.integer({ min: -3, max: 40 }).map(String), fc.constantFrom('', 'x', '1e9'))), {
      minLength: count,
      maxLength: count,
    }),
  )
  .map((places) => places.map((place, index) => ({ one: index, typed: place ?? String(index + 1) })));

const isPlace = (said: string, count: number) => /^\d+$/.test(said) && Number(said) >= 1 && Number(said) <= count;

test('the new order holds every chapter once', () => {
  fc.assert(
    fc.property(typed, (chapters) => {
      expect(orderFrom(chapters).toSorted((a, b) => a - b)).toEqual(chapters.map(({ one }) => one));
    }),
  );
});

test('a chapter whose number nobody else asks for stands at it', () => {
  fc.assert(
    fc.property(typed, (chapters) => {
      const order = orderFrom(chapters);
      const asked = chapters.filter(
        ({ one, typed: said }) => said !== String(one + 1) && isPlace(said, chapters.length),
      );
      const others = chapters.filter((one) => !asked.includes(one)).map(({ typed: said }) => said);
      // What is beyond an end goes to it, and may be in the way there.
      fc.pre(others.every((said) => said === '' || said === 'x' || isPlace(said, chapters.length)));
      const places = asked.map(({ typed: said }) => Number(said));
      fc.pre(new Set(places).size === places.length);
      for (const { one, typed: said } of asked) expect(order.indexOf(one) + 1).toBe(Number(said));
    }),
  );
});

test('chapters whose numbers were left keep their order', () => {
  fc.assert(
    fc.property(typed, (chapters) => {
      const left = new Set(chapters.filter(({ one, typed: said }) => said === String(one + 1)).map(({ one }) => one));
      const order = orderFrom(chapters).filter((one) => left.has(one));
      expect(order).toEqual([...left]);
    }),
  );
});

test.each([
  [['1', '2', '3', '4', '2'], 'AEBCD'],
  [['3', '2', '1'], 'CBA'],
  [['1', '1', '1'], 'BCA'],
  [['99', '2', '3'], 'BCA'],
])('%j', (places, order) => {
  expect(orderFrom(places.map((said, index) => ({ one: 'ABCDE'[index], typed: said }))).join('')).toBe(order);
});
