/** What browsers put on the clipboard from a page: its elements, with the page's looks written into each. And odd things. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FEW_ATTACKS } from '../../../../test/few-attacks.ts';
import { plainText } from '../text.ts';
import { asPasted } from './paste.ts';
import { pasted } from './pasted.fixture.ts';

const LOOKS =
  'color: rgb(42, 42, 42); font-family: &quot;Lucida Grande&quot;, Verdana, sans-serif; font-size: 15px; font-style: normal; font-weight: 400; letter-spacing: normal; text-align: start; text-indent: 0px; white-space: normal; text-decoration-thickness: initial; display: inline !important; float: none;';

test('a story of another archive', () => {
  const clipboard = `<html>
<body>
<!--StartFragment--><h3 class="title" style="${LOOKS.replace('400', '700')}">Chapter 2: The Bees</h3><p style="${LOOKS}">It rained. <em>So much</em>, <strong>so long</strong>.</p><p style="text-align: center; margin: 1em">~*~</p><p>See <a href="/works/1">here</a> and <a href="https://example.org/" class="external">there</a>.</p><blockquote class="userstuff"><p>Quoted</p></blockquote><div class="notes module"><p>After.</p></div><!--EndFragment-->
</body>
</html>`;
  expect(pasted(clipboard)).toBe(
    '<h3>Chapter 2: The Bees</h3><p>It rained. <em>So much</em>, <strong>so long</strong>.</p><hr>' +
      '<p>See here and <a href="https://example.org/" rel="nofollow ugc noopener">there</a>.</p>' +
      '<blockquote><p>Quoted</p></blockquote><p>After.</p>',
  );
});

test('a line a div, as mail and notes write', () => {
  const clipboard =
    '<meta charset="utf-8"><div style="font-family: Helvetica;">One.</div><div>Two <b>bold</b>.</div><div>Three.</div><div><br></div><div>A gap later.<br>Same paragraph.</div><script>alert(1)</script>';
  expect(pasted(clipboard)).toBe(
    '<p>One.</p><p>Two <strong>bold</strong>.</p><p>Three.</p><p><br></p><p>A gap later.<br>Same paragraph.</p>',
  );
});

test('a part of a line, pictures, ruby, tables and verse', () => {
  expect(pasted('<meta charset="utf-8"><span style="font-style: italic;">so</span><span> much</span>')).toBe(
    '<p><em>so</em> much</p>',
  );
  expect(pasted('<p>x<img src="https://example.org/a.png" alt="A cat"></p>')).toContain('>Picture: A cat</a>');
  expect(pasted('<p><ruby>漢<rt>kan</rt></ruby></p>')).toBe('<p><ruby>漢<rt>kan</rt></ruby></p>');
  expect(pasted('<table><tbody><tr><td>a</td><td><p>b</p><p>c</p></td></tr></tbody></table>')).toBe(
    '<table><tbody><tr><td>a</td><td><p>b</p><p>c</p></td></tr></tbody></table>',
  );
  expect(pasted('<p style="white-space:pre-wrap">a  b</p><pre>x\n  y</pre>')).toContain('<pre>x\n  y</pre>');
  expect(pasted('<p dir="rtl">سلام</p><p>5&nbsp;km « oui »</p>')).toBe(
    '<p dir="rtl">سلام</p><p>5&nbsp;km « oui »</p>'.replaceAll('&nbsp;', '\u00a0'),
  );
});

test('nothing of an attack, and no end, comes of odd clipboards', () => {
  for (const attack of FEW_ATTACKS) expect(pasted(attack)).not.toMatch(/<(?:script|iframe|svg|style)|\son\w+=/i);
  const began = performance.now();
  for (const piece of [
    '<p>',
    '<b>',
    '<style>',
    '<span style="font-weight:bold">x',
    '<li>',
    '</p>',
    '<!--',
    '<p style="mso-list:l0 level9 lfo1">x',
  ])
    asPasted(piece.repeat(20_000));
  expect(performance.now() - began).toBeLessThan(8_000);
});

const words = fc.stringMatching(/^[a-z]{1,8}$/);
const piece = fc.oneof(
  words,
  fc
    .tuple(
      fc.constantFrom('p', 'div', 'span', 'b', 'i', 'li', 'ul', 'td', 'h2', 'blockquote', 'font', 'section'),
      words,
      words,
    )
    .map(
      ([name, one, two]) => `<${name} style="font-weight:bold;mso-list:l0 level2 lfo1">${one} <i>${two}</i></${name}>`,
    ),
);

test('every word comes through, in its order', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const source = pieces.join(' ');
      const letters = (text: string) => text.replace(/[^a-z]/g, '');
      const shown = letters(plainText(source.replace(/<[^>]*>/g, ' ')));
      // A row of x or o alone is a scene break.
      fc.pre(!/\b[xo]{3,}\b/.test(source));
      expect(letters(plainText(pasted(source)))).toBe(shown);
    }),
    { numRuns: 300 },
  );
});
