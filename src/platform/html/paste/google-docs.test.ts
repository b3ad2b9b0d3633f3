/** The clipboard of Google Docs: one bold element that is not bold, and everything in styles. */
import { expect, test } from 'vitest';
import { pasted } from './pasted.fixture.ts';

const FACE = 'font-size:11pt;font-family:Arial,sans-serif;color:#000000;background-color:transparent;';
const span = (words: string, weight = 400, slant = 'normal', line = 'none') =>
  `<span style="${FACE}font-weight:${weight};font-style:${slant};font-variant:normal;text-decoration:${line};vertical-align:baseline;white-space:pre;white-space:pre-wrap;">${words}</span>`;
const p = (inside: string, align = '') =>
  `<p dir="ltr" style="line-height:1.38;${align}margin-top:0pt;margin-bottom:0pt;">${inside}</p>`;
const docs = (inside: string) =>
  `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-0f3c1a6e-7fff-5d0a-7c11-7d0d7f9a3a3c">${inside}</b><br class="Apple-interchange-newline">`;

test('paragraphs and looks', () => {
  const clipboard = docs(
    `<h2 dir="ltr" style="line-height:1.38;margin-top:18pt;margin-bottom:6pt;">${span('Chapter Two')}</h2>` +
      p(
        span('“It rained,” she said. ') +
          span('Never', 700) +
          span(' so ') +
          span('much', 400, 'italic') +
          span(', ') +
          span('gone', 400, 'normal', 'line-through') +
          span('.'),
      ) +
      p(span('All', 700, 'italic', 'underline') + span(' of it.')),
  );
  expect(pasted(clipboard)).toBe(
    '<h2>Chapter Two</h2>' +
      '<p>“It rained,” she said. <strong>Never</strong> so <em>much</em>, <s>gone</s>.</p>' +
      '<p><strong><em><u>All</u></em></strong> of it.</p>',
  );
});

test('scene breaks, gaps and centred lines', () => {
  const lines = ['One.', 'Two.', 'Three.', 'Four.'].map((words) => p(span(words))).join('');
  const clipboard = docs(
    `${lines}<br />${p(span('After a gap.'))}${p(span('***'), 'text-align: center;')}${p(span('Centred'), 'text-align: center;')}${p('<hr />')}${p(span('End.'))}`,
  );
  expect(pasted(clipboard)).toBe(
    '<p>One.</p><p>Two.</p><p>Three.</p><p>Four.</p><p><br></p><p>After a gap.</p><hr><p align="center">Centred</p><hr><p>End.</p>',
  );
});

test('lists in lists, links, and what was indented by tabs', () => {
  const item = (words: string, level: number) =>
    `<li dir="ltr" style="list-style-type:disc;${FACE}" aria-level="${level}"><p dir="ltr" style="line-height:1.38;" role="presentation">${span(words)}</p></li>`;
  const clipboard = docs(
    `<ul style="margin-top:0;margin-bottom:0;padding-inline-start:48px;">${item('Bees', 1)}<ul style="margin-top:0;">${item('Honey bees', 2)}</ul>${item('Wasps', 1)}</ul>` +
      p(
        `<span class="Apple-tab-span" style="white-space:pre;">\t</span>${span('See ')}<a href="https://example.org/bees" style="text-decoration:none;"><span style="${FACE}text-decoration:underline;">this</span></a>${span('.')}`,
      ),
  );
  expect(pasted(clipboard)).toBe(
    '<ul><li>Bees<ul><li>Honey bees</li></ul></li><li>Wasps</li></ul>' +
      '<p>See <a href="https://example.org/bees" rel="nofollow ugc noopener"><u>this</u></a>.</p>',
  );
});
