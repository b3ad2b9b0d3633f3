import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { difference, threeWayDifference, type Run } from './difference.ts';

const words = fc.constantFrom('the', 'kettle', 'hummed', 'Marta', '‘no’', 'said', '星', '灯', '  ', '\n', '—', '');
const paragraph = fc.array(words, { maxLength: 14 }).map((parts) => parts.join(' '));
const text = fc.oneof(
  fc.array(paragraph, { maxLength: 12 }),
  fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { maxLength: 6 }),
);

/** The same text after somebody has worked on it. */
const twoVersions = fc.tuple(text, text, fc.nat()).map(([old, other, seed]) => {
  const now = old.flatMap((one, at) => {
    const turn = (seed + at * 7) % 5;
    if (turn === 0) return [];
    if (turn === 1) return [one, other[at % Math.max(1, other.length)] ?? ''];
    if (turn === 2) return [one.replace('said', 'cried')];
    return [one];
  });
  return [old, now] as const;
});

const joined = (runs: readonly Run[]) => runs.map((run) => run.text).join('');
const side = (rows: readonly (Run[] | null)[]) => rows.flatMap((runs) => (runs === null ? [] : [joined(runs)]));

describe('two versions of a text', () => {
  test('are both whole in their difference, each on its side', () => {
    fc.assert(
      fc.property(fc.oneof(twoVersions, fc.tuple(text, text)), ([old, now]) => {
        const rows = difference(old, now);
        expect(side(rows.map((row) => row.old))).toEqual(old);
        expect(side(rows.map((row) => row.now))).toEqual(now);
        for (const row of rows) {
          const [before, after] = [row.old ?? [], row.now ?? []];
          const kept = (runs: Run[]) => joined(runs.filter((run) => run.mark === 'same'));
          expect(kept(before)).toBe(kept(after));
          expect(before.some((run) => run.mark === 'added')).toBe(false);
          expect(after.some((run) => run.mark === 'removed')).toBe(false);
          expect(row.changed).toBe(row.old === null || row.now === null || joined(before) !== joined(after));
        }
      }),
    );
  });

  test('that are the same have no change', () => {
    fc.assert(
      fc.property(text, (same) => {
        expect(difference(same, same).filter((row) => row.changed)).toEqual([]);
      }),
    );
  });

  test('differ in the words that differ', () => {
    const [row] = difference(['The kettle hummed a song all night.'], ['The kettle hummed two songs all night.']);
    expect(row?.old).toEqual([
      { text: 'The kettle hummed ', mark: 'same' },
      { text: 'a song', mark: 'removed' },
      { text: ' all night.', mark: 'same' },
    ]);
    expect((row?.now ?? []).filter((run) => run.mark === 'added').map((run) => run.text)).toEqual(['two songs']);
  });

  test('that share nothing stand as one taken out and one put in', () => {
    expect(difference(['Nobody ran.'], ['四つの星が灯った'])).toEqual([
      { old: [{ text: 'Nobody ran.', mark: 'removed' }], now: null, changed: true },
      { old: null, now: [{ text: '四つの星が灯った', mark: 'added' }], changed: true },
    ]);
  });
});

describe('an old source, what stands here, and a new source', () => {
  test('are whole on their sides', () => {
    fc.assert(
      fc.property(twoVersions, twoVersions, ([old, here], [, there]) => {
        const rows = threeWayDifference(old, here, there);
        expect(side(rows.map((row) => row.old))).toEqual(old);
        expect(side(rows.map((row) => row.here))).toEqual(here);
        expect(side(rows.map((row) => row.there))).toEqual(there);
      }),
    );
  });

  test('show what either side has changed of the old', () => {
    const rows = threeWayDifference(
      ['One kettle.', 'It hummed at night.'],
      ['One kettle.', 'It sang at night.', 'Ours.'],
      ['One kettle.', 'It hummed at dawn.', 'Theirs.'],
    );
    expect(rows.map((row) => row.changed)).toEqual([false, true, true, true]);
    expect(rows[1]?.old?.filter((run) => run.mark === 'removed').map((run) => run.text)).toEqual(['hummed', 'night']);
    expect(rows.slice(2).map((row) => [row.here && joined(row.here), row.there && joined(row.there)])).toEqual([
      ['Ours.', null],
      [null, 'Theirs.'],
    ]);
  });
});

test('long texts that share nothing are compared in a bounded time', () => {
  const many = (seed: string) => Array.from({ length: 3_000 }, (_, at) => `${seed}${at} `.repeat(60));
  const [old, now] = [many('a'), many('b')];
  const one = ['x '.repeat(200_000)];
  const began = performance.now();
  expect(side(difference(old, now).map((row) => row.now))).toEqual(now);
  expect(side(difference(one, ['y '.repeat(200_000)]).map((row) => row.old))).toEqual(one);
  expect(performance.now() - began).toBeLessThan(5_000);
});
