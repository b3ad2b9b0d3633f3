import fc from 'fast-check';
import { expect, test } from 'vitest';
import { headingsFrom } from './headings.ts';

test('headings begin below the page’s own and leave no gap', () => {
  expect(headingsFrom('<h1 id="b-aaaaaa">A</h1><h4>B</h4><h2>C</h2><h1>D</h1>', 3)).toBe(
    '<h3 id="b-aaaaaa">A</h3><h4>B</h4><h4>C</h4><h3>D</h3>',
  );
  expect(headingsFrom('<h5>deep</h5><hr><p>text</p>', 3)).toBe('<h3>deep</h3><hr><p>text</p>');
});

test('no level is skipped on the way down, whatever the author wrote', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 6 })), fc.integer({ min: 2, max: 4 }), (levels, top) => {
      const out = headingsFrom(levels.map((level) => `<h${level}>x</h${level}>`).join(''), top);
      const found = [...out.matchAll(/<h(\d)>x<\/h(\d)>/g)].map(
        (match) => [Number(match[1]), Number(match[2])] as const,
      );
      expect(found).toHaveLength(levels.length);
      found.reduce((before, [level, closed]) => {
        expect(closed).toBe(level);
        expect(level).toBeLessThanOrEqual(Math.min(6, before + 1));
        return level;
      }, top - 1);
    }),
  );
});
