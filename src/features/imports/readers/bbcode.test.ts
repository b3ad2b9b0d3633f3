import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clean } from '../../../platform/html/clean.ts';
import { plainText } from '../../../platform/html/text.ts';
import { bbcodeToHtml } from './bbcode-html.ts';
import { bbcodeReader } from './bbcode.ts';
import { fileOf } from './reading.fixture.ts';

const html = (text: string) =>
  bbcodeToHtml(text)
    .chapters.map((chapter) => chapter.html)
    .join('\n');

describe('BBCode becomes HTML', () => {
  test.each([
    ['[b]a[/b] [i]b[/i] [u]c[/u] [s]d[/s]', '<p><strong>a</strong> <em>b</em> <u>c</u> <s>d</s></p>'],
    ['[B]a[/B]', '<p><strong>a</strong></p>'],
    ['a\n\nb\nc', '<p>a</p>\n<p>b<br>\nc</p>'],
    ['a\nb', '<p>a</p>\n<p>b</p>'],
    ['[center]a\n\nb[/center]', '<div align="center"><p>a</p>\n<p>b</p>\n</div>'],
    ['[right]a[/right]', '<div align="right"><p>a</p>\n</div>'],
    ['a[hr]b', '<p>a</p>\n<hr>\n<p>b</p>'],
    ['a [hr/] b', '<p>a </p>\n<hr>\n<p>b</p>'],
    ['[quote]a[/quote]', '<blockquote><p>a</p>\n</blockquote>'],
    ['[quote="Ivo"]a[/quote]', '<blockquote><p><strong>Ivo:</strong></p><p>a</p>\n</blockquote>'],
    ['[spoiler=End]a[/spoiler]', '<details><summary>End</summary><p>a</p>\n</details>'],
    ['[indent]a[/indent]', '<blockquote><p>a</p>\n</blockquote>'],
    ['[h2]One[/h2]a', '<h3>One</h3>\n<p>a</p>'],
    ['[url=https://a.example/?b=1&c=2]w[/url]', '<p><a href="https://a.example/?b=1&amp;c=2">w</a></p>'],
    ['[url]https://a.example/[/url]', '<p><a href="https://a.example/">https://a.example/</a></p>'],
    ['[size=4]a[/size] [color=red]b[/color]', '<p>a b</p>'],
    ['[img]https://a.example/k.png[/img]', '<p><img src="https://a.example/k.png"></p>'],
    ['[img=https://a.example/k.png]words[/img]', '<p><img src="https://a.example/k.png">words</p>'],
    ['[img]words[/img]', '<p>[img]words[/img]</p>'],
    ['[youtube]https://v.example/1[/youtube]', '<p><a href="https://v.example/1">https://v.example/1</a></p>'],
    ['[i]a\n\nb[/i]', '<p><em>a</em></p>\n<p><em>b</em></p>'],
    ['[b][i]a[/b]b[/i]', '<p><strong><em>a</em></strong><em>b</em></p>'],
    [
      '[b]a[quote]b[/quote]c[/b]',
      '<p><strong>a</strong></p>\n<blockquote><p><strong>b</strong></p>\n</blockquote>\n<p><strong>c</strong></p>',
    ],
    [
      '[center]a[quote]b[/center]c[/quote]',
      '<div align="center"><p>a</p>\n<blockquote><p>b</p>\n</blockquote>\n</div>\n<blockquote><p>c</p>\n</blockquote>',
    ],
    ['[b][b]a[/b][/b]', '<p><strong>a</strong></p>'],
    ['[email]a@b.example[/email]', '<p>a@b.example</p>'],
  ])('%s', (text, expected) => {
    expect(html(text)).toBe(expected);
  });

  test.each([
    '[sigh] [1] [b] [/i] [i',
    '[url=javascript:alert(1)]x[/url]',
    '[img]javascript:alert(1)[/img]',
    'a < b & c > d',
  ])('%s stays text', (text) => {
    expect(plainText(html(text))).toContain(text.slice(0, 6));
    expect(html(text)).not.toMatch(/<(?!\/?p>)/);
  });

  test('pictures are links once the text is cleaned', () => {
    const cleaned = clean(html('[img]https://a.example/k.png[/img] and [b]words[/b]'), 'html');
    expect(cleaned.ok && cleaned.html).toMatch(/<a [^>]*href="https:\/\/a\.example\/k\.png"[^>]*>Picture/);
    expect(cleaned.ok && cleaned.html).not.toContain('<img');
  });

  test('chapters', () => {
    expect(bbcodeToHtml('[chapter]Smoke[/chapter]\na\n[chapter=Ash]\nb').chapters).toEqual([
      { heading: 'Smoke', html: '<p>a</p>' },
      { heading: 'Ash', html: '<p>b</p>' },
    ]);
  });
});

