/** What a person does to a rescue, and that it can be taken back. */
import { describe, expect, test } from 'vitest';
import type { Rescue } from '../imported-work.ts';
import { compose } from './compose.ts';
import { restore } from './restore.ts';
import { breakAt, emphasise, joinAt, reviewBlocks, setState } from './review.ts';

const SOURCE =
  '“You never said it was haunted.” “I said it was old,” Marta said. Three days later it knew two songs, and Ivo, of course , had learned one.';

function rescued(source = SOURCE, notation: 'text' | 'html' = 'text'): Rescue {
  const { from, to, repairs } = restore(source, { notation });
  return { notation, from, to, repairs };
}

function paragraphs(rescue: Rescue | null, source = SOURCE): string[] {
  return rescue === null
    ? []
    : (compose(source, rescue)
        .chapters[0]?.html.replace(/<\/?p>/g, '')
        .split('\n') ?? []);
}

describe('states', () => {
  test('a paragraph is undone and taken again', () => {
    const rescue = rescued();
    const id = rescue.repairs.find(({ kind }) => kind === 'paragraph')?.id ?? '';
    const undone = setState(SOURCE, rescue, id, 'undone');
    expect(paragraphs(undone).length).toBe(paragraphs(rescue).length - 1);
    expect(undone && setState(SOURCE, undone, id, 'applied')).toEqual(rescue);
  });

  test('of a group only one is taken', () => {
    const rescue = rescued();
    const [of, course] = rescue.repairs.filter(({ group }) => group !== undefined);
    const first = setState(SOURCE, rescue, of?.id ?? '', 'applied');
    expect(paragraphs(first).at(-1)).toContain('Ivo, <em>of course</em>, had');
    const second = first && setState(SOURCE, first, course?.id ?? '', 'applied');
    expect(paragraphs(second).at(-1)).toContain('Ivo, of <em>course</em>, had');
    expect(second?.repairs.find(({ id }) => id === of?.id)?.state).toBe('suggested');
  });

  test('a scene break takes the place of the paragraph, which comes back', () => {
    const rescue = rescued();
    const scene = rescue.repairs.find(({ kind }) => kind === 'scene')?.id ?? '';
    const taken = setState(SOURCE, rescue, scene, 'applied');
    expect(paragraphs(taken)).toContain('<hr>');
    const undone = taken && setState(SOURCE, taken, scene, 'undone');
    expect(paragraphs(undone)).toEqual(paragraphs(rescue));
  });

  test('what nobody knows is refused', () => {
    expect(setState(SOURCE, rescued(), 'paragraph-9999', 'applied')).toBeNull();
  });
});

describe('a person’s own repairs', () => {
  test('join and break', () => {
    const rescue = rescued();
    const at = SOURCE.indexOf('“I said');
    const one = joinAt(SOURCE, rescue, at);
    expect(paragraphs(one)[0]).toContain('haunted.” “I said');
    expect(paragraphs(one && breakAt(SOURCE, one, at))).toEqual(paragraphs(rescue));
    expect(joinAt(SOURCE, rescue, 5)).toBeNull();
    const middle = SOURCE.indexOf('it was old');
    const two = breakAt(SOURCE, rescue, middle);
    expect(paragraphs(two)).toContain('it was old,” Marta said.');
    expect(two?.repairs.find(({ id }) => id.startsWith('own-'))).toMatchObject({
      certainty: 1,
      state: 'applied',
      before: ' ',
    });
    expect(two && breakAt(SOURCE, two, middle)).toBeNull();
  });

  test('joining at a line end leaves a space there', () => {
    const source = 'It hummed.\n\nIt stopped.';
    expect(paragraphs(joinAt(source, rescued(source), 12), source)).toEqual(['It hummed. It stopped.']);
    const page = 'It hummed.<br><br>It stopped.';
    expect(paragraphs(joinAt(page, rescued(page, 'html'), 18), page)).toEqual(['It hummed. It stopped.']);
  });

  test('emphasis, of garbled words too', () => {
    const source = 'He donâ€™t know  it. He went.';
    const rescue = rescued(source);
    const done = emphasise(source, rescue, 3, source.indexOf(' know'));
    expect(paragraphs(done, source)[0]).toBe('He <em>don’t</em> know  it. He went.');
    const id = done?.repairs.find(({ kind }) => kind === 'emphasis')?.id ?? '';
    expect(paragraphs(done && setState(source, done, id, 'undone'), source)[0]).toBe('He don’t know  it. He went.');
    expect(emphasise(source, rescue, 2, 3)).toBeNull();
  });

  test('emphasis over a tag or across paragraphs is refused', () => {
    const page = 'He <b>did</b> go.<br><br>She did not.';
    const rescue = rescued(page, 'html');
    expect(emphasise(page, rescue, 0, 10)).toBeNull();
    expect(emphasise(page, rescue, page.indexOf('go'), page.length)).toBeNull();
    expect(paragraphs(emphasise(page, rescue, page.indexOf('go'), page.indexOf('go') + 2), page)[0]).toBe(
      'He <b>did</b> <em>go</em>.',
    );
  });
});

test('the review shows each block beside its source, with all that was done to it', () => {
  const blocks = reviewBlocks(SOURCE, rescued());
  expect(blocks.map(({ original }) => original).join('')).toBe(SOURCE);
  const last = blocks.at(-1);
  expect(last?.repairs.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    'paragraph applied',
    'scene suggested',
    'emphasis suggested',
    'emphasis suggested',
    'space applied',
  ]);
  expect(last?.certainty).toBeLessThan(0.5);
});
