import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import type { Element, Nodes } from 'hast';
import { describe, expect, test } from 'vitest';
import { FEW_ATTACKS } from '../../../test/few-attacks.ts';
import { blockIds } from './blocks.ts';
import { clean, CLEAN_RULES, MAX_SOURCE_CHARACTERS } from './clean.ts';
import type { CleanOptions, TextFormat } from './clean.ts';
import { plainText } from './text.ts';

const ATTACKS = resolve(process.env['FANFOLD_CORPORA'] ?? '../shared/corpora', 'html-attacks.json');

function cleaned(source: string, format: TextFormat = 'html', options: CleanOptions = {}): string {
  const result = clean(source, format, options);
  if (!result.ok) throw new Error(`refused: ${result.refusal}`);
  return result.html;
}

/** Cleaned HTML without the ids, for tests that are about something else. */
function bare(source: string, format: TextFormat = 'html'): string {
  return cleaned(source, format).replace(/ id="b-[a-z2-7]{6}"/g, '');
}

function parse(html: string): Nodes {
  return fromHtml(html, { fragment: true });
}

/* A judge of its own: what follows knows nothing of the allow-list. */

const HARMFUL_ELEMENTS = new Set(
  (
    'applet area audio base basefont bgsound body button canvas command datalist embed fieldset form frame frameset head ' +
    'html iframe image img input isindex keygen label legend link listing map marquee math menuitem meta noembed noframes ' +
    'noscript object optgroup option output param plaintext portal script select slot source style svg template textarea ' +
    'title track video xmp'
  ).split(' '),
);
const HARMFUL_ATTRIBUTES = new Set(
  (
    'action archive autofocus background classid code codebase contenteditable data download dynsrc for form formaction is ' +
    'lowsrc manifest method name ping poster profile slot src srcdoc srcset style tabindex target usemap xmlns'
  ).split(' '),
);

function harmIn(node: Nodes): string | undefined {
  if (node.type === 'comment' || node.type === 'doctype') return node.type;
  if (node.type === 'text') return undefined;
  if (node.type === 'element') {
    if (HARMFUL_ELEMENTS.has(node.tagName) || !/^[a-z][a-z0-9]*$/.test(node.tagName)) return `<${node.tagName}>`;
    for (const [property, value] of Object.entries(node.properties)) {
      const harm = harmInAttribute(
        node,
        property.toLowerCase(),
        Array.isArray(value) ? value.join(' ') : String(value),
      );
      if (harm !== undefined) return harm;
    }
  }
  for (const child of node.children) {
    const harm = harmIn(child);
    if (harm !== undefined) return harm;
  }
  return undefined;
}

