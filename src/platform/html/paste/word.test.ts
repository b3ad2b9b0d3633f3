/** The clipboard of Microsoft Word for Windows: a whole page with conditional comments, a style sheet, and lists that are none. */
import { expect, test } from 'vitest';
import { pasted } from './pasted.fixture.ts';

const head = `<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"
xmlns="http://www.w3.org/TR/REC-html40">

<head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=ProgId content=Word.Document>
<meta name=Generator content="Microsoft Word 15">
<link rel=File-List href="file:///C:/msohtmlclip1/01/clip_filelist.xml">
<!--[if gte mso 9]><xml>
 <w:WordDocument><w:View>Normal</w:View><w:Zoom>0</w:Zoom></w:WordDocument>
</xml><![endif]-->
<style>
<!--
 /* Font Definitions */
 @font-face
	{font-family:"Cambria Math";
	panose-1:2 4 5 3 5 4 6 3 2 4;}
 /* Style Definitions */
 p.MsoNormal, li.MsoNormal, div.MsoNormal
	{mso-style-unhide:no;
	margin:0cm;
	font-size:11.0pt;
	font-family:"Calibri",sans-serif;}
h1
	{mso-style-link:"Heading 1 Char";
	font-size:16.0pt;
	font-weight:normal;}
p.Thoughts
	{mso-style-name:Thoughts;
	font-style:italic;}
@page WordSection1
	{size:595.3pt 841.9pt;}
-->
</style>
<!--[if gte mso 10]>
<style>
 table.MsoNormalTable {mso-style-name:"Table Normal";}
</style>
<![endif]-->
</head>

<body lang=EN-GB style='tab-interval:36.0pt;word-wrap:break-word'>
<!--StartFragment-->`;
const foot = `<!--EndFragment-->
</body>

</html>`;

test('paragraphs, looks, quotation marks, and lines that are broken anywhere', () => {
  const clipboard = `${head}

<h1>The <span class=SpellE>Sussex</span> Bees<o:p></o:p></h1>

<p class=MsoNormal><span lang=EN-US style='mso-ansi-language:EN-US'>“It rained,” she
said. <b style='mso-bidi-font-weight:normal'>Never</b> had it rained <i
style='mso-bidi-font-style:normal'>so much</i>, nor <b><i><u>so long</u></i></b>.<o:p></o:p></span></p>

<p class=MsoNormal><span style='mso-tab-count:1'>            </span>He stayed.<span
style='mso-spacerun:yes'>  </span>The<s> cat</s> left at 5<sup>th</sup> street.<o:p></o:p></p>

<p class=Thoughts>What a day.<o:p></o:p></p>

${foot}`;
  expect(pasted(clipboard)).toBe(
    '<h1>The Sussex Bees</h1>' +
      '<p>“It rained,” she said. <strong>Never</strong> had it rained <em>so much</em>, nor <strong><em><u>so long</u></em></strong>.</p>' +
      '<p>He stayed. The<s> cat</s> left at 5<sup>th</sup> street.</p>' +
      '<p><em>What a day.</em></p>',
  );
});

const bullet = (level: number, place: string, words: string) => `
<p class=MsoListParagraphCxSp${place} style='margin-left:${level * 36}.0pt;mso-add-space:auto;
text-indent:-18.0pt;mso-list:l0 level${level} lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-fareast-font-family:Symbol;mso-bidi-font-family:
Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]>${words}<o:p></o:p></p>`;
const number = (sign: string, words: string) => `
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-fareast-font-family:Calibri'><span style='mso-list:Ignore'>${sign}<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>${words}<o:p></o:p></p>`;

test('paragraphs that are lists become lists, one in the other', () => {
  const clipboard = `${head}${bullet(1, 'First', 'Bees')}${bullet(2, 'Middle', 'Honey <i>bees</i>')}${bullet(1, 'Last', 'Wasps')}
<p class=MsoNormal>And then:<o:p></o:p></p>
${number('3.', 'Three')}${number('4.', 'Four')}${foot}`;
  expect(pasted(clipboard)).toBe(
    '<ul><li>Bees<ul><li>Honey <em>bees</em></li></ul></li><li>Wasps</li></ul>' +
      '<p>And then:</p><ol start="3"><li>Three</li><li>Four</li></ol>',
  );
});

test('scene breaks, centred lines, titles and empty paragraphs', () => {
  const line = (words: string) => `<p class=MsoNormal>${words}<o:p></o:p></p>\n`;
  const clipboard = `${head}<p class=MsoTitle>Bees<o:p></o:p></p>
<p class=MsoNormal align=center style='text-align:center'>A fable<o:p></o:p></p>
${line('One.')}${line('Two.')}${line('Three.')}${line('Four.')}<p class=MsoNormal><o:p>&nbsp;</o:p></p>
${line('A gap later.')}<p class=MsoNormal align=center style='text-align:center'>* * *<o:p></o:p></p>
${line('Next.')}${foot}`;
  expect(pasted(clipboard)).toBe(
    '<h1>Bees</h1><p align="center">A fable</p><p>One.</p><p>Two.</p><p>Three.</p><p>Four.</p><p><br></p>' +
      '<p>A gap later.</p><hr><p>Next.</p>',
  );
});

test('where an empty paragraph stands after each, none of them is a gap', () => {
  const empty = '<p class=MsoNormal><o:p>&nbsp;</o:p></p>';
  const clipboard =
    head + ['One.', 'Two.', 'Three.'].map((words) => `<p class=MsoNormal>${words}</p>${empty}`).join('\n') + foot;
  expect(pasted(clipboard)).toBe('<p>One.</p><p>Two.</p><p>Three.</p>');
});

test('footnotes keep their links, pictures from the disk and comments go', () => {
  const clipboard = `${head}<p class=MsoNormal>Bees<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span
class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]>[1]<![endif]></span></span></a> sleep.<!--[if gte vml 1]><v:shape id="x"></v:shape><![endif]--><img width=10 height=10 src="file:///C:/x.png"></p>
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1" title="">[1]</a> At night.</p></div>${foot}`;
  const html = pasted(clipboard);
  expect(html).toContain('href="#u-_ftn1"');
  expect(html).toContain('id="u-_ftn1"');
  expect(html).toMatch(/sleep\.<\/p>/);
  expect(html).not.toContain('file:');
});
