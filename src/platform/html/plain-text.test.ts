import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainTextToHtml } from './plain-text.ts';
import { escapeHtml, plainText } from './text.ts';

const WRAPPED =
  'It was a bright cold day in the middle of the month, and the clocks of\n' +
  'the town had stopped one after another until nobody could say any more\n' +
  'what hour it was.';

describe('plain text', () => {
  test.each<[string, string, string]>([
    ['paragraphs end at blank lines', 'one\n\n\ntwo', '<p>one</p>\n<p>two</p>'],
    ['lines without any blank line are paragraphs', 'One.\nTwo.\nThree.', '<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>'],
    ['verse keeps its lines', 'a\nb\nc\n\nd', '<p>a<br>b<br>c</p>\n<p>d</p>'],
    ['wrapped prose is joined', `${WRAPPED}\n\nx`, `<p>${WRAPPED.replaceAll('\n', ' ')}</p>\n<p>x</p>`],
    ['wrapped prose is joined when it stands alone', WRAPPED, `<p>${WRAPPED.replaceAll('\n', ' ')}</p>`],
    [
      'scene breaks are rules',
      'a\n\n***\n\nb\n\n- - -\n\nc\n\nxxx\n\nd\n\n⁂\n\n#',
      '<p>a</p>\n<hr>\n<p>b</p>\n<hr>\n<p>c</p>\n<hr>\n<p>d</p>\n<hr>\n<hr>',
    ],
    ['stars and underscores stay', '*a* _b_\n\nc', '<p>*a* _b_</p>\n<p>c</p>'],
    ['everything is escaped', '<b>a</b> & "b"\n\nc', '<p>&lt;b&gt;a&lt;/b&gt; &amp; &quot;b&quot;</p>\n<p>c</p>'],
    ['a number is no scene break', '- 1 -', '<p>- 1 -</p>'],
  ])('%s', (_name, source, expected) => {
    expect(plainTextToHtml(source)).toBe(expected);
  });

  test('a million odd lines take no time', () => {
    expect(plainTextToHtml('- '.repeat(500_000) + 'x').length).toBeGreaterThan(500_000);
  });
});

describe('text of HTML', () => {
  test('blocks are parted by a blank line, lines by a newline', () => {
    expect(plainText('<h2>A</h2><p>b<br>c <em>d</em></p><ul><li>e</li></ul><hr>')).toBe('A\n\nb\nc d\n\ne');
  });

  test('what was escaped comes back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const visible = text.replaceAll('\u0000', '').trim();
        expect(plainText(`<p>${escapeHtml(visible)}</p>`)).toBe(visible);
      }),
    );
  });
});
