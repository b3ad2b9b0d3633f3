/** People are told from one another as far as words tell. */
import { expect, test } from 'vitest';
import { Cast } from './names.ts';

const TEXT = 'Then came Ivo, and with him Mrs. Marta Kovac. He sat. The old butler bowed to Ivo and to Marta.';

/** The person that the words are about. */
function personIn(cast: Cast, words: string): number {
  return cast.headOf(words, 0, words.length).person;
}

test('names, pronouns and callings are people, and other words are not', () => {
  const cast = new Cast(TEXT);
  expect(cast.headOf('Ivo laughed.', 0, 12).head).toBe('name');
  expect(cast.headOf('She laughed.', 0, 12).head).toBe('pronoun');
  expect(cast.headOf('The butler laughed.', 0, 19).head).toBe('article');
  expect(cast.headOf('But nobody laughed.', 0, 19)).toEqual({ head: 'joining', person: 0 });
  expect(cast.headOf('Tam’s boots were wet.', 0, 21).head).toBe('name');
  expect(cast.headOf('It’s wet.', 0, 9).head).toBe('it');
});

test('the same name is the same person, however it is mentioned', () => {
  const cast = new Cast(TEXT);
  const ivo = personIn(cast, 'Ivo laughed.');
  expect(cast.relation(ivo, personIn(cast, 'Ivo’s hand fell.'))).toBe(1);
  expect(cast.relation(ivo, cast.speakerIn(' said Ivo gently.', 0, 17))).toBe(1);
  expect(cast.relation(ivo, personIn(cast, 'Marta laughed.'))).toBe(-1);
  expect(cast.relation(personIn(cast, 'The old butler bowed.'), cast.speakerIn(' the butler said', 0, 16))).toBe(1);
  expect(cast.relation(ivo, 0)).toBe(0);
});

test('pronouns and titles say who is he and who is she', () => {
  const cast = new Cast(TEXT);
  const ivo = personIn(cast, 'Ivo laughed.');
  const she = personIn(cast, 'She laughed.');
  expect(cast.relation(ivo, she)).toBe(0);
  cast.follow(ivo, personIn(cast, 'He sat.'));
  expect(cast.relation(ivo, she)).toBe(-1);
  expect(cast.relation(personIn(cast, 'Mrs. Kovac sat.'), she)).toBe(1);
});
