/** Nothing is lost: whatever the text, its pieces joined are the source, and every word of it is in the result once. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { resolveReferences } from '../../../platform/html/text.ts';
import type { Rescue } from '../imported-work.ts';
import { HTML, TEXT } from './generated-texts.fixture.ts';
import { brokenPromises, rescued } from './promises.fixture.ts';
import { breakAt, emphasise, joinAt, setState } from './review.ts';

const STORIES = join(process.env['FANFOLD_CORPORA'] ?? '../shared/corpora', 'public_domain_fiction.jsonl.gz');
const SAMPLES = readdirSync('samples');

describe('of generated texts', () => {
  test.each([
    ['plain text', 'text', TEXT],
    ['any characters as plain text', 'text', fc.string({ unit: 'binary', maxLength: 300 })],
    ['pages', 'html', HTML],
    ['any characters as a page', 'html', fc.string({ unit: 'binary', maxLength: 300 })],
  ] as const)('%s', (_, notation, sources) => {
    fc.assert(
      fc.property(sources, (source) => {
        expect(brokenPromises(source, rescued(source, notation))).toEqual([]);
      }),
      { numRuns: 600 },
    );
  });

  test('whatever a person does to them', () => {
    const acts = fc.array(fc.tuple(fc.nat(5), fc.nat(400), fc.nat(60)), { maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom<'text' | 'html'>('text', 'html'), HTML, acts, (notation, source, steps) => {
        let rescue = rescued(source, notation);
        for (const [act, at, more] of steps) rescue = acted(source, rescue, act, at, more) ?? rescue;
        expect(brokenPromises(source, rescue)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});

function acted(source: string, rescue: Rescue, act: number, at: number, more: number): Rescue | null {
  if (act === 0) return joinAt(source, rescue, at);
  if (act === 1) return breakAt(source, rescue, at);
  if (act === 2) return emphasise(source, rescue, at, at + more);
  const repair = rescue.repairs[at % Math.max(1, rescue.repairs.length)];
  // A tag or a garbled character that is taken back is shown, so the words are no longer those of the view.
  if (repair === undefined || repair.kind === 'markup' || repair.kind === 'characters') return null;
  return setState(source, rescue, repair.id, act === 3 ? 'applied' : act === 4 ? 'undone' : 'suggested');
}

describe('of texts that were written', () => {
  test.each(SAMPLES)('%s, as it is and on one line', (name) => {
    const source = readFileSync(join('samples', name), 'utf8');
    const notation = name.endsWith('.html') ? 'html' : 'text';
    for (const text of [source, source.replace(/\s+/g, ' ')]) {
      expect(brokenPromises(text, rescued(text, notation))).toEqual([]);
    }
  });

  test('stories of the corpus, as pages and on one line', { timeout: 60_000 }, () => {
    const broken = storiesOfTheCorpus().flatMap((html) => {
      const flat = resolveReferences(html.replace(/<[^<>]*>/g, ' '))
        .replace(/\s+/g, ' ')
        .trim();
      return [...brokenPromises(flat, rescued(flat)), ...brokenPromises(html, rescued(html, 'html'))];
    });
    expect(broken).toEqual([]);
  });
});

/** Every fortieth story; none, and a word about it, where the corpus is not there. */
function storiesOfTheCorpus(): string[] {
  if (!existsSync(STORIES)) {
    console.warn(`No stories are tried: the corpus is not at ${STORIES}; say where with FANFOLD_CORPORA.`);
    return [];
  }
  const lines = gunzipSync(readFileSync(STORIES)).toString('utf8').trim().split('\n');
  return lines.flatMap((line, i) => (i % 40 === 0 ? [(JSON.parse(line) as { html: string }).html] : []));
}
