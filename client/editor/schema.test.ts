/** Whatever the cleaner lets through comes out of the editor as it went in, with buttons for it or without. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FEW_ATTACKS } from '../../test/few-attacks.ts';
import { BLOCK_ELEMENTS, INLINE_ELEMENTS, readableAttributes } from '../../src/platform/html/allow-list.ts';
import { clean } from '../../src/platform/html/clean.ts';
import { printDocument } from './print.ts';
import { readDocument } from './read.ts';
import { schema } from './schema.ts';

function cleaned(source: string): string {
  const result = clean(source, 'html');
  if (!result.ok) throw new Error(result.refusal);
  return result.html;
}

/** Empty paragraphs at the end are nothing that a reader sees. */
const withoutEnd = (html: string) => html.replace(/(?:<p id="b-[a-z2-7]{6}"><br><\/p>)+$/, '');

function expectKept(source: string): void {
  const html = cleaned(source);
  const doc = readDocument(html);
  doc.check();
  expect(withoutEnd(cleaned(printDocument(doc))), source).toBe(withoutEnd(html));
}

test('every element of the allow-list has a type', () => {
  for (const name of BLOCK_ELEMENTS) expect(schema.nodes[name], name).toBeDefined();
  for (const name of INLINE_ELEMENTS) expect(schema.nodes[name] ?? schema.marks[name], name).toBeDefined();
});

test.each([
  '<p>One.</p><p>Two <em>and <strong>three</strong></em>.</p>',
  '<p><b><i>x</i></b> <i><b>y</b></i></p>',
  '<p><em>a</em><em>b</em><em>c</em> <i><i>twice</i></i></p>',
  '<p><q>He said <q>no</q></q><q>again</q></p>',
  '<ul><li>One<ul><li>Deep</li></ul>more</li><li><p>Two</p><p>Three</p></li></ul>',
  '<ol start="3" type="a" reversed><li value="9">Nine</li></ol>',
  '<table width="40"><caption>A <b>b</b></caption><colgroup><col span="2"></colgroup><tr><th scope="row">x</th><td></td><td rowspan="2" colspan="3">y<p>z</p></td></tr></table>',
  '<details open><summary>Spoiler</summary><p>He dies.</p></details><details><p>x</p></details>',
  '<figure><p>x</p><figcaption>By <a href="https://example.org">me</a></figcaption></figure>',
  '<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby><ruby>字<rt>ji</rt></ruby></p>',
  '<div class="letter u-x" lang="fr" dir="rtl" align="right" title="a &amp; &quot;b&quot;">Bonjour</div>',
  '<blockquote>Bare</blockquote><blockquote><p>One</p><p>Two</p></blockquote><blockquote><br></blockquote>',
  '<p>Scene</p><p><br></p><p>Next</p><hr align="center" width="50"><p>Last</p>',
  '<p><span id="here"></span>x<a href="#here">up</a></p><h2 id="there">Title</h2>',
  '<pre>\n  two\n    lines</pre><dl><dt>Term</dt><dd>Sense<p>more</p></dd></dl>',
  '<p>a<br>b<br></p><p>x<wbr>y &nbsp; z &lt;b&gt;</p><center>mid</center><address>x</address>',
  '<p><img src="https://example.org/a.png" alt="A cat"></p>',
])('%s', expectKept);

test('what attacks leave', () => {
  for (const attack of FEW_ATTACKS) expectKept(attack);
});

const attribute = (name: string) =>
  fc
    .subarray([...readableAttributes(name)], { maxLength: 3 })
    .chain((names) =>
      fc.tuple(
        ...names.map((one) =>
          fc
            .constantFrom('1', 'center', 'a b', 'ltr', 'en', 'https://example.org/x', '#q', 'row')
            .map((value) => ` ${one}="${value}"`),
        ),
      ),
    )
    .map((all) => all.join(''));
const names = [...BLOCK_ELEMENTS, ...INLINE_ELEMENTS];
const { tree } = fc.letrec<{ tree: string; piece: string }>((tie) => ({
  piece: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom('word', 'two words ', '\n', '\n\n', ' ', '&nbsp;', 'é', '<br>', '<hr>', 'a\nb', '漢'),
    fc
      .constantFrom(...names)
      .chain((name) => fc.tuple(fc.constant(name), attribute(name), tie('tree')))
      .map(([name, own, inside]) => `<${name}${own}>${inside}</${name}>`),
  ),
  tree: fc.array(tie('piece'), { maxLength: 4 }).map((pieces) => pieces.join('')),
}));

test('any tree', () => {
  fc.assert(fc.property(tree, expectKept), { numRuns: 1_500 });
});