describe('the reader', () => {
  test('reads header, text and chapters', () => {
    const result = bbcodeReader.read(
      fileOf(
        '[b]Title:[/b] The Kettle\n[b]Author:[/b] Wren\n[b]Rating:[/b] T\n[b]Summary:[/b] It [i]sings[/i].\n\n[chapter]Chapter 1: Smoke[/chapter]\n\n[size=2]Once.[/size]\n\n[i]Twice.[/i]',
      ),
    );
    expect(result).toMatchObject({
      ok: true,
      work: {
        title: 'The Kettle',
        creators: [{ name: 'Wren' }],
        rating: 'T',
        summary: { format: 'html', source: '<p>It <em>sings</em>.</p>' },
        chapters: [{ title: 'Smoke', text: { format: 'html', source: '<p>Once.</p>\n<p><em>Twice.</em></p>' } }],
        unmapped: [expect.stringContaining('one place')],
      },
    });
  });

  test.each([
    ['two pairs', '[b]One[/b]\n\nOnce, [i]twice[/i].', true],
    ['one pair', '[b]One[/b]\n\nOnce.', false],
    ['no pairs', '[b] [i] [/u] once [sic]', false],
    ['HTML beside it', '<p>[b]One[/b] [i]two[/i]</p><p>x</p>', false],
    ['Markdown', 'A *word* and [a link](https://a.example).', false],
    ['front matter', '---\ntitle: x\n---\n[b]One[/b] [i]two[/i]', false],
  ])('%s', (_, text, taken) => {
    expect(bbcodeReader.sniff(fileOf(text)) > 0.5).toBe(taken);
  });

  test('a file without text is refused with a sentence', () => {
    expect(bbcodeReader.read(fileOf('\n'))).toEqual({ ok: false, reason: expect.stringMatching(/\.$/) });
  });
});

const NAMES = ['b', 'i', 'u', 's', 'url', 'size', 'center', 'quote', 'spoiler', 'h2', 'img', 'chapter', 'hr', 'nope'];

test('every word survives, and the HTML is well-formed', () => {
  const tag = fc
    .tuple(fc.constantFrom(...NAMES), fc.constantFrom('', '/'), fc.constantFrom('', '=x', '=https://a.example/'))
    .map(([name, slash, value]) => `[${slash}${name}${slash ? '' : value}]`);
  const word = fc.constantFrom('kettle', 'sang', '<b>', '&amp;', '\n', '\n\n', ' ');
  fc.assert(
    fc.property(fc.array(fc.oneof(tag, word), { maxLength: 30 }), (pieces) => {
      const { chapters } = bbcodeToHtml(pieces.join(' '));
      const all = chapters.map((chapter) => `${chapter.heading ?? ''} ${chapter.html}`).join(' ');
      for (const wanted of ['kettle', 'sang']) {
        expect(all.split(wanted).length).toBe(pieces.filter((piece) => piece === wanted).length + 1);
      }
      for (const { html: made } of chapters) {
        const open: string[] = [];
        let crossed = 0;
        for (const [, slash, name] of made.matchAll(/<(\/?)([a-z]+\d?)[^>]*>/g)) {
          if (['br', 'hr', 'img'].includes(name ?? '')) continue;
          if (slash === '') open.push(name ?? '');
          else if (open.pop() !== name) crossed++;
        }
        expect([open, crossed]).toEqual([[], 0]);
      }
    }),
    { numRuns: 1500 },
  );
});

test.each([
  ['nested', '[b][i][quote]'.repeat(20_000)],
  ['nested and closed', `${'[quote]'.repeat(20_000)}x${'[/quote]'.repeat(20_000)}`],
  ['crossed', '[b][i]x[/b][/i]'.repeat(60_000)],
  ['crossed boxes', `${'[quote][center]'.repeat(15)}${'[quote]x[/center]y[center]z[/quote]'.repeat(30_000)}`],
  ['unclosed', '[url=https://a.example/'.repeat(40_000)],
  ['closed only', '[/b]'.repeat(250_000)],
  ['brackets', '['.repeat(1_000_000)],
  ['addresses in addresses', `${'[url]'.repeat(60_000)}x${'[/url]'.repeat(60_000)}`],
  ['lines', '[b]a[/b]\n'.repeat(100_000)],
])('a megabyte %s is read in good time', (_, text) => {
  const started = performance.now();
  const file = fileOf(text);
  bbcodeReader.sniff(file);
  const result = bbcodeReader.read(file);
  expect(typeof result.ok).toBe('boolean');
  expect(JSON.stringify(result).length).toBeLessThan(text.length * 30 + 1000);
  expect(performance.now() - started).toBeLessThan(8_000);
});
