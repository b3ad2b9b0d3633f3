import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitsOneStatement, inStatements, type Condition } from './condition.ts';

const any = (parts: readonly Condition[]): Condition => ({ any: parts });
const leaf = (tags: number): Condition => ({ tags: Array.from({ length: tags }, (_, id) => id) });

test('parts come together in few statements, none too long, none lost', () => {
  const sizes = fc.array(fc.oneof(fc.nat(20), fc.nat(400), fc.constant(395)), { maxLength: 60 });
  fc.assert(
    fc.property(sizes, (tags) => {
      const parts = tags.map(leaf);
      const pieces = inStatements(parts, any);
      // A part is one of several in a piece, or stands for itself.
      const held = pieces.flatMap((piece) => ('any' in piece ? piece.any : [piece]));
      expect(new Set(held)).toEqual(new Set(parts));
      expect(held).toHaveLength(parts.length);
      for (const piece of pieces) expect(fitsOneStatement(piece) || parts.includes(piece)).toBe(true);
    }),
  );
  expect(
    inStatements(
      Array.from({ length: 300 }, () => leaf(1)),
      any,
    ),
  ).toHaveLength(5);
});

test('what only TypeScript can tell fits no statement, however deep it stands', () => {
  expect(fitsOneStatement({ not: { all: [leaf(1), any([{ crossover: true }])] } })).toBe(false);
  expect(fitsOneStatement({ not: { works: new Set([1]) } })).toBe(false);
  expect(fitsOneStatement(leaf(5_000))).toBe(false);
});