function harmInAttribute(element: Element, name: string, value: string): string | undefined {
  const named = `${element.tagName} ${name}="${value}"`;
  if (name.startsWith('on') || name.startsWith('data') || name.includes(':'))
    return name === 'datetime' ? undefined : named;
  if (HARMFUL_ATTRIBUTES.has(name)) return named;
  if (name === 'href' || name === 'cite') return /^(?:https?:\/\/|mailto:|#u-)/.test(value) ? undefined : named;
  if (name === 'id') return /^(?:b-[a-z2-7]{6}|u-\S+)$/.test(value) ? undefined : named;
  if (name === 'classname') {
    const ours = element.tagName === 'a' && (value === 'picture' || value === 'media');
    return ours || value.split(' ').every((word) => word.startsWith('u-')) ? undefined : named;
  }
  return undefined;
}

function idsIn(node: Nodes): string[] {
  if (!('children' in node)) return [];
  const own = node.type === 'element' && node.properties.id !== undefined ? [String(node.properties.id)] : [];
  return [...own, ...node.children.flatMap(idsIn)];
}

/** Everything that must be true of any output. Throws with what is not. */
function judge(html: string, input: string): void {
  const tree = parse(html);
  const harm = harmIn(tree);
  if (harm !== undefined) throw new Error(`${harm} came out of ${input.slice(0, 500)}`);
  if (toHtml(tree) !== html) throw new Error(`parsed again it is another: ${html} from ${input.slice(0, 500)}`);
  const boxed = `<div id="before"></div><div id="box">${html}</div><div id="after"></div>`;
  if (toHtml(parse(boxed)) !== boxed) throw new Error(`it left its box: ${html} from ${input.slice(0, 500)}`);
  const siblings = parse(boxed);
  const ids =
    siblings.type === 'root' ? siblings.children.map((child) => child.type === 'element' && child.properties.id) : [];
  expect(ids).toEqual(['before', 'box', 'after']);
  const all = idsIn(tree);
  if (new Set(all).size !== all.length) throw new Error(`an id stands twice: ${html} from ${input.slice(0, 500)}`);
  if (cleaned(html) !== html)
    throw new Error(`cleaned again it is another:\n${html}\n${cleaned(html)}\nfrom ${input.slice(0, 500)}`);
  if (cleaned(html, 'html', { previous: html }) !== html) throw new Error(`its ids changed: ${html}`);
}

describe('hostile and odd inputs', () => {
  const inputs = [...FEW_ATTACKS, ...corpus()];

  test.each<TextFormat>(['html', 'markdown', 'text'])('as %s', { timeout: 120_000 }, (format) => {
    expect(() => {
      for (const input of inputs) judge(cleaned(input, format), input);
    }).not.toThrow();
  });

  /** The ten thousand inputs of public sanitizer suites. */
  function corpus(): string[] {
    if (!existsSync(ATTACKS)) {
      console.warn(
        `Only ${FEW_ATTACKS.length} attacks are tried: the corpus is not at ${ATTACKS}; say where with FANFOLD_CORPORA.`,
      );
      return [];
    }
    return (JSON.parse(readFileSync(ATTACKS, 'utf8')) as { input: string }[]).map((attack) => attack.input);
  }
});

describe('any soup of tags', () => {
  const names = (
    'a b i em span font p div blockquote center h1 h2 ul ol li dl dt dd table caption colgroup col thead tbody tr ' +
    'td th pre ruby rt rp rb details summary figure figcaption hr br wbr img video audio iframe object embed svg math style ' +
    'script title textarea select option button form section address q code small o:p nobr template'
  ).split(' ');
  const attribute = fc.constantFrom(
    '',
    ' id=x',
    ' id="b-aaaaaa"',
    ' name=y',
    ' class="k u-k picture"',
    ' class=picture',
    ' href="http://h/"',
    ' href="#x"',
    ' href=javascript:x',
    ' src="//h/p.png"',
    ' src=x',
    ' alt="A &quot;map&quot;"',
    ' onclick=x',
    ' style="x"',
    ' title="t>"',
    ' align=CENTER',
    ' colspan=3',
    ' dir=rtl',
    ' open',
    ' lang=de',
    ' /',
    ' "',
    " x='",
  );
  const piece = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(fc.constantFrom(...names), attribute).map(([name, more]) => `<${name}${more}>`) },
    { weight: 4, arbitrary: fc.constantFrom(...names).map((name) => `</${name}>`) },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        'word',
        ' ',
        '\n',
        '\n\n',
        '&amp;',
        '&nbsp;',
        '&#13;',
        '&#10;',
        '&lt;b&gt;',
        '<',
        '>',
        '<!--',
        '-->',
        '<!x>',
        '</',
        '&',
        '\u202e',
        '\u2066',
        '\u2069',
        '\u202c',
        '\ud83d',
        '\u0000',
        '***',
        '<3',
        'é',
        '漢',
        '<br><br>',
        '<![CDATA[',
        ']]>',
      ),
    },
  );
  const soup = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

  test('comes out harmless, stable and in its box', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(soup, (source) => judge(cleaned(source), source)),
      { numRuns: 4_000 },
    );
  });

  test('in Markdown and plain text too', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(soup, (source) => judge(cleaned(source, 'markdown'), source)),
      { numRuns: 1_000 },
    );
    fc.assert(
      fc.property(soup, (source) => judge(cleaned(source, 'text'), source)),
      { numRuns: 500 },
    );
  });
});

// A summary is left out: it is shown, and therefore put, before the rest of its details.
test('every word survives, in order, whatever allowed markup stands around it', () => {
  const word = fc.stringMatching(/^[a-zéß]{1,8}$/);
  const wrap = (inner: string) =>
    fc
      .constantFrom(
        'b',
        'i',
        'span',
        'p',
        'div',
        'blockquote',
        'h2',
        'ul',
        'li',
        'td',
        'table',
        'section',
        'dl',
        'dt',
        'pre',
        'ruby',
        'details',
        'figure',
        'unheard-of',
        'a',
        'center',
      )
      .map((name) => ({ name, inner }));
  const sentence = fc.array(fc.tuple(word, wrap(''), fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 15 });
  fc.assert(
    fc.property(sentence, (parts) => {
      const source = parts
        .map(([text, { name }, opens, closes]) => `${opens ? `<${name}>` : ' '}${text}${closes ? `</${name}>` : ' '}`)
        .join(' ');
      const result = clean(source, 'html');
      const words = parts.map(([text]) => text);
      expect(result.ok && plainText(result.html).split(/\s+/)).toEqual(words);
      expect(result.ok && result.words).toBe(words.length);
    }),
    { numRuns: 1_500 },
  );
});

