import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeZip } from '../../../platform/zip/zip.fixture.ts';
import { escapeHtml } from '../../../platform/html/text.ts';
import type { ImportedWork } from '../imported-work.ts';
import { docxReader } from './docx.ts';
import type { ReadResult, SourceFile } from './reader.ts';

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"';
const STYLES = `<w:styles ${W}>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="My chapters"/><w:basedOn w:val="berschrift1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Mid"><w:name w:val="Middle"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/></w:style>
<w:style w:type="character" w:styleId="Emph"><w:name w:val="Emphasis"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Thought"><w:name w:val="Thought"/><w:basedOn w:val="Emph"/></w:style></w:styles>`;

const run = (text: string, look = ''): string =>
  `<w:r>${look === '' ? '' : `<w:rPr>${look}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
const para = (inner: string, look = ''): string => `<w:p>${look === '' ? '' : `<w:pPr>${look}</w:pPr>`}${inner}</w:p>`;
const styled = (text: string, style: string): string => para(run(text), `<w:pStyle w:val="${style}"/>`);

function docx(body: string, parts: Record<string, string> = {}, namespace = W): SourceFile {
  const all = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>',
    'word/document.xml': `<?xml version="1.0"?><w:document ${namespace}><w:body>${body}</w:body></w:document>`,
    'word/styles.xml': STYLES,
    ...parts,
  };
  const bytes = makeZip(Object.entries(all).map(([name, content]) => ({ name, content })));
  return { name: 'work', bytes, text: '', raw: '', encoding: 'utf-8' };
}

async function read(body: string, parts: Record<string, string> = {}, namespace = W): Promise<ImportedWork> {
  const result = await docxReader.read(docx(body, parts, namespace));
  if (!result.ok) throw new Error(result.reason);
  return result.work;
}

const text = async (body: string): Promise<string> =>
  (await read(body)).chapters.map((chapter) => chapter.text.source).join('\n\n');

test('it takes Word documents', () => {
  expect(docxReader.sniff(docx(''))).toBeGreaterThan(0.9);
  expect(docxReader.sniff({ ...docx(''), bytes: makeZip([{ name: 'a.txt', content: 'x' }]) })).toBe(0);
});

test('looks, also those that only styles speak of', async () => {
  expect(
    await text(
      para(
        run('a ') +
          run('b', '<w:i/>') +
          run(' c', '<w:rStyle w:val="Thought"/>') +
          run('d', '<w:b/><w:u w:val="single"/>') +
          run('e', '<w:strike/>') +
          run('f', '<w:i w:val="0"/>'),
      ),
    ),
  ).toBe('<p>a <i>b c</i><b><u>d</u></b><s>e</s>f</p>');
  expect(await text(styled('mid', 'Mid') + para(run('right'), '<w:jc w:val="right"/>') + styled('said', 'Quote'))).toBe(
    '<p align="center">mid</p>\n<p align="right">right</p>\n<blockquote><p>said</p></blockquote>',
  );
});

test('title, byline, chapters by heading styles of any language, properties', async () => {
  const work = await read(
    styled('The Sea', 'Titel') +
      para(run('by Wren and Tam')) +
      styled('Chapter 1', 'berschrift1') +
      para(run('One.')) +
      styled('Tea', 'Mine') +
      para(run('Two.')),
    {
      'docProps/core.xml':
        '<c><dc:title>Microsoft Word - x.doc</dc:title><dc:creator>Windows User</dc:creator><cp:keywords>tea</cp:keywords><dc:description>A comment</dc:description><dcterms:created>2020-01-02T00:00:00Z</dcterms:created></c>',
    },
  );
  expect(work).toMatchObject({ title: 'The Sea', creators: [{ name: 'Wren' }, { name: 'Tam' }] });
  expect(work.chapters).toEqual([
    { text: { format: 'html', source: '<p>One.</p>' } },
    { title: 'Tea', text: { format: 'html', source: '<p>Two.</p>' } },
  ]);
  expect(work.unmapped.join('\n')).toMatch(/Windows User[\s\S]*A comment[\s\S]*keywords: tea[\s\S]*2020-01-02/);
});

test('page breaks, lines of signs and empty paragraphs', async () => {
  const page = '<w:r><w:br w:type="page"/></w:r>';
  expect(
    await text(
      para(run('a') + page + run('b')) +
        para(page) +
        para(run('c')) +
        para('') +
        para(run('d')) +
        para(run('# # #'), '<w:jc w:val="center"/>') +
        para(run('e') + '<w:r><w:br/></w:r>' + run('f')),
    ),
  ).toBe('<p>a</p>\n<hr>\n<p>b</p>\n<hr>\n<p>c</p>\n<p>&nbsp;</p>\n<p>d</p>\n<hr>\n<p>e<br>f</p>');
});

