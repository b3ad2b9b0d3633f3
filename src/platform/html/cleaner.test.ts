import { afterEach, describe, expect, test } from 'vitest';
import { clean } from './clean.ts';
import { startCleaner } from './cleaner.ts';
import type { Cleaner, CleanerOptions } from './cleaner.ts';

const running: Cleaner[] = [];

function start(options: CleanerOptions = {}): Cleaner {
  const cleaner = startCleaner(options);
  running.push(cleaner);
  return cleaner;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((cleaner) => cleaner.close()));
});

const LONG = '<p>Some words of a story &amp; more.</p>'.repeat(3_000);
const ENDLESS = '<p>x <b>y</b> <ruby>z<rt>z</rt></ruby></p>'.repeat(200_000);

describe('a cleaner', { timeout: 60_000 }, () => {
  test('gives what clean gives, in place and in a thread', async () => {
    const cleaner = start();
    expect(await cleaner.clean('<p>short', 'html')).toEqual(clean('<p>short', 'html'));
    expect(await cleaner.clean(LONG, 'html')).toEqual(clean(LONG, 'html'));
    expect(await cleaner.clean('*a*\n\n'.repeat(20_000), 'markdown')).toMatchObject({ ok: true, words: 20_000 });
  });

  test('takes many texts at once and mixes none up', async () => {
    const cleaner = start({ workers: 2, inlineLimit: 10 });
    const sources = Array.from({ length: 40 }, (_, at) => `<p>Text number ${at} of the forty`);
    const results = await Promise.all(sources.map((source) => cleaner.clean(source, 'html')));
    expect(results).toEqual(sources.map((source) => clean(source, 'html')));
  });

  test('carries ids over in a thread', async () => {
    const cleaner = start({ inlineLimit: 0 });
    const before = await cleaner.clean('<p>one two three four', 'html');
    const previous = before.ok ? before.html : '';
    const after = await cleaner.clean('<p>one two three five', 'html', { previous });
    expect(after).toEqual(clean('<p>one two three five', 'html', { previous }));
  });

  test('refuses a text that takes too long, and cleans the next', async () => {
    const cleaner = start({ inlineLimit: 10, secondsPerText: 0.8 });
    const late = cleaner.clean(ENDLESS, 'html');
    const next = cleaner.clean('<p>the next text', 'html');
    expect(await late).toEqual({ ok: false, refusal: 'too-slow' });
    // A fresh thread starts within the limit or is refused as well; a patient cleaner shows that threads are replaced.
    expect((await next).ok || (await cleaner.clean('<p>the one after', 'html')).ok).toBe(true);
  });

  test('rejects what waits when it is closed', async () => {
    const cleaner = startCleaner({ inlineLimit: 10 });
    const waiting = [cleaner.clean(LONG, 'html'), cleaner.clean(LONG, 'html')].map((promise) =>
      promise.then(
        () => 'cleaned',
        () => 'rejected',
      ),
    );
    await cleaner.close();
    expect(await Promise.all(waiting)).toEqual(['rejected', 'rejected']);
    await expect(cleaner.clean('x', 'html')).rejects.toThrow('closed');
  });
});
