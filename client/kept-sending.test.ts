/** What the script makes of the archive's answers: a refusal is one, whatever stands in it, and only silence is silence. */
import { afterEach, expect, test, vi } from 'vitest';
import { send } from './kept-sending.ts';
import type { KeptText } from './kept-texts.ts';

const TEXT: KeptText = {
  sheet: 'k3m9x2q4zt',
  device: 'd',
  place: '/works/new',
  base: 0,
  sequence: 3,
  taken: 0,
  continues: null,
  at: 0,
  fields: [['text', 'It rained.']],
};
const PAGE = '<!doctype html><title>Not from here</title>';

function answering(status: number, body: string, headers: Record<string, string> = {}) {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { status, headers })));
  return send(TEXT);
}
afterEach(() => {
  vi.unstubAllGlobals();
});

test.each([400, 403, 404, 413, 422])('a page with status %i is a refusal', async (status) => {
  expect(await answering(status, PAGE)).toEqual({ kind: 'refused', reason: 'The archive refused it.' });
  expect(await answering(status, '{"reason":"Too long."}')).toEqual({ kind: 'refused', reason: 'Too long.' });
});

test('being signed out is told from silence, also by a page', async () => {
  expect(await answering(401, PAGE)).toEqual({ kind: 'signed-out', another: false });
  expect(await answering(401, '{"another":true}')).toEqual({ kind: 'signed-out', another: true });
});

test('too often is not away; what breaks, and what is no answer of the archive, is', async () => {
  expect(await answering(429, PAGE, { 'retry-after': '7' })).toEqual({ kind: 'busy', again: 7 });
  expect(await answering(503, PAGE, { 'retry-after': '5' })).toEqual({ kind: 'away', again: 5 });
  expect(await answering(200, PAGE)).toEqual({ kind: 'away', again: null });
  expect(await answering(200, '{"saved":3}')).toEqual({ kind: 'taken', sequence: 3, over: false });
});
