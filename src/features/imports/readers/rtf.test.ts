import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ImportedWork } from '../imported-work.ts';
import type { SourceFile } from './reader.ts';
import { rtfReader } from './rtf.ts';

function fileOf(bytes: Uint8Array): SourceFile {
  const text = Buffer.from(bytes).toString('latin1');
  return { name: 'work', bytes, text, raw: text, encoding: 'windows-1252' };
}

async function read(rtf: string, encoding: BufferEncoding = 'latin1'): Promise<ImportedWork> {
  const result = await rtfReader.read(fileOf(Buffer.from(rtf, encoding)));
  if (!result.ok) throw new Error(result.reason);
  return result.work;
}

async function text(body: string, encoding: BufferEncoding = 'latin1'): Promise<string> {
  const work = await read(
    `{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset0 Times;}{\\f1\\fcharset204 Cyr;}{\\f2\\fcharset128 Min;}}${body}}`,
    encoding,
  );
  return work.chapters.map((chapter) => chapter.text.source).join('\n\n');
}

test('it takes what begins as RTF and nothing else', () => {
  expect(rtfReader.sniff(fileOf(Buffer.from('{\\rtf1 x}')))).toBeGreaterThan(0.9);
  expect(rtfReader.sniff({ ...fileOf(Buffer.from('{\\rtf1\\bin3 \0\0\0 x}')), text: '' })).toBeGreaterThan(0.9);
  expect(rtfReader.sniff(fileOf(Buffer.from('{\\rt x}')))).toBe(0);
});

describe('letters', () => {
  test.each([
    ['bytes of the document’s page', "caf\\'e9 \\'93no\\'94", 'café “no”'],
    ['bytes of the font’s own page', "{\\f1\\'cf\\'f0\\'e8\\'e2\\'e5\\'f2}", 'Привет'],
    ['letters of two bytes, the second a plain sign', "{\\f2\\'83A\\'83\\'42}", 'アィ'],
    ['Unicode with what stands in for it', "\\u8217?s \\u8212\\'97\\u1076 x", '’s —д'],
    ['Unicode with nothing beside it', '{\\uc0\\u8212 x\\u-10179 \\u-8694 }', '—x\u{1f60a}'],
    ['signs with names', 'a\\emdash b\\~c\\_d \\lquote e\\rquote  \\{f\\}\\\\', 'a—b\u00a0c\u2011d ‘e’ {f}\\'],
  ])('%s', async (_, rtf, expected) => {
    expect(await text(`\\pard ${rtf}\\par`)).toBe(`<p>${expected}</p>`);
  });

  test('UTF-8 as it is, where a program wrote it', async () => {
    expect(await text('\\pard naïve “tea”\\par', 'utf8')).toBe('<p>naïve “tea”</p>');
  });
});

test('looks, alignment and breaks', async () => {
  expect(
    await text(
      '\\pard\\qc {\\b The {\\i sea}}\\b0  x\\par\\pard a\\line b {\\ul u}\\ulnone {\\strike s}{\\super 2}\\plain n\\par\\par c\\page d',
    ),
  ).toBe(
    '<p align="center"><b>The <i>sea</i></b> x</p>\n<p>a<br>b <u>u</u><s>s</s><sup>2</sup>n</p>\n<p>&nbsp;</p>\n<p>c</p>\n<hr>\n<p>d</p>',
  );
});

test('title, creator and headings', async () => {
  const work =
    await read(String.raw`{\rtf1\ansi{\stylesheet{\s0 Normal;}{\s1\b heading 1;}}{\info{\title The Kettle}{\author Wren}{\creatim\yr2020}}{\*\generator Riched20;}
\pard\s1\b Chapter 1: Tea\b0\par\pard One.\par\pard\s1 Chapter 2\par\pard Two.\par}`);
  expect(work).toMatchObject({ title: 'The Kettle', creators: [{ name: 'Wren' }] });
  expect(work.chapters).toEqual([
    { title: 'Tea', text: { format: 'html', source: '<p>One.</p>' } },
    { text: { format: 'html', source: '<p>Two.</p>' } },
  ]);
});

