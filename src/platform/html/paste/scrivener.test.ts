/** The clipboard of Scrivener on a Mac, as of every program there that writes rich text: looks in classes, which a sheet explains. */
import { expect, test } from 'vitest';
import { pasted } from './pasted.fixture.ts';

const head = `<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<meta http-equiv="Content-Style-Type" content="text/css">
<title></title>
<meta name="Generator" content="Cocoa HTML Writer">
<meta name="CocoaVersion" content="2487.5">
<style type="text/css">
p.p1 {margin: 0.0px 0.0px 0.0px 0.0px; text-indent: 36.0px; line-height: 19.0px; font: 13.0px Palatino}
p.p2 {margin: 0.0px 0.0px 0.0px 0.0px; text-align: center; font: 13.0px Palatino}
p.p3 {margin: 0.0px 0.0px 0.0px 0.0px; font: 13.0px Palatino; min-height: 18.0px}
span.s1 {font-style: italic}
span.s2 {font-weight: bold}
span.s3 {text-decoration: underline}
span.s4 {font: 13.0px 'Palatino'; text-decoration: line-through}
span.Apple-tab-span {white-space:pre}
</style>
</head>
<body>
`;

test('classes become looks, tabs go, breaks are found', () => {
  const clipboard = `${head}<p class="p1"><span class="Apple-tab-span">	</span>“It rained,” she said.<span class="Apple-converted-space">&nbsp; </span><span class="s1">Never</span> <span class="s2">so much</span>, <span class="s3">so long</span>, <span class="s4">gone</span>.</p>
<p class="p1">Two.</p>
<p class="p1">Three.</p>
<p class="p3"><br></p>
<p class="p1">A gap later.</p>
<p class="p2">#</p>
<p class="p2">Centred</p>
<p class="p1"><b>Bold</b> and <i>italic</i> as elements.</p>
</body>
</html>`;
  expect(pasted(clipboard)).toBe(
    '<p>“It rained,” she said. <em>Never</em> <strong>so much</strong>, <u>so long</u>, <s>gone</s>.</p>' +
      '<p>Two.</p><p>Three.</p><p><br></p><p>A gap later.</p><hr><p align="center">Centred</p>' +
      '<p><strong>Bold</strong> and <em>italic</em> as elements.</p>',
  );
});
