import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainText, resolveReferences } from '../../../platform/html/text.ts';
import { clean } from '../../../platform/html/clean.ts';
import type { ImportedWork } from '../imported-work.ts';
import { htmlPageReader, readHtmlPage } from './html-page.ts';
import { fileOf, NEW_ERA } from './reading.fixture.ts';
import { ao3HtmlReader } from './ao3-html.ts';

function read(html: string): ImportedWork {
  const result = htmlPageReader.read(fileOf(html));
  if (!('ok' in result) || !result.ok) throw new Error('reason' in result ? result.reason : 'a promise');
  return result.work;
}

function sources(work: ImportedWork): string[] {
  return work.chapters.map((chapter) => chapter.text.source);
}

/** What a reader of the archive sees, chapter titles left out. */
function shown(work: ImportedWork): string {
  return work.chapters
    .map(({ text }) => {
      const cleaned = clean(text.source, 'html');
      return cleaned.ok ? plainText(cleaned.html) : '';
    })
    .join('\n\n');
}

const PARAGRAPHS = [
  'The kettle had been Marta’s idea, and nobody in the harbour said otherwise until the winter came.',
  'Ivo, who mended nets, put the lid back very gently and said that he had heard it sing before.',
  'It knew two songs by Thursday. By Sunday it had learned the lower part of both, and some manners.',
  'She wrote to the shop. The shop wrote back that kettles of that kind were sold as seen, and heard.',
];
const STORY = PARAGRAPHS.map((text) => `<p>${text}</p>`).join('\n');

describe('finding the story', () => {
  test('menus, share bars, cookie notices and comments are left out and counted', () => {
    const work = read(`<!DOCTYPE html><html lang="en"><head><title>The Kettle - FanFiction.Net</title>
      <link rel="canonical" href="https://fics.example/s/12?chapter=1#top"></head><body>
      <div id="menu"><a href="/">Home</a> <a href="/new">New stories</a> <a href="/login">Log in</a></div>
      <div class="cookie-notice">This site uses cookies to remember you.</div>
      <div id="content"><h1>The Kettle</h1><div>by <a href="/u/wren">Wren</a></div>
        <div class="storytext">${STORY}</div>
        <div class="share"><a href="https://x.example">Tweet this</a></div></div>
      <div id="comments"><p>I loved the part with the net, it was so very much like home to me.</p></div></body></html>`);
    expect(work.title).toBe('The Kettle');
    expect(work.creators).toEqual([{ name: 'Wren', url: 'https://fics.example/u/wren' }]);
    expect(work.sourceUrl).toBe('https://fics.example/s/12?chapter=1');
    expect(work.language).toBe('en');
    expect(shown(work)).toBe(PARAGRAPHS.join('\n\n'));
    expect(work.unmapped.join(' ')).toMatch(/^\d+ words around the story were left out .*“Home New stories/);
  });

  test('a bare text loses nothing, its notes included', () => {
    const work = read(
      `<html><body><div><div><p>A/N: For the harbour prompts.</p><div>${STORY}</div></div></div></body></html>`,
    );
    expect(shown(work)).toBe(['A/N: For the harbour prompts.', ...PARAGRAPHS].join('\n\n'));
    expect(work.unmapped).toEqual([]);
  });

  test('notes beside the story’s own element stay', () => {
    const work = read(`<body><div id="menu"><a href=a>One</a> <a href=b>Two</a> <a href=c>Three</a></div>
      <div class="notes">Author’s Notes: thank you, Tam.</div><div id="story">${STORY}</div></body>`);
    expect(shown(work)).toContain('thank you, Tam');
    expect(shown(work)).not.toContain('Three');
  });

  test('a story in a comment is found when there is no other', () => {
    const work = read(`<body><div class="nav"><a href=a>Home</a></div><div class="comment">${STORY}</div></body>`);
    expect(shown(work)).toContain(PARAGRAPHS[3]);
  });

  test('a page of one layout table gives its cell', () => {
    const work = read(
      `<body><table><tr><td><a href=a>Home</a><br><a href=b>Fic</a><br><a href=c>Links</a></td><td>${STORY}</td></tr></table></body>`,
    );
    expect(shown(work)).toBe(PARAGRAPHS.join('\n\n'));
  });

  test('the posts of a thread are its parts, in order', () => {
    const post = (text: string): string =>
      `<article class="message"><div class="userdetails">Wren, harbour watch, 312 posts</div><div class="bbWrapper"><p>${text}</p></div></article>`;
    const work = read(`<body><div class="nav"><a href=a>Forums</a></div>${PARAGRAPHS.map(post).join('')}</body>`);
    expect(sources(work)).toEqual([PARAGRAPHS.map((text) => `<p>${text}</p>`).join('\n<hr>\n')]);
    expect(work.unmapped.join()).toContain('words around the story');
  });

  test('a few hidden words go and are told', () => {
    const work = read(`<style>.x9{display:none}</style><body>${STORY}<p class="x9">This text was stolen.</p></body>`);
    expect(shown(work)).toBe(PARAGRAPHS.join('\n\n'));
    expect(work.unmapped.join()).toContain('4 words around the story');
  });

  test('a page without any text is refused with a sentence', () => {
    expect(htmlPageReader.read(fileOf('<html><body><img src="a.png"><p> </p><hr></body></html>'))).toMatchObject({
      ok: true,
    });
    expect(htmlPageReader.read(fileOf('<html><body><p>&nbsp;</p></body></html>'))).toEqual({
      ok: false,
      reason: expect.stringContaining('holds no story'),
    });
  });
});

