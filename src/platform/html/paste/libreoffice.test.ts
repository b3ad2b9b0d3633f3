/** The clipboard of LibreOffice Writer: HTML of 1999, with faces in elements and margins in styles. */
import { expect, test } from 'vitest';
import { pasted } from './pasted.fixture.ts';

const head = `<!DOCTYPE html>
<html>
<head>
	<meta http-equiv="content-type" content="text/html; charset=utf-8"/>
	<title></title>
	<meta name="generator" content="LibreOffice 24.2.5.2 (Linux)"/>
	<style type="text/css">
		@page { size: 21cm 29.7cm; margin: 2cm }
		h2 { color: #000000; orphans: 2; widows: 2; background: transparent; page-break-after: avoid }
		p { color: #000000; line-height: 115%; text-align: left; margin-bottom: 0.25cm; background: transparent }
		em { font-style: italic }
		a:link { color: #000080; text-decoration: underline }
	</style>
</head>
<body lang="en-GB" text="#000000" link="#000080" vlink="#800000" dir="ltr">`;

test('paragraphs, looks, headings, lists and breaks', () => {
  const clipboard = `${head}<h2 class="western">Chapter Two</h2>
<p style="line-height: 100%; margin-bottom: 0cm"><font face="Liberation Serif, serif"><font size="3" style="font-size: 12pt">“It
rained,” she said. <b>Never</b> <i>so much</i>, <u>so long</u>, <strike>gone</strike><span style="font-weight: normal">, plain</span>.</font></font></p>
<p align="center" style="line-height: 100%; margin-bottom: 0cm">A centred line</p>
<p style="line-height: 100%; margin-bottom: 0cm">One.</p>
<p style="line-height: 100%; margin-bottom: 0cm">Two.</p>
<p style="line-height: 100%; margin-bottom: 0cm"><br/>

</p>
<p style="line-height: 100%; margin-bottom: 0cm">A gap later.</p>
<p align="center" style="line-height: 100%; margin-bottom: 0cm">* * *</p>
<p align="justify">Next<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>.</p>
<ol>
	<li><p style="margin-bottom: 0cm">Bees</p></li>
	<ul>
		<li><p style="margin-bottom: 0cm">Honey bees</p></li>
	</ul>
	<li><p>Wasps</p></li>
</ol>
<div id="sdfootnote1"><p class="sdfootnote-western"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>A note.</p></div>
</body>
</html>`;
  const html = pasted(clipboard);
  expect(html).toMatch(
    /^<h2>Chapter Two<\/h2><p>“It rained,” she said\. <strong>Never<\/strong> <em>so much<\/em>, <u>so long<\/u>, <s>gone<\/s>, plain\.<\/p>/,
  );
  expect(html).toContain(
    '<p align="center">A centred line</p><p>One.</p><p>Two.</p><p><br></p><p>A gap later.</p><hr><p>Next',
  );
  expect(html).toContain('href="#u-sdfootnote1sym"');
  expect(html).toContain('<ol><li>Bees<ul><li>Honey bees</li></ul></li><li>Wasps</li></ol>');
  expect(html).not.toMatch(/style|font|class/);
});
