/** Whatever word begins so is found, although words stand in the index as stems. */
import { expect, test } from 'vitest';
import { stemsBeginning } from './beginnings.ts';
import { stemmed } from './cut.ts';

test.each([
  ['lighthouse', ['lighthous']],
  ['happy', ['happi']],
  ['runn', ['run']],
  ['organiza', ['organ', 'organiz']],
  ['bee', []],
  ['东京', []],
])('%s', (beginning, stems) => {
  expect(stemsBeginning(beginning)).toEqual(stems);
});

const WORDS =
  `abilities accidentally adjustable agreeableness allowances analogously argument beautifully becoming belligerently
  boundaries carefulness categories ceremoniously characterization communities complexities conditional confidently
  controllable conversational creativity criticism declarative dependencies desperately determination differently
  disagreement electricity enthusiastically equality exhilarating extraordinarily families formalize friendliness generalities
  happiness hesitancy hopelessness hopping imaginative immobility incomprehensibly insolubility jealousies knowledgeable
  loneliness lovingly marriages meticulously mysteriously nationalism necessarily observational operators parliamentary peculiarity
  plastered possibilities probability quietly rationalizing realistic referencing relationships responsiveness sensational
  sensibility skies sympathetically tanned theological traditionally trembling troubled universities valencies victories
  vietnamization visibilities wandering wonderfully yearning zealously`.split(/\s+/);

test('every beginning of a word finds the word', () => {
  const missed = WORDS.flatMap((word) =>
    Array.from({ length: word.length - 2 }, (_, at) => word.slice(0, at + 3)).filter(
      (beginning) => !stemmed(word).startsWith(beginning) && !stemsBeginning(beginning).includes(stemmed(word)),
    ),
  );
  expect(missed).toEqual([]);
});

test('a long beginning, and one that is no word, cost little and answer little', () => {
  expect(stemsBeginning('a'.repeat(100)).length).toBeLessThanOrEqual(40);
  expect(stemsBeginning('"*) OR x')).toEqual([]);
});