describe('nothing takes more than its time', () => {
  const many = (count: number, text: string): string => text.repeat(count);
  const nasty: [string, string][] = [
    ...[
      'div',
      'b',
      'a',
      'span',
      'p',
      'blockquote',
      'ul',
      'ul><li',
      'table><tr><td',
      'table',
      'em><p',
      'p><b',
      'font',
      'i><div',
      'ruby><rt',
      'svg',
      'template',
      'select',
      'dl><dd',
      'details',
      'object',
      'unheard',
      'h1',
      'q',
      'td',
      'center',
      'a><div',
    ].map((name): [string, string] => [`20,000 × <${name}>`, `${many(20_000, `<${name}>`)}the end`]),
    ['20,000 fonts with ends in the wrong order', `${many(20_000, '<b><i>')}x${many(20_000, '</b></i>')}`],
    ['200,000 unclosed <b>', `${many(200_000, '<b>')}x`],
    [
      'formatting of a hundred kinds before many paragraphs',
      `<p>${Array.from({ length: 100 }, (_, at) => `<b class="k${at}">`).join('')}${many(60_000, '<p>x')}`,
    ],
    ['spans around many paragraphs', `${many(24, '<span class=k>')}${many(60_000, '<p>x')}`],
    ['text and breaks in a table', `<table>${many(100_000, 'x<br>')}`],
    ['rows in rows', many(20_000, '<table><tr><td>x</b></td>')],
    ['100,000 × &#', many(100_000, '&#')],
    ['100,000 attributes', `<p ${Array.from({ length: 100_000 }, (_, at) => `a${at}=x`).join(' ')}>x`],
    ['100,000 ids', `<p ${many(100_000, 'id=x ')}>x`],
    ['<a<a<a', many(300_000, '<a')],
    ['open quotes', many(300_000, '<a x="')],
    ['a comment without an end', many(300_000, '<!-- ')],
    ['styles without an end', many(200_000, '<style>x')],
    ['spaces', `x${many(3_000_000, ' ')}y`],
    ['newlines', `x${many(1_000_000, '\n ')}y`],
    ['line breaks', `x${many(300_000, '<br>')}y`],
    ['turns of direction', many(500_000, '\u202e')],
    ['5 MB in one paragraph', many(250_000, 'words and more words')],
    ['5 MB of quotes', `<blockquote>${many(1_000_000, 'word ')}`],
    ['a hundred thousand rules', many(100_000, '<hr>')],
    ['empty anchors', many(100_000, '<a id=x></a>')],
    ['items in items', many(30_000, '<li><ul>')],
    ['media', many(100_000, '<video><source src=//h/v>')],
  ];

  test.each(nasty)('%s', { timeout: 60_000 }, (_name, source) => {
    expect(clean(source, 'html').ok).toBe(true);
  });

  test.each<[string, string]>([
    ['quotes', many(20_000, '> ')],
    ['stars', many(50_000, '*a_')],
    ['brackets', many(50_000, '[')],
    ['closed brackets', many(20_000, '[a](<')],
    ['backticks', Array.from({ length: 1_000 }, (_, at) => '`'.repeat(at)).join(' ')],
    ['angles', many(100_000, '<a ')],
    ['lists', Array.from({ length: 1_000 }, (_, at) => `${' '.repeat(at)}- x`).join('\n')],
  ])('Markdown of %s', { timeout: 60_000 }, (_name, source) => {
    expect(clean(source, 'markdown').ok).toBe(true);
  });

  test('depth is flattened without losing text, and said', () => {
    const result = clean(`${'<div>'.repeat(20_000)}the end`, 'html');
    expect(result.ok && plainText(result.html)).toBe('the end');
    expect(result.ok && result.notes).toEqual(['Markup that was nested too deeply was flattened; no text was lost.']);
  });

  test('fifty megabytes on one line are refused', () => {
    expect(clean('x'.repeat(50_000_000), 'html')).toEqual({ ok: false, refusal: 'too-large' });
    expect(clean('x'.repeat(MAX_SOURCE_CHARACTERS + 1), 'text')).toEqual({ ok: false, refusal: 'too-large' });
  });

  test('a picture read as text is refused', () => {
    expect(clean('\u0089PNG\u0000\u0000\u0000\rIHDR\u0000\u0000\u0000\u0000\u0000\u0000\u0000', 'html')).toEqual({
      ok: false,
      refusal: 'not-text',
    });
  });
});

