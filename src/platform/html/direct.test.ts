import fc from 'fast-check';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import { expect, test } from 'vitest';
import { parseDirectly } from './direct.ts';
import { shape } from './shape.ts';
import { tame } from './tame.ts';

const piece = fc.constantFrom(
  '<p>',
  '</p>',
  '<p class="a b" align=left>',
  '<b>',
  '</b>',
  '<i>',
  '</i>',
  '<a href="http://h/">',
  '<a id=x>',
  '</a>',
  '<br>',
  '<hr>',
  '<div dir=rtl>',
  '</div>',
  '<ul>',
  '</ul>',
  '<li>',
  '</li>',
  '<li value=3>',
  '<h2>',
  '</h2>',
  '<span title="a &amp; b">',
  '</span>',
  '<img src="http://h/p" alt=x>',
  'word',
  ' ',
  '\n',
  '&amp;',
  '&eacute;',
  '&#8212;',
  '&x',
  '&notin;',
  '&#128;',
  '&amp',
  '<code>',
  '</code>',
  '<blockquote cite="http://h/">',
  '</blockquote>',
  '<table>',
  '</table>',
  '<ins datetime="2020">',
  '</ins>',
);

/** Tags that match, more often than chance would have it. */
const matching = fc.letrec<{ inline: string; block: string }>((tie) => ({
  inline: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('word ', '&amp;', '<br>', '\n', 'é'),
    fc
      .tuple(fc.constantFrom('b', 'i', 'span', 'code', 'sub'), fc.array(tie('inline'), { maxLength: 3 }))
      .map(([name, inner]) => `<${name}>${inner.join('')}</${name}>`),
  ),
  block: fc.oneof(
    { depthSize: 'small' },
    fc
      .tuple(fc.constantFrom('p', 'h2', 'div'), fc.array(tie('inline'), { maxLength: 4 }))
      .map(([name, inner]) => `<${name}>${inner.join('')}</${name}>`),
    fc
      .tuple(fc.constantFrom('div', 'blockquote', 'center'), fc.array(tie('block'), { maxLength: 3 }))
      .map(([name, inner]) => `<${name}>${inner.join('\n')}</${name}>`),
    fc
      .array(tie('block'), { maxLength: 3 })
      .map((inner) => `<ul>${inner.map((item) => `<li>${item}</li>`).join('')}</ul>`),
  ),
}));

/** The same tree as the parser's, in all that the shaping looks at; or nothing. Returns whether it was accepted. */
function sameAsParser(source: string): boolean {
  let accepted = false;
  for (const tamed of tame(source).pieces) {
    const direct = parseDirectly(tamed);
    if (direct === undefined) continue;
    accepted = true;
    const parsed = fromHtml(tamed, { fragment: true }).children;
    const written = (children: typeof parsed): string => toHtml({ type: 'root', children: shape(children).children });
    expect(written(direct)).toBe(written(parsed));
    expect(outline(direct)).toEqual(outline(parsed));
  }
  return accepted;
}

function outline(children: ReturnType<typeof fromHtml>['children']): unknown[] {
  return children.map((child) =>
    child.type === 'element'
      ? [child.tagName, outline(child.children)]
      : child.type === 'text'
        ? child.value
        : child.type,
  );
}

test('what it accepts it parses as the full parser does', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      sameAsParser(pieces.join(''));
    }),
    { numRuns: 5_000 },
  );
});

test('matching tags are accepted', () => {
  fc.assert(
    fc.property(fc.array(matching.block, { minLength: 1, maxLength: 6 }), (blocks) => {
      expect(sameAsParser(blocks.join('\n'))).toBe(true);
    }),
    { numRuns: 1_500 },
  );
});
