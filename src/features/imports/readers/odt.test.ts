import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeZip } from '../../../platform/zip/zip.fixture.ts';
import { escapeHtml } from '../../../platform/html/text.ts';
import type { ImportedWork } from '../imported-work.ts';
import { odtReader } from './odt.ts';
import type { ReadResult, SourceFile } from './reader.ts';

const STYLES = `<office:document-styles><office:styles>
<style:style style:name="Title" style:family="paragraph"/><style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"/>
<style:style style:name="Emphasis" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="Middle" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/></style:style>
</office:styles></office:document-styles>`;
const AUTOMATIC = `<style:style style:name="T1" style:family="text" style:parent-style-name="Emphasis"/>
<style:style style:name="T2" style:family="text"><style:text-properties fo:font-style="normal" fo:font-weight="bold"/></style:style>
<style:style style:name="T3" style:family="text"><style:text-properties style:text-underline-style="solid" style:text-line-through-style="solid"/></style:style>
<style:style style:name="T4" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Middle"/>
<style:style style:name="P2" style:family="paragraph"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="P3" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>
<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1"/></text:list-style>`;

function odt(body: string, parts: Record<string, string> = {}): SourceFile {
  const content = `<?xml version="1.0" encoding="UTF-8"?><office:document-content><office:automatic-styles>${AUTOMATIC}</office:automatic-styles><office:body><office:text>${body}</office:text></office:body></office:document-content>`;
  const all = { 'content.xml': content, 'styles.xml': STYLES, ...parts };
  const bytes = makeZip([
    { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text', stored: true },
    ...Object.entries(all).map(([name, said]) => ({ name, content: said })),
  ]);
  return { name: 'work', bytes, text: '', raw: '', encoding: 'utf-8' };
}

async function read(body: string, parts: Record<string, string> = {}): Promise<ImportedWork> {
  const result = await odtReader.read(odt(body, parts));
  if (!result.ok) throw new Error(result.reason);
  return result.work;
}

const text = async (body: string): Promise<string> =>
  (await read(body)).chapters.map((chapter) => chapter.text.source).join('\n\n');

test('it takes OpenDocument texts', () => {
  expect(odtReader.sniff(odt('<text:p>x</text:p>'))).toBeGreaterThan(0.9);
  expect(odtReader.sniff({ ...odt(''), bytes: makeZip([{ name: 'a.txt', content: 'x' }]) })).toBe(0);
});

test('looks come from styles and their parents, and may be taken back', async () => {
  expect(
    await text(
      '<text:p>a <text:span text:style-name="T1">b <text:span text:style-name="T2">c</text:span> d</text:span><text:span text:style-name="T3">e</text:span><text:span text:style-name="T4">f</text:span></text:p><text:p text:style-name="P2">g <text:span text:style-name="T2">h</text:span></text:p>',
    ),
  ).toBe('<p>a <i>b </i><b>c</b><i> d</i><s><u>e</u></s><sup>f</sup></p>\n<p><i>g </i><b>h</b></p>');
});

test('spaces, tabs, breaks, pages and alignment', async () => {
  expect(
    await text(
      '<text:p text:style-name="P1">a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d\n  e<text:soft-page-break/>f</text:p><text:p text:style-name="P3">g</text:p><text:p>* * *</text:p><text:p>h</text:p>',
    ),
  ).toBe('<p align="center">a\u00a0 b c<br>d ef</p>\n<hr>\n<p>g</p>\n<hr>\n<p>h</p>');
});

test('title, byline, chapters, properties', async () => {
  const work = await read(
    '<text:p text:style-name="Title">The Sea</text:p><text:p>by Wren</text:p><text:h text:outline-level="1">Chapter 1</text:h><text:p>One.</text:p><text:h text:outline-level="1">Chapter 2: Tea</text:h><text:p>Two.</text:p>',
    {
      'meta.xml':
        '<m><dc:title>draft.odt</dc:title><meta:initial-creator>HP</meta:initial-creator><dc:creator>Tam</dc:creator><meta:keyword>tea</meta:keyword><meta:creation-date>2020-01-02T03:04:05</meta:creation-date></m>',
    },
  );
  expect(work).toMatchObject({ title: 'The Sea', creators: [{ name: 'Wren' }] });
  expect(work.chapters).toEqual([
    { text: { format: 'html', source: '<p>One.</p>' } },
    { title: 'Tea', text: { format: 'html', source: '<p>Two.</p>' } },
  ]);
  expect(work.unmapped.join('\n')).toMatch(/HP[\s\S]*keywords: tea[\s\S]*made on 2020-01-02/);
});

test('lists, tables, links, notes at the end of their chapter', async () => {
  const work = await read(
    '<text:h text:outline-level="1">Chapter 1</text:h><text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Foot <text:span text:style-name="T1">note</text:span></text:p></text:note-body></text:note> <text:a xlink:href="https://x.example/?a&amp;b">link</text:a></text:p><text:list text:style-name="L1"><text:list-item><text:p>one</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>cell</text:p></table:table-cell></table:table-row></table:table><text:h text:outline-level="1">Chapter 2</text:h><text:p>b</text:p>',
  );
  expect(work.chapters.map((chapter) => chapter.text.source)).toEqual([
    '<p>a<sup><a id="note-ref-1" href="#note-1">[1]</a></sup> <a href="https://x.example/?a&amp;b">link</a></p>\n<ol><li>one</li></ol>\n<table><tr><td>cell</td></tr></table>\n<hr>\n<p id="note-1">[1] Foot <i>note</i> <a href="#note-ref-1">↩</a></p>',
    '<p>b</p>',
  ]);
});

test('deletions, comments and pictures are left out and named; text in a frame stays', async () => {
  const work = await read(
    '<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>a<text:change-start/>new<text:change-end/><office:annotation><text:p>why?</text:p></office:annotation> <draw:frame><draw:image/><svg:desc>A map</svg:desc></draw:frame>b<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame>c</text:p>',
  );
  expect(work.chapters[0]?.text.source).toBe('<p>anew b</p>\n<p>boxed</p>\n<p>c</p>');
  expect(work.unmapped).toEqual([
    '1 deletion that was still tracked was left out.',
    '1 comment was left out.',
    '1 picture was left out, described as “A map”.',
  ]);
});

describe('hostile files', () => {
  const noise = Array.from({ length: 30_000 }, (_, i) => `<!--${(i * 2_654_435_761) % 4_294_967_296}-->`).join('');
  const refused = (result: ReadResult): string => (result.ok ? '' : result.reason);

  test('a password, no text, no XML, a bomb: a sentence', async () => {
    expect(
      refused(
        await odtReader.read(odt('<text:p>x</text:p>', { 'META-INF/manifest.xml': '<manifest:encryption-data/>' })),
      ),
    ).toMatch(/password/);
    expect(refused(await odtReader.read(odt('<text:p> </text:p>')))).toMatch(/no text/);
    expect(refused(await odtReader.read(odt('', { 'content.xml': '\0\0<<<' })))).toMatch(/no text/);
    expect(refused(await odtReader.read(odt(' '.repeat(20_000_000))))).toMatch(/refused/);
    expect(refused(await odtReader.read({ ...odt('x'), bytes: odt('x').bytes.slice(0, 300) }))).toMatch(
      /cannot be opened/,
    );
  });

  test('entities are never expanded', async () => {
    const content =
      '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x><office:text><text:p>word &b; end</text:p></office:text></x>';
    const work = await read('', { 'content.xml': content });
    expect(work.chapters[0]?.text.source).not.toContain('aaaa');
    expect(work.repairs.join()).toContain('damaged');
  });

  test('deep nesting and a file cut off are read', async () => {
    expect(await text(`${noise}${'<text:list><text:list-item>'.repeat(20_000)}<text:p>word</text:p>`)).toContain(
      'word',
    );
    expect(await text(`<text:p>${noise}${'<text:span text:style-name="T1">'.repeat(20_000)}word`)).toContain('word');
  });
});

test('every word is in the result once, in order', async () => {
  let next = 0;
  const word = fc.constantFrom('kettle', 'café', 'x&y', '<sea>', '海', 'Chapter').map((said) => `${said}${next++}`);
  const run = fc.tuple(fc.constantFrom('T1', 'T2', 'T3', ''), fc.array(word, { minLength: 1, maxLength: 4 }));
  const block = fc.tuple(
    fc.constantFrom('text:p', 'text:h text:outline-level="1"', 'text:p text:style-name="P1"', 'list'),
    fc.array(run, { maxLength: 4 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(block, { minLength: 1, maxLength: 10 }), async (blocks) => {
      // A heading without text under it stands below the next one; here each has some.
      const words = blocks.flatMap(([tag, runs], i) => [
        ...runs.flatMap(([, said]) => said),
        ...(tag.startsWith('text:h') ? [`under${i}`] : []),
      ]);
      const body = blocks
        .map(([tag, runs], i) => {
          const inner = runs
            .map(
              ([style, said]) =>
                `<text:span text:style-name="${style}">${said.map(escapeHtml).join('<text:s/>')}</text:span><text:tab/>`,
            )
            .join('');
          return tag === 'list'
            ? `<text:list><text:list-item><text:p>${inner}</text:p></text:list-item></text:list>`
            : `<${tag}>${inner}</${tag.split(' ')[0]}>${tag.startsWith('text:h') ? `<text:p>under${i}</text:p>` : ''}`;
        })
        .join('');
      const result = await odtReader.read(odt(body));
      const parts = result.ok
        ? result.work.chapters.map(
            ({ title, text: { source } }) => `${title ?? ''} ${source.replace(/<[^>]*>|&nbsp;/g, ' ')}`,
          )
        : [];
      const said = `${result.ok ? (result.work.title ?? '') : ''} ${parts.join(' ')}`;
      const plain = said.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
      expect(plain.trim().split(/\s+/).filter(Boolean)).toEqual(words);
    }),
    { numRuns: 150 },
  );
});
