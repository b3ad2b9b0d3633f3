import { expect, test } from 'vitest';
import { fieldIdOf } from './field-ids.ts';
import { panel } from './pages.fixture.ts';

test.each([
  ['words', 'words-from'],
  ['words-to', 'words-to'],
  ['updated-from', 'updated-from'],
  ['q', 'q'],
  ['in', 'q'],
  ['sort', 'sort'],
  ['tag', 'f-tag'],
  ['not-tag', 'f-tag'],
  ['not-tag-more', 'f-tag'],
  ['complete', 'f-complete'],
  ['colour', null],
  ['page', null],
])('a mistake in %s leads to %s', (parameter, id) => {
  expect(fieldIdOf(parameter, panel)).toBe(id);
});