describe('what programs write', () => {
  test('Word', () => {
    const work =
      read(`<html xmlns:o="urn:x"><head><meta name=Generator content="Microsoft Word 11"><meta name=Author content="Windows User">
<style><!-- p.MsoNormal, li.MsoNormal {margin:0cm; font-family:"Times"} span.Emph {font-style:italic} --></style></head>
<body lang=EN-GB><div class=Section1><p class=MsoNormal style='text-indent:1.0cm'><span style='mso-spacerun:yes'>She said <span class=Emph>no</span>,
and <st1:place w:st="on">Port Ellory</st1:place> <b style='mso-bidi-font-weight:normal'>laughed</b>.<o:p></o:p></span></p>
<p class=MsoNormal><![if !supportEmptyParas]>&nbsp;<![endif]><o:p></o:p></p><p class=MsoNormal><span style='font-weight:bold'>Then</span> night.</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p>x</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal align=center style='text-align:center'>end<a name="_GoBack"></a></p></div></body></html>`);
    expect(sources(work)[0]?.split('\n').join(' ')).toBe(
      '<p>She said <i>no</i>, and Port Ellory <b>laughed</b>.</p> <p><b>Then</b> night.</p> <p>x</p> <p align="center">end</p>',
    );
    expect(work.creators).toEqual([]);
    expect(work.unmapped.join()).toContain('Windows User');
    expect(work.repairs.join()).toContain('Empty paragraphs');
  });

  test('Google Docs', () => {
    const work =
      read(`<html><head><style type="text/css">@import url(x);ol{margin:0}.c1{font-style:italic}.c2{color:#000;font-weight:700}.c3{text-align:center}.c5{text-decoration:line-through}</style></head>
<body class="c9"><p class="c3 c4"><span class="c2">The Tide</span></p><p class="c4"><span>He was </span><span class="c1">not</span><span class="c5"> gone</span><span>, see <a href="https://www.google.com/url?q=https://x.example/a%3Fb&amp;sa=D">this</a>.</span></p>
<p class="c4"><span></span></p><p class="c4"><span>Second.</span></p></body></html>`);
    expect(work.title).toBe('The Tide');
    expect(sources(work)).toEqual([
      '<p>He was <i>not</i><s> gone</s>, see <a href="https://x.example/a?b">this</a>.</p>\n<p>&nbsp;</p>\n<p>Second.</p>',
    ]);
  });

  test('what Google puts on the clipboard is not all bold', () => {
    const work = read(
      '<p>Head.</p><b style="font-weight:normal" id="docs-internal-guid-1"><p><span style="font-style:italic">Yes</span> so.</p></b>',
    );
    expect(sources(work)).toEqual(['<p>Head.</p>\n<p><i>Yes</i> so.</p>']);
  });

  test('LibreOffice', () => {
    const work = read(
      `<html><body dir="ltr"><p style="line-height: 100%"><font face="Arial, serif"><font size="3"><i>She</i> ran.</font></font></p><p align="center"><br/></p><p><font>He too.</font></p></body></html>`,
    );
    expect(sources(work)).toEqual(['<p><i>She</i> ran.</p>\n<p>&nbsp;</p>\n<p>He too.</p>']);
  });
});

test('XHTML, whose empty elements swallow nothing', () => {
  const work = read(
    `<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="de"><head><title/><script src="a.js"/></head><body><p><a id="x"/>Eins <i/>zwei.</p><p/><p>Drei.</p></body></html>`,
  );
  expect(sources(work)).toEqual(['<p><a id="x"></a>Eins zwei.</p>\n<p>&nbsp;</p>\n<p>Drei.</p>']);
  expect(work.language).toBe('de');
});

