import { expect, test } from 'vitest';
import { pairIn } from './pair-names.ts';

test.each([
  ['Kate & Anne', ['Kate', 'Anne'], ['Kate & Anne', 'Anne & Kate']],
  ['Kate and Anne', ['Kate', 'Anne'], ['Kate & Anne', 'Anne & Kate']],
  ['Kate/Anne', ['Kate', 'Anne'], ['Kate/Anne', 'Anne/Kate']],
  ['Kate x Anne', ['Kate', 'Anne'], ['Kate/Anne', 'Anne/Kate']],
  ['A/B / C', ['A', 'B', 'C'], ['A/B/C', 'A/C/B', 'B/A/C', 'B/C/A', 'C/A/B', 'C/B/A']],
])('%s is a pair', (text, names, relationships) => {
  expect(pairIn(text)).toMatchObject({ names, relationships });
});

test.each(['Kate', 'Alexander', 'Kate &', '/', 'A/B/C/D', 'A/B & C', 'a/'.repeat(900), 'Max'])('%s is none', (text) => {
  expect(pairIn(text)).toBeNull();
});