describe('what authors write', () => {
  const PICTURE = 'rel="nofollow ugc noopener"';
  test.each<[string, string, string]>([
    ['bare text becomes a paragraph', 'hello', '<p>hello</p>'],
    [
      'newlines break lines and paragraphs where nothing else does',
      'one\ntwo\n\nthree',
      '<p>one<br>two</p><p>three</p>',
    ],
    ['two line breaks end a paragraph', 'one<br>\ntwo<br /><br>three', '<p>one<br>two</p><p>three</p>'],
    ['a block of lines becomes a block of paragraphs', '<div>one<br><br>two</div>', '<div><p>one</p><p>two</p></div>'],
    ['a gap of many line breaks stays a gap', 'one<br><br><br><br>two', '<p>one</p><p>\u00a0</p><p>two</p>'],
    ['line breaks inside a paragraph stay', '<p>one<br><br>two</p>', '<p>one<br><br>two</p>'],
    ['empty paragraphs go, spacing ones stay', '<p></p><p>&nbsp;</p><p> </p><p>x</p>', '<p>\u00a0</p><p>x</p>'],
    ['an empty line between paragraphs stays', '<p>a</p><br><p>b</p>', '<p>a</p><p><br></p><p>b</p>'],
    ['scene breaks are left alone', '<p>* * *</p><p>xxx</p>', '<p>* * *</p><p>xxx</p>'],
    [
      'markup across blocks is nested',
      '<em><p>one</p><p>two</em> three</p>',
      '<p><em>one</em></p><p><em>two</em> three</p>',
    ],
    ['hearts and angry faces are text', 'I <3 you </3 >_<', '<p>I &#x3C;3 you &#x3C;/3 >_&#x3C;</p>'],
    ['unknown elements leave their text', '<o:p>a</o:p> <custom-x>b</custom-x>', '<p>a b</p>'],
    ['sections are blocks', '<section>a</section><section>b</section>', '<div>a</div><div>b</div>'],
    ['fonts and bare spans go', '<font color=red>a</font><span style="x">b</span>', '<p>ab</p>'],
    ['classes get a prefix, once', '<p class="a u-b">x</p>', '<p class="u-a u-b">x</p>'],
    ['scripts and styles go with their content', '<script>x</script><style>y</style>a<svg><p>z</svg>', '<p>a</p>'],
    ['a style that is never closed takes no text with it', '<style>the end', '<p>the end</p>'],
    ['relative and dangerous links become text', '<a href="/works/1">a</a> <a href="javascript:x">b</a>', '<p>a b</p>'],
    ['links get a rel', '<a href="HTTPS://h/">a</a>', `<p><a href="https://h/" ${PICTURE}>a</a></p>`],
    ['mail links stay', '<a href="mailto:a@b.c">a</a>', '<p><a href="mailto:a@b.c">a</a></p>'],
    [
      'footnotes keep working',
      '<p>x<a href="#n">1</a></p><p id="n">y</p>',
      '<p>x<a href="#u-n">1</a></p><p><span id="u-n"></span>y</p>',
    ],
    ['old anchors too', '<a name="n"></a>y', '<p><span id="u-n"></span>y</p>'],
    ['an id stands once', '<b id=x>a</b><b id=x>b</b>', '<p><b id="u-x">a</b><b>b</b></p>'],
    [
      'a picture becomes a link',
      '<img src="https://h/m.png" alt="A map">',
      `<p><a class="picture" href="https://h/m.png" ${PICTURE}>Picture: A map</a></p>`,
    ],
    [
      'a linked picture keeps both addresses',
      '<a href="http://a/"><img src="//h/m.png"></a>',
      `<p><a class="picture" href="https://h/m.png" ${PICTURE}>Picture</a><a href="http://a/" ${PICTURE}> (link)</a></p>`,
    ],
    ['a picture that counts readers goes', 'a<img src="https://h/x.gif" width=1 height=1>', '<p>a</p>'],
    [
      'a player becomes a link',
      '<iframe src="https://h/v">no</iframe><video><source src="https://h/w">no</video>',
      `<p><a class="media" href="https://h/v" ${PICTURE}>Embedded media</a><a class="media" href="https://h/w" ${PICTURE}>Video</a></p>`,
    ],
    [
      'a list holds items',
      '<ul>a<li>b<ul><ul><li>c</ul></ul>',
      '<ul><li>a</li><li>b<ul><li><ul><li>c</li></ul></li></ul></li></ul>',
    ],
    ['items without a list get one', '<li>a<li>b', '<ul><li>a</li><li>b</li></ul>'],
    [
      'a table holds its text',
      '<table>a<tr><th colspan=2 scope=row>b</table>',
      '<table><tbody><tr><td>a</td></tr><tr><th colspan="2" scope="row">b</th></tr></tbody></table>',
    ],
    [
      'ruby stays',
      '<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby></p>',
      '<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby></p>',
    ],
    [
      'details stay',
      '<details open><summary>a</summary>b</details>',
      '<details open><summary>a</summary><p>b</p></details>',
    ],
    ['empty XHTML elements hold nothing', '<p><a id="x"/>a <i/>b</p>', '<p><span id="u-x"></span>a b</p>'],
    ['writing direction ends with its paragraph', '<p>\u202eabc</p><p>d\u202c</p>', '<p>\u202eabc\u202c</p><p>d</p>'],
    ['an id in our form is not believed', '<p id="b-aaaaaa"><b id="b-bbbbbb">x</b></p>', '<p><b>x</b></p>'],
    ['comments go', 'a<!-- <b> -->b<!DOCTYPE html><?xml x?>', '<p>ab</p>'],
    [
      'numbers are kept in their bounds',
      '<ol start="-3" type=a reversed><li value=5>a</ol><table><td colspan=1000>b</table>',
      '<ol start="-3" type="a" reversed><li value="5">a</li></ol><table><tbody><tr><td>b</td></tr></tbody></table>',
    ],
  ])('%s', (_name, source, expected) => {
    expect(bare(source)).toBe(expected);
  });

  test('notes say what was changed', () => {
    const result = clean('<img src=//h/a><img src=//h/b><embed src=//h/c><a href="x">d</a>', 'html');
    expect(result.ok && result.notes).toEqual([
      '2 pictures at other addresses became links.',
      '1 embedded player became a link.',
      '1 link without a full web address became text.',
    ]);
    expect(result.ok && result.rules).toBe(CLEAN_RULES);
  });
});