test('FanFiction.Net', () => {
  const work =
    read(`<html><head><title>The Kettle Chapter 2: Tea, a harbour fanfic | FanFiction</title><link rel="canonical" href="https://www.fanfiction.net/s/12/2/"></head><body>
<div id=pre_story_links><a href="/book/">Books</a> » <a href="/book/Harbour/">Harbour Tales</a></div>
<div id=profile_top><b class='xcontrast_txt'>The Kettle</b> By: <a class='xcontrast_txt' href='/u/7/Wren'>Wren</a><div class='xcontrast_txt'>A kettle sings.</div>
<span class='xgray xcontrast_txt'>Rated: <a href='/r/'>Fiction T</a> - English - Humor/Hurt/Comfort - [Ivo, Marta] Tam - Chapters: 2 - Words: 1,234 - Reviews: <a href=r>5</a> - Updated: <span data-xutime='1400000000'>5/13/2014</span> - Published: <span data-xutime='1390000000'>1/17/2014</span> - Status: Complete - id: 12 </span></div>
<SELECT id=chap_select><option value=1>1. Nets<option value=2 selected>2. Tea</select>
<div role='main'><div class='storytext xcontrast_txt nocopy' id='storytext'>${STORY}</div></div></body></html>`);
  expect(work).toMatchObject({
    title: 'The Kettle',
    creators: [{ name: 'Wren', url: 'https://www.fanfiction.net/u/7/Wren' }],
    summary: { source: 'A kettle sings.' },
    rating: 'T',
    language: 'English',
    fandoms: ['Harbour Tales'],
    freeforms: ['Humor', 'Hurt/Comfort'],
    relationships: ['Ivo/Marta'],
    characters: ['Ivo', 'Marta', 'Tam'],
    statedWords: 1234,
    status: 'complete',
    updated: '2014-05-13',
    published: '2014-01-17',
    chapters: [{ title: 'Tea', text: { source: STORY } }],
  });
  expect(work.unmapped.join('\n')).toMatch(/Chapters: 2, Reviews: 5, id: 12[\s\S]*one chapter of 2/);
});

describe('line breaks', () => {
  test('two part paragraphs, one is a line of verse, and markup is begun again', () => {
    expect(sources(read('<body><p>Roses<br>are red<br><br>and <i>the sea<br><br>is</i> loud</p></body>'))).toEqual([
      '<p>Roses<br>are red</p>\n<p>and <i>the sea</i></p>\n<p><i>is</i> loud</p>',
    ]);
  });

  test('single ones between long lines are paragraphs', () => {
    expect(sources(read(`<body>${PARAGRAPHS.join('<br>')}</body>`))).toEqual([STORY]);
  });

  test('lines cut to a width are joined again', () => {
    const words = Array.from({ length: 120 }, (_, i) => `harbour${i}`);
    const lines = Array.from({ length: 20 }, (_, i) => words.slice(i * 6, i * 6 + 6).join(' '));
    expect(sources(read(`<div>${lines.join('<br>\n')}</div><p>End.</p>`))[0]?.replace(/ +/g, ' ')).toBe(
      `<p>${words.join(' ')}</p>\n<p>End.</p>`.replaceAll('  ', ' '),
    );
  });
});

describe('preformatted text', () => {
  test('a text file that a browser saved has paragraphs at blank lines, its wrapped lines joined', () => {
    const wrapped = PARAGRAPHS.map((text) => text.replace(/(.{50,60}) /g, '$1\n'));
    const work = read(
      `<html><head></head><body><pre style="white-space: pre-wrap">${[...wrapped, ...wrapped].join('\n\n')}</pre></body></html>`,
    );
    expect(sources(work)).toEqual([`${STORY}\n${STORY}`]);
  });

  test('a short piece stays as it is', () => {
    expect(sources(read('<p>It said:</p><pre>STOP\n  COME HOME</pre>'))).toEqual([
      '<p>It said:</p>\n<pre>STOP\n  COME HOME</pre>',
    ]);
  });
});