test('notes stand at the end of their chapter; changes are accepted, comments and pictures named', async () => {
  const note = (id: number, said: string): string => `<w:footnote w:id="${id}">${para(run(said))}</w:footnote>`;
  const work = await read(
    styled('Chapter 1', 'berschrift1') +
      para(
        run('a') +
          '<w:r><w:footnoteReference w:id="2"/></w:r><w:del w:id="9"><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins w:id="8">' +
          run(' new') +
          '</w:ins><w:r><w:commentReference w:id="1"/></w:r>',
      ) +
      styled('Chapter 2', 'berschrift1') +
      para(run('b') + '<w:r><w:footnoteReference w:id="3"/></w:r>'),
    {
      'word/footnotes.xml': `<w:footnotes ${W}>${note(2, 'First')}${note(3, 'Second')}</w:footnotes>`,
      'word/comments.xml': `<w:comments ${W}><w:comment w:id="1">${para(run('why?'))}</w:comment></w:comments>`,
    },
  );
  expect(work.chapters.map((chapter) => chapter.text.source)).toEqual([
    '<p>a<sup><a href="#footnote-2" id="footnote-ref-2">[1]</a></sup> new</p>\n<hr>\n<p id="footnote-2">[1] First <a href="#footnote-ref-2">↑</a></p>',
    '<p>b<sup><a href="#footnote-3" id="footnote-ref-3">[2]</a></sup></p>\n<hr>\n<p id="footnote-3">[2] Second <a href="#footnote-ref-3">↑</a></p>',
  ]);
  expect(work.unmapped).toEqual(['1 deletion that was still tracked was left out.', '1 comment was left out.']);
});

test('strict documents are read, and what mammoth ignores is named', async () => {
  const work = await read(para(run('Strict ') + run('words', '<w:i/>') + '<w:ruby/>'), {}, STRICT);
  expect(work.chapters[0]?.text.source).toBe('<p>Strict <i>words</i></p>');
  expect(work.unmapped).toEqual(['Parts of the document that cannot be read were left out: w:ruby.']);
});

describe('hostile files', () => {
  const refused = (result: ReadResult): string => (result.ok ? '' : result.reason);
  const noise = Array.from({ length: 30_000 }, (_, i) => `<!--${(i * 2_654_435_761) % 4_294_967_296}-->`).join('');

  test('a sentence for each', async () => {
    expect(refused(await docxReader.read(docx('', { 'word/document.xml': '<w:document' })))).toMatch(/damaged/);
    expect(refused(await docxReader.read(docx(para(''))))).toMatch(/no text/);
    expect(refused(await docxReader.read(docx(' '.repeat(20_000_000))))).toMatch(/refused/);
    expect(refused(await docxReader.read({ ...docx(''), bytes: docx('').bytes.slice(0, 400) }))).toMatch(
      /cannot be opened/,
    );
    const deep = `${noise}${'<w:ins>'.repeat(20_000)}${para(run('x'))}${'</w:ins>'.repeat(20_000)}`;
    expect(refused(await docxReader.read(docx(deep)))).toMatch(/tangled/);
    const table = makeZip([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: 'xl/workbook.xml', content: '<x/>' },
    ]);
    expect(refused(await docxReader.read({ ...docx(''), bytes: table }))).toMatch(/table or a presentation/);
  });

  test('a part whose bytes lie is refused before mammoth sees it', async () => {
    const bytes = makeZip([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: 'word/document.xml', content: '<x/>', lies: { crc: 1 } },
    ]);
    expect(refused(await docxReader.read({ ...docx(''), bytes }))).toMatch(/word\/document\.xml/);
  });
});

test('every word is in the result once, in order', async () => {
  let next = 0;
  const word = fc.constantFrom('kettle', 'café', 'x&y', '<sea>', '海').map((said) => `${said}${next++}`);
  const piece = fc.tuple(
    fc.constantFrom('', '<w:i/>', '<w:b/><w:i/>', '<w:rStyle w:val="Emph"/>', '<w:u w:val="single"/>'),
    fc.array(word, { minLength: 1, maxLength: 4 }),
  );
  const block = fc.tuple(
    fc.constantFrom('', '<w:jc w:val="center"/>', '<w:pStyle w:val="Quote"/>', '<w:pStyle w:val="Titel"/>'),
    fc.array(piece, { maxLength: 4 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(block, { minLength: 1, maxLength: 8 }), async (blocks) => {
      const words = blocks.flatMap(([, pieces]) => pieces.flatMap(([, said]) => said));
      const body = blocks
        .map(([look, pieces]) =>
          para(
            pieces
              .map(([own, said]) => run(`${said.map(escapeHtml).join(' ')} `, own))
              .join('<w:r><w:br w:type="page"/></w:r>'),
            look,
          ),
        )
        .join('');
      const result = await docxReader.read(docx(body));
      const said = result.ok
        ? `${result.work.title ?? ''} ${result.work.chapters.map(({ title, text: { source } }) => `${title ?? ''} ${source.replace(/<[^>]*>|&nbsp;/g, ' ')}`).join(' ')}`
        : '';
      const plain = said.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
      expect(plain.trim().split(/\s+/).filter(Boolean)).toEqual(words);
    }),
    { numRuns: 100 },
  );
});