describe('Markdown', () => {
  test.each<[string, string]>([
    ['***\n\n*a* **b**', '<hr><p><em>a</em> <strong>b</strong></p>'],
    [
      '<angry> <3 <name@x.org> <script>x</script>',
      '<p>&#x3C;angry> &#x3C;3 &#x3C;name@x.org> &#x3C;script>x&#x3C;/script></p>',
    ],
    ['<angry>\nand more', '<p>&#x3C;angry>\nand more</p>'],
    ['<center>\n\n*a*\n\n</center>', '<center><p><em>a</em></p></center>'],
    ['a <u>b</u> <https://h/c>', '<p>a <u>b</u> <a href="https://h/c" rel="nofollow ugc noopener">https://h/c</a></p>'],
    ['"quoted" -- and... www.h.org', '<p>"quoted" -- and... www.h.org</p>'],
    [
      '![A map](https://h/m.png)',
      '<p><a class="picture" href="https://h/m.png" rel="nofollow ugc noopener">Picture: A map</a></p>',
    ],
    ['<div>a <angry> b</div>', '<div>a &#x3C;angry> b</div>'],
    ['```\na < b\n```', '<pre><code>a &#x3C; b\n</code></pre>'],
  ])('%j', (source, expected) => {
    expect(bare(source, 'markdown')).toBe(expected);
  });
});

test('block ids are found in the order of the text', () => {
  const html = cleaned('<h2>a</h2><p>b</p><ul><li>c</ul><hr><table><tr><td>d</table>');
  expect(blockIds(html)).toHaveLength(5);
  expect(html).toContain(`<hr id="${blockIds(html)[3]}">`);
});