describe('chapters', () => {
  test('headings that announce them cut the story', () => {
    const work = read(
      `<body><h1>The Kettle</h1><h2>Prologue</h2>${STORY}<hr><h2>Chapter 2: Tea</h2>${STORY}<h2>Interlude</h2><p>Short.</p></body>`,
    );
    expect(work.title).toBe('The Kettle');
    expect(work.chapters.map((chapter) => chapter.title)).toEqual(['Prologue', 'Tea', 'Interlude']);
    expect(sources(work)[0]).toBe(STORY);
  });

  test('so do paragraphs between rules', () => {
    const work = read(`<body><p align="center"><b>Chapter 1</b></p>${STORY}<hr><p>Chapter 2</p><hr>${STORY}</body>`);
    expect(sources(work)).toEqual([STORY, STORY]);
  });

  test('scene breaks of signs become rules and are told', () => {
    const work = read(
      '<body><p>One.</p><p align=center>* * *</p><p>Two.</p><center>~~~</center><p>Three. <br>oOo</p></body>',
    );
    expect(sources(work)).toEqual(['<p>One.</p>\n<hr>\n<p>Two.</p>\n<hr>\n<p>Three. <br>oOo</p>']);
    expect(work.repairs).toContain('2 lines of signs became scene breaks.');
  });
});

test('a header block at the head becomes fields and leaves the text', () => {
  const work = read(
    `<body><p><b>Title:</b> The Kettle<br>Author: Wren<br>Rating: PG-13<br>Pairing: Ivo/Marta<br><br>It <i>sang</i>.</p>${STORY}</body>`,
  );
  expect(work).toMatchObject({
    title: 'The Kettle',
    creators: [{ name: 'Wren' }],
    rating: 'PG-13',
    relationships: ['Ivo/Marta'],
  });
  expect(sources(work)[0]).toBe(`<p>It <i>sang</i>.</p>\n${STORY}`);
});

describe('a story that is one paragraph', () => {
  const long = Array.from({ length: 300 }, (_, i) => `word${i}`).join(' ');

  test('is told by the place of its inner HTML in the file', () => {
    const raw = `<html>\r\n<head><title>x</title></head>\r\n<body>\r\n<p>${long} <i>em</i>\r\n &amp; more.</p>\r\n</body></html>`;
    const page = readHtmlPage({ ...fileOf(raw.replaceAll('\r\n', '\n')), raw });
    if (!page.ok || !page.flattened) throw new Error('not seen as flattened');
    expect(raw.slice(page.flattened.from, page.flattened.to)).toBe(`${long} <i>em</i>\r\n &amp; more.`);
  });

  test('loose text is seen too, a story of several is not', () => {
    const loose = readHtmlPage(fileOf(`<html><body>${long}</body></html>`));
    expect(loose).toMatchObject({ ok: true, flattened: { from: 12, to: 12 + long.length } });
    expect(readHtmlPage(fileOf(`<p>${long}</p><p>${long}</p>`))).not.toHaveProperty('flattened');
    expect(readHtmlPage(fileOf(`<p>${long.replaceAll(' word1', '<br>word1')}</p>`))).not.toHaveProperty('flattened');
  });
});

describe('hostile pages', () => {
  test.each([
    ['20,000 nested elements', `<p>${'<div>'.repeat(20_000)}x`],
    ['a tag with 2,000 attributes', `<p ${Array.from({ length: 2000 }, (_, i) => `a${i}=1`).join(' ')}>x</p>`],
    ['25 million characters', `<p>${'word '.repeat(5_200_000)}`],
  ])('%s: a sentence', (_, html) => {
    expect(htmlPageReader.read(fileOf(html))).toEqual({ ok: false, reason: expect.stringMatching(/\.$/) });
  });

  test('nesting up to the limit, endless emphasis and broken style sheets are read', () => {
    expect(read(`<p>${'<div class=notes>'.repeat(900)}word`).chapters).toHaveLength(1);
    expect(read(`<p>${'<i><b>'.repeat(300)}${'<br><br>word'.repeat(3000)}`).chapters).toHaveLength(1);
    expect(read(`<style>${'@media {{{'.repeat(10_000)}</style><p>word</p>`).chapters).toHaveLength(1);
    expect(read(`<style>${'a,'.repeat(100_000)}{font-style:italic}</style><p>word</p>`).chapters).toHaveLength(1);
  });

  test('pictures saved inside a page do not count', () => {
    const work = read(`<p>word<img src="data:image/png;base64,${'A'.repeat(30_000_000)}"></p>`);
    expect(work.chapters).toHaveLength(1);
  });
});

test('it is surer than nothing and less sure than the reader of downloads', () => {
  expect(htmlPageReader.sniff(fileOf('<html><p>x</p></html>'))).toBeGreaterThan(0.25);
  expect(htmlPageReader.sniff(fileOf(NEW_ERA))).toBeLessThan(ao3HtmlReader.sniff(fileOf(NEW_ERA)));
  expect(htmlPageReader.sniff(fileOf('Just text.'))).toBe(0);
});

