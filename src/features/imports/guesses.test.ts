/** Answering the guesses of a rescue: what a person said is settled, and no promise of the rescue is broken by it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actOn, countGuesses, openGuesses } from './guesses.ts';
import type { Rescue } from './imported-work.ts';
import { TEXT } from './restore/generated-texts.fixture.ts';
import { brokenPromises, rescued } from './restore/promises.fixture.ts';
import { setState, setStates } from './restore/review.ts';

const KETTLE =
  '“You never said it was haunted,” said Ivo. He put the lid back very gently. “I said it was old,” Marta said. Three days later it knew two songs, and Ivo, of course , had learned the lower part. “You’re flat,” Marta said. Notes: Comments keep the kettle warm! tumblr / prompts';

const kindsAsked = (rescue: Rescue) => [...new Set(openGuesses(rescue).map((one) => one.kind))];

describe('one answer', () => {
  test('taken, a guess is sure; its rivals ask no more', () => {
    const rescue = rescued(KETTLE);
    const [guess] = openGuesses(rescue).filter((one) => one.kind === 'emphasis');
    const taken = actOn(KETTLE, rescue, { act: 'accept', repair: guess?.id ?? '' });
    expect(taken && countGuesses(taken)).toBe(countGuesses(rescue) - 1);
    expect(taken && openGuesses(taken).some((one) => one.group === guess?.group)).toBe(false);
  });

  test('left, a suggestion is left with all that were suggested in its place', () => {
    const rescue = rescued(KETTLE);
    const [guess] = openGuesses(rescue).filter((one) => one.kind === 'emphasis');
    const left = actOn(KETTLE, rescue, { act: 'undo', repair: guess?.id ?? '' });
    expect(left && openGuesses(left).some((one) => one.kind === 'emphasis')).toBe(false);
  });

  test('what is not there is not done', () => {
    expect(actOn(KETTLE, rescued(KETTLE), { act: 'accept', repair: 'none' })).toBeNull();
    expect(actOn(KETTLE, rescued(KETTLE), { act: 'accept-kind', kind: 'wrap' })).toBeNull();
  });
});

test('a scene that is suggested beside a paragraph is asked for', () => {
  expect(kindsAsked(rescued(KETTLE))).toContain('scene');
});

test.each(['accept-kind', 'undo-kind'] as const)('%s answers all of a kind, whatever the text', (act) => {
  fc.assert(
    fc.property(TEXT, (text) => {
      let rescue = rescued(text);
      for (const kind of kindsAsked(rescue)) {
        const before = openGuesses(rescue).filter((one) => one.kind === kind);
        const next = actOn(text, rescue, { act, kind });
        if (next === null) continue;
        rescue = next;
        expect(brokenPromises(text, rescue)).toEqual([]);
        const left = openGuesses(rescue).filter((one) => one.kind === kind && before.some(({ id }) => id === one.id));
        // Of two that cannot stand together the first is taken, and the other may ask again.
        const mayAskAgain = act === 'undo-kind' ? 0 : before.length - 1;
        expect(left.length).toBeLessThanOrEqual(mayAskAgain);
      }
    }),
    { numRuns: 150 },
  );
});

/**
 * Undone alone, what parts a text gives its paragraph back; and entities that are themselves again read as letters, which
 * the source has not.
 */
const NOT_ALIKE: ReadonlySet<string> = new Set(['scene', 'section', 'chapter', 'characters']);

test('one at a time or all at once, a single repair comes to the same', () => {
  fc.assert(
    fc.property(TEXT, fc.nat(), fc.constantFrom('applied', 'undone'), (text, nth, state) => {
      const rescue = rescued(text);
      const alone = rescue.repairs.filter((one) => !NOT_ALIKE.has(one.kind));
      const repair = alone[nth % Math.max(1, alone.length)];
      if (!repair) return;
      const one = setState(text, rescue, repair.id, state);
      const many = setStates(text, rescue, new Set([repair.id]), state);
      expect(many.repairs.map((each) => [each.id, each.state])).toEqual(
        one?.repairs.map((each) => [each.id, each.state]),
      );
      expect(brokenPromises(text, many)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
