import { expect, test } from 'vitest';
import { isPublicId, newPublicId } from './public-id.ts';

test('a new id has the form of one, and none comes twice', () => {
  const ids = Array.from({ length: 2_000 }, newPublicId);
  expect(ids.filter((id) => !isPublicId(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

test('every character of the alphabet is used', () => {
  const used = new Set(Array.from({ length: 500 }, newPublicId).join(''));
  expect([...used].sort().join('')).toBe('0123456789abcdefghjkmnpqrstvwxyz');
});

test.each([
  '',
  '123',
  'k3m9x2q4z',
  'k3m9x2q4ztt',
  'K3M9X2Q4ZT',
  'k3m9x2q4zi',
  'k3m9x2q4zl',
  'k3m9x2q4zo',
  'k3m9x2q4zu',
  '../../etc/',
  'k3m9x2q4z\n',
])('%j is no id', (text) => {
  expect(isPublicId(text)).toBe(false);
});