describe('nothing is lost', () => {
  let next = 0;
  const word = fc
    .constantFrom('kettle', 'sea', 'Ivo', 'it', 'sang', 'não', 'ночь', 'x & y', '“no”')
    .map((said) => `${said}${next++}`);
  const inline: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      word.map((said) => ` ${said.replaceAll('&', '&amp;')} `),
      fc
        .tuple(
          fc.constantFrom('i', 'b', 'span style="font-style:italic"', 'font size=3', 'a name=place', 'u', 'unknown'),
          fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
        )
        .map(([tag, inner]) => `<${tag}>${inner.join('')}</${tag.split(' ')[0]}>`),
      fc.constantFrom('<br>', '<br><br>', '<wbr>', '\n'),
    ),
  })).node;
  const block: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc
        .tuple(
          fc.constantFrom('p', 'p align=center', 'h3', 'pre', 'div', 'blockquote', 'center'),
          fc.array(inline, { minLength: 1, maxLength: 4 }),
        )
        .map(([tag, inner]) => `<${tag}>${inner.join('')}</${tag.split(' ')[0]}>`),
      fc
        .tuple(
          fc.constantFrom('div', 'section', 'blockquote', 'li', 'td', 'article'),
          fc.array(tie('node'), { maxLength: 4 }),
        )
        .map(([tag, inner]) =>
          tag === 'td'
            ? `<table><tr><td>${inner.join('')}</td></tr></table>`
            : tag === 'li'
              ? `<ul><li>${inner.join('')}</li></ul>`
              : `<${tag}>${inner.join('')}</${tag}>`,
        ),
      inline,
      fc.constantFrom('<hr>', '<p></p>', '<p>&nbsp;</p>', '<!-- c -->'),
    ),
  })).node;
  const words = (text: string): string[] => text.match(/[\p{L}\p{N}]+\d/gu) ?? [];

  test('every word of a bare story is in the result once, in order', () => {
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 12 }), (blocks) => {
        const html = `<html><body>${blocks.join('')}</body></html>`;
        const result = readHtmlPage(fileOf(html));
        const expected = words(html.replace(/<[^>]*>/g, ' '));
        const work = result.ok ? result.work : null;
        const got = work
          ? words(
              `${work.title ?? ''} ${work.chapters.map((chapter) => `${chapter.title ?? ''} ${chapter.text.source.replace(/<[^>]*>/g, ' ')}`).join(' ')}`,
            )
          : [];
        expect(got).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  test('nor of any story in the corpus, with a site around it or without', { timeout: 60_000 }, () => {
    const file = join(process.env['FANFOLD_CORPORA'] ?? '../shared/corpora', 'public_domain_fiction.jsonl.gz');
    if (!existsSync(file)) {
      console.warn(`No stories are tried: the corpus is not at ${file}; say where with FANFOLD_CORPORA.`);
      return;
    }
    const stories = gunzipSync(readFileSync(file))
      .toString('utf8')
      .trim()
      .split('\n')
      .filter((_, i) => i % 12 === 0);
    const said = (html: string): string[] =>
      resolveReferences(html.replace(/<[^>]*>/g, ' '))
        .trim()
        .split(/\s+/);
    for (const line of stories) {
      const { html } = JSON.parse(line) as { html: string };
      const around = `<html><body><div id="menu"><a href="/">Home</a> <a href="/a">A to Z</a></div><div class="post">${html}</div><div class="comments"><p>Nice.</p></div></body></html>`;
      for (const page of [html, around]) {
        const { chapters } = read(page);
        expect(said(chapters.map(({ title, text }) => `${title ?? ''} ${text.source}`).join(' '))).toEqual(said(html));
      }
    }
  });

  test('no text makes it throw', () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<div id=content>',
      '</div>',
      '<style>',
      '</style>',
      '<table>',
      '<td>',
      '<',
      '>',
      '&#x;',
      '&amp',
      '<!--',
      '-->',
      '<br>',
      '\0',
      '\ud800',
      'Chapter 1',
      'Title: x\n',
      '<h1>',
      '<select>',
      '<svg>',
      '<template>',
      '<a href=x>',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 40 }),
        (pieces) => {
          const result = htmlPageReader.read(fileOf(pieces.join('')));
          expect(result).toHaveProperty('ok');
        },
      ),
      { numRuns: 500 },
    );
  });
});