test('links, footnotes; pictures, comments, deletions and hidden text are named', async () => {
  const work =
    await read(String.raw`{\rtf1{\header Page 1}\pard {\field{\*\fldinst{HYPERLINK "https://x.example/a?b=1"}}{\fldrslt{\ul there}}} it is{\footnote\pard {\chftn} A {\i note}.}.\par
{\pict\wmetafile8 0102}{\*\shppict{\pict 00}}{\nonshppict{\pict 11}}{\*\annotation Really?}{\deleted gone words}{\v secret}{\*\unknown junk}{\bin3 }}}Next\par}`);
  expect(work.chapters[0]?.text.source).toBe(
    '<p><a href="https://x.example/a?b=1">there</a> it is<sup><a id="note-ref-1" href="#note-1">[1]</a></sup>.</p>\n<p>Next</p>\n<hr>\n<p id="note-1">[1] A <i>note</i>. <a href="#note-ref-1">↩</a></p>',
  );
  expect(work.unmapped).toEqual([
    '2 pictures were left out.',
    '1 comment was left out.',
    '1 word of hidden text was left out.',
    '2 words whose deletion was still tracked were left out.',
  ]);
});

describe('hostile files', () => {
  test.each([
    ['ten million open groups', `{\\rtf1 ${'{'.repeat(10_000_000)}word`],
    ['a file cut off', '{\\rtf1 {\\b word'],
    ['endless footnotes', `{\\rtf1 word${'{\\footnote a'.repeat(20_000)}`],
    ['binary that is longer than the file', '{\\rtf1 word\\bin99999999 {{{'],
    ['nonsense', "{\\rtf1 word\\'zz\\u\\u99999999999 \\u-1 \0\0\\\\\\'"],
  ])('%s', async (_, rtf) => {
    const work = await read(rtf);
    expect(JSON.stringify(work.chapters)).toContain('word');
  });

  test('a file without text is refused', async () => {
    expect(await rtfReader.read(fileOf(Buffer.from('{\\rtf1\\ansi{\\pict 00}}')))).toEqual({
      ok: false,
      reason: expect.stringMatching(/\.$/),
    });
  });

  test('no bytes make it throw', async () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '\\',
      "\\'e",
      "\\'e9",
      '\\u8217',
      '\\uc5 ',
      '\\par ',
      '{\\footnote ',
      '{\\field',
      '{\\*\\fldinst ',
      '{\\fonttbl',
      '{\\stylesheet{\\s1 ',
      '\\f2',
      '\\upr',
      '{\\info{\\title ',
      '\\bin2',
      'word ',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 60 }),
        async (pieces) => {
          expect(await rtfReader.read(fileOf(Buffer.from(`{\\rtf1 ${pieces.join('')}`)))).toHaveProperty('ok');
        },
      ),
      { numRuns: 500 },
    );
  });
});

test('every word is in the result once, in order', async () => {
  let next = 0;
  const word = fc.constantFrom('kettle', 'sea', 'café', 'Ночь', '“no”', '海').map((said) => `${said}${next++}`);
  const escaped = (said: string): string =>
    [...said].map((sign) => (sign.charCodeAt(0) < 128 ? sign : `\\u${sign.charCodeAt(0)}?`)).join('');
  const run = fc
    .tuple(
      fc.constantFrom('', '\\i ', '\\b\\i ', '\\ul ', '\\f1 ', '\\super '),
      fc.array(word, { minLength: 1, maxLength: 4 }),
    )
    .map(([look, words]) => ({ words, rtf: `{${look}${words.map(escaped).join(' ')} }` }));
  const paragraph = fc.tuple(
    fc.array(run, { maxLength: 4 }),
    fc.constantFrom('\\par\n', '\\par\\pard\\qc ', '\\line ', '\\page ', '\\cell '),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(paragraph, { minLength: 1, maxLength: 10 }), async (paragraphs) => {
      const words = paragraphs.flatMap(([runs]) => runs.flatMap((one) => one.words));
      const rtf = paragraphs.map(([runs, end]) => runs.map((one) => one.rtf).join('') + end).join('');
      const result = await rtfReader.read(fileOf(Buffer.from(`{\\rtf1\\ansi\\ansicpg1252 ${rtf}}`)));
      const said = result.ok
        ? result.work.chapters.map(({ text: { source } }) => source.replace(/<[^>]*>|&nbsp;/g, ' ')).join(' ')
        : '';
      const title = result.ok ? (result.work.title ?? '') : '';
      expect(`${title} ${said}`.trim().split(/\s+/).filter(Boolean)).toEqual(words);
    }),
    { numRuns: 300 },
  );
});
