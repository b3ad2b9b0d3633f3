import { expect, test } from 'vitest';
import { clean } from './clean.ts';
import { modernHtml } from './modern.ts';

function modern(source: string): string {
  const result = clean(source, 'html');
  return result.ok ? modernHtml(result.html).replace(/ id="b-[a-z2-7]{6}"/g, '') : result.refusal;
}

test('the markup of other years becomes today’s', () => {
  expect(modern('<center>In the middle</center>')).toBe('<div class="align-center">In the middle</div>');
  expect(modern('<p align="RIGHT">Aside</p>')).toBe('<p class="align-right">Aside</p>');
  expect(modern('<p class="letter" align="center">Dear</p>')).toBe('<p class="u-letter align-center">Dear</p>');
  expect(modern('<p><strike>no</strike> <tt>yes</tt> <big>loud</big> <acronym title="A B">AB</acronym></p>')).toBe(
    '<p><s>no</s> <code>yes</code> <span class="big">loud</span> <abbr title="A B">AB</abbr></p>',
  );
  expect(modern('<table width="80%"><tbody><tr><td align="right" width="3">1</td></tr></tbody></table>')).toBe(
    '<table><tbody><tr><td class="align-right">1</td></tr></tbody></table>',
  );
  expect(modern('<ul type="square"><li>one</li></ul><ol type="i"><li>one</li></ol>')).toBe(
    '<ul><li>one</li></ul><ol type="i"><li>one</li></ol>',
  );
});

test('words stay as they are, also those that look like markup', () => {
  const html = '<p title="a &#x22;b&#x22; align=">He wrote &#x3C;center align="left"> on the wall.</p>';
  expect(modern(html)).toContain('align="left"> on the wall.');
});
