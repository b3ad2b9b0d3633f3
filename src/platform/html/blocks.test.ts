import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockIds } from './blocks.ts';
import { clean } from './clean.ts';

function cleaned(paragraphs: readonly string[], previous?: string): string {
  const source = paragraphs.map((text) => (text === '---' ? '<hr>' : `<p>${text}</p>`)).join('\n');
  const result = clean(source, 'html', previous === undefined ? {} : { previous });
  if (!result.ok) throw new Error(result.refusal);
  return result.html;
}

const FIRST = [
  'The door opened and nobody came in.',
  '---',
  'Yes.',
  'She waited a long while for the rain to stop.',
  '---',
  'The end.',
];

describe('ids', () => {
  test('are the same for the same text, and differ for equal paragraphs in it', () => {
    const ids = blockIds(cleaned(['a', 'a', '---', '---', 'b']));
    expect(new Set(ids).size).toBe(5);
    expect(blockIds(cleaned(['a', 'a', '---', '---', 'b']))).toEqual(ids);
  });

  test('do not hang on the markup around the words', () => {
    expect(blockIds(cleaned(['<em>a</em> b']))).toEqual(blockIds(cleaned(['a <b>b</b>'])));
  });

  test('an edited block keeps the id of its former self, through further edits', () => {
    const before = cleaned(FIRST);
    const edited = FIRST.with(3, 'She waited a long while for the snow to stop falling.').with(2, 'No.');
    const after = cleaned(edited, before);
    expect(blockIds(after)).toEqual(blockIds(before));
    expect(blockIds(cleaned(edited))).not.toEqual(blockIds(before));
    const again = cleaned(edited.with(3, 'She waited for the snow to stop falling, and slept.'), after);
    expect(blockIds(again)).toEqual(blockIds(before));
  });

  test('a rule put in earlier does not move those of the others', () => {
    const before = cleaned(FIRST);
    const after = blockIds(cleaned(['---', ...FIRST], before));
    expect(after.slice(2, 3).concat(after.slice(4))).not.toContain(after[0]);
    expect(after[1]).toBe(blockIds(before)[0]);
    expect(after.slice(3)).toEqual(blockIds(before).slice(2));
  });

  test('a moved block takes its id along', () => {
    const before = cleaned(['one two three', 'four five six', 'seven eight nine', 'ten eleven']);
    const [one, two, three, four] = blockIds(before);
    const after = cleaned(['ten eleven', 'one two three', 'four five six', 'seven eight nine'], before);
    expect(blockIds(after)).toEqual([four, one, two, three]);
  });

  test('a new block never takes an id in use', () => {
    const before = cleaned(['old words stand here now', 'x']);
    const edited = cleaned(['old words stand there now', 'x'], before);
    const after = blockIds(cleaned(['old words stand there now', 'x', 'old words stand here now'], edited));
    expect(after.slice(0, 2)).toEqual(blockIds(before));
    expect(new Set(after).size).toBe(3);
  });

  test('a previous version with ids of another form is no source of ids', () => {
    const previous = '<p id="b-AAAAAA">a</p><p id="u-x">b</p><p id="b-aaaaaa">c</p><p id="b-aaaaaa">d</p>';
    const ids = blockIds(cleaned(['a', 'b', 'c', 'd'], previous));
    expect(ids[2]).toBe('b-aaaaaa');
    expect(new Set(ids).size).toBe(4);
    expect(ids.slice(0, 2)).toEqual(blockIds(cleaned(['a', 'b'])));
  });

  test('inserting, removing or editing one paragraph leaves all others alone', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{2,7}$/), { minLength: 1, maxLength: 8 });
    const text = fc.array(
      words.map((list) => list.join(' ')),
      { minLength: 2, maxLength: 15 },
    );
    fc.assert(
      fc.property(text, fc.nat(), fc.constantFrom('insert', 'remove', 'edit'), (paragraphs, place, change) => {
        const before = cleaned(paragraphs);
        const ids = blockIds(before);
        const at = place % paragraphs.length;
        const unlike = 'ZZ YY XX';
        const removed = change === 'insert' ? 0 : 1;
        const added = change === 'insert' ? [unlike] : change === 'edit' ? [`${paragraphs[at]} ZZ`] : [];
        const after = blockIds(cleaned(paragraphs.toSpliced(at, removed, ...added), before));
        expect(new Set(after).size).toBe(after.length);
        // Equal paragraphs beside each other are the same to everybody, so ids are compared as sets.
        expect(after).toEqual(expect.arrayContaining(distinct(paragraphs, ids, at, removed)));
      }),
      { numRuns: 400 },
    );
  });

  /** Ids of the paragraphs that stayed and whose words stand nowhere else. */
  function distinct(paragraphs: readonly string[], ids: readonly string[], at: number, removed: number): string[] {
    return ids.filter((_, index) => {
      const stays = removed === 0 || index !== at;
      return stays && paragraphs.filter((text) => text === paragraphs[index]).length === 1;
    });
  }

  test('two versions with nothing in common are compared in bounded time', { timeout: 30_000 }, () => {
    const before = cleaned(Array.from({ length: 10_000 }, (_, at) => `old ${at % 50}`));
    const after = cleaned(
      Array.from({ length: 10_000 }, (_, at) => `new ${at % 50}`),
      before,
    );
    expect(new Set(blockIds(after)).size).toBe(10_000);
  });
});
